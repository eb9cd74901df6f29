/* From fields of the catalogue to fields of a form and back. */
#include "fields_private.h"

#include "../app.h"
#include "../widgets/menu.h"
#include "comments.h"
#include "drafts.h"
#include "field_types.h"
#include "form.h"
#include "last.h"

#include <caseload/action.h>
#include <string.h>

#define COMMENT "comment"

static void asked_free(gpointer data) {
  Asked *asked = data;
  g_free(asked->choices);
  g_free(asked->known);
  offer_clear(&asked->offer);
  g_free(asked->create_label);
  g_free(asked->create_refusal);
  g_free(asked->alike_of);
  g_free(asked->alike);
  g_free(asked);
}

/* What is wrong with a value that a person has left. While she types in it, it is not finished. */
static char *remark(App *app, const char *text, gboolean *wrong, gpointer data) {
  Asked *asked = data;
  const char *focus = form_get_focus(asked->owner->form);
  char *meaning = field_known_words(asked, text);
  if (meaning)
    return meaning;
  if (!*text || (focus && strcmp(focus, asked->field->id) == 0))
    return NULL;
  g_auto(ClValue) value = CL_VALUE_INIT;
  char *problem = NULL;
  if (cl_value_parse(asked->field, text, app_get_locale(app), &value, &problem) && asked->field->check)
    problem = asked->field->check(asked->field, &value);
  *wrong = problem != NULL;
  return problem ? problem : field_alike(asked, text);
}

/* TRUE when the field takes several records "a, b" that share the work. */
static gboolean is_spread(const FieldForm *fields, const ClField *field) {
  return field && field->type == CL_TYPE_REF && fields->flags & FIELDS_BLANK &&
         fields->action->flags & CL_ACTION_SPREAD;
}

static gboolean is_required(const FieldForm *fields, const ClField *field) {
  gboolean whole = (fields->action->flags & (CL_ACTION_CREATE | CL_ACTION_EDIT)) != 0;
  if (whole && fields->flags & FIELDS_BLANK)
    return FALSE;
  return cl_action_requires(fields->action, field) || (whole && field->flags & CL_FIELD_REQUIRED);
}

static void add_field(FieldForm *fields, GArray *form_fields, const ClField *field, gboolean fixed) {
  Asked *asked = g_new0(Asked, 1);
  *asked = (Asked){.owner = fields, .field = field};
  FormField shown = {.id = field->id, .label = field->label, .width = field_form_width(field)};
  /* Of a field that has an action of its own the help says just that. */
  shown.help = field->flags & CL_FIELD_EDIT || fields->action->flags & CL_ACTION_CREATE ? field->help : NULL;
  shown.type = fixed ? FORM_FIXED : field_form_type(field);
  shown.required = !fixed && is_required(fields, field);
  shown.keep = field->flags & CL_FIELD_REQUIRED;
  if (shown.type == FORM_CHOICE)
    shown.choices = asked->choices = field_form_choices(field);
  if (shown.type == FORM_REF) {
    shown.source = field_ref_source;
    shown.source_data = asked;
    shown.left = is_spread(fields, field) ? NULL : field_ref_left;
    shown.remark = shown.left ? field_ref_remark : NULL;
    shown.left_data = shown.remark_data = asked;
    field_add_create(fields, asked, &shown);
  }
  if (is_spread(fields, field)) {
    shown.width = 40;
    shown.help = "Several names with commas between them share the records evenly; F4 adds one.";
  }
  if (shown.type == FORM_FILES || shown.type == FORM_TARGET) {
    shown.width = 44;
    shown.help = field->help;
  }
  if (shown.type == FORM_LINES) {
    shown.source = comments_source;
    shown.source_data = (gpointer)fields->action;
  }
  if (shown.type == FORM_TEXT) {
    shown.max = field->type == CL_TYPE_TEXT ? (int)field->max : 0;
    shown.remark = remark;
    shown.remark_data = asked;
    field_add_known(asked, &shown);
  }
  g_ptr_array_add(fields->asked, asked);
  g_array_append_val(form_fields, shown);
}

static void add_comment(FieldForm *fields, GArray *form_fields) {
  Asked *asked = g_new0(Asked, 1);
  asked->owner = fields;
  FormField shown = {.id = COMMENT,
                     .label = "Comment",
                     .type = FORM_TEXT,
                     .required = (fields->action->flags & CL_ACTION_COMMENT) != 0,
                     .width = 56,
                     .source = comments_source,
                     .source_data = (gpointer)fields->action,
                     .help = "Say why; it stays in the history. F4: templates and earlier comments."};
  g_ptr_array_add(fields->asked, asked);
  g_array_append_val(form_fields, shown);
}

static gboolean is_named(const char *only, const char *id) {
  if (!only)
    return TRUE;
  g_auto(GStrv) names = g_strsplit(only, " ", -1);
  return g_strv_contains((const char *const *)names, id);
}

/* Fields that a record is known by: those that only its creation sets, or that its kind names. */
static void add_context(FieldForm *fields, GArray *form_fields) {
  const ClKind *kind = cl_action_kind(fields->action);
  for (const ClField *field = kind->fields; field->id; field++)
    if (!(field->flags & CL_FIELD_EDIT) && (kind->context ? is_named(kind->context, field->id) : (field->flags & CL_FIELD_CREATE) != 0))
      add_field(fields, form_fields, field, TRUE);
}

static gboolean has_comment(const FieldForm *fields) {
  return fields->flags & FIELDS_COMMENT && fields->action->flags & (CL_ACTION_COMMENT | CL_ACTION_REMARK);
}

static gboolean is_fixed(const FieldForm *fields, const ClField *field) {
  gboolean kept = cl_kind_field(cl_action_kind(fields->action), field->id) == field; /* what only the action takes is not */
  return kept && fields->flags & FIELDS_CONTEXT && !(field->flags & CL_FIELD_EDIT);
}

static void offer(FieldForm *fields, Asked *asked, const ClRecord *record) {
  const ClValue *kept = fields->base && fields->base->id ? cl_record_value(fields->base, asked->field->id) : NULL;
  offer_make(&asked->offer, app_get_session(fields->view->app), record, asked->field, asked->choices, kept);
  form_offer(fields->form, asked->field->id, asked->offer.choices, asked->offer.help);
}

/* Another programme has other choices: what was chosen among those of the last goes, for the first where one is needed. */
static void offer_anew(FieldForm *fields, Asked *asked, const ClRecord *record, gboolean required) {
  const char *id = asked->field->id, *text = form_get(fields->form, id);
  offer(fields, asked, record);
  gboolean found = !*text;
  for (const FormChoice *choice = asked->offer.choices; choice->id && !found; choice++)
    found = strcmp(choice->id, text) == 0;
  if (!found)
    form_set(fields->form, id, required && asked->offer.choices->id ? asked->offer.choices->id : "", NULL);
}

/* The record as it stands in the form; what is not a value yet is left out. */
static ClRecord *typed_record(FieldForm *fields) {
  ClSession *session = app_get_session(fields->view->app);
  ClRecord *record = fields->base ? cl_record_copy(fields->base) : cl_record_new(session, cl_action_kind(fields->action));
  for (guint i = 0; i < fields->asked->len; i++) {
    const ClField *field = ((const Asked *)g_ptr_array_index(fields->asked, i))->field;
    ClValue *value = field && !is_fixed(fields, field) ? cl_record_value(record, field->id) : NULL;
    gint64 id;
    if (!value)
      continue; /* a parameter, no field of the record */
    const char *text = form_get(fields->form, field->id);
    if (field->type != CL_TYPE_REF)
      cl_value_parse(field, text, app_get_locale(fields->view->app), value, NULL);
    else if (g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &id, NULL))
      cl_value_set_int(value, id);
  }
  return record;
}

static char *foretell(Form *form, gpointer data) {
  FieldForm *fields = data;
  g_autoptr(ClRecord) record = typed_record(fields);
  return record->kind->foretells(app_get_session(fields->view->app), record);
}

/* Which fields such a record has and needs follows from what is chosen: the kind knows. */
static void adapt(Form *form, gpointer data) {
  FieldForm *fields = data;
  ClSession *session = app_get_session(fields->view->app);
  g_autoptr(ClRecord) record = typed_record(fields);
  for (guint i = 0; i < fields->asked->len; i++) {
    Asked *asked = g_ptr_array_index(fields->asked, i);
    const ClField *field = asked->field;
    ClAsk asks = field ? cl_record_asks(session, record, field) : CL_ASK_MAY;
    if (!field)
      continue;
    if (field->said && asked->choices && !is_fixed(fields, field))
      offer_anew(fields, asked, record, asks == CL_ASK_MUST);
    form_ask(form, field->id, asks != CL_ASK_NOTHING, asks == CL_ASK_MUST || is_required(fields, field));
    form_call(form, field->id, cl_record_label(session, record, field));
  }
}

FieldForm *field_form_new(View *owner, const ClAction *action, const char *only, guint flags) {
  FieldForm *fields = g_new0(FieldForm, 1);
  fields->view = owner;
  fields->action = action;
  fields->flags = flags;
  fields->asked = g_ptr_array_new_with_free_func(asked_free);
  g_autoptr(GArray) form_fields = g_array_new(FALSE, TRUE, sizeof(FormField));
  g_autofree const ClField **taken = cl_action_fields(action);
  if (flags & FIELDS_CONTEXT)
    add_context(fields, form_fields);
  for (gsize i = 0; taken && taken[i]; i++)
    if (is_named(only, taken[i]->id) && cl_action_asks(action, taken[i], (flags & FIELDS_BLANK) != 0))
      add_field(fields, form_fields, taken[i], FALSE);
  if (has_comment(fields))
    add_comment(fields, form_fields);
  fields->form = form_new(owner, (const FormField *)(gconstpointer)form_fields->data, form_fields->len);
  for (guint i = 0; i < fields->asked->len; i++)
    field_learn(g_ptr_array_index(fields->asked, i));
  if (flags & FIELDS_BLANK)
    form_set_blank(fields->form);
  else if (action->flags & (CL_ACTION_CREATE | CL_ACTION_EDIT) && (cl_action_kind(action)->asks || cl_action_kind(action)->programme))
    form_set_adapt(fields->form, adapt, fields);
  if (!(flags & FIELDS_BLANK) && action->flags & (CL_ACTION_CREATE | CL_ACTION_EDIT) && cl_action_kind(action)->foretells)
    form_set_note(fields->form, foretell, fields);
  return fields;
}

void field_form_free(FieldForm *fields) {
  if (!fields)
    return;
  draft_keeper_free(fields->keeper);
  form_free(fields->form);
  g_ptr_array_unref(fields->asked);
  cl_record_free(fields->base);
  g_free(fields);
}

Form *field_form_get_form(FieldForm *fields) {
  return fields->form;
}

/* ---- values ------------------------------------------------------------------------ */

static void show_value(FieldForm *fields, const ClField *field, const ClValue *value) {
  const ClLocale *locale = app_get_locale(fields->view->app);
  g_autofree char *text = cl_value_to_text(field, value, locale);
  g_autofree char *machine = cl_value_to_machine(field, value);
  if (is_fixed(fields, field))
    form_set(fields->form, field->id, text, NULL);
  else if (field->type == CL_TYPE_REF)
    form_set(fields->form, field->id, machine, text);
  else if (field->type == CL_TYPE_CHOICE)
    form_set(fields->form, field->id, machine, NULL);
  else if (field->type == CL_TYPE_BOOL)
    form_set(fields->form, field->id, machine, text);
  else
    form_set(fields->form, field->id, text, NULL);
}

/* The record's own, or what the action's table proposes where it has none. */
static const ClValue *value_for(const FieldForm *fields, const ClRecord *record, const ClField *field) {
  const ClValue *own = cl_record_value(record, field->id);
  const ClParam *param = cl_action_param(fields->action, field->id);
  return own && own->tag == CL_VALUE_NONE && param && param->suggest ? cl_record_value(record, param->suggest) : own;
}

void field_form_fill(FieldForm *fields, const ClRecord *record) {
  cl_record_free(fields->base);
  fields->base = cl_record_copy(record);
  for (guint i = 0; i < fields->asked->len; i++) {
    Asked *asked = g_ptr_array_index(fields->asked, i);
    const ClField *field = asked->field;
    field_learn(asked);
    if (field && asked->choices && (record->kind->withholds || field->said))
      offer(fields, asked, record);
    const ClValue *value = field ? value_for(fields, record, field) : NULL;
    if (value)
      show_value(fields, field, value);
  }
}

void field_form_set_ref(FieldForm *fields, const char *field_id, ClId id) {
  for (guint i = 0; i < fields->asked->len; i++) {
    const ClField *field = ((const Asked *)g_ptr_array_index(fields->asked, i))->field;
    if (!field || strcmp(field->id, field_id) != 0 || field->type != CL_TYPE_REF)
      continue;
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, id);
    g_autofree char *name =
        cl_record_dup_name(app_get_session(fields->view->app), cl_kind_find(field->ref), id);
    form_set(fields->form, field_id, text, name ? name : text);
  }
}

GHashTable *field_form_dup_set(FieldForm *fields, gboolean changed) {
  GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
  for (guint i = 0; i < fields->asked->len; i++) {
    const ClField *field = ((const Asked *)g_ptr_array_index(fields->asked, i))->field;
    if (!field || is_fixed(fields, field) || !form_is_asked(fields->form, field->id))
      continue;
    const char *text = form_get(fields->form, field->id);
    if (changed ? form_is_changed(fields->form, field->id) : *text || form_is_emptied(fields->form, field->id))
      g_hash_table_insert(set, (gpointer)field->id, g_strdup(text));
  }
  return set;
}

static const char *id_of(const Asked *asked) {
  return asked->field ? asked->field->id : COMMENT;
}

GHashTable *field_form_dup_typed(FieldForm *fields) {
  GHashTable *typed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < fields->asked->len; i++) {
    const char *id = id_of(g_ptr_array_index(fields->asked, i));
    if (form_is_changed(fields->form, id))
      g_hash_table_insert(typed, g_strdup(id), g_strdup(form_get(fields->form, id)));
  }
  return typed;
}

/* The words for what a reference's text refers to, if it is an id; else NULL. */
static char *name_of_ref(const FieldForm *fields, const ClField *field, const char *text) {
  gint64 id = 0;
  if (field->type != CL_TYPE_REF || is_spread(fields, field) ||
      !g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &id, NULL))
    return NULL;
  return cl_record_dup_name(app_get_session(fields->view->app), cl_kind_find(field->ref), id);
}

static void put_text(FieldForm *fields, const ClField *field, const char *text) {
  g_autofree char *name = name_of_ref(fields, field, text);
  if (field->type == CL_TYPE_BOOL)
    form_put(fields->form, field->id, text, strcmp(text, "yes") == 0 ? "Yes" : *text ? "No" : "");
  else
    form_put(fields->form, field->id, text, name);
}

void field_form_take_typed(FieldForm *fields, GHashTable *typed) {
  gboolean found = FALSE;
  for (guint i = 0; i < fields->asked->len; i++) {
    const Asked *asked = g_ptr_array_index(fields->asked, i);
    const char *text = g_hash_table_lookup(typed, id_of(asked));
    if (text && !found)
      form_focus(fields->form, id_of(asked));
    found = found || text;
    if (text && asked->field)
      put_text(fields, asked->field, text);
    else if (text)
      form_put(fields->form, COMMENT, text, NULL);
  }
  app_repaint(fields->view->app);
}

char *field_form_typed_words(FieldForm *fields, GHashTable *typed) {
  GString *words = g_string_new(NULL);
  for (guint i = 0; i < fields->asked->len; i++) {
    const Asked *asked = g_ptr_array_index(fields->asked, i);
    const char *text = g_hash_table_lookup(typed, id_of(asked));
    if (!text)
      continue;
    g_autofree char *name = asked->field ? name_of_ref(fields, asked->field, text) : NULL;
    const ClChoice *choice = asked->field && asked->field->choices ? cl_field_choice(asked->field, text) : NULL;
    g_autofree char *line = g_strdelimit(g_strdup(name ? name : choice ? choice->label : text), "\n", ' ');
    g_string_append_printf(words, "%s%s: %s", words->len > 0 ? "; " : "", asked->field ? asked->field->label : "Comment",
                           *line ? line : "(emptied)");
  }
  return g_string_free(words, FALSE);
}

const char *field_form_get_comment(FieldForm *fields) {
  if (!has_comment(fields))
    return NULL;
  const char *text = form_get(fields->form, COMMENT);
  return *text ? text : NULL;
}

void field_form_show_theirs(FieldForm *fields, const ClRecord *mine, const ClRecord *theirs) {
  const ClLocale *locale = app_get_locale(fields->view->app);
  form_clear_errors(fields->form);
  for (guint i = 0; i < fields->asked->len; i++) {
    const ClField *field = ((const Asked *)g_ptr_array_index(fields->asked, i))->field;
    if (!field || !cl_record_value(mine, field->id))
      continue;
    g_autofree char *before = cl_value_to_text(field, cl_record_value(mine, field->id), locale);
    g_autofree char *now = cl_value_to_text(field, cl_record_value(theirs, field->id), locale);
    if (strcmp(before, now) == 0)
      continue;
    g_autofree char *words = g_strdup_printf("is now %s", *now ? now : "empty");
    form_set_error(fields->form, field->id, words);
  }
}

char *field_form_alike(FieldForm *fields) {
  char *found = NULL;
  for (guint i = 0; i < fields->asked->len && !found; i++) {
    Asked *asked = g_ptr_array_index(fields->asked, i);
    if (asked->field)
      found = field_alike(asked, form_get(fields->form, asked->field->id));
  }
  return found;
}

char *field_form_problem_words(FieldForm *fields, const ClProblems *problems) {
  g_autoptr(GString) names = g_string_new(NULL);
  gsize n = 0;
  for (guint i = 0; i < fields->asked->len; i++) {
    const ClField *field = ((const Asked *)g_ptr_array_index(fields->asked, i))->field;
    if (cl_problems_get(problems, field ? field->id : COMMENT))
      g_string_append_printf(names, "%s%s", n++ > 0 ? ", " : "", field ? field->label : "Comment");
  }
  if (n == 0)
    return g_strdup(problems->n > 0 ? problems->v[0].text : "Nothing was saved.");
  return g_strdup_printf("%" G_GSIZE_FORMAT " %s to correct: %s. Not saved yet.", n,
                         n == 1 ? "field" : "fields", names->str);
}

/* ---- keys ---------------------------------------------------------------------------- */

gboolean field_form_is_last_enter(FieldForm *fields, const Event *event) {
  if (event->type != EVENT_KEY || event->key != K_ENTER || form_count(fields->form) == 0)
    return FALSE;
  const Asked *last = g_ptr_array_index(fields->asked, fields->asked->len - 1);
  gboolean lines = last->field && last->field->flags & CL_FIELD_LINES;
  return !lines && form_position(fields->form) + 1 == form_count(fields->form);
}

static const Asked *focused(const FieldForm *fields) {
  const char *id = form_get_focus(fields->form);
  for (guint i = 0; id && i < fields->asked->len; i++)
    if (strcmp(id_of(g_ptr_array_index(fields->asked, i)), id) == 0)
      return g_ptr_array_index(fields->asked, i);
  return NULL;
}

/* Adds a record's key, which is unique, or its name to those that are there. */
static void add_picked(App *app, const PickerItem *item, gpointer data) {
  FieldForm *fields = data;
  if (!item)
    return;
  const char *id = fields->adding->field->id;
  g_autofree char *before = g_strdup(form_get(fields->form, id));
  const char *name = item->detail && *item->detail ? item->detail : item->label;
  g_autofree char *after = *before ? g_strdup_printf("%s, %s", before, name) : g_strdup(name);
  form_set(fields->form, id, after, NULL);
  app_repaint(app);
}

/* Gives the field the value that it has in the record that was saved last. */
static void take_same(FieldForm *fields) {
  App *app = fields->view->app;
  const Asked *asked = focused(fields);
  const ClKind *kind = cl_action_kind(fields->action);
  g_autoptr(ClRecord) record = last_load(app, kind);
  if (!record || !asked || !asked->field) {
    app_say(app, record ? "A comment belongs to its record: it is not repeated." : "You have saved no %s yet: nothing to repeat.",
            kind->noun);
    return;
  }
  const ClValue *value = cl_record_value(record, asked->field->id);
  g_autofree char *machine = cl_value_to_machine(asked->field, value);
  g_autofree char *text = cl_value_to_text(asked->field, value, app_get_locale(app));
  gboolean chosen = asked->field->type == CL_TYPE_CHOICE || asked->field->type == CL_TYPE_REF ||
                    asked->field->type == CL_TYPE_BOOL;
  if (!*machine)
    app_say(app, "%s is empty in the record that you saved last.", asked->field->label);
  else
    put_text(fields, asked->field, chosen ? machine : text);
  if (fields->keeper)
    draft_keeper_typed(fields->keeper);
}

char *field_form_refusal(const FieldForm *fields, Verb verb) {
  const Asked *asked = focused(fields);
  if (asked && verb == VERB_CHOICES && is_spread(fields, asked->field))
    return NULL;
  if (verb == VERB_SAVE_ANOTHER)
    return g_strdup("Only a new record can be followed by another one; F2 saves.");
  return form_refusal(fields->form, verb);
}

void field_form_give(FieldForm *fields, GHashTable *given) {
  fields->given = given;
}

/* In another field: do the errors that stand still hold, after what was changed? */
static void look_again(FieldForm *fields, gsize before) {
  if (form_position(fields->form) == before || !form_is_outdated(fields->form))
    return;
  ClId id = fields->base && !(fields->action->flags & CL_ACTION_CREATE) ? fields->base->id : 0;
  gboolean edit = fields->action == cl_action_edit_of(cl_action_kind(fields->action));
  g_auto(ClProblems) problems;
  cl_problems_init(&problems);
  g_autoptr(GHashTable) set = field_form_dup_set(fields, edit);
  GHashTableIter iter;
  gpointer key, value;
  if (fields->given)
    g_hash_table_iter_init(&iter, fields->given);
  while (fields->given && g_hash_table_iter_next(&iter, &key, &value))
    g_hash_table_insert(set, key, g_strdup(value));
  const ClCommand command = {fields->action, set, field_form_get_comment(fields)};
  if (!(fields->flags & FIELDS_BLANK))
    cl_command_check(app_get_session(fields->view->app), &command, id, &problems, NULL);
  form_renew_errors(fields->form, &problems);
}

gboolean field_form_command(FieldForm *fields, Verb verb) {
  gsize before = form_position(fields->form);
  const Asked *asked = focused(fields);
  if (asked && (verb == VERB_CHOICES || verb == VERB_DOWN) && is_spread(fields, asked->field)) {
    App *app = fields->view->app;
    fields->adding = asked;
    app_push(app, picker_view_new(app, asked->field->label, field_ref_source(app, (gpointer)asked), NULL,
                                  add_picked, fields));
    return TRUE;
  }
  if (verb == VERB_SAME) {
    take_same(fields);
    return TRUE;
  }
  gboolean used = form_command(fields->form, verb);
  look_again(fields, before);
  if (used && verb == VERB_EMPTY && fields->keeper)
    draft_keeper_typed(fields->keeper);
  return used;
}

/* ---- drafts and leaving ---------------------------------------------------------------- */

void field_form_keep_draft(FieldForm *fields, ClId record, gint64 version, const char *source) {
  if (!fields->keeper)
    fields->keeper = draft_keeper_new(fields->view->app, fields, fields->action);
  draft_keeper_begin(fields->keeper, record, version, source);
}

DraftKeeper *field_form_get_keeper(FieldForm *fields) {
  return fields->keeper;
}

gboolean field_form_key(FieldForm *fields, const Event *event) {
  gsize before = form_position(fields->form);
  gboolean used = form_key(fields->form, event);
  look_again(fields, before);
  if (used && fields->keeper)
    draft_keeper_typed(fields->keeper);
  return used;
}

void field_form_news(FieldForm *fields, guint bits) {
  if (fields->keeper)
    draft_keeper_news(fields->keeper, bits);
}

void field_form_saved(FieldForm *fields) {
  if (fields->keeper)
    draft_keeper_drop(fields->keeper);
}

static void close_with(FieldForm *fields, gboolean keep) {
  App *app = fields->view->app;
  if (keep && !draft_keeper_save(fields->keeper))
    return;
  if (!keep)
    field_form_saved(fields);
  app_pop(app, fields->view);
  app_say(app, keep ? "Kept as a draft. D lists your drafts." : "Discarded; nothing was saved.");
  app_quit_on(app);
}

static void closing_answered(App *app, int choice, gpointer data) {
  FieldForm *fields = data;
  gboolean kept = fields->keeper && choice == 1;
  fields->asking = FALSE;
  if (choice == (fields->keeper ? 2 : 1) || kept)
    close_with(fields, kept);
  else
    app_stay(app);
}

gboolean field_form_may_close(FieldForm *fields) {
  if (!form_is_changed(fields->form, NULL))
    return TRUE;
  if (fields->asking)
    return FALSE;
  static const MenuItem keep = {.label = "Keep editing", .key = 'k', .detail = "Esc"};
  static const MenuItem draft = {.label = "Save as a draft and close",
                                 .key = 's',
                                 .help = "It is offered when this form is opened again; D lists your drafts."};
  static const MenuItem discard = {.label = "Discard what was typed", .key = 'd'};
  const MenuItem with_draft[] = {keep, draft, discard}, without[] = {keep, discard};
  App *app = fields->view->app;
  fields->asking = TRUE;
  app_push(app, menu_view_new(app, "Not saved", "What you typed here has not been saved.",
                              fields->keeper ? with_draft : without,
                              fields->keeper ? G_N_ELEMENTS(with_draft) : G_N_ELEMENTS(without), closing_answered, fields));
  return FALSE;
}
