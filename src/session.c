/* Signing in, and the rights that follow from a user's roles. Wrong tries are counted in the store under
 * the name that was typed, whether somebody has it or not, so that neither the answer nor its time
 * tells which names exist. */
#include <caseload/session.h>

#include <string.h>

#include <caseload/catalogue.h>
#include <caseload/clock.h>
#include <caseload/store.h>

#include "passphrase.h"
#include "preference.h"
#include "programme.h"
#include "session_setup.h"
#include "store/backup.h"
#include "store/user_sql.h"

#define FREE_TRIES 5
#define FIRST_WAIT 30
#define LONGEST_WAIT (15 * 60)
#define MOST_LOGIN_LETTERS 40
#define LOCK_WAIT_MS 3000

struct ClSession {
  ClStore *store;
  const ClConfig *config;
  ClId user, site;
  char *login, *name, *roles, *role_names;
  ClScope scope;
  GHashTable *may; /* never changed once made: clones in other threads share it */
  gboolean read_only, leaves_late;
  ClPreferences preferences; /* of this session only: clones have none */
  ClProgrammes programmes;   /* likewise */
};

/* ---- making one ------------------------------------------------------------- */

static void add_role(ClSession *session, const ClRole *role) {
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init(&iter, role->may);
  while (g_hash_table_iter_next(&iter, &id, NULL))
    g_hash_table_add(session->may, g_strdup(id));
  session->scope = MAX(session->scope, role->scope);
}

static ClSession *session_new(ClStore *store, const ClConfig *config, const ClUserRow *row, GError **error) {
  g_autoptr(ClSession) session = g_new0(ClSession, 1);
  g_autoptr(GString) ids = g_string_new(NULL);
  g_autoptr(GString) names = g_string_new(NULL);
  session->store = store;
  session->config = config;
  session->user = row->id;
  session->site = row->site;
  session->login = g_strdup(row->login);
  session->name = g_strdup(row->name);
  session->may = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  session->scope = CL_SCOPE_OWN;
  session->read_only = cl_store_is_read_only(store);
  g_auto(GStrv) words = g_strsplit(row->roles, ",", -1);
  for (char **word = words; *word; word++) {
    const ClRole *role = cl_config_get_role(config, g_strstrip(*word));
    if (!role)
      continue;
    add_role(session, role);
    g_string_append_printf(ids, "%s%s", ids->len ? "," : "", role->id);
    g_string_append_printf(names, "%s%s", names->len ? ", " : "", role->name);
  }
  if (!ids->len) {
    g_set_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED,
                "%s has no role that the configuration knows (“%s”). An administrator can give one: "
                "caseload user roles %s.", row->name, row->roles, row->login);
    return NULL;
  }
  session->roles = g_strdup(ids->str);
  session->role_names = g_strdup(names->str);
  return g_steal_pointer(&session);
}

ClSession *cl_session_for_user(ClStore *store, const ClConfig *config, const char *name, GError **error) {
  g_auto(ClUserRow) row = { 0 };
  if (!cl_user_sql_find(store, name, &row, error))
    return NULL;
  if (!row.id) {
    g_set_error(error, CL_ERROR, CL_ERROR_NOT_FOUND, "There is no user “%s”.", name);
    return NULL;
  }
  if (!row.active) {
    g_set_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED, "%s may not sign in any more.", row.name);
    return NULL;
  }
  ClSession *session = session_new(store, config, &row, error);
  if (session)
    cl_programmes_keep(session);
  return session;
}

ClSession *cl_session_for_setup(ClStore *store, const ClConfig *config, const ClRole *role) {
  ClUserRow nobody = { .login = (char *)"setup", .name = (char *)"Setup", .roles = role->id };
  return session_new(store, config, &nobody, NULL);
}

ClSession *cl_session_for_program(ClStore *store, const ClConfig *config) {
  ClSession *session = g_new0(ClSession, 1);
  session->store = store;
  session->config = config;
  session->login = g_strdup("caseload");
  session->name = g_strdup("Caseload");
  session->roles = g_strdup("");
  session->role_names = g_strdup("");
  session->may = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (const ClPermission *permission = cl_permissions(); permission->id; permission++)
    if (g_str_has_prefix(permission->id, "view."))
      g_hash_table_add(session->may, g_strdup(permission->id));
  session->scope = CL_SCOPE_ALL;
  session->read_only = cl_store_is_read_only(store);
  return session;
}

ClSession *cl_session_clone(const ClSession *session, ClStore *store) {
  ClSession *clone = g_memdup2(session, sizeof *session);
  clone->store = store;
  clone->login = g_strdup(session->login);
  clone->name = g_strdup(session->name);
  clone->roles = g_strdup(session->roles);
  clone->role_names = g_strdup(session->role_names);
  clone->may = g_hash_table_ref(session->may);
  clone->preferences = (ClPreferences){ 0 };
  clone->programmes = (ClProgrammes){ 0 };
  return clone;
}

void cl_session_free(ClSession *session) {
  if (!session)
    return;
  g_free(session->login);
  g_free(session->name);
  g_free(session->roles);
  g_free(session->role_names);
  g_clear_pointer(&session->may, g_hash_table_unref);
  cl_preferences_clear(&session->preferences);
  cl_programmes_clear(&session->programmes);
  g_free(session);
}

ClProgrammes *cl_session_get_programmes(ClSession *session) {
  return &session->programmes;
}

ClPreferences *cl_session_get_preferences(ClSession *session) {
  return &session->preferences;
}

/* ---- signing in -------------------------------------------------------------- */

/* Seconds until the next try counts. A last try in the future (the clock was set back) does not lock. */
static gint64 wait_after(gint64 tries, gint64 last_at, gint64 now) {
  if (tries < FREE_TRIES || now < last_at)
    return 0;
  gint64 wait = (gint64)FIRST_WAIT << MIN(tries - FREE_TRIES, 10);
  return MAX(0, last_at + MIN(wait, LONGEST_WAIT) - now);
}

static char *dup_duration(gint64 seconds) {
  gboolean minutes = seconds > 90;
  gint64 n = minutes ? (seconds + 59) / 60 : seconds;
  return g_strdup_printf("%" G_GINT64_FORMAT " %s%s", n, minutes ? "minute" : "second", n == 1 ? "" : "s");
}

static gboolean may_try(ClStore *store, const char *login, GError **error) {
  gint64 tries, last_at;
  if (!cl_user_sql_tries(store, login, &tries, &last_at, error))
    return FALSE;
  gint64 wait = wait_after(tries, last_at, cl_clock_now());
  if (!wait)
    return TRUE;
  g_autofree char *duration = dup_duration(wait);
  g_set_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED,
              "There were %" G_GINT64_FORMAT " wrong tries. Please wait %s before the next one.", tries, duration);
  return FALSE;
}

/* The number of wrong tries with this one, or 0 when it could not be written down. */
static gint64 count_try(ClStore *store, const char *login) {
  gint64 tries = 0, last_at = 0;
  if (cl_store_is_read_only(store) || !cl_tx_begin(store, LOCK_WAIT_MS, NULL))
    return 0;
  if (!cl_user_sql_count_try(store, login, cl_clock_now(), NULL) ||
      !cl_user_sql_tries(store, login, &tries, &last_at, NULL)) {
    cl_tx_rollback(store);
    return 0;
  }
  return cl_tx_commit(store, NULL) ? tries : 0;
}

static void tell_wrong(gint64 tries, GError **error) {
  g_autofree char *rest = NULL;
  if (tries >= FREE_TRIES) {
    g_autofree char *duration = dup_duration(wait_after(tries, 0, 0));
    rest = g_strdup_printf(" Please wait %s before the next try.", duration);
  } else if (tries > 0) {
    gint64 left = FREE_TRIES - tries;
    rest = g_strdup_printf(" %" G_GINT64_FORMAT " %s left before you have to wait.", left,
                           left == 1 ? "try is" : "tries are");
  }
  g_set_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED, "The name or the passphrase is not right.%s", rest ? rest : "");
}

/* A right passphrase ends the count. That it stays when the store is busy harms nobody. */
static void forget_tries(ClStore *store, const char *login) {
  gint64 tries, last_at;
  if (!cl_user_sql_tries(store, login, &tries, &last_at, NULL) || !tries || cl_store_is_read_only(store) ||
      !cl_tx_begin(store, LOCK_WAIT_MS, NULL))
    return;
  if (cl_user_sql_forget_tries(store, login, NULL))
    cl_tx_commit(store, NULL);
  else
    cl_tx_rollback(store);
}

/* The name under which tries are counted: as the user table compares names. */
static char *dup_login_key(const char *name) {
  g_autofree char *valid = g_utf8_make_valid(name, -1);
  g_autofree char *start = g_utf8_substring(g_strstrip(valid), 0, MIN(g_utf8_strlen(valid, -1), MOST_LOGIN_LETTERS));
  return g_ascii_strdown(start, -1);
}

ClSession *cl_session_sign_in(ClStore *store, const ClConfig *config, const char *name, const char *passphrase,
                              GError **error) {
  g_autofree char *login = dup_login_key(name ? name : "");
  g_auto(ClUserRow) row = { 0 };
  if (!may_try(store, login, error) || !cl_user_sql_find(store, login, &row, error))
    return NULL;
  gboolean right = cl_passphrase_matches(row.passphrase, passphrase ? passphrase : "");
  /* Asked again: other tries may have been going on at the same time. */
  if (!may_try(store, login, error))
    return NULL;
  if (!right) {
    tell_wrong(count_try(store, login), error);
    return NULL;
  }
  if (!row.active) {
    g_set_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED,
                "%s may not sign in any more. An administrator can change that.", row.name);
    return NULL;
  }
  ClSession *session = session_new(store, config, &row, error);
  if (session) {
    forget_tries(store, login);
    cl_store_note_use(store, row.login);
    cl_programmes_keep(session);
  }
  return session;
}

/* ---- what it holds and allows -------------------------------------------------- */

ClStore *cl_session_get_store(const ClSession *session) {
  return session->store;
}

const ClConfig *cl_session_get_config(const ClSession *session) {
  return session->config;
}

const ClLocale *cl_session_get_locale(const ClSession *session) {
  return cl_config_get_locale(session->config);
}

ClId cl_session_get_user(const ClSession *session) {
  return session->user;
}

const char *cl_session_get_user_name(const ClSession *session) {
  return session->login;
}

const char *cl_session_get_full_name(const ClSession *session) {
  return session->name;
}

const char *cl_session_get_roles(const ClSession *session) {
  return session->roles;
}

const char *cl_session_get_role_names(const ClSession *session) {
  return session->role_names;
}

ClId cl_session_get_site(const ClSession *session) {
  return session->site;
}

ClScope cl_session_get_scope(const ClSession *session) {
  return session->scope;
}

static gboolean only_reads(const char *permission) {
  return g_str_has_prefix(permission, "view.") || g_str_equal(permission, "run.view_all") || g_str_equal(permission, "export") ||
         g_str_equal(permission, "store.backup");
}

gboolean cl_session_may(const ClSession *session, const char *permission) {
  return g_hash_table_contains(session->may, permission) && (!session->read_only || only_reads(permission));
}

gboolean cl_session_may_view(const ClSession *session, const ClKind *kind) {
  char permission[64];
  g_snprintf(permission, sizeof permission, "view.%s", kind->plural);
  return cl_session_may(session, permission);
}

gboolean cl_session_require(const ClSession *session, const char *permission, GError **error) {
  if (cl_session_may(session, permission))
    return TRUE;
  if (session->read_only && !only_reads(permission))
    g_set_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED,
                "The store is open for reading only, so nothing can be changed now.");
  else
    g_set_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED,
                "You need the permission “%s”. Your role (%s) does not have it; ask an administrator for it.",
                cl_config_permission_name(session->config, permission), session->role_names);
  return FALSE;
}

void cl_session_leave_late(ClSession *session, gboolean leave) {
  session->leaves_late = leave;
}

gboolean cl_session_leaves_late(const ClSession *session) {
  return session->leaves_late;
}

char *cl_session_view_refusal(const ClSession *session, const ClKind *kind) {
  g_autofree char *permission = g_strconcat("view.", kind->plural, NULL);
  g_autoptr(GError) error = NULL;
  return cl_session_require(session, permission, &error) ? NULL : g_strdup(error->message);
}

gboolean cl_session_is_read_only(const ClSession *session) {
  return session->read_only;
}

void cl_session_set_read_only(ClSession *session, gboolean read_only) {
  session->read_only = read_only;
}
