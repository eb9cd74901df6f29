/* Documents that leave: to a file, or to the desktop's viewer. Written beside the name and renamed, so that half of one is
 * never there; what was read is compared with its hash first. */
#include "effects/documents.h"

#include "exchange/outfile.h"
#include "files.h"
#include "store/contents.h"

#include <caseload/document.h>
#include <sys/stat.h>

static gboolean append(gconstpointer bytes, gsize n, gpointer data, GError **error) {
  g_string_append_len(cl_outfile_text(data), bytes, (gssize)n);
  return cl_outfile_flush(data, error);
}

gboolean cl_documents_write(ClSession *session, const ClRecord *document, const char *path, GError **error) {
  g_autoptr(ClOutfile) file = cl_outfile_open(path, error);
  return file && cl_contents_read(cl_session_get_store(session), cl_effects_text(document, "sha256"), append, file, error) &&
         cl_outfile_finish(g_steal_pointer(&file), error);
}

gboolean cl_documents_write_text(const char *path, const char *text, GError **error) {
  g_autoptr(ClOutfile) file = cl_outfile_open(path, error);
  if (!file)
    return FALSE;
  g_string_append(cl_outfile_text(file), text);
  return cl_outfile_finish(g_steal_pointer(&file), error);
}

ClId cl_document_made_by(ClSession *session, ClId run) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session),
                                         "SELECT max(record) FROM history WHERE run = ?1 AND kind = ?2 AND field IS NULL", NULL);
  if (!stmt)
    return 0;
  cl_stmt_bind_int(stmt, 1, run);
  cl_stmt_bind_int(stmt, 2, cl_kind_find("document")->code);
  return cl_stmt_step(stmt, NULL) == CL_STEP_ROW ? cl_stmt_int(stmt, 0) : 0;
}

char *cl_document_put_into(ClSession *session, ClId document, const char *folder, GError **error) {
  g_autoptr(ClRecord) record = cl_record_load(session, cl_kind_find("document"), document, error);
  g_autofree char *name = record ? cl_file_clean_name(cl_effects_text(record, "file_name")) : NULL;
  g_autofree char *path = name ? cl_files_target(folder, name, error) : NULL;
  if (!path || !cl_documents_write(session, record, path, error))
    return NULL;
  return g_steal_pointer(&path);
}

/* "“payslip.pdf”, Payslip, 12 kB, of Zoë Müller". */
static char *words_of(ClSession *session, const ClRecord *document) {
  g_autofree char *size = cl_file_size_words(cl_effects_int(document, "size", 0));
  const ClField *type = cl_kind_field(document->kind, "type");
  g_autofree char *what = cl_value_to_text(type, cl_record_value(document, "type"), cl_session_get_locale(session));
  ClId person = cl_effects_int(document, "job_seeker", 0), firm = cl_effects_int(document, "organisation", 0);
  g_autofree char *whose = cl_record_dup_name(session, cl_kind_find(person ? "job_seeker" : "organisation"), person ? person : firm);
  return g_strdup_printf("“%s”, %s, %s, of %s", cl_effects_text(document, "title"), what, size, whose ? whose : "somebody");
}

static char *target_of(const ClPlan *plan, const ClRecord *document, GError **error) {
  g_autofree char *name = cl_file_clean_name(cl_effects_text(document, "file_name"));
  return cl_files_target(cl_plan_param(plan, "to")->s, name, error);
}

static char *leaves_copy(ClSession *session, const ClPlan *plan, const ClRecord *document, GError **error) {
  g_autofree char *path = target_of(plan, document, error), *words = path ? words_of(session, document) : NULL;
  return path ? g_strdup_printf("What: %s\nTo: %s", words, path) : NULL;
}

static void prepare_copy(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = cl_plan_param(plan, "to") ? target_of(plan, before, &error) : NULL;
  if (error)
    cl_problems_add(problems, "to", "%s", error->message);
}

static gboolean follow_copy(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  if (cl_gate_is_trial(gate)) /* of values that may not be there yet */
    return TRUE;
  g_autofree char *path = target_of(plan, after, error), *words = path ? g_strdup_printf("a copy to %s", path) : NULL;
  return path && cl_gate_note_leaving(gate, after, words, error) && cl_documents_write(cl_gate_get_session(gate), after, path, error);
}

static char *leaves_view(ClSession *session, const ClPlan *plan, const ClRecord *document, GError **error) {
  g_autofree char *words = words_of(session, document);
  return g_strdup_printf("What: %s\nTo: the desktop's viewer, which sees a private copy until Caseload ends", words);
}

static gboolean follow_view(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  return cl_gate_note_leaving(gate, after, "shown by the desktop's viewer", error);
}

const ClEffect cl_effects_document_out[] = {
  { .kind = "document", .action = "document.save_copy", .prepare = prepare_copy, .follow = follow_copy, .leaves = leaves_copy },
  { .kind = "document", .action = "document.open", .follow = follow_view, .leaves = leaves_view },
  { NULL }
};
