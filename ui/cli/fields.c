/* caseload fields, caseload actions: the catalogue, for people who write filters and scripts. */
#include "command.h"

#include <string.h>

static char *choices_text(const ClField *field) {
  GString *text = g_string_new(NULL);
  for (const ClChoice *choice = field->choices; choice && choice->id; choice++)
    g_string_append_printf(text, "%s%s", text->len ? " " : "", choice->id);
  if (field->ref) {
    const ClKind *kind = cl_kind_find(field->ref);
    g_string_append(text, kind ? kind->plural : field->ref);
  }
  return g_string_free(text, FALSE);
}

static void fields_table(const ClKind *kind) {
  static const char *const labels[] = {"Field", "Label", "Type", "Operators", "Choices"};
  CliTable *table = cli_table_new(G_N_ELEMENTS(labels), labels);
  for (const ClField *field = kind->fields; field->id; field++) {
    g_autofree char *choices = choices_text(field);
    cli_table_add(table, (const char *const[]){field->id, field->label, cl_type_name(field->type),
                                               cl_field_operators(field), choices});
  }
  cli_table_print(table, 0);
}

static void json_choices(CliJson *json, const ClField *field) {
  cli_json_key(json, "choices");
  cli_json_open(json, '[');
  for (const ClChoice *choice = field->choices; choice && choice->id; choice++) {
    cli_json_open(json, '{');
    cli_json_put_text(json, "id", choice->id);
    cli_json_put_text(json, "label", choice->label);
    cli_json_close(json, '}');
  }
  cli_json_close(json, ']');
}

static void json_words(CliJson *json, const char *key, const char *text) {
  g_auto(GStrv) words = g_strsplit(text, " ", -1);
  cli_json_key(json, key);
  cli_json_open(json, '[');
  for (guint i = 0; words[i]; i++)
    if (*words[i])
      cli_json_text(json, words[i]);
  cli_json_close(json, ']');
}

static void fields_json(const ClKind *kind) {
  CliJson json;
  cli_json_init(&json);
  cli_json_open(&json, '[');
  for (const ClField *field = kind->fields; field->id; field++) {
    cli_json_open(&json, '{');
    cli_json_put_text(&json, "id", field->id);
    cli_json_put_text(&json, "label", field->label);
    cli_json_put_text(&json, "type", cl_type_name(field->type));
    json_words(&json, "operators", cl_field_operators(field));
    json_choices(&json, field);
    cli_json_put_text(&json, "ref", field->ref ? cl_kind_find(field->ref)->plural : NULL);
    cli_json_put_bool(&json, "required", (field->flags & CL_FIELD_REQUIRED) != 0);
    cli_json_put_bool(&json, "edit", (field->flags & CL_FIELD_EDIT) != 0);
    cli_json_put_bool(&json, "create", (field->flags & CL_FIELD_CREATE) != 0);
    cli_json_put_text(&json, "help", field->help);
    cli_json_close(&json, '}');
  }
  cli_json_close(&json, ']');
  cli_json_end(&json);
}

/* The kind and format that both commands take; NULL after a message. */
static const ClKind *parse_kind(Cli *cli, int argc, char **argv, int *format) {
  const char *format_name = NULL;
  const CliOption options[] = {{"format", 0, CLI_OPTION_TEXT, &format_name}, {NULL}};
  g_autoptr(GPtrArray) words = cli_parse(cli, options, argc, argv);
  if (!words || (*format = cli_format(format_name, "table json")) < 0)
    return NULL;
  return cli_kind(cli_word(words, 0));
}

int cli_fields(Cli *cli, int argc, char **argv) {
  int format;
  const ClKind *kind = parse_kind(cli, argc, argv, &format);
  if (!kind)
    return CLI_USAGE;
  if (!cli_load_config(cli)) /* some choices stand in it */
    return CLI_FAILED;
  if (format == CLI_JSON)
    fields_json(kind);
  else
    fields_table(kind);
  return CLI_OK;
}

/* ---- actions -------------------------------------------------------------------- */

char *cli_action_takes(const ClAction *action) {
  GString *text = g_string_new(NULL);
  g_autofree const ClField **fields = cl_action_fields(action);
  for (gsize i = 0; fields && fields[i]; i++)
    g_string_append_printf(text, "%s%s%s", text->len ? " " : "", fields[i]->id,
                           cl_action_requires(action, fields[i]) ? "*" : "");
  if (action->flags & CL_ACTION_COMMENT)
    g_string_append_printf(text, "%s--comment*", text->len ? " " : "");
  return g_string_free(text, FALSE);
}

static void actions_table(Cli *cli, const GPtrArray *actions) {
  static const char *const labels[] = {"Action", "Label", "Permission", "Takes (* = must)"};
  CliTable *table = cli_table_new(G_N_ELEMENTS(labels), labels);
  for (guint i = 0; i < actions->len; i++) {
    const ClAction *action = actions->pdata[i];
    const char *permission = cl_config_permission_name(cli->config, action->id);
    g_autofree char *takes = cli_action_takes(action);
    cli_table_add(table, (const char *const[]){action->id, action->label, permission, takes});
  }
  cli_table_print(table, 0);
}

static void actions_json(Cli *cli, const GPtrArray *actions) {
  CliJson json;
  cli_json_init(&json);
  cli_json_open(&json, '[');
  for (guint i = 0; i < actions->len; i++) {
    const ClAction *action = actions->pdata[i];
    g_autofree const ClField **fields = cl_action_fields(action);
    cli_json_open(&json, '{');
    cli_json_put_text(&json, "id", action->id);
    cli_json_put_text(&json, "label", action->label);
    cli_json_put_text(&json, "help", action->help);
    cli_json_put_text(&json, "permission", cl_config_permission_name(cli->config, action->id));
    cli_json_put_bool(&json, "comment", (action->flags & CL_ACTION_COMMENT) != 0);
    cli_json_key(&json, "fields");
    cli_json_open(&json, '[');
    for (gsize j = 0; fields && fields[j]; j++) {
      cli_json_open(&json, '{');
      cli_json_put_text(&json, "id", fields[j]->id);
      cli_json_put_bool(&json, "required", cl_action_requires(action, fields[j]));
      cli_json_close(&json, '}');
    }
    cli_json_close(&json, ']');
    cli_json_close(&json, '}');
  }
  cli_json_close(&json, ']');
  cli_json_end(&json);
}

int cli_actions(Cli *cli, int argc, char **argv) {
  int format;
  const ClKind *kind = parse_kind(cli, argc, argv, &format);
  if (!kind)
    return CLI_USAGE;
  if (!cli_load_config(cli))
    return CLI_FAILED;
  g_autoptr(GPtrArray) actions = cl_actions_of(kind);
  if (format == CLI_JSON)
    actions_json(cli, actions);
  else if (actions->len)
    actions_table(cli, actions);
  else
    cli_message("Nothing can be done to %s by hand; the program writes them.", kind->plural);
  return CLI_OK;
}
