/* Drafts: what a person has typed into a form and not saved. They belong to the user who typed them,
 * have no history, and go away when the form is saved. */
#pragma once

#include "action.h"
#include "record.h"

#define CL_DRAFT_MANY ((ClId)-1) /* as `record`: the values of an action on many records */

typedef struct {
  ClId id;                /* 0: not kept yet */
  const ClAction *action; /* what the form was for; NULL when this program has no such action any more */
  ClId record;            /* 0: a new record */
  gint64 version;         /* of the record that the form was filled from; 0 for none */
  GHashTable *values;     /* char* field id (or "comment") → char* text as typed, references by id */
  char *source;           /* CL_DRAFT_MANY: where the records came from, in words; else NULL */
  gint64 saved_at;
} ClDraft;

/* An empty draft of a form for `record`, as read in `version`. The caller frees. */
ClDraft *cl_draft_new(const ClAction *action, ClId record, gint64 version);
/* Frees it; what was kept in the store stays. NULL is fine. */
void cl_draft_free(ClDraft *draft);
/* Keeps it, in place of what was kept under its id; sets `id` and `saved_at`. Waits at most `wait_ms` for
 * another writer (CL_ERROR_BUSY). A read-only session keeps none (CL_ERROR_NOT_PERMITTED). */
gboolean cl_draft_save(ClSession *session, ClDraft *draft, int wait_ms, GError **error);
/* Forgets it; one that is gone already is no error. Sets `id` to 0. */
gboolean cl_draft_drop(ClSession *session, ClDraft *draft, GError **error);
/* The user's own drafts, newest first: of one action and record, or all when `action` is NULL. GPtrArray of
 * ClDraft*, which the caller unrefs. */
GPtrArray *cl_drafts_load(ClSession *session, const ClAction *action, ClId record, GError **error);
/* A form that shows a draft holds it while it is open; FALSE when a form of another program at this store does. A
 * program that dies holds nothing. cl_draft_drop() lets go too. */
gboolean cl_draft_hold(ClSession *session, const ClDraft *draft);
/* The form is closed: others may offer the draft again. */
void cl_draft_let_go(ClSession *session, const ClDraft *draft);
/* "Edit job seeker: Zoë Müller", "New job seeker: Nia". The caller frees. */
char *cl_draft_dup_words(ClSession *session, const ClDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClDraft, cl_draft_free)
