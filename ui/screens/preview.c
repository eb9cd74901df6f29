/* What the preview says: why the record is where it is, its fields, its latest changes. Holding an arrow key down
 * reads nothing: the last record read stays in sight until the keys pause. */
#include "preview.h"

#include "../app.h"
#include "../widgets/pager.h"
#include "cells.h"

#include <caseload/preference.h>
#include <caseload/text.h>
#include <string.h>

#define SETTING "preview"
#define WIDE 100 /* columns from which it stands beside the list */
#define LEAST_COLUMNS 60
#define LEAST_ROWS 16
#define CHANGES 5
#define LABEL 16

typedef enum { PLACE_OFF, PLACE_BESIDE, PLACE_BELOW } Place;
typedef enum { ZOOM_NONE, ZOOM_LIST, ZOOM_PREVIEW } Zoom;

struct Preview {
  View *owner;
  const ClKind *kind;
  Area area;     /* that the owner gave at the last draw */
  ClId id;       /* drawn last */
  ClId read_id;  /* whose lines these are */
  Place read_as; /* and for which place */
  char *name;
  Pager pager;
  Zoom zoom;
  gboolean focused;
};

Preview *preview_new(View *owner, const ClKind *kind) {
  Preview *preview = g_new0(Preview, 1);
  preview->owner = owner;
  preview->kind = kind;
  pager_init(&preview->pager);
  return preview;
}

void preview_free(Preview *preview) {
  if (!preview)
    return;
  pager_clear(&preview->pager);
  g_free(preview->name);
  g_free(preview);
}

/* ---- where it stands ------------------------------------------------------------------ */

static gboolean fits(const Preview *preview) {
  int rows, columns;
  term_get_size(&rows, &columns);
  return preview->area.h > 0 && columns >= LEAST_COLUMNS && rows >= LEAST_ROWS && !term_is_plain();
}

/* As the user wants it, whatever the window. */
static Place wanted(const Preview *preview) {
  const char *setting = cl_preference_get(app_get_session(preview->owner->app), SETTING);
  if (!setting)
    return PLACE_OFF;
  return strcmp(setting, "below") == 0 ? PLACE_BELOW : PLACE_BESIDE;
}

/* Where it is now. */
static Place place_of(const Preview *preview) {
  Place place = wanted(preview);
  if (place == PLACE_OFF || !fits(preview) || preview->zoom == ZOOM_LIST)
    return PLACE_OFF;
  return place == PLACE_BESIDE && preview->area.w < WIDE ? PLACE_BELOW : place;
}

gboolean preview_has_focus(const Preview *preview) {
  return preview->focused && place_of(preview) != PLACE_OFF;
}

/* ---- what it says ----------------------------------------------------------------------- */

/* The trail and the number say little about a record. */
static gboolean is_minor(const ClField *field) {
  static const char *const minor[] = {"id", "created_at", "created_by", "updated_at", "updated_by", NULL};
  return g_strv_contains(minor, field->id);
}

static void add_fields(Preview *preview, const ClRecord *record, gboolean listed) {
  const ClLocale *locale = app_get_locale(preview->owner->app);
  GString *line = g_string_new(NULL);
  for (gsize i = 0; record->kind->fields[i].id; i++) {
    const ClField *field = &record->kind->fields[i];
    ThemeRole role = THEME_TEXT;
    if (is_minor(field) || ((field->flags & CL_FIELD_LIST) != 0) != listed)
      continue;
    g_autofree char *text = cell_text(field, &record->values[i], locale, &role);
    gboolean is_no = field->type == CL_TYPE_BOOL && record->values[i].i == 0;
    if (!*text || is_no)
      continue;
    if (preview->read_as == PLACE_BESIDE)
      pager_add_pair(&preview->pager, field->label, LABEL, role, text);
    else
      g_string_append_printf(line, "%s%s: %s", line->len > 0 ? "  |  " : "", field->label, text);
  }
  if (line->len > 0)
    pager_add(&preview->pager, THEME_TEXT, 0, line->str);
  g_string_free(line, TRUE);
}

static void add_explanation(Preview *preview, const ClRecord *record) {
  if (!record->kind->explain)
    return;
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
  record->kind->explain(record, app_get_locale(preview->owner->app), lines);
  for (guint i = 0; i < lines->len; i++)
    pager_add(&preview->pager, THEME_WARN, 0, lines->pdata[i]);
}

static void add_changes(Preview *preview) {
  App *app = preview->owner->app;
  const ClLocale *locale = app_get_locale(app);
  g_autoptr(GPtrArray) changes = cl_history_load(app_get_session(app), preview->kind, preview->id, CHANGES, NULL);
  if (!changes || changes->len == 0)
    return;
  pager_add(&preview->pager, THEME_LABEL, 0, "History");
  for (guint i = 0; i < changes->len; i++) {
    const ClChange *change = changes->pdata[i];
    char when[24] = "";
    g_autofree char *words = cl_change_dup_words(change, locale);
    cl_time_to_text(change->at, locale->order, when);
    when[strcspn(when, " ")] = '\0';
    pager_addf(&preview->pager, change->undone ? THEME_DISABLED : THEME_TEXT, 2, "%s %s, %s", when, words, change->who);
  }
}

gboolean preview_is_due(const Preview *preview) {
  Place place = place_of(preview);
  return place != PLACE_OFF && (preview->id != preview->read_id || place != preview->read_as);
}

gboolean preview_read(Preview *preview) {
  if (!preview_is_due(preview))
    return FALSE;
  ClSession *session = app_get_session(preview->owner->app);
  gboolean other = preview->id != preview->read_id;
  g_autoptr(ClRecord) record = preview->id ? cl_record_load(session, preview->kind, preview->id, NULL) : NULL;
  pager_empty(&preview->pager);
  if (other)
    preview->pager.top = 0;
  preview->read_id = preview->id;
  preview->read_as = place_of(preview);
  g_free(preview->name);
  preview->name = record ? cl_record_dup_name(session, preview->kind, preview->id) : NULL;
  if (record) {
    app_fill_late(preview->owner->app, record);
    add_explanation(preview, record);
    add_fields(preview, record, TRUE);
    add_changes(preview);
    add_fields(preview, record, FALSE);
  } else {
    pager_add(&preview->pager, THEME_HINT, 0, preview->id ? "This record is not there any more." : "No record.");
  }
  app_repaint(preview->owner->app);
  return TRUE;
}

void preview_forget(Preview *preview) {
  preview->read_id = -1;
}

/* ---- drawing ---------------------------------------------------------------------------- */

Area preview_draw(Preview *preview, Area area, ClId id, gboolean focus) {
  preview->area = area;
  preview->id = id;
  Place place = place_of(preview);
  if (place == PLACE_OFF)
    return area;
  Area pane = area, rest = area;
  if (preview->zoom == ZOOM_PREVIEW) {
    rest.h = 0;
  } else if (place == PLACE_BESIDE) {
    int width = CLAMP(area.w * 2 / 5, 40, 64);
    pane = area_sub(area, 0, area.w - width, area.h, width);
    rest = area_sub(area, 0, 0, area.h, area.w - width);
  } else {
    int height = CLAMP(area.h * 2 / 5, 5, 12);
    pane = area_sub(area, area.h - height, 0, height, area.w);
    rest = area_sub(area, 0, 0, area.h - height, area.w);
  }
  Area inside = draw_box(pane, preview->name ? preview->name : preview->kind->label,
                         preview->focused ? "Tab back  z full  p place, off" : "p place, off  Tab go here  z full");
  pager_draw(&preview->pager, inside, focus && preview->focused);
  return rest;
}

/* ---- keys --------------------------------------------------------------------------------- */

/* Beside, below, off; in a narrow window below or off. */
static void next_place(Preview *preview) {
  App *app = preview->owner->app;
  Place place = wanted(preview);
  gboolean wide = preview->area.w >= WIDE;
  if (place == PLACE_OFF && !fits(preview)) {
    app_say(app, term_is_plain() ? "There is no preview in plain mode; Enter opens the record."
                                 : "A preview needs 60 columns by 16 rows; Enter opens.");
    return;
  }
  preview->zoom = ZOOM_NONE;
  place = place == PLACE_OFF ? PLACE_BESIDE : place == PLACE_BESIDE && wide ? PLACE_BELOW : PLACE_OFF;
  cl_preference_set(app_get_session(app), SETTING,
                    place == PLACE_OFF ? NULL : place == PLACE_BELOW ? "below" : "beside");
  preview->focused = preview->focused && place != PLACE_OFF;
  if (place == PLACE_OFF)
    app_say(app, "The preview is off; p brings it back.");
}

static void turn_zoom(Preview *preview) {
  if (preview->zoom != ZOOM_NONE)
    preview->zoom = ZOOM_NONE;
  else if (place_of(preview) == PLACE_OFF)
    app_say(preview->owner->app, "The list has the whole screen; p shows a preview of the record.");
  else
    preview->zoom = preview->focused ? ZOOM_PREVIEW : ZOOM_LIST;
}

static void turn_focus(Preview *preview) {
  preview->focused = !preview->focused;
  if (!preview->focused && preview->zoom == ZOOM_PREVIEW)
    preview->zoom = ZOOM_NONE;
}

gboolean preview_command(Preview *preview, Verb verb) {
  switch (verb) {
  case VERB_PREVIEW:
    next_place(preview);
    return TRUE;
  case VERB_ZOOM:
    turn_zoom(preview);
    return TRUE;
  case VERB_NEXT:
  case VERB_PREVIOUS:
    if (place_of(preview) == PLACE_OFF)
      return FALSE;
    turn_focus(preview);
    return TRUE;
  case VERB_BACK:
    if (!preview_has_focus(preview))
      return FALSE;
    turn_focus(preview);
    return TRUE;
  case VERB_LEFT:
  case VERB_RIGHT:
    return preview_has_focus(preview);
  default:
    return preview_has_focus(preview) && pager_command(&preview->pager, verb);
  }
}
