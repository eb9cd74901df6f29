/* Fields of a form that look at other records: references with their pickers and what is made on the way, texts that
 * copy what is known already, names that somebody has. */
#include "fields_private.h"

#include "../app.h"
#include "drafts.h"
#include "form.h"

#include <caseload/near.h>

#include <string.h>

static void typed(const FieldForm *fields) {
  if (fields->keeper)
    draft_keeper_typed(fields->keeper);
}

/* What the field that this one is within holds; NULL when nothing was chosen there, or the field is not asked. */
static const char *within(const Asked *asked) {
  if (!asked->field->within)
    return NULL;
  const char *text = form_get(asked->owner->form, asked->field->within);
  gint64 id;
  return g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &id, NULL) ? text : NULL;
}

PickerSource *field_ref_source(App *app, gpointer data) {
  const Asked *asked = data;
  const char *common = within(asked);
  g_autofree char *filter = common ? g_strdup_printf("%s:%s", asked->field->within, common) : NULL;
  return picker_source_new_records(app, cl_kind_find(asked->field->ref), filter);
}

/* ---- made on the way ------------------------------------------------------------------- */

/* A record that was made on the way is what the field refers to. */
static void created(App *app, ClId id, gpointer data) {
  const Asked *asked = data;
  FieldForm *fields = asked->owner;
  g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, id);
  g_autofree char *name = cl_record_dup_name(app_get_session(app), cl_kind_find(asked->field->ref), id);
  form_put(fields->form, asked->field->id, text, name);
  typed(fields);
}

static void create_ref(App *app, const char *text, gpointer data) {
  const Asked *asked = data;
  const char *common = within(asked);
  View *form = form_open_create(app, cl_kind_find(asked->field->ref));
  form_view_name(form, text);
  if (common)
    form_view_set_ref(form, asked->field->within, g_ascii_strtoll(common, NULL, 10));
  form_view_on_saved(form, created, data);
}

void field_add_create(const FieldForm *fields, Asked *asked, FormField *shown) {
  const ClKind *kind = cl_kind_find(asked->field->ref);
  const ClAction *action = cl_action_create_of(kind);
  if (!action)
    return;
  asked->create_label = g_strdup_printf("%s…", action->label);
  asked->create_refusal = cl_action_refusal(app_get_session(fields->view->app), action);
  shown->create = create_ref;
  shown->create_label = asked->create_label;
  shown->create_refusal = asked->create_refusal;
}

/* ---- known already --------------------------------------------------------------------- */

static PickerSource *known_source(App *app, gpointer data) {
  const Asked *asked = data;
  return picker_source_new_records(app, cl_action_kind(asked->owner->action), NULL);
}

static void put_field(FieldForm *fields, const ClRecord *known, const char *id) {
  const ClField *field = cl_kind_field(known->kind, id);
  g_autofree char *text = cl_value_to_text(field, cl_record_value(known, id), app_get_locale(fields->view->app));
  form_put(fields->form, id, text, NULL);
}

static void take_known(App *app, const char *id, gpointer data) {
  const Asked *asked = data;
  const ClKind *kind = cl_action_kind(asked->owner->action);
  g_autoptr(ClRecord) known = cl_record_load(app_get_session(app), kind, g_ascii_strtoll(id, NULL, 10), NULL);
  g_auto(GStrv) copies = g_strsplit(asked->field->copies, " ", -1);
  if (!known)
    return;
  put_field(asked->owner, known, asked->field->id);
  for (char **copied = copies; *copied; copied++)
    put_field(asked->owner, known, *copied);
  typed(asked->owner);
}

void field_add_known(Asked *asked, FormField *shown) {
  if (!asked->field->copies || asked->owner->flags & FIELDS_BLANK)
    return;
  shown->source = known_source;
  shown->source_data = asked;
  shown->take = take_known;
}

char *field_alike(Asked *asked, const char *text) {
  const FieldForm *fields = asked->owner;
  const ClKind *kind = cl_action_kind(fields->action);
  if (!kind->alike || strcmp(kind->alike, asked->field->id) != 0 || fields->flags & FIELDS_BLANK)
    return NULL;
  if (g_strcmp0(asked->alike_of, text) != 0) {
    g_free(asked->alike_of);
    g_free(asked->alike);
    asked->alike_of = g_strdup(text);
    asked->alike = cl_near_record(app_get_session(fields->view->app), kind, text, fields->base ? fields->base->id : 0);
  }
  return g_strdup(asked->alike);
}
