/* Users: adding them, their passphrases, roles and end. Records and history go through the gate; the
 * passphrase's hash is no field and is written beside, in the gate's transaction. */
#include <string.h>

#include <caseload/record.h>
#include <caseload/text.h>

#include "checks.h"
#include "gate.h"
#include "session_setup.h"
#include "store/user_sql.h"

static const ClKind *user_kind(void) {
  return cl_kind_find("user");
}

/* ---- words -------------------------------------------------------------------- */

static gboolean check_login(const char *login, GError **error) {
  gsize length = strlen(login);
  gboolean good = length >= 1 && length <= 40 && g_ascii_isalnum(*login);
  for (const char *p = login; *p; p++)
    good = good && (g_ascii_isalnum(*p) || strchr("._-@", *p));
  if (!good)
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID,
                "A sign-in name has 1 to 40 letters a to z, digits and . _ - @, and begins with a letter or digit.");
  return good;
}

static gboolean check_passphrase(const char *passphrase, GError **error) {
  g_autofree char *problem = cl_passphrase_problem(passphrase);
  if (problem)
    g_set_error_literal(error, CL_ERROR, CL_ERROR_INVALID, problem);
  return !problem;
}

char *cl_user_clean_roles(const ClConfig *config, const char *words, GError **error) {
  g_autoptr(GString) ids = g_string_new(NULL);
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  g_auto(GStrv) parts = g_strsplit(words ? words : "", ",", -1);
  for (char **part = parts; *part; part++) {
    if (!*g_strstrip(*part))
      continue;
    const ClRole *role = cl_config_get_role(config, *part);
    if (!role) {
      const GPtrArray *roles = cl_config_get_roles(config);
      g_autoptr(GString) all = g_string_new(NULL);
      for (guint i = 0; i < roles->len; i++)
        g_string_append_printf(all, "%s%s", i ? ", " : "", ((ClRole *)roles->pdata[i])->id);
      g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "There is no role “%s”. The roles are: %s.", *part, all->str);
      return NULL;
    }
    if (g_hash_table_add(seen, role->id))
      g_string_append_printf(ids, "%s%s", ids->len ? "," : "", role->id);
  }
  if (ids->len)
    return g_string_free(g_steal_pointer(&ids), FALSE);
  g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "A user needs at least one role.");
  return NULL;
}

static gboolean administers(const ClConfig *config, const char *roles) {
  g_auto(GStrv) ids = g_strsplit(roles, ",", -1);
  for (char **id = ids; *id; id++) {
    const ClRole *role = cl_config_get_role(config, g_strstrip(*id));
    if (role && g_hash_table_contains(role->may, "user.admin"))
      return TRUE;
  }
  return FALSE;
}

/* Somebody else must be able to manage users before this one stops. */
static gboolean check_another_administrator(ClSession *session, ClId user, GError **error) {
  const ClConfig *config = cl_session_get_config(session);
  g_autoptr(GPtrArray) others = cl_user_sql_roles(cl_session_get_store(session), user, error);
  if (!others)
    return FALSE;
  for (guint i = 0; i < others->len; i++) {
    if (administers(config, others->pdata[i]))
      return TRUE;
  }
  g_set_error(error, CL_ERROR, CL_ERROR_INVALID,
              "This is the only user with the permission “%s”. Give it to somebody else first.",
              cl_config_permission_name(config, "user.admin"));
  return FALSE;
}

static gboolean find_user(ClStore *store, const char *name, ClUserRow *row, GError **error) {
  if (!cl_user_sql_find(store, name, row, error))
    return FALSE;
  if (!row->id)
    g_set_error(error, CL_ERROR, CL_ERROR_NOT_FOUND, "There is no user “%s”.", name);
  return row->id != 0;
}

/* ---- rules ----------------------------------------------------------------------- */

static gboolean sets(GHashTable *changed, const char *field) {
  return !changed || g_hash_table_contains(changed, field);
}

static void take_problem(ClProblems *problems, const char *field, GError *error) {
  if (!cl_problems_get(problems, field))
    cl_problems_add(problems, field, "%s", error->message);
  g_error_free(error);
}

static void check_new_login(ClSession *session, const char *login, ClProblems *problems) {
  g_auto(ClUserRow) same = { 0 };
  GError *error = NULL;
  if (!check_login(login, &error) || !cl_user_sql_find(cl_session_get_store(session), login, &same, &error))
    take_problem(problems, "login", error);
  else if (same.id && !cl_problems_get(problems, "login"))
    cl_problems_add(problems, "login", "There is a user “%s” already: %s.", same.login, same.name);
}

void cl_user_check(ClSession *session, const ClRecord *record, GHashTable *changed, ClProblems *problems) {
  const ClConfig *config = cl_session_get_config(session);
  const char *login = cl_record_value(record, "login")->s, *roles = cl_record_value(record, "roles")->s;
  GError *error = NULL;
  g_autofree char *ids = NULL;
  g_auto(ClUserRow) row = { 0 };
  if ((sets(changed, "roles") || sets(changed, "active")) && !cl_session_require(session, "user.admin", &error)) {
    take_problem(problems, NULL, error);
    return;
  }
  if (!changed && login)
    check_new_login(session, login, problems);
  if (sets(changed, "roles") && roles && !(ids = cl_user_clean_roles(config, roles, &error)))
    take_problem(problems, "roles", g_steal_pointer(&error));
  if (!changed || !login || !roles || !cl_user_sql_find(cl_session_get_store(session), login, &row, NULL))
    return;
  gboolean stays = cl_record_value(record, "active")->i && administers(config, roles);
  if (row.active && row.roles && administers(config, row.roles) && !stays &&
      !check_another_administrator(session, row.id, &error))
    take_problem(problems, NULL, error);
}

char *cl_user_archive_problem(ClSession *session, ClId id) {
  g_autoptr(GError) error = NULL;
  g_autoptr(ClRecord) user = cl_record_load(session, user_kind(), id, NULL);
  if (!user || !cl_record_value(user, "active")->i || !cl_record_value(user, "roles")->s ||
      !administers(cl_session_get_config(session), cl_record_value(user, "roles")->s) ||
      check_another_administrator(session, id, &error))
    return NULL;
  return g_strdup(error->message);
}

/* ---- adding -------------------------------------------------------------------- */

typedef struct {
  const char *login, *name;
  char *roles;
  ClId site;
  char *hash; /* may be NULL */
} NewUser;

static void new_user_clear(NewUser *user) {
  g_free(user->roles);
  g_free(user->hash);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(NewUser, new_user_clear)

static gboolean check_record(ClSession *session, const ClRecord *record, GHashTable *changed, GError **error) {
  g_auto(ClProblems) problems;
  cl_problems_init(&problems);
  cl_gate_validate(session, record, changed, &problems);
  if (!problems.n)
    return TRUE;
  g_autofree char *text = cl_problems_dup_text(&problems, record->kind);
  g_set_error_literal(error, CL_ERROR, CL_ERROR_INVALID, text);
  return FALSE;
}

static gboolean create(ClSession *session, const NewUser *user, GError **error) {
  ClStore *store = cl_session_get_store(session);
  g_autoptr(ClRecord) record = cl_record_new(session, user_kind());
  cl_value_set_text(cl_record_value(record, "login"), user->login);
  cl_value_set_text(cl_record_value(record, "name"), user->name);
  cl_value_set_text(cl_record_value(record, "roles"), user->roles);
  if (user->site)
    cl_value_set_int(cl_record_value(record, "site"), user->site);
  if (!check_record(session, record, NULL, error))
    return FALSE;
  ClGate *gate = cl_gate_open(session, "user.create", user_kind(), FALSE, NULL, NULL, error);
  if (!gate)
    return FALSE;
  if (!cl_gate_create(gate, record, error) ||
      (user->hash && !cl_user_sql_set_passphrase(store, record->id, user->hash, 0, error))) {
    cl_gate_abort(gate);
    return FALSE;
  }
  cl_gate_count(gate, 1, 1, 0, 0);
  return cl_gate_commit(gate, TRUE, error);
}

static gboolean prepare(const ClConfig *config, ClStore *store, NewUser *user, const char *roles,
                        const char *passphrase, GError **error) {
  g_auto(ClUserRow) same = { 0 };
  if (!check_login(user->login, error) || !cl_user_sql_find(store, user->login, &same, error))
    return FALSE;
  if (same.id) {
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "There is a user “%s” already: %s.", same.login, same.name);
    return FALSE;
  }
  if ((passphrase && !check_passphrase(passphrase, error)) || !(user->roles = cl_user_clean_roles(config, roles, error)))
    return FALSE;
  return !passphrase || (user->hash = cl_passphrase_hash(passphrase, error));
}

gboolean cl_user_add(ClSession *session, const char *name, const char *full_name, const char *roles,
                     const char *site, const char *passphrase, GError **error) {
  g_auto(NewUser) user = { .login = name };
  g_autofree char *clean = NULL;
  if (!cl_session_require(session, "user.admin", error) ||
      !(clean = cl_text_clean(full_name && *full_name ? full_name : name, -1, FALSE, error)))
    return FALSE;
  user.name = clean;
  if (site && *site && !(user.site = cl_record_find_ref(session, cl_kind_find("site"), site, error)))
    return FALSE;
  return prepare(cl_session_get_config(session), cl_session_get_store(session), &user, roles, passphrase, error) &&
         create(session, &user, error);
}

gboolean cl_user_add_first(ClStore *store, const ClConfig *config, const char *name, const char *full_name,
                           const char *role, const char *passphrase, GError **error) {
  g_auto(NewUser) user = { .login = name };
  g_autofree char *clean = NULL;
  if (cl_user_sql_count(store) != 0) {
    g_set_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED,
                "The store has users already. Sign in as one who may add others.");
    return FALSE;
  }
  if (!(clean = cl_text_clean(full_name && *full_name ? full_name : name, -1, FALSE, error)))
    return FALSE;
  user.name = clean;
  if (!prepare(config, store, &user, role, passphrase, error))
    return FALSE;
  if (!administers(config, user.roles)) {
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID,
                "The first user must be able to add others; the role “%s” cannot.", user.roles);
    return FALSE;
  }
  const ClRole *setup = NULL;
  const GPtrArray *all = cl_config_get_roles(config);
  for (guint i = 0; i < all->len && !setup; i++) {
    const ClRole *each = g_ptr_array_index(all, i);
    setup = g_hash_table_contains(each->may, "user.admin") ? each : NULL;
  }
  g_autoptr(ClSession) session = cl_session_for_setup(store, config, setup);
  return create(session, &user, error);
}

/* ---- changing ------------------------------------------------------------------- */

gboolean cl_user_set_passphrase(ClSession *session, const char *name, const char *passphrase, GError **error) {
  ClStore *store = cl_session_get_store(session);
  g_auto(ClUserRow) row = { 0 };
  if (!find_user(store, name, &row, error))
    return FALSE;
  gboolean own = row.id == cl_session_get_user(session) && !cl_session_is_read_only(session);
  if ((!own && !cl_session_require(session, "user.admin", error)) || !check_passphrase(passphrase, error))
    return FALSE;
  g_autofree char *hash = cl_passphrase_hash(passphrase, error);
  ClGate *gate = hash ? cl_gate_open(session, "user.edit", user_kind(), FALSE, NULL, NULL, error) : NULL;
  if (!gate)
    return FALSE;
  g_autofree char *counted = g_ascii_strdown(row.login, -1);
  if (!cl_user_sql_set_passphrase(store, row.id, hash, cl_gate_get_run(gate), error) ||
      !cl_user_sql_forget_tries(store, counted, error)) {
    cl_gate_abort(gate);
    return FALSE;
  }
  cl_gate_count(gate, 1, 1, 0, 0);
  return cl_gate_commit(gate, TRUE, error);
}

/* Writes one field of a user: `value` as it is stored. */
static gboolean edit(ClSession *session, ClId user, const char *field, const ClValue *value, GError **error) {
  g_autoptr(ClRecord) before = cl_record_load(session, user_kind(), user, error);
  if (!before)
    return FALSE;
  g_autoptr(ClRecord) after = cl_record_copy(before);
  g_autoptr(GHashTable) changed = g_hash_table_new(g_str_hash, g_str_equal);
  g_hash_table_add(changed, (gpointer)field);
  cl_value_copy(cl_record_value(after, field), value);
  if (!check_record(session, after, changed, error))
    return FALSE;
  ClGate *gate = cl_gate_open(session, "user.edit", user_kind(), FALSE, NULL, NULL, error);
  if (!gate)
    return FALSE;
  if (!cl_gate_update(gate, before, after, NULL, error)) {
    cl_gate_abort(gate);
    return FALSE;
  }
  cl_gate_count(gate, 1, 1, 0, 0);
  return cl_gate_commit(gate, TRUE, error);
}

gboolean cl_user_set_roles(ClSession *session, const char *name, const char *roles, GError **error) {
  const ClConfig *config = cl_session_get_config(session);
  g_auto(ClUserRow) row = { 0 };
  g_autofree char *ids = NULL;
  if (!cl_session_require(session, "user.admin", error) ||
      !find_user(cl_session_get_store(session), name, &row, error) || !(ids = cl_user_clean_roles(config, roles, error)))
    return FALSE;
  ClValue value = { CL_VALUE_TEXT, 0, ids };
  return edit(session, row.id, "roles", &value, error);
}

static gboolean set_active(ClSession *session, const char *name, gboolean active, GError **error) {
  g_auto(ClUserRow) row = { 0 };
  if (!cl_session_require(session, "user.admin", error) ||
      !find_user(cl_session_get_store(session), name, &row, error))
    return FALSE;
  ClValue value = { CL_VALUE_INT, active, NULL };
  return edit(session, row.id, "active", &value, error);
}

gboolean cl_user_deactivate(ClSession *session, const char *name, GError **error) {
  return set_active(session, name, FALSE, error);
}

gboolean cl_user_activate(ClSession *session, const char *name, GError **error) {
  return set_active(session, name, TRUE, error);
}
