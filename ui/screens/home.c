/* Figures come from a thread, panel by panel, so that home opens at once; they stand until better ones come.
 * The cursor stands on a line of a box; Enter opens exactly the records that the line counts. */
#include "home_private.h"

#include "../pointer.h"
#include "../dispatch.h"
#include "../widgets/picker.h"
#include "../words.h"
#include "drafts.h"
#include "list.h"

#include <caseload/action.h>
#include <caseload/clock.h>
#include <string.h>

HomeBox *home_box(const HomeView *self, guint i) {
  return g_ptr_array_index(self->boxes, i);
}

HomeLine *home_line(const HomeBox *box, gsize i) {
  return i < box->lines->len ? &g_array_index(box->lines, HomeLine, i) : NULL;
}

const ClPanel *home_line_panel(const HomeView *self, const HomeLine *line) {
  return line->panel == HOME_DRAFTS ? NULL : cl_home_panel(self->home, line->panel);
}

const ClFigures *home_box_figures(const HomeView *self, const HomeBox *box) {
  return box->form == CL_PANEL_NEED ? NULL : cl_home_figures(self->home, box->panel);
}

/* ---- boxes and lines ------------------------------------------------------------------- */

static void box_free(gpointer data) {
  HomeBox *box = data;
  g_array_unref(box->lines);
  g_free(box->steps);
  g_free(box);
}

static void add_box(HomeView *self, ClPanelForm form, gsize panel, const char *title) {
  HomeBox *box = g_new0(HomeBox, 1);
  box->form = form;
  box->panel = panel;
  box->title = title;
  box->counting = TRUE;
  box->lines = g_array_new(FALSE, TRUE, sizeof(HomeLine));
  g_ptr_array_add(self->boxes, box);
}

static void add_steps(HomeView *self) {
  gsize n = 0;
  while (cl_tasks()[n].id)
    n++;
  add_box(self, CL_PANEL_NEED, 0, "First steps (W puts them away)");
  HomeBox *box = home_box(self, self->boxes->len - 1);
  box->steps = g_new0(ClFigure, n + 1);
  for (gsize i = 0; i < n; i++)
    box->steps[i].label = (char *)cl_tasks()[i].text;
}

static void make_boxes(HomeView *self) {
  add_box(self, CL_PANEL_NEED, 0, "Needs you");
  if (cl_tasks_are_shown(app_get_session(self->view.app)))
    add_steps(self);
  for (gsize i = 0; i < cl_home_length(self->home); i++) {
    const ClPanel *panel = cl_home_panel(self->home, i);
    if (panel->form != CL_PANEL_NEED)
      add_box(self, panel->form, i, panel->title);
  }
}

static void add_line(HomeBox *box, gsize panel, const ClFigure *figure, const char *note) {
  HomeLine line = {panel, figure, note};
  g_array_append_val(box->lines, line);
}

static void fill_needs(HomeView *self, HomeBox *box) {
  if (self->drafts.count > 0)
    add_line(box, HOME_DRAFTS, &self->drafts, NULL);
  for (gsize i = 0; i < cl_home_length(self->home); i++) {
    const ClFigures *figures = cl_home_figures(self->home, i);
    if (cl_home_panel(self->home, i)->form != CL_PANEL_NEED)
      continue;
    box->counting |= !figures;
    for (guint f = 0; figures && f < figures->figures->len; f++) {
      const ClFigure *figure = g_ptr_array_index(figures->figures, f);
      if (figure->count > 0)
        add_line(box, i, figure, figures->note);
    }
  }
}

static void fill_steps(HomeView *self, HomeBox *box) {
  for (gsize i = 0; cl_tasks()[i].id; i++) {
    box->steps[i].count = cl_task_is_done(app_get_session(self->view.app), &cl_tasks()[i]);
    add_line(box, i, &box->steps[i], NULL);
  }
}

static void fill_chart(HomeView *self, HomeBox *box) {
  const ClFigures *figures = cl_home_figures(self->home, box->panel);
  box->counting = !figures;
  for (guint f = 0; figures && f < figures->figures->len; f++)
    add_line(box, box->panel, g_ptr_array_index(figures->figures, f), NULL);
}

/* The line of the same panel and label as before the count. */
static gsize find_line(const HomeBox *box, gsize panel, const char *label, gsize fallback) {
  for (gsize i = 0; i < box->lines->len; i++)
    if (home_line(box, i)->panel == panel &&
        (box->form == CL_PANEL_NEED || g_strcmp0(home_line(box, i)->figure->label, label) == 0))
      return i;
  return MIN(fallback, box->lines->len > 0 ? box->lines->len - 1 : 0);
}

/* What the cursors stand on, to find it again among new figures. */
typedef struct {
  char *label; /* NULL: the box had no line */
  gsize panel;
} Place;

static void place_clear(gpointer place) {
  g_free(((Place *)place)->label);
}

static GArray *remember_places(HomeView *self) {
  GArray *places = g_array_new(FALSE, TRUE, sizeof(Place));
  g_array_set_clear_func(places, place_clear);
  for (guint i = 0; i < self->boxes->len; i++) {
    const HomeLine *line = home_line(home_box(self, i), home_box(self, i)->cursor);
    Place place = {line ? g_strdup(line->figure->label) : NULL, line ? line->panel : 0};
    g_array_append_val(places, place);
  }
  return places;
}

static void fill_box(HomeView *self, HomeBox *box, const Place *place) {
  g_array_set_size(box->lines, 0);
  box->numbers_width = 0;
  box->counting = FALSE;
  if (box->steps)
    fill_steps(self, box);
  else if (box->form == CL_PANEL_NEED)
    fill_needs(self, box);
  else
    fill_chart(self, box);
  if (place->label)
    box->cursor = find_line(box, place->panel, place->label, box->cursor);
  else
    box->cursor = box->form == CL_PANEL_LINE && box->lines->len > 0 ? box->lines->len - 1 : 0;
}

static void take_figures(HomeView *self) {
  g_autoptr(GArray) places = remember_places(self);
  if (!cl_home_poll(self->home))
    return;
  for (guint i = 0; i < self->boxes->len; i++)
    fill_box(self, home_box(self, i), &g_array_index(places, Place, i));
  app_repaint(self->view.app);
}

/* Drafts are kept silently: they are looked at whenever home is shown. */
static void take_drafts(HomeView *self) {
  g_autoptr(GPtrArray) drafts = cl_drafts_load(app_get_session(self->view.app), NULL, 0, NULL);
  gint64 n = drafts ? drafts->len : 0;
  if (n == self->drafts.count)
    return;
  self->drafts.count = n;
  self->drafts.label = n == 1 ? (char *)"draft of yours is not saved" : (char *)"drafts of yours are not saved";
  g_autoptr(GArray) places = remember_places(self);
  fill_box(self, home_box(self, 0), &g_array_index(places, Place, 0));
  app_repaint(self->view.app);
}

/* ---- news ----------------------------------------------------------------------------------- */

static void count(HomeView *self) {
  self->stale = FALSE;
  cl_home_count(self->home);
  app_repaint(self->view.app);
}

/* The steps that the screen noted meanwhile. */
static void refresh_steps(HomeView *self) {
  for (guint i = 0; i < self->boxes->len; i++)
    for (gsize t = 0; home_box(self, i)->steps && cl_tasks()[t].id; t++)
      home_box(self, i)->steps[t].count = cl_task_is_done(app_get_session(self->view.app), &cl_tasks()[t]);
}

/* A count under way is followed by another rather than thrown away: during a run there is always news. */
static void home_news(View *view, guint bits) {
  HomeView *self = (HomeView *)view;
  if (bits & NEWS_SHOWN) {
    refresh_steps(self);
    take_drafts(self);
  }
  if (bits & NEWS_WAKE) {
    take_figures(self);
    if (self->stale && !cl_home_is_counting(self->home) && app_is_visible(view->app, view))
      count(self);
  }
  if (bits & NEWS_DATA) {
    if (app_is_visible(view->app, view) && !cl_home_is_counting(self->home))
      count(self);
    else
      self->stale = TRUE;
  } else if (bits & NEWS_SHOWN && self->stale && !cl_home_is_counting(self->home)) {
    count(self);
  }
}

/* ---- moving ---------------------------------------------------------------------------------- */

static void focus_box(HomeView *self, guint i) {
  self->focus = i;
}

/* The nearest box that lies in the direction (dy, dx); the same one where there is none. */
static gboolean step_box(HomeView *self, int dy, int dx) {
  const HomeBox *from = home_box(self, self->focus);
  int nearest = G_MAXINT;
  guint found = self->focus;
  for (guint i = 0; i < self->boxes->len; i++) {
    const HomeBox *to = home_box(self, i);
    int ahead = dy ? (to->y - from->y) * dy : (to->x - from->x) * dx;
    int aside = dy ? MAX(0, MAX(to->x - (from->x + from->w - 1), from->x - (to->x + to->w - 1)))
                   : MAX(0, MAX(to->y - (from->y + from->h - 1), from->y - (to->y + to->h - 1)));
    if (ahead <= 0 || (dx && aside > 0))
      continue;
    if (ahead + aside * 4 < nearest) {
      nearest = ahead + aside * 4;
      found = i;
    }
  }
  if (found == self->focus)
    return FALSE;
  focus_box(self, found);
  return TRUE;
}

static void step_line(HomeView *self, int step) {
  HomeBox *box = home_box(self, self->focus);
  gsize n = box->lines->len;
  if (step < 0 ? box->cursor > 0 : box->cursor + 1 < n) {
    box->cursor = step < 0 ? box->cursor - 1 : box->cursor + 1;
    return;
  }
  if (!self->flat) {
    if (step_box(self, step, 0) && home_box(self, self->focus)->form != CL_PANEL_LINE)
      home_box(self, self->focus)->cursor =
          step > 0 ? 0 : MAX(home_box(self, self->focus)->lines->len, 1u) - 1;
    return;
  }
  guint to = self->focus;
  if (step < 0 ? to == 0 : to + 1 >= self->boxes->len)
    return;
  focus_box(self, step < 0 ? to - 1 : to + 1);
  HomeBox *next = home_box(self, self->focus);
  next->cursor = step > 0 || next->lines->len == 0 ? 0 : next->lines->len - 1;
}

static void step_page(HomeView *self, int step) {
  HomeBox *box = home_box(self, self->focus);
  int rows = self->flat ? 8 : MAX(box->h - 3, 1);
  if (self->flat) {
    for (int i = 0; i < rows; i++)
      step_line(self, step);
    return;
  }
  gssize to = (gssize)box->cursor + step * rows;
  box->cursor = (gsize)CLAMP(to, 0, MAX((gssize)box->lines->len - 1, 0));
}

static void step_sideways(HomeView *self, int step) {
  HomeBox *box = home_box(self, self->focus);
  gboolean along = box->form == CL_PANEL_LINE && !box->as_table && !self->flat;
  if (along && (step < 0 ? box->cursor > 0 : box->cursor + 1 < box->lines->len))
    box->cursor = step < 0 ? box->cursor - 1 : box->cursor + 1;
  else if (!self->flat)
    step_box(self, 0, step);
}

static gboolean move(HomeView *self, Verb verb) {
  guint n = self->boxes->len;
  switch (verb) {
  case VERB_UP:
  case VERB_DOWN:
    step_line(self, verb == VERB_UP ? -1 : 1);
    return TRUE;
  case VERB_LEFT:
  case VERB_RIGHT:
    step_sideways(self, verb == VERB_LEFT ? -1 : 1);
    return TRUE;
  case VERB_PAGE_UP:
  case VERB_PAGE_DOWN:
    step_page(self, verb == VERB_PAGE_UP ? -1 : 1);
    return TRUE;
  case VERB_NEXT:
    focus_box(self, (self->focus + 1) % n);
    return TRUE;
  case VERB_PREVIOUS:
    focus_box(self, (self->focus + n - 1) % n);
    return TRUE;
  case VERB_FIRST:
    focus_box(self, 0);
    home_box(self, 0)->cursor = 0;
    return TRUE;
  case VERB_LAST:
    focus_box(self, n - 1);
    home_box(self, n - 1)->cursor = MAX(home_box(self, n - 1)->lines->len, 1u) - 1;
    return TRUE;
  default:
    return FALSE;
  }
}

/* ---- commands ---------------------------------------------------------------------------------- */

static HomeLine *current_line(const HomeView *self) {
  const HomeBox *box = home_box(self, self->focus);
  return home_line(box, box->cursor);
}

static void open_line(HomeView *self) {
  App *app = self->view.app;
  const HomeLine *line = current_line(self);
  if (!line)
    return;
  if (home_box(self, self->focus)->steps) {
    app_say(app, "%s", cl_tasks()[line->panel].how);
    return;
  }
  const ClPanel *panel = home_line_panel(self, line);
  if (!panel) {
    drafts_open(app);
    return;
  }
  const ClKind *kind = cl_kind_find(panel->kind);
  if (panel->desk) {
    list_view_open_desk(app, cl_desk_find(panel->desk));
    return;
  }
  g_autofree char *title = panel->form == CL_PANEL_NEED
                               ? g_strdup_printf("Today > %s", kind->label_plural)
                               : g_strdup_printf("Today > %s > %s", panel->title, line->figure->label);
  app_push(app, list_view_new(app, kind, line->figure->filter, title));
}

static void create_chosen(App *app, const PickerItem *item, gpointer data) {
  if (item)
    dispatch_action(app, cl_action_find(item->id), NULL);
}

/* Which kind of record shall be made? */
static void open_create(HomeView *self) {
  App *app = self->view.app;
  GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)picker_item_free);
  for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++) {
    const ClAction *action = cl_action_create_of(*kind);
    g_autofree char *refusal = action ? cl_action_refusal(app_get_session(app), action) : NULL;
    if (action && !refusal && cl_session_may_view(app_get_session(app), *kind))
      g_ptr_array_add(items, picker_item_new(action->id, action->label, NULL));
  }
  app_push(app, picker_view_new(app, "New record", picker_source_new_fixed(items), NULL, create_chosen, self));
}

static gboolean take_click(HomeView *self) {
  gsize clicked = 0;
  for (guint i = 0; i < self->boxes->len; i++)
    if (pointer_is_on(home_box(self, i), &clicked)) {
      focus_box(self, i);
      home_box(self, i)->cursor = clicked;
      return TRUE;
    }
  return FALSE;
}

static gboolean home_command(View *view, Verb verb) {
  HomeView *self = (HomeView *)view;
  HomeBox *box = home_box(self, self->focus);
  if (move(self, verb))
    return TRUE;
  switch (verb) {
  case VERB_OPEN:
    open_line(self);
    return TRUE;
  case VERB_CLICK:
    return take_click(self);
  case VERB_TABLE:
    box->as_table = !box->as_table;
    return TRUE;
  case VERB_NEW:
    open_create(self);
    return TRUE;
  case VERB_REFRESH:
    count(self);
    return TRUE;
  case VERB_BACK:
    if (app_below(view->app, view))
      return FALSE;
    app_say(view->app, "This is the first screen; q quits.");
    return TRUE;
  default:
    return FALSE;
  }
}

static char *home_refusal(View *view, Verb verb) {
  const HomeView *self = (const HomeView *)view;
  const HomeBox *box = home_box(self, self->focus);
  if (verb == VERB_OPEN && !current_line(self))
    return g_strdup(box->counting ? "This is still being counted." : "There is nothing to open here.");
  if (verb == VERB_TABLE && box->form == CL_PANEL_NEED)
    return g_strdup("These are lines already; Tab goes to the charts.");
  if (verb == VERB_TABLE && self->flat)
    return g_strdup("In a window as narrow as this, charts are tables always.");
  return NULL;
}

/* ---- words ------------------------------------------------------------------------------------- */

static char *home_title(View *view) {
  static const char *const days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                     "Friday", "Saturday", "Sunday"};
  static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
  int height, width, year, month, day;
  ClDate today = cl_clock_today();
  const char *weekday = days[cl_date_weekday(today) - 1];
  term_get_size(&height, &width);
  cl_date_to_ymd(today, &year, &month, &day);
  return g_strdup_printf("Today  %.*s %d %s %d", width < 100 ? 3 : 9, weekday, day, months[month - 1], year);
}

static char *home_status(View *view) {
  const HomeView *self = (const HomeView *)view;
  gint64 at = cl_home_counted_at(self->home);
  char text[24];
  if (cl_home_is_counting(self->home))
    return g_strdup("Counting…");
  const char *time = strchr(cl_time_to_text(at, CL_ORDER_YMD, text), ' ');
  return g_strdup_printf("Counted at %s. F5 counts again.", time ? time + 1 : "");
}

static char *home_position(View *view) {
  const HomeView *self = (const HomeView *)view;
  return g_strdup_printf("box %u of %u", self->focus + 1, self->boxes->len);
}

static void draw(View *view, Area area, gboolean focus) {
  home_draw((HomeView *)view, area, focus);
}

/* Only the first count is waited for: while a run changes records all the time, no figure is the last word. */
static gboolean home_counting(View *view) {
  const HomeView *self = (const HomeView *)view;
  return cl_home_counted_at(self->home) == 0 && !app_is_working(view->app);
}

static void home_free(View *view) {
  HomeView *self = (HomeView *)view;
  cl_home_free(self->home);
  g_ptr_array_unref(self->boxes);
  g_free(self);
}

static const ViewOps home_ops = {
    .name = "home",
    .tabs = TRUE,
    .draw = draw,
    .command = home_command,
    .refusal = home_refusal,
    .title = home_title,
    .status = home_status,
    .position = home_position,
    .counting = home_counting,
    .news = home_news,
    .free = home_free,
};

View *home_view_new(App *app) {
  HomeView *self = g_new0(HomeView, 1);
  self->view = (View){&home_ops, app};
  self->home = cl_home_new(app_get_session(app));
  self->boxes = g_ptr_array_new_with_free_func(box_free);
  make_boxes(self);
  take_drafts(self);
  count(self);
  return &self->view;
}
