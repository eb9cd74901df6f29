/* A few small documents for the demo: the paperwork of monitoring trackers that have moved on, contracts of the newest
 * jobs, an employer's letter. Three contents, kept once each. */
#include "demo_documents.h"

#include "store/contents.h"

#include <string.h>

#define CONTRACTS 25

enum { D_TITLE, D_TYPE, D_FILE, D_SIZE, D_HASH, D_SEEKER, D_TRACKER, D_PLACEMENT };
static const char *const fields[] = {"title", "type", "file_name", "size", "sha256", "job_seeker", "tracker", "placement", NULL};

typedef struct {
  const char *title, *type, *file, *text;
} Paper;

static const Paper dma = {"DMA paperwork", "dma_paperwork", "dma-paperwork.txt",
                          "Decision maker paperwork\n\nThe activity was mandatory and notified in writing.\nThe participant did not come and did not ring.\n"};
static const Paper contract = {"Employment contract", "employment_contract", "contract.txt",
                               "Employment contract\n\nThe hours and the pay are those of the placement.\nSigned by both.\n"};
static const Paper letter = {"Letter of the employer", "employer_letter", "letter.txt", "To whom it may concern\n\nShe works with us and does well.\n"};

static gboolean add(ClDemoSheet *sheet, const Paper *paper, ClId seeker, ClId tracker, ClId placement, GError **error) {
  g_autofree char *sha256 = NULL;
  if (!cl_contents_add_bytes(cl_session_get_store(sheet->session), paper->text, strlen(paper->text), &sha256, error))
    return FALSE;
  cl_demo_sheet_empty(sheet);
  cl_demo_sheet_text(sheet, D_TITLE, paper->title);
  cl_demo_sheet_text(sheet, D_TYPE, paper->type);
  cl_demo_sheet_text(sheet, D_FILE, paper->file);
  cl_demo_sheet_int(sheet, D_SIZE, (gint64)strlen(paper->text));
  cl_demo_sheet_text(sheet, D_HASH, sha256);
  cl_demo_sheet_int(sheet, D_SEEKER, seeker);
  if (tracker)
    cl_demo_sheet_int(sheet, D_TRACKER, tracker);
  if (placement)
    cl_demo_sheet_int(sheet, D_PLACEMENT, placement);
  return cl_demo_sheet_write(sheet, error) != 0;
}

/* Pairs of a record and its person. */
static GArray *pairs(ClSession *session, const char *sql, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session), sql, error);
  g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(ClId));
  ClStep step = CL_STEP_ERROR;
  while (stmt && (step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    const ClId pair[] = {cl_stmt_int(stmt, 0), cl_stmt_int(stmt, 1)};
    g_array_append_vals(found, pair, 2);
  }
  return step == CL_STEP_DONE ? g_steal_pointer(&found) : NULL;
}

gboolean cl_demo_add_documents(ClSession *session, ClId run, GError **error) {
  g_autofree char *newest = g_strdup_printf(
      "SELECT id, job_seeker FROM placement WHERE status = 'commenced' AND organisation IS NOT NULL ORDER BY start_date DESC, id LIMIT %d", CONTRACTS);
  g_autoptr(GArray) trackers = pairs(session, "SELECT id, job_seeker FROM tracker WHERE type = 'monitoring' AND status <> 'new' ORDER BY id", error);
  g_autoptr(GArray) jobs = trackers ? pairs(session, newest, error) : NULL;
  g_auto(ClDemoSheet) sheet = {0};
  gboolean good = jobs && cl_demo_sheet_join(&sheet, session, "document", fields, run, error);
  for (guint i = 0; good && i < trackers->len; i += 2)
    good = add(&sheet, &dma, g_array_index(trackers, ClId, i + 1), g_array_index(trackers, ClId, i), 0, error);
  for (guint i = 0; good && i < jobs->len; i += 2) {
    ClId placement = g_array_index(jobs, ClId, i), seeker = g_array_index(jobs, ClId, i + 1);
    good = add(&sheet, &contract, seeker, 0, placement, error) && (i % 6 || add(&sheet, &letter, seeker, 0, placement, error));
  }
  return good && cl_demo_sheet_finish(&sheet, error);
}
