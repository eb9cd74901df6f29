/* caseload completion: what teaches bash, zsh and fish to complete caseload's words. The words come from the
 * tables of commands, kinds, fields, actions and roles, as a shell function that prints the list of a name; what
 * finds the name for the word being typed is data/completions/complete.sh, the same for all three. */
#include "command.h"

#include "../topics.h"

#include <caseload/data.h>
#include <caseload/exchange.h>
#include <string.h>

/* A word and its description as a line in single quotes. */
static void add_word(GString *out, const char *word, const char *text) {
  g_autofree char *line = text ? g_strconcat(word, "\t", text, NULL) : g_strdup(word);
  g_autofree char *quoted = g_shell_quote(line);
  g_string_append_printf(out, "    %s \\\n", quoted);
}

static void begin_list(GString *out, const char *name) {
  g_string_append_printf(out, "  '%s') printf '%%s\\n' \\\n", name);
}

static void end_list(GString *out) {
  g_string_append(out, "    ;;\n");
}

/* ---- options and words of the commands ------------------------------------------------ */

/* Which list completes a value, by the word that stands for it in the synopsis. */
static char *slot_of(const CliPart *part) {
  static const struct {
    const char *value, *slot;
  } slots[] = {
      {"KIND", "kind"},     {"ACTION", "action"}, {"FILTER", "filter"}, {"F", "filter"},   {"field=value", "set"},
      {"f,-g", "sort"},     {"ROLE", "role"},     {"TOPIC", "topic"},   {"NAME", "none"},
  };
  if (part->option && strcmp(part->option, "--columns") == 0)
    return g_strdup("column");
  if (part->option && strcmp(part->option, "--roles") == 0)
    return g_strdup("role");
  for (gsize i = 0; i < G_N_ELEMENTS(slots); i++)
    if (strcmp(slots[i].value, part->value) == 0)
      return g_strdup(slots[i].slot);
  if (g_str_has_prefix(part->value, "MAP"))
    return g_strdup("map");
  if (g_str_has_prefix(part->value, "FILE"))
    return g_strdup("file");
  if (g_ascii_islower(part->value[0]) && !strchr(part->value, ','))
    return g_strdelimit(g_strconcat("=", part->value, NULL), "|", ' ');
  return g_strdup("none");
}

static void add_slot(GString *out, const char *name, const char *slot) {
  g_string_append_printf(out, "  'slot %s') echo '%s' ;;\n", name, slot);
}

static void add_command(GString *out, const CliCommand *command) {
  g_autoptr(GPtrArray) parts = cli_synopsis_parts(command->synopsis);
  g_autofree char *name = g_strconcat("options ", command->name, NULL);
  g_autofree char *last = NULL;
  int place = 0;
  begin_list(out, name);
  for (guint i = 0; i < parts->len; i++) {
    const CliPart *part = g_ptr_array_index(parts, i);
    if (part->option)
      add_word(out, part->option, part->value);
  }
  end_list(out);
  for (guint i = 0; i < parts->len; i++) {
    const CliPart *part = g_ptr_array_index(parts, i);
    if (!part->value)
      continue;
    g_autofree char *slot = slot_of(part);
    g_autofree char *where = part->option ? g_strdup_printf("%s %s", command->name, part->option)
                                          : g_strdup_printf("%s %d", command->name, ++place);
    add_slot(out, where, slot);
    if (!part->option) {
      g_free(last);
      last = g_steal_pointer(&slot);
    }
  }
  if (g_strcmp0(last, "filter") == 0) { /* may be several words */
    g_autofree char *more = g_strconcat(command->name, " +", NULL);
    add_slot(out, more, last);
  }
}

static void add_globals(GString *out) {
  begin_list(out, "options");
  for (const CliSetting *option = cli_global_options(); option->name; option++) {
    g_autofree char *name = g_strconcat("--", option->name, NULL);
    add_word(out, name, option->help);
  }
  end_list(out);
  for (const CliSetting *option = cli_global_options(); option->name; option++)
    if (option->value) {
      const CliPart part = {.option = (char *)"", .value = (char *)option->value};
      g_autofree char *slot = slot_of(&part), *where = g_strconcat("--", option->name, NULL);
      add_slot(out, where, slot);
    }
}

/* ---- lists ------------------------------------------------------------------------------ */

static void add_commands(GString *out) {
  begin_list(out, "commands");
  for (const CliCommand *command = cli_commands(); command->name; command++)
    add_word(out, command->name, command->help);
  end_list(out);
  for (const CliCommand *command = cli_commands(); command->name; command++)
    add_command(out, command);
}

static void add_maps(GString *out) {
  begin_list(out, "maps");
  for (const char *const *map = cl_import_maps(); *map; map++)
    add_word(out, *map, "Built-in map");
  end_list(out);
}

static void add_topics(GString *out) {
  begin_list(out, "topics");
  for (const Topic *topic = topics(); topic->id; topic++)
    add_word(out, topic->id, topic->title);
  end_list(out);
}

static void add_choices(GString *out, const ClKind *kind, const ClField *field) {
  g_autofree char *name = g_strdup_printf("choices %s.%s", kind->plural, field->id);
  const ClKind *other = field->ref ? cl_kind_find(field->ref) : NULL;
  if (other)
    g_string_append_printf(out, "  'leads-to %s.%s') echo '%s' ;;\n", kind->plural, field->id, other->plural);
  begin_list(out, name);
  for (const ClChoice *choice = field->choices; choice && choice->id; choice++)
    add_word(out, choice->id, choice->label);
  if (field->type == CL_TYPE_BOOL) {
    add_word(out, "yes", NULL);
    add_word(out, "no", NULL);
  }
  if (field->type == CL_TYPE_DATE || field->type == CL_TYPE_TIME) {
    add_word(out, "today", NULL);
    add_word(out, "month-start", NULL);
    add_word(out, "month-end", NULL);
    add_word(out, "last-month", NULL);
    add_word(out, "this-month", NULL);
    add_word(out, "last-week", NULL);
    add_word(out, "this-week", NULL);
  }
  if (field->ref && strcmp(field->ref, "user") == 0)
    add_word(out, "me", "The signed-in user");
  add_word(out, "none", "Empty");
  add_word(out, "any", "Not empty");
  end_list(out);
}

static void add_kinds(GString *out) {
  begin_list(out, "kinds");
  for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++)
    add_word(out, (*kind)->plural, (*kind)->help ? (*kind)->help : (*kind)->label_plural);
  end_list(out);
  for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++) {
    g_autofree char *name = g_strconcat("fields ", (*kind)->plural, NULL);
    begin_list(out, name);
    for (const ClField *field = (*kind)->fields; field->id; field++)
      add_word(out, field->id, field->label);
    end_list(out);
    for (const ClField *field = (*kind)->fields; field->id; field++)
      add_choices(out, *kind, field);
  }
}

static void add_actions(GString *out) {
  begin_list(out, "actions");
  for (const ClAction *const *action = cl_actions(); *action; action++)
    add_word(out, (*action)->id, (*action)->label);
  end_list(out);
  for (const ClAction *const *action = cl_actions(); *action; action++) {
    g_autofree char *name = g_strconcat("takes ", (*action)->id, NULL);
    g_autofree const ClField **fields = cl_action_fields(*action);
    begin_list(out, name);
    for (gsize i = 0; fields && fields[i]; i++)
      add_word(out, fields[i]->id, fields[i]->label);
    end_list(out);
  }
  for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++)
    g_string_append_printf(out, "  'kind-of %s.'*) echo '%s' ;;\n", (*kind)->id, (*kind)->plural);
}

static void add_roles(GString *out, const ClConfig *config) {
  const GPtrArray *roles = cl_config_get_roles(config);
  begin_list(out, "roles");
  for (guint i = 0; i < roles->len; i++) {
    const ClRole *role = g_ptr_array_index(roles, i);
    add_word(out, role->id, role->name);
  }
  end_list(out);
}

static char *make_lists(const ClConfig *config) {
  GString *out = g_string_new("# Prints the words of a list, each with a tab and what it means.\n"
                              "_caseload_list() {\n  case $1 in\n");
  add_globals(out);
  add_commands(out);
  add_maps(out);
  add_topics(out);
  add_kinds(out);
  add_actions(out);
  add_roles(out, config);
  g_string_append(out, "  esac\n}\n\n");
  return g_string_free(out, FALSE);
}

/* ---- the shells ----------------------------------------------------------------------------- */

/* The frame of a shell with the functions in place of its line @FUNCTIONS@; fish reads them as one quoted text. */
static char *fill(const char *frame, const char *shell, const char *functions) {
  g_auto(GStrv) around = g_strsplit(frame, "@FUNCTIONS@\n", 2);
  g_autofree char *text = NULL;
  if (strcmp(shell, "fish") == 0) {
    g_auto(GStrv) backslashes = g_strsplit(functions, "\\", -1);
    g_autofree char *doubled = g_strjoinv("\\\\", backslashes);
    g_auto(GStrv) quotes = g_strsplit(doubled, "'", -1);
    text = g_strjoinv("\\'", quotes);
  } else {
    text = g_strdup(functions);
  }
  return g_strconcat(around[0], text, around[1], NULL);
}

int cli_completion(Cli *cli, int argc, char **argv) {
  static const char *const shells[] = {"bash", "zsh", "fish", NULL};
  static const CliOption none[] = {{NULL}};
  g_autoptr(GPtrArray) words = cli_parse(cli, none, argc, argv);
  if (!words)
    return CLI_USAGE;
  const char *shell = cli_word(words, 0);
  if (!shell || words->len > 1 || !g_strv_contains(shells, shell))
    return cli_usage("For which shell? bash, zsh or fish.");
  if (!cli_load_config(cli))
    return CLI_FAILED;
  g_autofree char *file = g_strconcat("complete.", shell, NULL);
  g_autofree char *lists = make_lists(cli->config);
  g_autofree char *functions = g_strconcat(lists, cl_data_text("complete.sh"), NULL);
  g_autofree char *script = fill(cl_data_text(file), shell, functions);
  cli_write(script, strlen(script));
  return CLI_OK;
}
