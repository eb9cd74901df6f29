/* Counts what a run did, record by record, with the reasons of those it left out. */
#include "tally.h"

#include "record.h"

#include <string.h>

void cl_preview_free(gpointer data) {
  ClPreview *preview = data;
  g_free(preview->name);
  g_free(preview->before);
  g_free(preview->after);
  g_free(preview->reason);
  g_free(preview);
}

void cl_tally_init(ClTally *tally) {
  *tally = (ClTally){ 0 };
  tally->reasons = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  tally->previews = g_ptr_array_new_with_free_func(cl_preview_free);
  tally->problems = g_ptr_array_new_with_free_func(cl_preview_free);
}

void cl_tally_clear(ClTally *tally) {
  g_clear_pointer(&tally->reasons, g_hash_table_unref);
  g_clear_pointer(&tally->previews, g_ptr_array_unref);
  g_clear_pointer(&tally->problems, g_ptr_array_unref);
}

static void add_reason(ClTally *tally, ClSession *session, const ClKind *kind, ClId id, const char *reason) {
  gint64 *count = g_hash_table_lookup(tally->reasons, reason);
  if (!count)
    g_hash_table_insert(tally->reasons, g_strdup(reason), count = g_new0(gint64, 1));
  ++*count;
  if (tally->problems->len < CL_PROBLEMS) {
    ClPreview *problem = g_new0(ClPreview, 1);
    problem->id = id;
    problem->name = cl_record_dup_name(session, kind, id);
    problem->reason = g_strdup(reason);
    g_ptr_array_add(tally->problems, problem);
  }
}

gboolean cl_tally_skip(ClTally *tally, ClSession *session, const ClKind *kind, ClId id, const char *reason,
                       gboolean failed, ClGate *gate, GError **error) {
  add_reason(tally, session, kind, id, reason);
  if (failed)
    tally->failed++;
  else
    tally->skipped++;
  return !gate || cl_gate_skip(gate, id, reason, failed ? CL_SKIP_FAILED : CL_SKIP_LEFT_OUT, error);
}

gboolean cl_tally_note(ClTally *tally, ClSession *session, const ClKind *kind, ClId id, const char *reason,
                       ClGate *gate, GError **error) {
  add_reason(tally, session, kind, id, reason);
  return !gate || cl_gate_skip(gate, id, reason, CL_SKIP_PARTLY, error);
}

static int more_first(gconstpointer a, gconstpointer b) {
  const ClSkip *x = *(ClSkip *const *)a, *y = *(ClSkip *const *)b;
  return x->count != y->count ? (x->count < y->count ? 1 : -1) : strcmp(x->reason, y->reason);
}

static void skip_free(gpointer data) {
  ClSkip *skip = data;
  g_free(skip->reason);
  g_free(skip);
}

void cl_tally_into(ClTally *tally, ClRunStatus *status) {
  g_clear_pointer(&status->skips, g_ptr_array_unref);
  status->skips = g_ptr_array_new_with_free_func(skip_free);
  GHashTableIter iter;
  gpointer reason, count;
  g_hash_table_iter_init(&iter, tally->reasons);
  while (g_hash_table_iter_next(&iter, &reason, &count)) {
    ClSkip *skip = g_new0(ClSkip, 1);
    skip->reason = g_strdup(reason);
    skip->count = *(gint64 *)count;
    g_ptr_array_add(status->skips, skip);
  }
  g_ptr_array_sort(status->skips, more_first);
  g_clear_pointer(&status->previews, g_ptr_array_unref);
  g_clear_pointer(&status->problems, g_ptr_array_unref);
  status->previews = g_ptr_array_ref(tally->previews);
  status->problems = g_ptr_array_ref(tally->problems);
}
