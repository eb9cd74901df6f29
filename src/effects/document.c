/* Attaching documents: as records of their own (document.add), or by an action on what they belong to. Files are looked
 * at before anything is written, and stored, with their hash compared, in the transaction that makes the documents:
 * there is never a document without its content. */
#include "effects/documents.h"

#include "files.h"
#include "store/contents.h"

#include <string.h>

/* The records that a document may belong to beside its person, by the reference that names them. */
static const char *const owners[] = { "tracker", "claim", "placement", "activity", NULL };

gboolean cl_documents_attached(ClSession *session, const char *field, ClId record) {
  g_autofree char *sql = g_strdup_printf("SELECT 1 FROM document WHERE %s = ?1 AND archived = 0 LIMIT 1", field);
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session), sql, NULL);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, record);
  return cl_stmt_step(stmt, NULL) == CL_STEP_ROW;
}

/* ---- whose ----------------------------------------------------------------------------------- */

static ClId value_in(ClSession *session, const char *table, const char *column, ClId id) {
  g_autofree char *sql = g_strdup_printf("SELECT %s FROM %s WHERE id = ?1", column, table);
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session), sql, NULL);
  if (!stmt)
    return 0;
  cl_stmt_bind_int(stmt, 1, id);
  return cl_stmt_step(stmt, NULL) == CL_STEP_ROW ? cl_stmt_int(stmt, 0) : 0;
}

/* The person follows from the record, and all records must be of the same person. */
static void check_owners(ClSession *session, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  for (gsize i = 0; owners[i]; i++) {
    ClId owner = cl_effects_int(after, owners[i], 0);
    ClId person = owner ? value_in(session, owners[i], "job_seeker", owner) : 0;
    if (!owner)
      continue;
    if (!cl_effects_int(after, "job_seeker", 0))
      cl_value_set_int(cl_record_value(after, "job_seeker"), person);
    else if (cl_effects_int(after, "job_seeker", 0) != person)
      cl_problems_add(problems, owners[i], "This %s is another participant's.", cl_kind_find(owners[i])->noun);
  }
  ClId tracker = cl_effects_int(after, "tracker", 0);
  if (tracker && cl_effects_changed(before->id ? before : NULL, after, "tracker") && value_in(session, "tracker", "final", tracker))
    cl_problems_add(problems, "tracker", "This tracker is final: nothing can be attached to it any more.");
}

static void prepare_any(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  check_owners(session, before, after, problems);
  if (!cl_effects_text(after, "title"))
    cl_value_copy(cl_record_value(after, "title"), cl_record_value(after, "file_name"));
  if (!before->id && !cl_effects_text(after, "sha256") && (!plan || !cl_plan_param(plan, "files")))
    cl_problems_add(problems, plan ? "files" : NULL, "A document is made from a file: attach it.");
}

/* ---- files ------------------------------------------------------------------------------------- */

static ClFile *look(ClSession *session, const char *path, GError **error) {
  return cl_file_look(path, cl_config_get_document_bytes(cl_session_get_config(session)), error);
}

static void describe(ClRecord *document, const ClFile *file) {
  cl_value_set_text(cl_record_value(document, "file_name"), file->name);
  cl_value_set_text(cl_record_value(document, "sha256"), file->sha256);
  cl_value_set_int(cl_record_value(document, "size"), file->size);
  if (!cl_effects_text(document, "title"))
    cl_value_set_text(cl_record_value(document, "title"), file->name);
}

static GPtrArray *paths_of(const ClPlan *plan, GError **error) {
  return cl_files_split(cl_plan_param(plan, "files")->s, error);
}

/* All files are good, or the problem stands at the field; the first of them is described in `document` (may be NULL). */
static void check_files(ClSession *session, const ClPlan *plan, gboolean titled, ClRecord *document, ClProblems *problems) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) paths = paths_of(plan, &error);
  if (paths && paths->len > 1 && titled)
    cl_problems_add(problems, document ? "title" : "document_title", "A title is for a single file; %u are named.", paths->len);
  for (guint i = 0; paths && i < paths->len && !error; i++) {
    g_autoptr(ClFile) file = look(session, paths->pdata[i], &error);
    if (file && document && i == 0)
      describe(document, file);
  }
  if (error)
    cl_problems_add(problems, "files", "%s", error->message);
}

static void prepare_add(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  gboolean titled = cl_effects_text(after, "title") != NULL;
  if (cl_plan_param(plan, "files"))
    check_files(session, plan, titled, after, problems);
}

/* Asks of a new document what any other would be asked, and writes it. */
static gboolean create(ClGate *gate, ClRecord *document, GError **error) {
  ClSession *session = cl_gate_get_session(gate);
  g_autoptr(ClRecord) blank = cl_record_new(session, document->kind);
  g_auto(ClProblems) problems;
  cl_problems_init(&problems);
  cl_effects_prepare(session, document->kind, NULL, blank, document, &problems);
  cl_gate_validate(session, document, NULL, &problems);
  if (problems.n == 0)
    return cl_effects_create(gate, document, error);
  g_autofree char *text = cl_problems_dup_text(&problems, document->kind);
  g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "The document cannot be attached: %s Nothing was changed.", text);
  return FALSE;
}

/* One more document like `pattern` from a file. */
static gboolean attach(ClGate *gate, const ClRecord *pattern, const char *path, GError **error) {
  ClSession *session = cl_gate_get_session(gate);
  g_autoptr(ClFile) file = look(session, path, error);
  g_autoptr(ClRecord) document = file ? cl_record_copy(pattern) : NULL;
  if (!document)
    return FALSE;
  document->id = 0;
  describe(document, file);
  return cl_contents_add(cl_session_get_store(session), file, error) && create(gate, document, error);
}

/* The content of the document that was just made, and documents for the other files. */
static gboolean follow_add(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  ClSession *session = cl_gate_get_session(gate);
  g_autoptr(GPtrArray) paths = paths_of(plan, error);
  g_autoptr(ClFile) file = paths ? look(session, paths->pdata[0], error) : NULL;
  if (!file || !cl_contents_add(cl_session_get_store(session), file, error))
    return FALSE;
  if (!cl_effects_is(after, "sha256", file->sha256)) {
    g_set_error(error, CL_ERROR, CL_ERROR_CONFLICT, "%s was changed while it was being attached. Nothing was attached; try again.", file->name);
    return FALSE;
  }
  g_autoptr(ClRecord) pattern = cl_record_copy(after);
  cl_value_clear(cl_record_value(pattern, "title"));
  for (guint i = 1; i < paths->len; i++)
    if (!attach(gate, pattern, paths->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* ---- by an action on what it belongs to ------------------------------------------------------------ */

static void prepare_attach(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  const ClValue *title = cl_plan_param(plan, "document_title");
  if (cl_plan_param(plan, "files"))
    check_files(session, plan, title != NULL, NULL, problems);
  else if (!cl_plan_param(plan, "existing"))
    cl_problems_add(problems, "files", "Name the files first, or a document that is there.");
}

static void prepare_evidence(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  check_files(session, plan, FALSE, NULL, problems);
}

/* A document of this record and its person, with nothing in it yet. */
static ClRecord *document_of(ClSession *session, const ClRecord *of) {
  ClRecord *document = cl_record_new(session, cl_kind_find("document"));
  cl_value_set_int(cl_record_value(document, of->kind->id), of->id);
  const ClValue *person = g_str_equal(of->kind->id, "job_seeker") ? NULL : cl_record_value(of, "job_seeker");
  if (person)
    cl_value_copy(cl_record_value(document, "job_seeker"), person);
  return document;
}

static const char *type_for(const ClPlan *plan, const ClRecord *of) {
  const ClValue *type = cl_plan_param(plan, "document_type");
  gboolean monitoring = g_str_equal(of->kind->id, "tracker") && cl_effects_is(of, "type", "monitoring");
  return type && type->s ? type->s : monitoring ? "dma_paperwork" : "other";
}

/* A document of the archive: it is attached here too, or once more where it belongs to another record already. */
static gboolean attach_existing(ClGate *gate, const ClRecord *of, ClId id, GError **error) {
  ClSession *session = cl_gate_get_session(gate);
  g_autoptr(ClRecord) there = cl_record_load(session, cl_kind_find("document"), id, error);
  if (!there)
    return FALSE;
  const char *field = of->kind->id;
  g_autoptr(ClRecord) after = cl_record_copy(there);
  if (cl_effects_int(there, field, 0) == of->id)
    return TRUE;
  if (cl_effects_int(there, field, 0)) {
    for (gsize i = 0; owners[i]; i++)
      cl_value_clear(cl_record_value(after, owners[i]));
    after->id = 0;
  }
  cl_value_set_int(cl_record_value(after, field), of->id);
  if (after->id == 0)
    return create(gate, after, error);
  g_auto(ClProblems) problems;
  cl_problems_init(&problems);
  cl_effects_prepare(session, after->kind, NULL, there, after, &problems);
  if (problems.n == 0)
    return cl_effects_update(gate, there, after, error);
  g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "%s Nothing was changed.", problems.v[0].text);
  return FALSE;
}

static gboolean follow_attach(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  const ClValue *existing = cl_plan_param(plan, "existing"), *title = cl_plan_param(plan, "document_title");
  g_autoptr(ClRecord) pattern = document_of(cl_gate_get_session(gate), after);
  g_autoptr(GPtrArray) paths = cl_plan_param(plan, "files") ? paths_of(plan, error) : g_ptr_array_new();
  if (!paths)
    return FALSE;
  cl_value_set_text(cl_record_value(pattern, "type"), type_for(plan, after));
  if (title)
    cl_value_copy(cl_record_value(pattern, "title"), title);
  for (guint i = 0; i < paths->len; i++)
    if (!attach(gate, pattern, paths->pdata[i], error))
      return FALSE;
  return !existing || attach_existing(gate, after, existing->i, error);
}

gboolean cl_documents_keep(ClGate *gate, const ClRecord *of, const char *type, const char *title, const char *file_name, const char *text,
                           GError **error) {
  ClSession *session = cl_gate_get_session(gate);
  g_autofree char *sha256 = NULL;
  g_autoptr(ClRecord) document = document_of(session, of);
  if (!cl_contents_add_bytes(cl_session_get_store(session), text, strlen(text), &sha256, error))
    return FALSE;
  cl_value_set_text(cl_record_value(document, "type"), type);
  cl_value_set_text(cl_record_value(document, "title"), title);
  cl_value_set_text(cl_record_value(document, "file_name"), file_name);
  cl_value_set_text(cl_record_value(document, "sha256"), sha256);
  cl_value_set_int(cl_record_value(document, "size"), (gint64)strlen(text));
  return create(gate, document, error);
}

#define ATTACH(id) { .kind = id, .action = id ".attach", .prepare = prepare_attach, .follow = follow_attach }
#define EVIDENCE(id, what) { .kind = id, .action = id "." what, .param = "files", .prepare = prepare_evidence, .follow = follow_attach }
const ClEffect cl_effects_document[] = {
  { .kind = "document", .action = "document.add", .prepare = prepare_add },
  { .kind = "document", .prepare = prepare_any },
  { .kind = "document", .action = "document.add", .follow = follow_add },
  ATTACH("job_seeker"), ATTACH("tracker"), ATTACH("claim"), ATTACH("placement"), ATTACH("activity"), ATTACH("organisation"),
  EVIDENCE("tracker", "create"), EVIDENCE("tracker", "edit"), EVIDENCE("claim", "submit"), EVIDENCE("claim", "add_info"),
  { NULL }
};
