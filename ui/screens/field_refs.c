/* Fields of a form that look at other records: references with their pickers and what is made on the way, texts that
 * copy what is known already, names that somebody has. */
#include "fields_private.h"

#include "../app.h"
#include "../words.h"
#include "drafts.h"
#include "form.h"

#include <caseload/list.h>
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

/* What belongs to another field's record waits until that one is chosen. */
static PickerSource *waiting_source(const Asked *asked, const ClField *common) {
  g_autofree char *label = g_strdup_printf("Choose %s first", common->label);
  PickerItem *item = picker_item_new("", label, "its own are listed then");
  GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)picker_item_free);
  item->disabled = TRUE;
  g_ptr_array_add(items, item);
  return picker_source_new_fixed(items);
}

PickerSource *field_ref_source(App *app, gpointer data) {
  const Asked *asked = data;
  const char *common = within(asked);
  const ClField *of = asked->field->within ? cl_kind_field(cl_action_kind(asked->owner->action), asked->field->within) : NULL;
  if (of && !common && !(asked->owner->flags & FIELDS_BLANK) && form_is_asked(asked->owner->form, of->id))
    return waiting_source(asked, of);
  g_autofree char *filter = common ? g_strdup_printf("%s:%s", asked->field->within, common) : NULL;
  return picker_source_new_records(app, cl_kind_find(asked->field->ref), filter);
}

/* What it belongs to, where that was not chosen yet. */
static void take_common(App *app, const Asked *asked, ClId id) {
  if (!asked->field->within || within(asked))
    return;
  g_autoptr(ClRecord) made = cl_record_load(app_get_session(app), cl_kind_find(asked->field->ref), id, NULL);
  const ClValue *common = made ? cl_record_value(made, asked->field->within) : NULL;
  if (!common || common->tag != CL_VALUE_INT)
    return;
  g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, common->i);
  form_put(asked->owner->form, asked->field->within, text, common->s ? common->s : text);
}

/* This record is what the field refers to, as if it had been chosen. */
static void take(App *app, ClId id, gpointer data) {
  const Asked *asked = data;
  FieldForm *fields = asked->owner;
  g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, id);
  g_autofree char *name = cl_record_dup_name(app_get_session(app), cl_kind_find(asked->field->ref), id);
  form_put(fields->form, asked->field->id, text, name);
  take_common(app, asked, id);
  typed(fields);
}

/* ---- typed, not chosen ----------------------------------------------------------------- */

static gboolean add_fitting(const ClRow *row, gpointer data) {
  cl_ids_add(data, row->id);
  return TRUE;
}

/* One or two of the records that fit what was typed: the one of that very name, else those that the list shows. */
static ClIds *fitting(App *app, const Asked *asked, const char *typed) {
  ClSession *session = app_get_session(app);
  const ClKind *kind = cl_kind_find(asked->field->ref);
  const char *common = within(asked);
  ClIds *found = cl_ids_new();
  ClId id = common ? 0 : cl_record_find_ref(session, kind, typed, NULL);
  if (id) {
    cl_ids_add(found, id);
    return found;
  }
  g_autofree char *words = words_quoted(typed);
  g_autofree char *line = common ? g_strdup_printf("%s:%s %s", asked->field->within, common, words) : g_steal_pointer(&words);
  g_autoptr(ClFilter) filter = cl_filter_parse(session, kind, line, NULL, NULL);
  ClSort sort = {.n = 0};
  cl_sort_parse(kind, NULL, &sort, NULL);
  if (filter)
    cl_query_each(session, filter, &sort, NULL, 0, 2, add_fitting, found, NULL);
  return found;
}

void field_ref_left(App *app, const char *typed, gpointer data) {
  Asked *asked = data;
  g_autoptr(ClIds) found = fitting(app, asked, typed);
  if (found->n == 1) {
    take(app, found->v[0], asked);
    return;
  }
  g_free(asked->alike_of);
  g_free(asked->alike);
  asked->alike_of = g_strdup(typed);
  asked->alike = g_strdup(found->n ? "several fit: F4" : "none fits: F4");
}

char *field_ref_remark(App *app, const char *text, gboolean *wrong, gpointer data) {
  const Asked *asked = data;
  if (g_strcmp0(asked->alike_of, text) != 0)
    return NULL;
  *wrong = TRUE;
  return g_strdup(asked->alike);
}

/* ---- made on the way ------------------------------------------------------------------- */

static void create_ref(App *app, const char *text, gpointer data) {
  const Asked *asked = data;
  const char *common = within(asked);
  View *form = form_open_create(app, cl_kind_find(asked->field->ref));
  form_view_name(form, text);
  if (common)
    form_view_set_ref(form, asked->field->within, g_ascii_strtoll(common, NULL, 10));
  form_view_on_saved(form, take, data);
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

/* ---- what a text may hold --------------------------------------------------------------- */

void field_learn(Asked *asked) {
  const FieldForm *fields = asked->owner;
  const ClKind *kind = cl_action_kind(fields->action);
  ClOffer how = CL_OFFER_ONE;
  if (!asked->field || !kind->offers || asked->field->type != CL_TYPE_TEXT || !(asked->field->flags & CL_FIELD_OWN))
    return;
  g_autofree ClChoice *choices = kind->offers(app_get_session(fields->view->app), fields->base, asked->field, &how);
  g_free(asked->known);
  GArray *known = g_array_new(TRUE, TRUE, sizeof(FormChoice));
  for (const ClChoice *choice = choices; choice && choice->id; choice++) {
    const FormChoice offered = {choice->id, choice->label};
    g_array_append_val(known, offered);
  }
  asked->known = (FormChoice *)(gpointer)g_array_free(known, !choices || how == CL_OFFER_DAY);
  if (choices && how == CL_OFFER_DAY)
    form_make_day(fields->form, asked->field->id);
  else
    form_know(fields->form, asked->field->id, asked->known, how == CL_OFFER_SEVERAL);
}

char *field_known_words(const Asked *asked, const char *text) {
  for (const FormChoice *choice = asked->known; choice && choice->id; choice++)
    if (strcmp(choice->id, text) == 0 && g_ascii_strcasecmp(choice->label, text) != 0)
      return g_strdup(choice->label);
  return NULL;
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
