/* trackers.yaml: what may stand in it, what must hold between its parts, and the types made from it. */
#include "tracker_types.h"

#include <caseload/catalogue.h>
#include <caseload/config.h>
#include <caseload/record.h>
#include <string.h>

#include "catalogue/kinds.h"
#include "config/schema.h"
#include "embedded.h"
#include "tracker_fields.h"

#define FILE_NAME "trackers.yaml"

static const char *const statuses[] = { "new", "resolved", "submitted", "referred", "rejected", "closed", NULL };
static const char *const persons[] = { "creator", "last_editor", "assignee", NULL };
static const char *const confirmed[] = { "confirmed", NULL };
static const char *const counts[] = { "earnings", "self_employment", NULL };
static const char *const field_types[] = { "text", "lines", "number", "money", "date", "yes_no", "choice", NULL };

static const ClSetting settings[] = {
  { "", "workflows", CL_SETTING_LIST, .required = TRUE, .min = 1, .max = 50, .help = "statuses and moves" },
  { "workflows[]", "id", CL_SETTING_TEXT, .required = TRUE, .max = 40, .help = "the word that types name" },
  { "workflows[]", "statuses", CL_SETTING_WORDS, .required = TRUE, .min = 1, .max = 6, .help = "those that there are" },
  { "workflows[]", "final", CL_SETTING_WORDS, .max = 6, .help = "those in which nothing changes any more" },
  { "workflows[]", "moves", CL_SETTING_LIST, .required = TRUE, .max = 50, .help = "who may move a tracker where" },
  { "workflows[].moves[]", "from", CL_SETTING_WORDS, .required = TRUE, .min = 1, .max = 6, .help = "from these statuses" },
  { "workflows[].moves[]", "to", CL_SETTING_WORDS, .required = TRUE, .min = 1, .max = 6, .help = "to these" },
  { "workflows[].moves[]", "needs", CL_SETTING_WORDS, .max = 10, .help = "permissions, any of which is enough" },
  { "workflows[].moves[]", "present", CL_SETTING_WORDS, .max = 12, .help = "fields that must be filled in" },
  { "workflows[].moves[]", "comment", CL_SETTING_BOOL, .help = "must a comment say why" },
  { "workflows[].moves[]", "not_own", CL_SETTING_WORDS, .max = 3, .help = "who may not" },
  { "", "types", CL_SETTING_LIST, .required = TRUE, .min = 1, .max = CL_TRACKER_TYPES_MAX, .help = "the types of trackers" },
  { "types[]", "id", CL_SETTING_TEXT, .required = TRUE, .max = 40, .help = "the word kept with each tracker" },
  { "types[]", "label", CL_SETTING_TEXT, .required = TRUE, .max = 40, .help = "what people call it" },
  { "types[]", "workflow", CL_SETTING_TEXT, .required = TRUE, .max = 40, .help = "one of the workflows" },
  { "types[]", "fields", CL_SETTING_WORDS, .max = 20, .help = "what the form asks" },
  { "types[]", "needs", CL_SETTING_WORDS, .max = 20, .help = "what must be filled in" },
  { "types[]", "own_fields", CL_SETTING_LIST, .max = 20, .help = "fields that only this type has" },
  { "types[].own_fields[]", "id", CL_SETTING_TEXT, .required = TRUE, .max = 30, .help = "the word that filters and files know it by" },
  { "types[].own_fields[]", "label", CL_SETTING_TEXT, .required = TRUE, .max = 40, .help = "what people call it" },
  { "types[].own_fields[]", "type", CL_SETTING_CHOICE, .required = TRUE, .choices = field_types, .help = "what is filled in" },
  { "types[].own_fields[]", "choices", CL_SETTING_WORDS, .max = 50, .help = "of a choice: what there is to choose" },
  { "types[].own_fields[]", "needed", CL_SETTING_BOOL, .help = "must it be filled in" },
  { "types[].own_fields[]", "shown_when", CL_SETTING_TEXT, .max = 200, .help = "field=value: asked only then" },
  { "types[]", "labels", CL_SETTING_MAP, .max = 20, .help = "what this type calls fields of all types" },
  { "types[].labels", "*", CL_SETTING_TEXT, .max = 40, .help = "the label" },
  { "types[]", "shown_when", CL_SETTING_MAP, .max = 20, .help = "fields of all types that are asked only when" },
  { "types[].shown_when", "*", CL_SETTING_TEXT, .max = 200, .help = "field=value" },
  { "types[]", "organisation", CL_SETTING_CHOICE, .choices = confirmed, .help = "confirmed: only those" },
  { "types[]", "milestones", CL_SETTING_CHOICE, .choices = counts, .help = "what it counts towards" },
  { "types[]", "automation", CL_SETTING_BOOL, .help = "is it a process automation tracker" },
  { NULL }
};

static void move_free(gpointer data) {
  ClTrackerMove *move = data;
  g_strfreev(move->from);
  g_strfreev(move->to);
  g_strfreev(move->needs);
  g_strfreev(move->present);
  g_strfreev(move->not_own);
  g_free(move);
}

static void workflow_free(gpointer data) {
  ClWorkflow *workflow = data;
  g_free(workflow->id);
  g_strfreev(workflow->statuses);
  g_strfreev(workflow->final);
  g_ptr_array_unref(workflow->moves);
  g_free(workflow);
}

static void type_free(gpointer data) {
  ClTrackerType *type = data;
  g_free(type->id);
  g_free(type->label);
  cl_tracker_fields_clear(type);
  g_free(type->milestones);
  g_free(type);
}

void cl_tracker_types_free(ClTrackerTypes *types) {
  if (!types)
    return;
  g_ptr_array_unref(types->workflows);
  g_ptr_array_unref(types->types);
  g_array_unref(types->own);
  g_free(types);
}

/* ---- reading ---------------------------------------------------------------------------- */

static GPtrArray *permission_ids(void) {
  GPtrArray *ids = g_ptr_array_new();
  for (const ClPermission *permission = cl_permissions(); permission->id; permission++)
    g_ptr_array_add(ids, (gpointer)permission->id);
  g_ptr_array_add(ids, NULL);
  return ids;
}

static ClTrackerMove *read_move(const ClTree *map, const ClWorkflow *workflow, ClMistakes *mistakes) {
  const char *const *known = (const char *const *)workflow->statuses;
  g_autoptr(GPtrArray) permissions = permission_ids();
  ClTrackerMove *move = g_new0(ClTrackerMove, 1);
  move->from = cl_tracker_words(map, "from", known, "status of this workflow", mistakes);
  move->to = cl_tracker_words(map, "to", known, "status of this workflow", mistakes);
  move->needs = cl_tracker_words(map, "needs", (const char *const *)permissions->pdata, "permission", mistakes);
  move->present = cl_tracker_words(map, "present", cl_tracker_askable, "field of trackers", mistakes);
  move->not_own = cl_tracker_words(map, "not_own", persons, "person that can be meant", mistakes);
  move->comment = cl_tree_get_bool(map, "comment", FALSE);
  return move;
}

static void read_workflow(ClTrackerTypes *types, const ClTree *map, ClMistakes *mistakes) {
  ClWorkflow *workflow = g_new0(ClWorkflow, 1);
  workflow->id = cl_tracker_id(map, mistakes);
  workflow->statuses = cl_tracker_words(map, "statuses", statuses, "status", mistakes);
  workflow->final = cl_tracker_words(map, "final", (const char *const *)workflow->statuses, "status of this workflow", mistakes);
  workflow->moves = g_ptr_array_new_with_free_func(move_free);
  if (!g_strv_contains((const char *const *)workflow->statuses, "new")) {
    const ClTree *at = cl_tree_get(map, "statuses");
    cl_mistakes_add(mistakes, at ? at->line : map->line, at ? at->column : map->column, "every tracker begins as new, so “new” must be among them");
  }
  const ClTree *moves = cl_tree_get_list(map, "moves");
  for (guint i = 0; i < cl_tree_size(moves); i++)
    if (cl_tree_nth(moves, i)->type == CL_TREE_MAP)
      g_ptr_array_add(workflow->moves, read_move(cl_tree_nth(moves, i), workflow, mistakes));
  g_ptr_array_add(types->workflows, workflow);
}

static const ClWorkflow *find_workflow(const ClTrackerTypes *types, const ClTree *map, ClMistakes *mistakes) {
  const char *id = cl_tree_get_text(map, "workflow");
  g_autoptr(GPtrArray) ids = g_ptr_array_new();
  for (guint i = 0; i < types->workflows->len; i++) {
    const ClWorkflow *workflow = types->workflows->pdata[i];
    if (g_strcmp0(workflow->id, id) == 0)
      return workflow;
    g_ptr_array_add(ids, workflow->id);
  }
  g_ptr_array_add(ids, NULL);
  if (id) {
    const ClTree *at = cl_tree_get(map, "workflow");
    g_autofree char *hint = cl_schema_hint(id, (const char *const *)ids->pdata);
    cl_mistakes_add(mistakes, at->line, at->column, "there is no workflow “%s”%s", id, hint);
  }
  return NULL;
}

static void read_type(ClTrackerTypes *types, const ClTree *map, ClMistakes *mistakes) {
  ClTrackerType *type = g_new0(ClTrackerType, 1);
  const char *label = cl_tree_get_text(map, "label");
  type->id = cl_tracker_id(map, mistakes);
  type->label = g_strdup(label ? label : "");
  type->workflow = find_workflow(types, map, mistakes);
  cl_tracker_fields_read(type, types->own, map, mistakes);
  type->confirmed = cl_tree_get_text(map, "organisation") != NULL;
  type->milestones = g_strdup(cl_tree_get_text(map, "milestones"));
  type->automation = cl_tree_get_bool(map, "automation", FALSE);
  if (*type->id && cl_tracker_type_find(types, type->id)) {
    const ClTree *at = cl_tree_get(map, "id");
    cl_mistakes_add(mistakes, at->line, at->column, "a type with the id “%s” stands above already", type->id);
  }
  g_ptr_array_add(types->types, type);
}

static void for_each(ClTrackerTypes *types, const ClTree *root, const char *key, void (*read)(ClTrackerTypes *, const ClTree *, ClMistakes *),
                     ClMistakes *mistakes) {
  const ClTree *list = cl_tree_get_list(root, key);
  for (guint i = 0; i < cl_tree_size(list); i++)
    if (cl_tree_nth(list, i)->type == CL_TREE_MAP)
      read(types, cl_tree_nth(list, i), mistakes);
}

static char *beside(const char *config_path) {
  if (!config_path)
    return NULL;
  g_autofree char *folder = g_path_get_dirname(config_path);
  g_autofree char *path = g_build_filename(folder, FILE_NAME, NULL);
  return g_file_test(path, G_FILE_TEST_EXISTS) ? g_steal_pointer(&path) : NULL;
}

ClTrackerTypes *cl_tracker_types_load(const char *config_path, GPtrArray *mistakes) {
  g_autofree char *path = beside(config_path);
  g_autoptr(ClMistakes) found = cl_mistakes_new(path ? path : FILE_NAME);
  const ClEmbedded *built_in = cl_embedded_find(FILE_NAME);
  g_autoptr(ClTree) root = path ? cl_tree_read_file(path, found) : cl_tree_read(built_in->bytes, built_in->size, found);
  g_autoptr(ClTrackerTypes) types = g_new0(ClTrackerTypes, 1);
  types->workflows = g_ptr_array_new_with_free_func(workflow_free);
  types->types = g_ptr_array_new_with_free_func(type_free);
  types->own = g_array_new(FALSE, FALSE, sizeof(ClField));
  if (root) {
    cl_schema_check(settings, root, found);
    for_each(types, root, "workflows", read_workflow, found);
    for_each(types, root, "types", read_type, found);
    if (cl_tree_size(cl_tree_get_list(root, "types")) && !cl_tracker_type_find(types, "monitoring"))
      cl_mistakes_add(found, 1, 1, "the type “monitoring” must be there: the program raises such trackers itself");
  }
  if (cl_mistakes_count(found) == 0)
    return g_steal_pointer(&types);
  cl_mistakes_report(found, mistakes);
  return NULL;
}

/* ---- asking ------------------------------------------------------------------------------- */

const ClTrackerType *cl_tracker_type_find(const ClTrackerTypes *types, const char *id) {
  for (guint i = 0; id && i < types->types->len; i++) {
    const ClTrackerType *type = types->types->pdata[i];
    if (g_str_equal(type->id, id))
      return type;
  }
  return NULL;
}

const ClTrackerMove *cl_tracker_type_move(const ClTrackerType *type, const char *from, const char *to) {
  for (guint i = 0; i < type->workflow->moves->len; i++) {
    const ClTrackerMove *move = type->workflow->moves->pdata[i];
    if (g_strv_contains((const char *const *)move->from, from) && g_strv_contains((const char *const *)move->to, to))
      return move;
  }
  return NULL;
}

gboolean cl_tracker_type_is_final(const ClTrackerType *type, const char *status) {
  return g_strv_contains((const char *const *)type->workflow->final, status);
}

gboolean cl_tracker_type_asks(const ClTrackerType *type, const ClRecord *tracker, const char *field) {
  const ClTrackerShown *shown = g_hash_table_lookup(type->shown, field);
  if (!g_strv_contains((const char *const *)type->fields, field))
    return FALSE;
  if (!shown)
    return TRUE;
  const ClValue *value = cl_record_value(tracker, shown->field);
  const char *word = "";
  if (value->tag == CL_VALUE_TEXT)
    word = value->s;
  else if (value->tag == CL_VALUE_INT)
    word = value->i ? "yes" : "no";
  return g_strv_contains((const char *const *)shown->words, word);
}
