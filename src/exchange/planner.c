/* One row after another against the store. Nothing is allocated per row that could be kept: the record
 * being built, the statement that finds it, and the references that files repeat. */
#include "planner.h"

#include "conflict.h"
#include "effects.h"
#include "finder.h"
#include "gate.h"

#include <caseload/text.h>
#include <string.h>

#define REFERENCES_KEPT 20000

/* What a reference's text meant, remembered. */
typedef struct {
  ClId id;
  char *problem;
} Reference;

/* How a field may be changed in a record that exists. */
typedef struct {
  const ClAction *action; /* NULL: not at all */
  char *refusal;          /* why this session may not; NULL when it may */
  gboolean guarded;
} Change;

struct ClPlanner {
  ClSession *session;
  ClStore *store;
  const ClLocale *locale;
  ClBinding *binding;
  const ClKind *kind;
  ClRecord *template, *before, *after;
  Change *changes; /* per target */
  ClFinder *finder;
  GHashTable *references; /* "kind text" → Reference */
  GHashTable *lines;      /* of keys that come again: key → the line that was taken */
  GHashTable *changed;    /* field ids */
  GString *buffer, *reason, *name;
  char *key;
  gboolean has_person;
  ClPersonFields person;
  ClPlanRow row;
};

/* ---- finding the record ---------------------------------------------------------- */

static void copy_record(ClRecord *to, const ClRecord *from) {
  to->id = from->id;
  to->version = from->version;
  for (gsize i = 0; from->kind->fields[i].id; i++)
    cl_value_copy(&to->values[i], &from->values[i]);
}

/* Leaves the record in `before`, with id 0 when there is none. A record that may not be seen: *hidden. */
static gboolean find_record(ClPlanner *planner, gboolean *found, gboolean *hidden, GError **error) {
  *found = *hidden = FALSE;
  if (!planner->key)
    return TRUE;
  return cl_finder_find(planner->finder, planner->key, planner->before, found, hidden, error);
}

/* ---- texts to values -------------------------------------------------------------------- */

static void reference_free(gpointer data) {
  Reference *reference = data;
  g_free(reference->problem);
  g_free(reference);
}

static char *read_reference(ClPlanner *planner, const ClField *field, const char *text, ClValue *value) {
  g_autofree char *key = g_strconcat(field->ref, "\n", text, NULL);
  Reference *known = g_hash_table_lookup(planner->references, key);
  if (!known) {
    g_autoptr(GError) error = NULL;
    g_autofree char *clean = cl_text_clean(text, -1, FALSE, &error);
    known = g_new0(Reference, 1);
    known->id = clean ? cl_record_find_ref(planner->session, cl_kind_find(field->ref), clean, &error) : 0;
    known->problem = known->id ? NULL : g_strdup(error->message);
    if (g_hash_table_size(planner->references) >= REFERENCES_KEPT)
      g_hash_table_remove_all(planner->references);
    g_hash_table_insert(planner->references, g_steal_pointer(&key), known);
  }
  if (known->id)
    cl_value_set_int(value, known->id);
  return g_strdup(known->problem);
}

static char *read_date(const ClTarget *target, const char *text, ClValue *value) {
  g_autofree char *trimmed = g_strstrip(g_strdup(text));
  char *problem = NULL;
  ClDate date;
  if (!*trimmed)
    cl_value_clear(value);
  else if (cl_cell_date(trimmed, target->date, &date, &problem))
    cl_value_set_int(value, date);
  return problem;
}

/* A sentence, or NULL. What a choice is called exactly is by far the commonest case. */
static char *read_value(ClPlanner *planner, const ClTarget *target, const char *text, ClValue *value) {
  const ClField *field = target->field;
  char *problem = NULL;
  for (const ClChoice *choice = field->choices; choice && choice->id; choice++)
    if (!choice->filter_only && g_str_equal(choice->id, text)) {
      cl_value_set_text(value, choice->id);
      return NULL;
    }
  if (field->type == CL_TYPE_REF && *text)
    return read_reference(planner, field, text, value);
  if (field->type == CL_TYPE_DATE)
    return read_date(target, text, value);
  cl_value_parse(field, text, planner->locale, value, &problem);
  return problem;
}

static void read_values(ClPlanner *planner, const ClCsvRow *row, gboolean found, ClProblems *problems) {
  for (gsize i = 0; i < planner->binding->n_targets; i++) {
    const ClTarget *target = &planner->binding->targets[i];
    const char *text = cl_target_text(target, row, planner->buffer);
    ClValue *value = &planner->after->values[target->index];
    if (!*text && !found && target->how && target->how->fallback)
      text = target->how->fallback;
    if (!*text && !(found && planner->binding->map->clear && target->column >= 0))
      continue;
    g_autofree char *problem = read_value(planner, target, text, value);
    if (problem)
      cl_problems_add(problems, target->field->id, "%s", problem);
  }
}

/* ---- words -------------------------------------------------------------------------------- */

/* "Given name must be filled in; Date of birth: “19371233” is not a day of the calendar." */
static void say_problems(ClPlanner *planner, const ClProblems *problems) {
  GString *reason = planner->reason;
  for (gsize i = 0; i < problems->n; i++) {
    const ClProblem *problem = &problems->v[i];
    const ClField *field = problem->field ? cl_kind_field(planner->kind, problem->field) : NULL;
    if (reason->len && reason->str[reason->len - 1] == '.')
      g_string_truncate(reason, reason->len - 1);
    if (reason->len)
      g_string_append(reason, "; ");
    if (field && !g_str_has_prefix(problem->text, field->label))
      g_string_append_printf(reason, "%s: ", field->label);
    g_string_append(reason, problem->text);
  }
}

/* What people call the record: its required texts, else its first text. */
static void make_name(ClPlanner *planner) {
  g_string_truncate(planner->name, 0);
  for (int pass = 0; pass < 2 && !planner->name->len; pass++)
    for (gsize i = 0; planner->kind->fields[i].id; i++) {
      const ClField *field = &planner->kind->fields[i];
      const ClValue *value = &planner->after->values[i];
      gboolean names = pass == 0 ? (field->flags & CL_FIELD_REQUIRED) != 0 : !planner->name->len;
      if (field->type != CL_TYPE_TEXT || field->sql || value->tag != CL_VALUE_TEXT || !names)
        continue;
      g_string_append_printf(planner->name, "%s%s", planner->name->len ? " " : "", value->s);
    }
}

static gboolean decided(ClPlanner *planner, ClPlanVerdict verdict) {
  planner->row.verdict = verdict;
  return TRUE;
}

static gboolean reject(ClPlanner *planner, const char *format, ...) G_GNUC_PRINTF(2, 3);
static gboolean reject(ClPlanner *planner, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_string_append_vprintf(planner->reason, format, args);
  va_end(args);
  return decided(planner, CL_PLAN_REJECT);
}

/* ---- deciding ------------------------------------------------------------------------------ */

static gboolean differs(const ClPlanner *planner, const ClTarget *target) {
  return !cl_value_equal(&planner->before->values[target->index], &planner->after->values[target->index]);
}

/* Why the differences may not be written, or NULL. */
static char *refuse_changes(ClPlanner *planner) {
  for (gsize i = 0; i < planner->binding->n_targets; i++) {
    const ClTarget *target = &planner->binding->targets[i];
    const Change *change = &planner->changes[i];
    if (!differs(planner, target))
      continue;
    if (!change->action)
      return g_strdup_printf("%s cannot be changed once the %s is made; the file says otherwise.",
                             target->field->label, planner->kind->noun);
    if (change->refusal)
      return g_strdup_printf("%s: %s", target->field->label, change->refusal);
    char *refusal = change->guarded && planner->before->id
                        ? cl_action_unavailable(planner->session, change->action, planner->before->id)
                        : NULL;
    if (refusal)
      return refusal;
  }
  return NULL;
}

static gboolean decide_update(ClPlanner *planner, GError **error) {
  g_hash_table_remove_all(planner->changed);
  for (gsize i = 0; i < planner->binding->n_targets; i++)
    if (differs(planner, &planner->binding->targets[i]))
      g_hash_table_add(planner->changed, (gpointer)planner->binding->targets[i].field->id);
  if (!g_hash_table_size(planner->changed))
    return decided(planner, CL_PLAN_UNCHANGED);
  g_autofree char *refusal = refuse_changes(planner);
  if (refusal)
    return reject(planner, "%s", refusal);
  for (gsize i = 0; i < planner->binding->n_targets && planner->before->id; i++) {
    const ClTarget *target = &planner->binding->targets[i];
    if (differs(planner, target) && !cl_conflict_describe(planner->session, target->field, planner->before,
                                                          planner->after, planner->reason, error))
      return FALSE;
  }
  if (planner->reason->len)
    return decided(planner, CL_PLAN_CONFLICT);
  return decided(planner, CL_PLAN_UPDATE);
}

static gboolean check_rules(ClPlanner *planner) {
  g_auto(ClProblems) problems;
  cl_problems_init(&problems);
  gboolean update = planner->row.verdict == CL_PLAN_UPDATE;
  cl_effects_prepare(planner->session, planner->kind, NULL, update ? planner->before : planner->template, planner->after, &problems);
  cl_gate_validate(planner->session, planner->after, update ? planner->changed : NULL, &problems);
  if (!problems.n)
    return TRUE;
  say_problems(planner, &problems);
  return decided(planner, CL_PLAN_REJECT);
}

gboolean cl_planner_decide(ClPlanner *planner, const ClCsvRow *row, GError **error) {
  gboolean found = FALSE, hidden = FALSE;
  g_string_truncate(planner->reason, 0);
  g_string_truncate(planner->name, 0);
  g_clear_pointer(&planner->key, g_free);
  planner->row = (ClPlanRow){.line = row->line, .verdict = CL_PLAN_CREATE};
  copy_record(planner->after, planner->template);
  if (row->problem)
    return reject(planner, "%s", row->problem);
  planner->key = cl_binding_dup_key(planner->binding, row, planner->buffer);
  gint64 line = planner->key ? (gint64)(gsize)g_hash_table_lookup(planner->lines, planner->key) : 0;
  if (line && *planner->key == '\n')
    return reject(planner, "This record stands in line %" G_GINT64_FORMAT " already. Keep one of the two rows.", line);
  if (line)
    return reject(planner, "%s “%s” stands in line %" G_GINT64_FORMAT " already. Keep one of the two rows.",
                  planner->binding->targets[planner->binding->match].field->label, planner->key, line);
  if (!find_record(planner, &found, &hidden, error))
    return FALSE;
  if (hidden)
    return reject(planner, "This %s belongs to somebody else: you may not see or change it.",
                  planner->kind->noun);
  if (found)
    copy_record(planner->after, planner->before);
  planner->row.id = planner->after->id;
  g_auto(ClProblems) problems;
  cl_problems_init(&problems);
  read_values(planner, row, found, &problems);
  make_name(planner);
  if (problems.n) {
    say_problems(planner, &problems);
    return decided(planner, CL_PLAN_REJECT);
  }
  if (found && !decide_update(planner, error))
    return FALSE;
  if (planner->row.verdict == CL_PLAN_CREATE || planner->row.verdict == CL_PLAN_UPDATE)
    check_rules(planner);
  return TRUE;
}

void cl_planner_get(const ClPlanner *planner, ClPlanRow *row) {
  *row = planner->row;
  row->reason = planner->reason->len ? planner->reason->str : NULL;
  row->name = planner->name->str;
}

const ClRecord *cl_planner_get_before(const ClPlanner *planner) {
  return planner->before;
}

ClRecord *cl_planner_get_after(ClPlanner *planner) {
  return planner->after;
}

void cl_planner_remember(ClPlanner *planner) {
  planner->row.id = planner->after->id;
  if (planner->key && cl_binding_is_repeated(planner->binding, planner->key))
    g_hash_table_insert(planner->lines, g_strdup(planner->key), (gpointer)(gsize)planner->row.line);
}

/* ---- people ---------------------------------------------------------------------------------- */

static int person_field(const ClKind *kind, const char *id) {
  const ClField *field = cl_kind_field(kind, id);
  return field && !field->sql ? cl_kind_field_index(kind, field) : -1;
}

gboolean cl_person_fields(const ClKind *kind, ClPersonFields *f) {
  *f = (ClPersonFields){
      .given = person_field(kind, "given_name"),
      .family = person_field(kind, "family_name"),
      .national_id = person_field(kind, "national_id"),
      .address = person_field(kind, "address"),
      .postcode = person_field(kind, "postcode"),
      .phone = person_field(kind, "phone"),
      .mobile = person_field(kind, "mobile"),
      .email = person_field(kind, "email"),
      .born = person_field(kind, "date_of_birth"),
  };
  return f->given >= 0 && f->family >= 0;
}

gboolean cl_planner_get_person(const ClPlanner *planner, ClPerson *person) {
  if (!planner->has_person)
    return FALSE;
  const ClPersonFields *f = &planner->person;
  const ClValue *v = planner->after->values;
#define TEXT(at) (f->at >= 0 && v[f->at].tag == CL_VALUE_TEXT ? v[f->at].s : NULL)
  *person = (ClPerson){
      .given = TEXT(given),
      .family = TEXT(family),
      .national_id = TEXT(national_id),
      .address = TEXT(address),
      .postcode = TEXT(postcode),
      .phone = TEXT(phone),
      .mobile = TEXT(mobile),
      .email = TEXT(email),
      .born = f->born >= 0 && v[f->born].tag == CL_VALUE_INT ? (ClDate)v[f->born].i : CL_DATE_NONE,
  };
#undef TEXT
  return TRUE;
}

/* ---- making one -------------------------------------------------------------------------------- */

/* The action that writes this field as it is given: edit, or one like Set phase. */
static const ClAction *changing_action(const ClKind *kind, const ClField *field) {
  if (field->flags & CL_FIELD_EDIT)
    return cl_action_edit_of(kind);
  g_autoptr(GPtrArray) actions = cl_actions_of(kind);
  g_autofree char *given = g_strconcat("$", field->id, NULL);
  for (guint i = 0; i < actions->len; i++) {
    const ClAction *action = g_ptr_array_index(actions, i);
    for (const ClWrite *write = action->writes; write && write->field; write++)
      if (g_str_equal(write->field, field->id) && g_str_equal(write->value, given))
        return action;
  }
  return NULL;
}

gboolean cl_planner_allows(ClSession *session, const ClKind *kind, GError **error) {
  const ClAction *create = cl_action_create_of(kind), *edit = cl_action_edit_of(kind);
  if (kind->internal || !create || !edit) {
    g_set_error(error, CL_ERROR, CL_ERROR_USAGE, "%s cannot be imported: the program makes them itself.",
                kind->label_plural);
    return FALSE;
  }
  return cl_session_require(session, "import", error) && cl_session_require(session, create->id, error) &&
         cl_session_require(session, edit->id, error);
}

static void find_changes(ClPlanner *planner) {
  planner->changes = g_new0(Change, planner->binding->n_targets + 1);
  for (gsize i = 0; i < planner->binding->n_targets; i++) {
    Change *change = &planner->changes[i];
    change->action = changing_action(planner->kind, planner->binding->targets[i].field);
    change->refusal = change->action ? cl_action_refusal(planner->session, change->action) : NULL;
    change->guarded = change->action && change->action->guards && change->action->guards->filter;
  }
}

ClPlanner *cl_planner_new(ClSession *session, ClBinding *binding) {
  ClPlanner *planner = g_new0(ClPlanner, 1);
  planner->session = session;
  planner->store = cl_session_get_store(session);
  planner->locale = cl_session_get_locale(session);
  planner->binding = binding;
  planner->kind = binding->kind;
  planner->template = cl_record_new(session, binding->kind);
  planner->before = cl_record_copy(planner->template);
  planner->after = cl_record_copy(planner->template);
  planner->references = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, reference_free);
  planner->lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  planner->changed = g_hash_table_new(g_str_hash, g_str_equal);
  planner->buffer = g_string_new(NULL);
  planner->reason = g_string_new(NULL);
  planner->name = g_string_new(NULL);
  planner->has_person = cl_person_fields(planner->kind, &planner->person);
  planner->finder = cl_finder_new(session, binding);
  find_changes(planner);
  return planner;
}

void cl_planner_free(ClPlanner *planner) {
  if (!planner)
    return;
  for (gsize i = 0; i < planner->binding->n_targets; i++)
    g_free(planner->changes[i].refusal);
  g_free(planner->changes);
  cl_finder_free(planner->finder);
  cl_record_free(planner->template);
  cl_record_free(planner->before);
  cl_record_free(planner->after);
  g_hash_table_unref(planner->references);
  g_hash_table_unref(planner->lines);
  g_hash_table_unref(planner->changed);
  g_string_free(planner->buffer, TRUE);
  g_string_free(planner->reason, TRUE);
  g_string_free(planner->name, TRUE);
  g_free(planner->key);
  g_free(planner);
}
