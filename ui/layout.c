/* Where things stand: header, main lists, body, status line, message line, footer. Below 16 rows the
 * main lists' line and the status line give way; below 40 by 12 nothing but the advice is shown. */
#include "app_private.h"

#include "words.h"

#include <caseload/text.h>
#include <string.h>

static char *dup_place(const App *app) {
  if (!app->session)
    return g_strdup(cl_config_get_organisation(app->config));
  return g_strdup_printf("%s%s | %s, %s", cl_session_is_read_only(app->session) ? "READ ONLY  " : "",
                         cl_config_get_organisation(app->config), cl_session_get_full_name(app->session),
                         cl_session_get_role_names(app->session));
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
  g_autofree char *place = dup_place(app);
  int used = 1 + draw_text(row, 0, 1, -1, THEME_HINT, "caseload");
  if (title)
    used += 2 + draw_text(row, 0, used + 2, -1, THEME_TITLE, title);
  int left = row.w - used - 3;
  if (left >= 12)
    draw_right(row, 0, row.w - left - 1, left, THEME_TEXT, place);
}

static void draw_tabs(const App *app, Area row, View *page) {
  int x = 1;
  if (!app->main_kinds || !page || !page->ops->tabs) {
    draw_line(row, 0);
    return;
  }
  for (int i = 0; app->main_kinds[i] && i < 9; i++) {
    const ClKind *kind = app->main_kinds[i];
    gboolean here = (guint)i < app->mains->len && g_ptr_array_index(app->mains, i) == page;
    g_autofree char *label = g_strdup_printf("%d %s", i + 1, kind->label_plural);
    int width = cl_text_width(label);
    if (x + width >= row.w) {
      draw_text(row, 0, x, -1, THEME_HINT, "…");
      break;
    }
    draw_text(row, 0, x, -1, here ? THEME_TAB : THEME_TEXT, label);
    x += width + 2;
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

/* TRUE when there was a message. */
static gboolean draw_message(const App *app, Area row) {
  if (app->message) {
    draw_text(row, 0, 1, row.w - 2, app->message_is_error ? THEME_ERROR : THEME_MESSAGE, app->message);
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
      if (is_own != own || bound->priority == 0 || bound->keys[0] == K_NONE || seen[bound->verb] ||
          !keymap_applies(bound, top->ops->name))
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

static void draw_footer(const App *app, Area row, View *top) {
  if (!top)
    return;
  g_autoptr(GPtrArray) chosen = footer_bindings(app, top);
  int x = 1;
  for (guint i = 0; i < chosen->len; i++) {
    const BoundKey *bound = g_ptr_array_index(chosen, i);
    g_autofree char *key = key_to_text(bound->keys[0]);
    int width = cl_text_width(key) + 1 + cl_text_width(bound->label);
    if (x + width > row.w)
      continue;
    int used = draw_text(row, 0, x, -1, THEME_KEY, key);
    draw_text(row, 0, x + used + 1, -1, THEME_TEXT, bound->label);
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
  View *top = app_top(app), *page = page_view(app);
  gboolean tall = screen.h >= 16;
  int head = tall ? 2 : 1, foot = tall ? 3 : 2;
  draw_header(app, area_sub(screen, 0, 0, 1, screen.w), page);
  if (tall)
    draw_tabs(app, area_sub(screen, 1, 0, 1, screen.w), page);
  Area message = area_sub(screen, screen.h - 2, 0, 1, screen.w);
  gboolean said = draw_message(app, message);
  if (tall)
    draw_status(area_sub(screen, screen.h - 3, 0, 1, screen.w), top);
  else if (!said)
    draw_status(message, top);
  draw_footer(app, area_sub(screen, screen.h - 1, 0, 1, screen.w), top);
  draw_body(app, area_sub(screen, head, 0, screen.h - head - foot, screen.w));
  draw_end();
}
