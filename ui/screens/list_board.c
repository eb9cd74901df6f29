/* A list as a board: a column of cards for each step that the kind's table names, the oldest first. It is the same
 * list: its filter, marks and actions. Each column streams its ids like a list; cards are read for what is in sight.
 * A card moves by the actions that write its new column, with their permissions, questions and undo. */
#include "list_private.h"

#include "../pointer.h"
#include "../words.h"
#include "cells.h"

#include <caseload/board.h>
#include <caseload/text.h>
#include <string.h>

#define CARD_COLUMNS 19 /* a column is at least so wide */
#define CACHE_MAX 2000

typedef struct {
  char *name, *details;
  int age; /* days, -1 = not known */
} Card;

typedef struct {
  const ClBoardColumn *spec;
  ClColumn *fields; /* of a card: name, details, since */
  gsize n_fields;
  ClList *list;
  gsize top, cursor;
  ClId cursor_id;
  gboolean waiting;
} Column;

struct Board {
  const ClBoard *spec;
  GArray *columns; /* of Column */
  guint here, left; /* column with the cursor, first one in sight */
  int page;         /* cards in sight in a column */
  GHashTable *cards; /* ClId* → Card* */
};

static Column *column_at(const Board *board, guint i) {
  return &g_array_index(board->columns, Column, i);
}

static Column *here(const Board *board) {
  return column_at(board, board->here);
}

static const char *since_of(const ClBoard *board, const Column *column) {
  return column->spec->since ? column->spec->since : board->since;
}

/* ---- cards ---------------------------------------------------------------------------------- */

static void card_free(gpointer data) {
  Card *card = data;
  g_free(card->name);
  g_free(card->details);
  g_free(card);
}

void list_board_forget_cards(ListView *view) {
  if (view->board)
    g_hash_table_remove_all(view->board->cards);
}

/* The fields of a card as columns to read; those that the table misnames are left out. */
static void parse_fields(Column *column, const ClKind *kind) {
  const char *details = column->spec->details ? column->spec->details : kind->board->details;
  g_autofree char *all = g_strjoin(",", kind->board->name, details, since_of(kind->board, column), NULL);
  g_auto(GStrv) words = g_strsplit(all, ",", -1);
  column->fields = g_new0(ClColumn, g_strv_length(words) + 1);
  for (int i = 0; words[i]; i++)
    if (cl_column_parse(kind, words[i], &column->fields[column->n_fields], NULL))
      column->n_fields++;
}

/* A card has little room: choices are written short. */
static char *brief_text(const ClField *field, const ClValue *value, const ClLocale *locale) {
  const ClChoice *choice = field->type == CL_TYPE_CHOICE && value->tag == CL_VALUE_TEXT ? cl_field_choice(field, value->s) : NULL;
  return choice && choice->brief ? g_strdup(choice->brief) : cell_text(field, value, locale, NULL);
}

static Card *make_card(const ListView *view, const Column *column, const ClRow *row) {
  const ClLocale *locale = app_get_locale(view->view.app);
  GString *details = g_string_new(NULL);
  Card *card = g_new0(Card, 1);
  card->age = -1;
  if (!row->id) {
    card->name = g_strdup("(not there any more)");
    card->details = g_string_free(details, FALSE);
    return card;
  }
  for (gsize i = 0; i < column->n_fields; i++) {
    g_autofree char *text = brief_text(column->fields[i].field, &row->cells[i], locale);
    if (i == 0)
      card->name = g_strdup(text);
    else if (i + 1 == column->n_fields)
      card->age = cl_board_age(column->fields[i].field, &row->cells[i]);
    else if (*text)
      g_string_append_printf(details, "%s%s", details->len ? ", " : "", text);
  }
  card->details = g_string_free(details, FALSE);
  return card;
}

static void collect_missing(const Board *board, const Column *column, ClIds *missing) {
  for (gsize i = column->top; i < column->top + (gsize)board->page; i++) {
    gint64 id = cl_list_id_at(column->list, i);
    if (id && !g_hash_table_contains(board->cards, &id))
      cl_ids_add(missing, id);
  }
}

static void fetch_cards(ListView *view, const Column *column) {
  Board *board = view->board;
  g_autoptr(ClIds) missing = cl_ids_new();
  g_autoptr(GError) error = NULL;
  collect_missing(board, column, missing);
  if (missing->n == 0)
    return;
  g_autoptr(ClRows) rows = cl_rows_load(app_get_session(view->view.app), view->kind, column->fields, column->n_fields,
                                        missing->v, missing->n, &error);
  if (!rows) {
    app_say_gerror(view->view.app, &error);
    return;
  }
  for (gsize i = 0; i < rows->n_rows; i++) {
    gint64 *key = g_new(gint64, 1);
    *key = missing->v[i];
    g_hash_table_replace(board->cards, key, make_card(view, column, &rows->rows[i]));
  }
}

/* ---- opening, loading -------------------------------------------------------------------------- */

static Board *board_new(const ListView *view) {
  Board *board = g_new0(Board, 1);
  board->spec = view->kind->board;
  board->columns = g_array_new(FALSE, TRUE, sizeof(Column));
  board->cards = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, card_free);
  board->page = 1;
  for (const ClBoardColumn *spec = board->spec->columns; spec->choices; spec++) {
    Column column = {.spec = spec, .list = cl_list_new(app_get_session(view->view.app), view->kind)};
    parse_fields(&column, view->kind);
    g_array_append_val(board->columns, column);
  }
  /* Work begins behind what is only foreseen. */
  while (board->here + 1 < board->columns->len && here(board)->spec->only)
    board->here++;
  return board;
}

void list_board_close(ListView *view) {
  Board *board = view->board;
  if (!board)
    return;
  for (guint i = 0; i < board->columns->len; i++) {
    cl_list_free(column_at(board, i)->list);
    g_free(column_at(board, i)->fields);
  }
  g_array_unref(board->columns);
  g_hash_table_unref(board->cards);
  g_clear_pointer(&view->board, g_free);
}

void list_board_open(ListView *view) {
  if (view->board || !view->kind->board)
    return;
  cl_list_cancel(view->list);
  view->range = 0;
  view->mark_all_due = FALSE;
  view->board = board_new(view);
}

void list_board_toggle(ListView *view) {
  if (view->board)
    list_board_close(view);
  else
    list_board_open(view);
  list_view_load(view);
}

void list_board_load(ListView *view, const ClFilter *filter) {
  Board *board = view->board;
  for (guint i = 0; i < board->columns->len; i++) {
    Column *column = column_at(board, i);
    ClSort sort = {.n = 0};
    cl_sort_parse(view->kind, since_of(board->spec, column), &sort, NULL);
    g_autofree char *text = cl_board_column_filter(board->spec, column->spec);
    g_autoptr(ClFilter) own = cl_filter_parse(app_get_session(view->view.app), view->kind, text, NULL, NULL);
    g_autoptr(ClFilter) both = own ? cl_filter_and(filter, own) : NULL;
    if (!both)
      continue;
    column->waiting = TRUE;
    cl_list_load(column->list, both, &sort);
  }
}

static gboolean is_loading(const Column *column) {
  ClListState state = cl_list_get_state(column->list);
  return state == CL_LIST_LOADING || state == CL_LIST_SORTING;
}

/* The cursor stays on its card; where that has gone, on the one that took its place. */
static void settle(Column *column) {
  gsize n = cl_list_length(column->list);
  gssize at = column->cursor_id ? cl_list_position_of(column->list, column->cursor_id, column->cursor) : -1;
  if (at >= 0)
    column->cursor = (gsize)at;
  else if (!is_loading(column))
    column->cursor_id = 0;
  column->cursor = n == 0 ? 0 : MIN(column->cursor, n - 1);
  if (column->cursor_id == 0)
    column->cursor_id = cl_list_id_at(column->list, column->cursor);
}

static void count_marks(ListView *view) {
  const Board *board = view->board;
  view->marks_shown = 0;
  view->marks_are_all = FALSE;
  for (guint i = 0; cl_id_set_count(view->marks) > 0 && i < board->columns->len; i++) {
    const ClIds *ids = cl_list_get_ids(column_at(board, i)->list);
    for (gsize k = 0; k < ids->n; k++)
      view->marks_shown += cl_id_set_has(view->marks, ids->v[k]) ? 1 : 0;
  }
}

gboolean list_board_poll(ListView *view) {
  Board *board = view->board;
  gboolean changed = FALSE;
  for (guint i = 0; i < board->columns->len; i++) {
    Column *column = column_at(board, i);
    if (!cl_list_poll(column->list))
      continue;
    changed = TRUE;
    column->waiting = column->waiting && cl_list_get_state(column->list) == CL_LIST_SORTING;
    settle(column);
  }
  view->cursor_id = here(board)->cursor_id;
  if (changed)
    count_marks(view);
  return changed;
}

gboolean list_board_is_loading(const ListView *view) {
  for (guint i = 0; i < view->board->columns->len; i++)
    if (is_loading(column_at(view->board, i)))
      return TRUE;
  return FALSE;
}

gboolean list_board_is_waiting(const ListView *view) {
  for (guint i = 0; i < view->board->columns->len; i++)
    if (column_at(view->board, i)->waiting && is_loading(column_at(view->board, i)))
      return TRUE;
  return FALSE;
}

/* ---- drawing ------------------------------------------------------------------------------------ */

/* "To Do 19": where there is little room the number stays. */
static void draw_heading(const ListView *view, Area area, const Column *column, ThemeRole role) {
  g_autofree char *number = words_number((gint64)cl_list_length(column->list));
  int width = area.w - 4 - cl_text_width(number);
  int x = 3 + draw_text(area, 0, 2, width, role, cl_board_column_title(view->kind, column->spec));
  draw_format(area, 0, x, -1, role, "%s%s", number, is_loading(column) ? "…" : "");
}

/* "! 12 d" for old cards, "+ 4 d" for ageing ones; the sign stands for the colour. From 100 days on in months, from
 * two years on in years. */
static char *dup_age(const Board *board, int age, ThemeRole *role) {
  if (age < 0)
    return g_strdup("");
  *role = age >= board->spec->old ? THEME_WARN : THEME_TEXT;
  const char *sign = age >= board->spec->old ? "! " : age >= board->spec->ageing ? "+ " : "";
  if (age < 100)
    return g_strdup_printf("%s%d d", sign, age);
  return age < 730 ? g_strdup_printf("%s%d m", sign, age / 30) : g_strdup_printf("%s%d y", sign, age / 365);
}

/* `rows` of the area for the card: two in a column among others, one where there is a single column. */
static void draw_card(const ListView *view, Area area, int rows, ClId id, gboolean cursor, gboolean focus) {
  gint64 key = id;
  const Card *card = g_hash_table_lookup(view->board->cards, &key);
  gboolean marked = cl_id_set_has(view->marks, id);
  ThemeRole role = THEME_TEXT;
  g_autofree char *age = card ? dup_age(view->board, card->age, &role) : g_strdup("");
  draw_on(cursor && focus, marked);
  if (cursor && focus)
    draw_fill(area, THEME_TEXT);
  if (cursor)
    draw_text(area, 0, 0, 1, THEME_TEXT, ">");
  if (marked)
    draw_text(area, 0, 1, 1, THEME_TEXT, "*");
  if (card && rows == 1) {
    int x = 2 + draw_text(area, 0, 2, MIN(28, area.w - 3), THEME_TEXT, card->name);
    x = MAX(x + 1, MIN(31, area.w));
    x += 1 + draw_text(area, 0, x, MIN(8, area.w - x), role, age);
    draw_text(area, 0, MAX(x, 40), -1, THEME_TEXT, card->details);
  } else if (card) {
    draw_text(area, 0, 2, area.w - 3, THEME_TEXT, card->name);
    int x = 2 + draw_text(area, 1, 2, area.w - 3, role, age);
    draw_text(area, 1, x + (*age ? 1 : 0), area.w - x - 2, THEME_TEXT, card->details);
  }
  draw_on(FALSE, FALSE);
}

static void draw_column(const ListView *view, Area area, guint i, int rows, gboolean focus) {
  const Board *board = view->board;
  Column *column = column_at(board, i);
  gboolean current = i == board->here;
  draw_heading(view, area, column, current ? THEME_TAB : THEME_LABEL);
  Area cards = area_sub(area, 1, 0, area.h - 1, area.w - 1);
  if (cl_list_length(column->list) == 0) {
    draw_text(cards, 0, 2, -1, THEME_HINT, column->waiting ? "reading…" : "none");
    if (current)
      draw_focus(cards, 0, 0, focus);
    return;
  }
  for (int k = 0; k < board->page; k++) {
    ClId id = cl_list_id_at(column->list, column->top + (gsize)k);
    gboolean cursor = current && column->top + (gsize)k == column->cursor;
    Area card = area_sub(cards, k * rows, 0, rows, cards.w);
    if (id)
      draw_card(view, card, rows, id, cursor, focus);
    gsize place = column->top + (gsize)k;
    for (int y = 0; id && focus && y < rows; y++) {
      draw_spot(card, y, 0, card.w, (Spot){SPOT_ROW, board, i + place * board->columns->len});
      draw_spot(card, y, 0, 2, (Spot){SPOT_MARGIN, board, i + place * board->columns->len});
    }
    if (id && cursor)
      draw_cursor(card, 0, 0, focus);
  }
}

/* How many columns are in sight; scrolls so that the cursor's is among them. */
static guint columns_in_sight(Board *board, int width) {
  guint n = board->columns->len;
  guint shown = term_is_plain() || width < 60 ? 1 : CLAMP((guint)(width / CARD_COLUMNS), 1, n);
  if (board->here < board->left)
    board->left = board->here;
  else if (board->here >= board->left + shown)
    board->left = board->here - shown + 1;
  board->left = MIN(board->left, n - shown);
  return shown;
}

static void scroll(Column *column, int page) {
  if (column->cursor < column->top)
    column->top = column->cursor;
  else if (column->cursor >= column->top + (gsize)page)
    column->top = column->cursor - (gsize)page + 1;
}

void list_board_draw(ListView *view, Area area, gboolean focus) {
  Board *board = view->board;
  guint shown = columns_in_sight(board, area.w);
  int rows = shown == 1 ? 1 : 2, width = area.w / (int)shown;
  board->page = MAX((area.h - 1) / rows, 1);
  if (g_hash_table_size(board->cards) > CACHE_MAX)
    list_board_forget_cards(view);
  for (guint i = board->left; i < board->left + shown; i++) {
    scroll(column_at(board, i), board->page);
    fetch_cards(view, column_at(board, i));
  }
  for (guint i = 0; i < shown; i++)
    draw_column(view, area_sub(area, 0, (int)i * width, area.h, width), board->left + i, rows, focus);
  if (board->left > 0)
    draw_text(area, 0, 0, 1, THEME_LABEL, "<");
  if (board->left + shown < board->columns->len)
    draw_text(area, 0, area.w - 1, 1, THEME_LABEL, ">");
}

char *list_board_counts(const ListView *view) {
  gint64 n = 0;
  for (guint i = 0; i < view->board->columns->len; i++)
    n += (gint64)cl_list_length(column_at(view->board, i)->list);
  g_autofree char *number = words_number(n);
  return g_strdup_printf("%s on the board%s", number, list_board_is_loading(view) ? "…" : "");
}

char *list_board_position(const ListView *view) {
  const Board *board = view->board;
  const Column *column = here(board);
  gsize n = cl_list_length(column->list);
  g_autofree char *at = words_number(n ? (gint64)column->cursor + 1 : 0), *of = words_number((gint64)n);
  return g_strdup_printf("column %u of %u, card %s of %s", board->here + 1, board->columns->len, at, of);
}

char *list_board_legend(const ListView *view) {
  const ClBoard *spec = view->board->spec;
  const ClField *since = cl_kind_field(view->kind, since_of(spec, here(view->board)));
  return g_strdup_printf("%s: + %d days ago, ! %d and more", since ? since->label : "", spec->ageing, spec->old);
}

/* ---- moving about --------------------------------------------------------------------------------- */

static void go_to(ListView *view, gssize card) {
  Column *column = here(view->board);
  gssize n = (gssize)cl_list_length(column->list);
  column->cursor = n == 0 ? 0 : (gsize)CLAMP(card, 0, n - 1);
  column->cursor_id = cl_list_id_at(column->list, column->cursor);
  view->cursor_id = column->cursor_id;
}

ClId list_board_step(ListView *view, int step) {
  ClId before = view->cursor_id;
  go_to(view, (gssize)here(view->board)->cursor + step);
  return view->cursor_id == before ? 0 : view->cursor_id;
}

static void go_aside(ListView *view, int step) {
  Board *board = view->board;
  int to = CLAMP((int)board->here + step, 0, (int)board->columns->len - 1);
  board->here = (guint)to;
  go_to(view, (gssize)here(board)->cursor);
}

static gboolean go_to_clicked(ListView *view) {
  Board *board = view->board;
  gsize clicked = 0;
  if (!pointer_is_on(board, &clicked))
    return FALSE;
  board->here = (guint)(clicked % board->columns->len);
  go_to(view, (gssize)(clicked / board->columns->len));
  return TRUE;
}

static gboolean moving_command(ListView *view, Verb verb) {
  Board *board = view->board;
  gssize at = (gssize)here(board)->cursor, page = board->page;
  switch (verb) {
  case VERB_UP:
    go_to(view, at - 1);
    return TRUE;
  case VERB_DOWN:
    go_to(view, at + 1);
    return TRUE;
  case VERB_PAGE_UP:
    go_to(view, at - page);
    return TRUE;
  case VERB_PAGE_DOWN:
    go_to(view, at + page);
    return TRUE;
  case VERB_FIRST:
    go_to(view, 0);
    return TRUE;
  case VERB_LAST:
    go_to(view, G_MAXINT);
    return TRUE;
  case VERB_LEFT:
  case VERB_PREVIOUS:
    go_aside(view, -1);
    return TRUE;
  case VERB_RIGHT:
  case VERB_NEXT:
    go_aside(view, 1);
    return TRUE;
  case VERB_CLICK:
    return go_to_clicked(view);
  default:
    return FALSE;
  }
}

static void mark(ListView *view, ClId id, gboolean on) {
  if (on)
    cl_id_set_add(view->marks, id);
  else
    cl_id_set_remove(view->marks, id);
}

/* Marks the column; one that is marked whole is unmarked. */
static void mark_column(ListView *view) {
  const ClIds *ids = cl_list_get_ids(here(view->board)->list);
  gboolean all = TRUE;
  for (gsize i = 0; i < ids->n; i++)
    all = all && cl_id_set_has(view->marks, ids->v[i]);
  for (gsize i = 0; i < ids->n; i++)
    mark(view, ids->v[i], !all);
}

static gboolean mark_command(ListView *view, Verb verb) {
  switch (verb) {
  case VERB_MARK:
    if (view->cursor_id)
      mark(view, view->cursor_id, !cl_id_set_has(view->marks, view->cursor_id));
    go_to(view, (gssize)here(view->board)->cursor + 1);
    break;
  case VERB_MARK_ALL:
    mark_column(view);
    break;
  case VERB_UNMARK_ALL:
    cl_id_set_clear(view->marks);
    break;
  default:
    return FALSE;
  }
  count_marks(view);
  return TRUE;
}

gboolean list_board_command(ListView *view, Verb verb) {
  if (moving_command(view, verb) || mark_command(view, verb))
    return TRUE;
  return list_moves_command(view, (int)view->board->here, verb);
}

static char *other_refusal(const ListView *view, Verb verb) {
  if (verb != VERB_BOARD && verb != VERB_MOVE_LEFT && verb != VERB_MOVE_RIGHT && verb != VERB_MOVE_TO)
    return NULL;
  g_autofree char *what = words_several(view->kind);
  if (!view->kind->board)
    return g_strdup_printf("There is no board of %s.", what);
  return verb == VERB_BOARD ? NULL : g_strdup("Cards are moved on the board; b shows it.");
}

char *list_board_refusal(const ListView *view, Verb verb) {
  if (!view->board)
    return other_refusal(view, verb);
  switch (verb) {
  case VERB_OPEN:
  case VERB_EDIT:
  case VERB_WHY:
  case VERB_HISTORY:
  case VERB_ACTIONS:
  case VERB_COPY:
  case VERB_MARK:
  case VERB_MOVE_LEFT:
  case VERB_MOVE_RIGHT:
  case VERB_MOVE_TO:
    return view->cursor_id ? NULL : g_strdup("There is no card in this column.");
  case VERB_SORT:
  case VERB_SORT_REVERSE:
  case VERB_COLUMNS:
    return g_strdup("On a board the oldest come first; b shows the list, which has columns and an order.");
  case VERB_SEARCH:
  case VERB_SEARCH_NEXT:
  case VERB_SEARCH_PREVIOUS:
    return g_strdup("A board is narrowed by its filter (f); b shows the list, in which one can search.");
  case VERB_MARK_RANGE:
  case VERB_RANGE_DOWN:
  case VERB_RANGE_UP:
    return g_strdup("On a board Space marks a card and * a column.");
  default:
    return NULL;
  }
}
