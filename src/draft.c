/* Drafts: whose they are, and what they are called. */
#include "store/drafts.h"

#include "plan.h"

#define DROP_WAIT_MS 1000

ClDraft *cl_draft_new(const ClAction *action, ClId record, gint64 version) {
  ClDraft *draft = g_new0(ClDraft, 1);
  draft->action = action;
  draft->record = record;
  draft->version = version;
  draft->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  return draft;
}

void cl_draft_free(ClDraft *draft) {
  if (!draft)
    return;
  g_hash_table_unref(draft->values);
  g_free(draft->source);
  g_free(draft);
}

gboolean cl_draft_save(ClSession *session, ClDraft *draft, int wait_ms, GError **error) {
  if (cl_session_is_read_only(session)) {
    g_set_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED, "The program was started for reading only, so no draft is kept.");
    return FALSE;
  }
  g_autofree char *content = cl_plan_pack(draft->values);
  return cl_drafts_put(cl_session_get_store(session), cl_session_get_user(session), draft, content ? content : "", wait_ms, error);
}

gboolean cl_draft_hold(ClSession *session, const ClDraft *draft) {
  return cl_session_is_read_only(session) || cl_store_lock_draft(cl_session_get_store(session), draft->id);
}

void cl_draft_let_go(ClSession *session, const ClDraft *draft) {
  if (draft->id)
    cl_store_unlock_draft(cl_session_get_store(session), draft->id);
}

gboolean cl_draft_drop(ClSession *session, ClDraft *draft, GError **error) {
  ClId id = draft->id;
  cl_draft_let_go(session, draft);
  draft->id = 0;
  return !id || cl_session_is_read_only(session) ||
         cl_drafts_remove(cl_session_get_store(session), cl_session_get_user(session), id, DROP_WAIT_MS, error);
}

GPtrArray *cl_drafts_load(ClSession *session, const ClAction *action, ClId record, GError **error) {
  return cl_drafts_select(cl_session_get_store(session), cl_session_get_user(session), action ? action->id : NULL, record,
                          cl_plan_unpack, error);
}

/* What a record that does not exist yet is known by: the first texts typed. */
static char *typed_name(const ClDraft *draft) {
  GString *name = g_string_new(NULL);
  int n = 0;
  for (const ClField *field = cl_action_kind(draft->action)->fields; field->id && n < 2; field++) {
    const char *text = field->type == CL_TYPE_TEXT ? g_hash_table_lookup(draft->values, field->id) : NULL;
    if (text && *text)
      g_string_append_printf(name, "%s%s", n++ > 0 ? " " : "", text);
  }
  return g_string_free(name, FALSE);
}

char *cl_draft_dup_words(ClSession *session, const ClDraft *draft) {
  if (!draft->action)
    return g_strdup("A form that is no longer there");
  const ClKind *kind = cl_action_kind(draft->action);
  g_autofree char *about = draft->record == CL_DRAFT_MANY ? g_strdup(draft->source ? draft->source : "")
                           : draft->record                ? cl_record_dup_name(session, kind, draft->record)
                                                          : typed_name(draft);
  return g_strdup_printf("%s%s%s", draft->action->label, *about ? ": " : "", about);
}
