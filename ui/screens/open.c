/* What kinds of record lead to is data of the catalogue. */
#include "open.h"

#include "../app.h"
#include "../dispatch.h"
#include "form.h"
#include "list.h"
#include "record.h"
#include "runs.h"

#include <caseload/action.h>
#include <caseload/command.h>

static gboolean matches(App *app, const ClKind *kind, ClId id, const char *text) {
  ClSession *session = app_get_session(app);
  g_autoptr(ClFilter) filter = cl_filter_parse(session, kind, text, NULL, NULL);
  g_autoptr(ClWhyReport) report = filter ? cl_filter_why(session, filter, id, NULL) : NULL;
  return report && report->matches;
}

static gboolean is_unseen(App *app, const ClKind *kind, ClId id) {
  return matches(app, kind, id, kind->unseen);
}

/* The form of the record, if it may be edited. */
static gboolean open_form(App *app, const ClKind *kind, ClId id) {
  const ClAction *edit = cl_action_edit_of(kind);
  g_autofree char *refusal = edit ? cl_action_unavailable(app_get_session(app), edit, id) : NULL;
  return edit && !refusal && form_open_edit(app, kind, id);
}

/* Those records and no others, as a list. A filter line holds so many. */
#define MOST 5000
static void open_several(App *app, const ClKind *kind, const ClIds *ids) {
  g_autoptr(GString) filter = g_string_new("id:");
  for (gsize i = 0; i < MIN(ids->n, MOST); i++)
    g_string_append_printf(filter, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", ids->v[i]);
  g_autofree char *title = ids->n > MOST ? g_strdup_printf("%s of the notice (%d of %" G_GSIZE_FORMAT ")", kind->label_plural, MOST, ids->n)
                                         : g_strdup_printf("%s of the notice", kind->label_plural);
  app_push(app, list_view_new(app, kind, filter->str, title));
}

/* Opens what a record is about; FALSE when it is about none that the person may see. */
static gboolean open_about(App *app, const ClKind *kind, ClId id) {
  ClSession *session = app_get_session(app);
  g_autoptr(ClRecord) record = kind->about ? cl_record_load(session, kind, id, NULL) : NULL;
  const ClKind *other = record ? cl_kind_find(cl_record_value(record, kind->about_kind)->s) : NULL;
  ClId about = other ? cl_record_value(record, kind->about)->i : 0;
  g_autoptr(ClRecord) there = about && cl_session_may_view(session, other)
                                  ? cl_record_load(session, other, about, NULL)
                                  : NULL;
  if (!there)
    return FALSE;
  g_autoptr(ClIds) all = cl_record_about(session, record);
  if (all->n > 1) {
    open_several(app, other, all);
    return TRUE;
  }
  if (!kind->about_edit || !matches(app, kind, id, kind->about_edit) || !open_form(app, other, about))
    app_push(app, other->is_run ? run_view_new(app, about) : record_view_new(app, other, about));
  return TRUE;
}

/* Quietly: whoever may not mark it sees it all the same. */
static void mark_seen(App *app, const ClKind *kind, ClId id) {
  const ClAction *action = kind->see ? cl_action_find(kind->see) : NULL;
  ClCommand command = {.action = action};
  if (action && is_unseen(app, kind, id))
    cl_command_run(app_get_session(app), &command, id, 0, NULL, NULL, NULL);
}

void open_record(App *app, const ClKind *kind, ClId id) {
  gboolean opened = open_about(app, kind, id);
  mark_seen(app, kind, id);
  if (!opened)
    app_push(app, kind->is_run ? run_view_new(app, id) : record_view_new(app, kind, id));
}

/* ---- what a record counts ----------------------------------------------------------------- */

static const ClField *counting_field(const ClKind *kind) {
  for (const ClField *field = kind->fields; field->id; field++)
    if (field->opens)
      return field;
  return NULL;
}

char *open_counted_refusal(App *app, const ClKind *kind) {
  return counting_field(kind) ? NULL : g_strdup_printf("No number of %s counts other records.", kind->label_plural);
}

void open_counted(App *app, const ClKind *kind, ClId id) {
  ClSession *session = app_get_session(app);
  const ClField *field = counting_field(kind);
  g_autoptr(GError) error = NULL;
  g_autoptr(ClRecord) record = field ? cl_record_load(session, kind, id, &error) : NULL;
  const ClValue *records = record ? cl_record_value(record, field->opens) : NULL;
  g_auto(GStrv) parts = g_strsplit(records && records->s ? records->s : "", " ", 2);
  const ClKind *counted = parts[0] ? cl_kind_find(parts[0]) : NULL;
  if (error)
    app_say_gerror(app, &error);
  if (!counted)
    return;
  g_autofree char *refusal = cl_session_view_refusal(session, counted);
  if (refusal) {
    app_say(app, "%s", refusal);
    return;
  }
  g_autofree char *name = cl_record_dup_name(session, kind, id);
  g_autofree char *title = g_strdup_printf("%s > %s", name ? name : kind->label, counted->label_plural);
  app_push(app, list_view_new(app, counted, parts[1], title));
}

void open_place(App *app, const OpenPlace *place) {
  if (place->desk)
    list_view_open_desk(app, place->desk);
  else if (place->main)
    app_show_main(app, place->main);
  else if (place->bound)
    app_do(app, place->bound);
  else if (place->action)
    dispatch_action(app, place->action, NULL);
}

void open_mark_seen(App *app, Targets *targets) {
  const ClKind *kind = targets->kind;
  gboolean again = targets->ids->n == 1 && !is_unseen(app, kind, targets->ids->v[0]);
  dispatch_action(app, cl_action_find(again ? kind->unsee : kind->see), targets);
}
