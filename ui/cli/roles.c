/* caseload roles: which role may do what, and why one user may or may not do one thing. */
#include "command.h"

#include <caseload/record.h>
#include <string.h>

static const char *scope_word(ClScope scope) {
  return scope == CL_SCOPE_ALL ? "all" : scope == CL_SCOPE_SITE ? "site" : "own";
}

static const char *scope_words(ClScope scope) {
  return scope == CL_SCOPE_ALL    ? "every record"
         : scope == CL_SCOPE_SITE ? "the records of their site"
                                  : "their own records";
}

/* ---- the list ------------------------------------------------------------------- */

/* Ids of what a role may do, in the alphabet's order: GPtrArray of borrowed strings. */
static GPtrArray *sorted_permissions(const ClRole *role) {
  g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(role->may), (GCompareFunc)strcmp);
  GPtrArray *ids = g_ptr_array_new();
  for (const GList *at = keys; at; at = at->next)
    g_ptr_array_add(ids, at->data);
  return ids;
}

static void print_table(const ClConfig *config) {
  static const char *const labels[] = {"Permission", "Name"};
  const GPtrArray *roles = cl_config_get_roles(config);
  for (guint i = 0; i < roles->len; i++) {
    const ClRole *role = roles->pdata[i];
    g_autoptr(GPtrArray) ids = sorted_permissions(role);
    cli_print_safe("%s (%s) sees %s", role->name, role->id, scope_words(role->scope));
    cli_print("\n");
    CliTable *table = cli_table_new(G_N_ELEMENTS(labels), labels);
    for (guint j = 0; j < ids->len; j++)
      cli_table_add(table,
                    (const char *const[]){ids->pdata[j], cl_config_permission_name(config, ids->pdata[j])});
    cli_table_print(table, 2);
    cli_print(i + 1 < roles->len ? "\n" : "");
  }
}

static void print_json(const ClConfig *config) {
  const GPtrArray *roles = cl_config_get_roles(config);
  CliJson json;
  cli_json_init(&json);
  cli_json_open(&json, '[');
  for (guint i = 0; i < roles->len; i++) {
    const ClRole *role = roles->pdata[i];
    g_autoptr(GPtrArray) ids = sorted_permissions(role);
    cli_json_open(&json, '{');
    cli_json_put_text(&json, "id", role->id);
    cli_json_put_text(&json, "name", role->name);
    cli_json_put_text(&json, "scope", scope_word(role->scope));
    cli_json_key(&json, "permissions");
    cli_json_open(&json, '[');
    for (guint j = 0; j < ids->len; j++) {
      cli_json_open(&json, '{');
      cli_json_put_text(&json, "id", ids->pdata[j]);
      cli_json_put_text(&json, "name", cl_config_permission_name(config, ids->pdata[j]));
      cli_json_close(&json, '}');
    }
    cli_json_close(&json, ']');
    cli_json_close(&json, '}');
  }
  cli_json_close(&json, ']');
  cli_json_end(&json);
}

/* ---- explain ---------------------------------------------------------------------- */

static gboolean is_permission(const char *word) {
  for (const ClPermission *at = cl_permissions(); at->id; at++)
    if (strcmp(at->id, word) == 0)
      return TRUE;
  return FALSE;
}

static void step(gboolean holds, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void step(gboolean holds, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *text = g_strdup_vprintf(format, args);
  va_end(args);
  cli_print_safe("%-3s %s\n", holds ? "yes" : "no", text);
}

/* One line for each role of the user; whether any of them has the permission. */
static gboolean explain_permission(const ClSession *subject, const char *permission) {
  const ClConfig *config = cl_session_get_config(subject);
  const char *name = cl_config_permission_name(config, permission);
  g_auto(GStrv) roles = g_strsplit(cl_session_get_roles(subject), ",", -1);
  gboolean may = FALSE;
  for (guint i = 0; roles[i]; i++) {
    const ClRole *role = cl_config_get_role(config, g_strstrip(roles[i]));
    gboolean holds = role && g_hash_table_contains(role->may, permission);
    if (!role)
      step(FALSE, "The role “%s” is not in the configuration.", roles[i]);
    else
      step(holds, "The role %s %s the permission “%s” (%s).", role->name, holds ? "has" : "lacks", name,
           permission);
    may |= holds;
  }
  return may;
}

/* Whether the record is in the user's sight. Only for records that the asker sees too. */
static int explain_record(Cli *cli, ClSession *subject, const ClAction *action, const ClKind *kind,
                          const char *word, gboolean *may) {
  GError *error = NULL;
  ClId id = cl_record_find_ref(cli->session, kind, word, &error);
  if (!id)
    return cli_fail(error);
  g_autofree char *name = cl_record_dup_name(cli->session, kind, id);
  g_autoptr(ClRecord) seen = cl_record_load(subject, kind, id, NULL);
  step(seen != NULL, "The record %s %" G_GINT64_FORMAT " (%s) is %s sight: this user sees %s.", kind->label,
       id, name ? name : "", seen ? "in" : "out of", scope_words(cl_session_get_scope(subject)));
  *may &= seen != NULL;
  if (!seen || !action)
    return CLI_OK;
  if (cl_action_kind(action) != kind)
    return cli_usage("%s is done to %s, not to %s.", action->id, cl_action_kind(action)->plural,
                     kind->plural);
  g_autofree char *reason = cl_action_unavailable(subject, action, id);
  step(reason == NULL, "%s", reason ? reason : "The record's present state allows it.");
  *may &= reason == NULL;
  return CLI_OK;
}

static int explain(Cli *cli, const GPtrArray *words) {
  const char *user = cli_word(words, 1), *permission = cli_word(words, 2);
  const ClAction *action = permission ? cl_action_find(permission) : NULL;
  GError *error = NULL;
  gboolean may;
  if (!permission || words->len == 4 || words->len > 5)
    return cli_usage("`caseload roles explain USER ACTION [KIND ID]`.");
  if (!action && !is_permission(permission) && !cli_action(permission))
    return CLI_USAGE;
  const ClKind *kind = words->len == 5 ? cli_kind(cli_word(words, 3)) : NULL;
  if (words->len == 5 && !kind)
    return CLI_USAGE;
  int status = cli_open(cli);
  if (status)
    return status;
  if (strcmp(user, cl_session_get_user_name(cli->session)) != 0 &&
      !cl_session_require(cli->session, "user.admin", &error))
    return cli_fail(error);
  g_autoptr(ClSession) subject = cl_session_for_user(cli->store, cli->config, user, &error);
  if (!subject)
    return cli_fail(error);
  may = explain_permission(subject, permission);
  if (kind && (status = explain_record(cli, subject, action, kind, cli_word(words, 4), &may)) != CLI_OK)
    return status;
  cli_print_safe("%s %s.\n", cl_session_get_full_name(subject), may ? "may do this" : "may not do this");
  return CLI_OK;
}

int cli_roles(Cli *cli, int argc, char **argv) {
  const char *format_name = NULL;
  const CliOption options[] = {{"format", 0, CLI_OPTION_TEXT, &format_name}, {NULL}};
  g_autoptr(GPtrArray) words = cli_parse(cli, options, argc, argv);
  if (!words)
    return CLI_USAGE;
  int format = cli_format(format_name, "table json");
  if (format < 0)
    return CLI_USAGE;
  if (g_strcmp0(cli_word(words, 0), "explain") == 0)
    return explain(cli, words);
  if (words->len)
    return cli_usage("`caseload roles` takes nothing, or explain USER ACTION [KIND ID].");
  if (!cli_load_config(cli))
    return CLI_FAILED;
  if (format == CLI_JSON)
    print_json(cli->config);
  else
    print_table(cli->config);
  return CLI_OK;
}
