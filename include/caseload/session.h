/* Who is signed in to which store with which rights. One session per program; background
 * threads work on clones of it with connections of their own. */
#pragma once

#include "config.h"
#include "types.h"

/* Checks name and passphrase (Argon2id). A wrong pair is CL_ERROR_NOT_PERMITTED with how many
 * tries are left; from the fifth wrong try on each further one must wait 30 s, doubling
 * to 15 min (counted in the store, so a restart does not help). The session borrows
 * `store` and `config`, which must outlive it. */
ClSession *cl_session_sign_in(ClStore *store, const ClConfig *config, const char *name,
                              const char *passphrase, GError **error);
/* A session of a user without a passphrase: for the runs that a dead process left, for tests, for
 * the very first user of an empty store. Fails for unknown or inactive users. */
ClSession *cl_session_for_user(ClStore *store, const ClConfig *config, const char *name,
                               GError **error);
/* The same user and rights on another connection (a background thread's). */
ClSession *cl_session_clone(const ClSession *session, ClStore *store);
/* Store and configuration stay. NULL is fine. */
void cl_session_free(ClSession *session);

/* Its connection. Borrowed. */
ClStore *cl_session_get_store(const ClSession *session);
/* The configuration it was made with. Borrowed. */
const ClConfig *cl_session_get_config(const ClSession *session);
/* Date order and currency. Borrowed. */
const ClLocale *cl_session_get_locale(const ClSession *session);
/* Who is signed in; 0 for the program itself. */
ClId cl_session_get_user(const ClSession *session);
const char *cl_session_get_user_name(const ClSession *session);  /* sign-in name */
/* "Grace Thompson". Borrowed. */
const char *cl_session_get_full_name(const ClSession *session);
const char *cl_session_get_roles(const ClSession *session);      /* role ids, comma-separated */
const char *cl_session_get_role_names(const ClSession *session); /* "Caseworker" */
ClId cl_session_get_site(const ClSession *session);              /* 0 = none */
ClScope cl_session_get_scope(const ClSession *session);          /* the widest of the roles */
/* `permission`: an action id or one of cl_permissions(). A read-only session allows
 * views and exports only. */
gboolean cl_session_may(const ClSession *session, const char *permission);
/* May it see records of the kind at all? */
gboolean cl_session_may_view(const ClSession *session, const ClKind *kind);
/* Why the session may not see records of the kind at all, with the permission's name; NULL when it may. The caller frees. */
char *cl_session_view_refusal(const ClSession *session, const ClKind *kind);
/* "You need the permission “Can mark claim as non payable”. …"; sets CL_ERROR_NOT_PERMITTED. */
gboolean cl_session_require(const ClSession *session, const char *permission, GError **error);
/* A session that leaves late fields (CL_FIELD_LATE) reads them as empty: the screen's, which has them found out (late.h). */
void cl_session_leave_late(ClSession *session, gboolean leave);
/* Was cl_session_leave_late() asked for? */
gboolean cl_session_leaves_late(const ClSession *session);
/* Was it opened to change nothing? */
gboolean cl_session_is_read_only(const ClSession *session);
/* From now on it allows views and exports only, or what the roles allow again. */
void cl_session_set_read_only(ClSession *session, gboolean read_only);

/* Users. Each needs the permission user.admin, except a user's own passphrase. `roles` are ids
 * or names, comma-separated. The passphrase is wiped by the caller. Records and history
 * go through the gate. */
gboolean cl_user_add(ClSession *session, const char *name, const char *full_name, const char *roles,
                     const char *site, const char *passphrase, GError **error);
/* Another passphrase for a user; checked by cl_passphrase_problem(). */
gboolean cl_user_set_passphrase(ClSession *session, const char *name, const char *passphrase, GError **error);
/* Replaces all roles of a user. */
gboolean cl_user_set_roles(ClSession *session, const char *name, const char *roles, GError **error);
/* The user may not sign in any more; the records stay theirs. */
gboolean cl_user_deactivate(ClSession *session, const char *name, GError **error);
/* The user may sign in again. */
gboolean cl_user_activate(ClSession *session, const char *name, GError **error);
/* The first user of an empty store (no session can exist yet). Fails if there is one. */
gboolean cl_user_add_first(ClStore *store, const ClConfig *config, const char *name,
                           const char *full_name, const char *role, const char *passphrase, GError **error);
/* A fresh Argon2id string for a passphrase (6 passes over 32 MiB, libsodium); caller frees. */
char *cl_passphrase_hash(const char *passphrase, GError **error);
/* At least 8 characters unless `demo`; a sentence to free, or NULL when good. */
char *cl_passphrase_problem(const char *passphrase);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClSession, cl_session_free)
