/* Where things stand: header, main lists, body, status line, message line, footer. Below 16 rows the
 * main lists' line and the status line give way; below 40 by 12 nothing but the advice is shown. For screen
 * readers the last line alone tells what changes. */
#include "app_private.h"

#include "words.h"

#include <caseload/text.h>
#include <string.h>

/* Site, user and role in at most `columns`: the role gives way first, then the site. The caller frees. */
static char *dup_place(const App *app, int columns) {
  const char *organisation = cl_config_get_organisation(app->config);
  if (!app->session)
    return g_strdup(organisation);
  const char *mode = cl_session_is_read_only(app->session) ? "READ ONLY  " : "";
  const char *site = app->site ? app->site : organisation, *name = cl_session_get_full_name(app->session);
  char *full = g_strdup_printf("%s%s | %s, %s", mode, site, name, cl_session_get_role_names(app->session));
  if (cl_text_width(full) > columns) {
    g_free(full);
    full = g_strdup_printf("%s%s | %s", mode, site, name);
  }
  if (cl_text_width(full) > columns) {
    g_free(full);
    full = g_strconcat(mode, name, NULL);
  }
  return full;
}

/* The topmost view that covers the screen: its title and tabs hold. */
static View *page_view(const App *app) {
  for (guint i = app->stack->len; i > 0; i--) {
    View *view = g_ptr_array_index(app->stack, i - 1);
    if (!view->ops->overlay)
      return view;
  }
  return NULL;
}

static void draw_header(const App *app, Area row, View *page) {
  g_autofree char *title = page && page->ops->title ? page->ops->title(page) : NULL;
  int used = 1 + draw_text(row, 0, 1, -1, THEME_HINT, "caseload");
  if (title)
    used += 2 + draw_text(row, 0, used + 2, -1, THEME_TITLE, title);
  int left = row.w - used - 3;
  g_autofree char *place = dup_place(app, left);
  if (left >= 12)
    draw_right(row, 0, row.w - left - 1, left, THEME_TEXT, place);
}

/* A click does what the verb does on the screen in sight. */
static Spot spot_of(const App *app, Verb verb) {
  return (Spot){SPOT_COMMAND, keymap_find_verb(app->keymap, app_top(app)->ops->name, verb), 0};
}

/* Draws "4 Claims" at column x; returns the column behind it. */
static int draw_tab(const App *app, Area row, int x, int number, const View *page) {
  g_autofree char *name = app_dup_main_label(app, number);
  g_autofree char *label = number <= 9 ? g_strdup_printf("%d %s", number, name) : g_strdup(name);
  gboolean here = (guint)number <= app->mains->len && g_ptr_array_index(app->mains, number - 1) == page;
  if (number <= 9 && app_top(app) == page)
    draw_spot(row, 0, x, cl_text_width(label), spot_of(app, VERB_MAIN_1 + (Verb)number - 1));
  return x + draw_text(row, 0, x, -1, here ? THEME_TAB : THEME_TEXT, label) + 2;
}

static int tab_width(const App *app, int number) {
  g_autofree char *name = app_dup_main_label(app, number);
  return name ? cl_text_width(name) + (number <= 9 ? 4 : 2) : 0;
}

/* Of the screens that have no room, the one that is shown, else the first with something unseen. */
static int late_tab(const App *app, int first, const View *page) {
  int late = 0;
  for (int i = first; tab_width(app, i) > 0; i++) {
    if ((guint)i <= app->mains->len && g_ptr_array_index(app->mains, i - 1) == page)
      return i;
    if (!late && i >= 2 && app->unread[i - 2] > 0)
      late = i;
  }
  return late;
}

/* How many screens from the first on have room, with the sign that there are more and the late one. */
static int fitting_tabs(const App *app, int columns, const View *page) {
  int n = 0, width = 1;
  while (tab_width(app, n + 1) > 0)
    width += tab_width(app, ++n);
  if (width - 2 <= columns)
    return n;
  for (; n > 0; n--) {
    int late = late_tab(app, n, page);
    width -= tab_width(app, n);
    if (width + 3 + (late ? tab_width(app, late) - 2 : 0) <= columns)
      break;
  }
  return MAX(n - 1, 0);
}

static void draw_tabs(const App *app, Area row, View *page) {
  if (!app->main_kinds || !page || !page->ops->tabs) {
    draw_line(row, 0);
    return;
  }
  int n = fitting_tabs(app, row.w, page), x = 1;
  for (int i = 1; i <= n; i++)
    x = draw_tab(app, row, x, i, page);
  if (tab_width(app, n + 1) > 0) {
    int late = late_tab(app, n + 1, page);
    x += draw_text(row, 0, x, -1, THEME_HINT, "…") + 2;
    if (late)
      x = draw_tab(app, row, x, late, page);
  }
  if (row.w >= 100 && x + 22 < row.w) {
    const BoundKey *find = keymap_find(app->keymap, page->ops->name, K_CTRL('p'));
    draw_right(row, 0, row.w - 23, 22, THEME_HINT, "Ctrl-P Find anything");
    if (app_top(app) == page)
      draw_spot(row, 0, row.w - 23, 22, (Spot){SPOT_COMMAND, find, 0});
  }
}

static void draw_status(Area row, View *top) {
  g_autofree char *left = top && top->ops->status ? top->ops->status(top) : NULL;
  g_autofree char *right = top && top->ops->position ? top->ops->position(top) : NULL;
  int width = right ? cl_text_width(right) : 0;
  if (left)
    draw_text(row, 0, 1, MAX(row.w - width - 4, 0), THEME_TEXT, left);
  if (right && width < row.w - 2)
    draw_text(row, 0, row.w - width - 1, -1, THEME_TEXT, right);
}

/* Rows that the message needs: two when one is too short for it. */
static int message_rows(const App *app, int columns) {
  return app->message ? CLAMP(draw_wrapped_rows(columns - 2, app->message), 1, 2) : 1;
}

/* In the last rows of the area. TRUE when there was a message. */
static gboolean draw_message(const App *app, Area area) {
  Area row = area_sub(area, area.h - 1, 0, 1, area.w);
  if (app->message) {
    draw_wrapped(area, 0, 1, area.w - 2, area.h, app->message_is_error ? THEME_ERROR : THEME_MESSAGE, app->message);
    return TRUE;
  }
  if (!app->running)
    return FALSE;
  const ClRunStatus *run = app->running;
  gboolean checking = run->state == CL_RUN_PREPARING;
  g_autofree char *finished = words_number(checking ? run->checked : run->done + run->skipped + run->failed);
  g_autofree char *asked = words_number(run->asked);
  draw_format(row, 0, 1, row.w - 2, THEME_TEXT, "%s%s: %s of %s. B shows it.", checking ? "Checking " : "",
              run->title, finished, asked);
  return TRUE;
}

/* For screen readers: all that changes is told in one line, the last one of the screen. */
static void draw_news(const App *app, Area area, View *top) {
  if (draw_message(app, area))
    return;
  Area row = area_sub(area, area.h - 1, 0, 1, area.w);
  g_autofree char *left = top && top->ops->status ? top->ops->status(top) : NULL;
  g_autofree char *right = top && top->ops->position ? top->ops->position(top) : NULL;
  gboolean both = left && *left && right && *right;
  if (both && g_str_has_suffix(left, "."))
    left[strlen(left) - 1] = '\0';
  draw_format(row, 0, 1, row.w - 2, THEME_TEXT, "%s%s%s", left ? left : "", both ? ". " : "", right ? right : "");
}

static int compare_priority(gconstpointer a, gconstpointer b) {
  const BoundKey *const *left = a, *const *right = b;
  return (*left)->priority - (*right)->priority;
}

/* The bindings that the footer names: those that work here and now, once per verb, most needed first. */
static GPtrArray *footer_bindings(const App *app, View *top) {
  GPtrArray *chosen = g_ptr_array_new();
  gboolean seen[VERB_COUNT] = {FALSE};
  for (int own = 1; own >= 0; own--) {
    gsize position = 0;
    const BoundKey *bound;
    while ((bound = keymap_next(app->keymap, &position))) {
      gboolean is_own = strcmp(bound->scope, top->ops->name) == 0;
      if (is_own != own || bound->priority == 0 || seen[bound->verb] ||
          !keymap_applies(bound, top->ops->name) ||
          keymap_shown_key(app->keymap, top->ops->name, bound) == K_NONE)
        continue;
      if (bound->verb != VERB_NONE)
        seen[bound->verb] = TRUE;
      g_autofree char *refusal =
          top->ops->refusal && bound->verb != VERB_NONE ? top->ops->refusal(top, bound->verb) : NULL;
      if (!refusal)
        g_ptr_array_add(chosen, (gpointer)bound);
    }
  }
  g_ptr_array_sort(chosen, compare_priority);
  return chosen;
}

char *app_dup_label(const App *app, View *view, const BoundKey *bound) {
  char *label = view && view->ops->label && bound->verb != VERB_NONE ? view->ops->label(view, bound->verb) : NULL;
  if (!label && bound->verb == VERB_CLOSE && view && !app_below(app, view))
    label = g_strdup("Quit");
  return label ? label : g_strdup(bound->label);
}

static void draw_footer(const App *app, Area row, View *top) {
  if (!top)
    return;
  g_autoptr(GPtrArray) chosen = footer_bindings(app, top);
  int x = 1;
  for (guint i = 0; i < chosen->len; i++) {
    const BoundKey *bound = g_ptr_array_index(chosen, i);
    g_autofree char *key = key_to_text(keymap_shown_key(app->keymap, top->ops->name, bound));
    g_autofree char *label = app_dup_label(app, top, bound);
    int width = cl_text_width(key) + 1 + cl_text_width(label);
    if (x + width > row.w)
      continue;
    int used = draw_text(row, 0, x, -1, THEME_KEY, key);
    draw_text(row, 0, x + used + 1, -1, THEME_TEXT, label);
    draw_spot(row, 0, x, width, (Spot){SPOT_COMMAND, bound, 0});
    x += width + 2;
  }
}

static void draw_body(const App *app, Area body) {
  guint from = app->stack->len;
  while (from > 0) {
    View *view = g_ptr_array_index(app->stack, --from);
    if (!view->ops->overlay)
      break;
  }
  for (guint i = from; i < app->stack->len; i++) {
    View *view = g_ptr_array_index(app->stack, i);
    view->ops->draw(view, body, i + 1 == app->stack->len);
  }
}

static Area row_of(Area screen, int y) {
  return area_sub(screen, y, 0, 1, screen.w);
}

static void paint_full(const App *app, Area screen) {
  View *top = app_top(app), *page = page_view(app);
  gboolean tall = screen.h >= 16;
  int head = tall ? 2 : 1, foot = tall ? 3 : 2;
  draw_header(app, row_of(screen, 0), page);
  if (tall)
    draw_tabs(app, row_of(screen, 1), page);
  int rows = message_rows(app, screen.w), more = tall ? 0 : rows - 1;
  gboolean said = draw_message(app, area_sub(screen, screen.h - 1 - rows, 0, rows, screen.w));
  if (tall && rows == 1)
    draw_status(row_of(screen, screen.h - 3), top);
  else if (!said)
    draw_status(row_of(screen, screen.h - 2), top);
  draw_footer(app, row_of(screen, screen.h - 1), top);
  draw_body(app, area_sub(screen, head, 0, screen.h - head - foot - more, screen.w));
}

static void paint_plain(const App *app, Area screen) {
  View *page = page_view(app);
  int head = screen.h >= 16 && page && page->ops->tabs ? 2 : 1;
  draw_header(app, row_of(screen, 0), page);
  if (head > 1)
    draw_tabs(app, row_of(screen, 1), page);
  int rows = message_rows(app, screen.w), last = screen.h - rows;
  draw_body(app, area_sub(screen, head, 0, last - head - 1, screen.w));
  draw_footer(app, row_of(screen, last - 1), app_top(app));
  draw_news(app, area_sub(screen, last, 0, rows, screen.w), app_top(app));
}

void layout_paint(App *app) {
  Area screen = {0};
  term_get_size(&screen.h, &screen.w);
  draw_begin();
  if (screen.h < 12 || screen.w < 40) {
    int rows = draw_wrapped(screen, 0, 0, screen.w, screen.h, THEME_TEXT,
                            "Make the window larger: at least 40 columns by 12 rows.");
    draw_cursor(screen, rows > 0 ? rows - 1 : 0, 0, TRUE);
    draw_end();
    return;
  }
  if (term_is_plain())
    paint_plain(app, screen);
  else
    paint_full(app, screen);
  draw_end();
}
