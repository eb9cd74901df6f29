/* Usage and `caseload help TOPIC`: commands, kinds of record, actions and the chapters of the guide, from the
 * tables that the screen's help and the manual page are made from. */
#include "command.h"

#include "../keymap.h"
#include "../topics.h"

#include <caseload/text.h>
#include <string.h>

static const CliSetting global_options[] = {
    {"store", "FILE", "The store to work on."},
    {"config", "FILE", "The configuration to use."},
    {"user", "NAME", "Who signs in."},
    {"passphrase-file", "FILE", "A file with the passphrase in its first line, for work without a terminal."},
    {"read-only", NULL, "Changes nothing; the title says so."},
    {"plain", NULL, "The screen for screen readers: one column, no boxes."},
    {"contrast", NULL, "The screen in the terminal's own two colours, with bold and reverse."},
    {"ascii", NULL, "The screen with lines and charts of ASCII letters."},
    {"no-mouse", NULL, "The screen without the mouse."},
    {"no-color", NULL, "The screen without colours."},
    {"help", NULL, "Lists the commands; after a command, its arguments."},
    {"version", NULL, "Prints the version."},
    {NULL},
};

static const CliSetting environment[] = {
    {"CASELOAD_STORE", "FILE", "The store, unless --store names one."},
    {"CASELOAD_CONFIG", "FILE", "The configuration, unless --config names one."},
    {"CASELOAD_USER", "NAME", "Who signs in, unless --user says so."},
    {"CASELOAD_PASSPHRASE_FILE", "FILE", "A file with the passphrase, unless --passphrase-file names one."},
    {"CASELOAD_NOW", "DATE", "Freezes today: 2024-07-29, or with a time 2024-07-29T09:30."},
    {"NO_COLOR", "1", "The screen without colours."},
    {"ACCESSIBLE", "1", "The screen for screen readers, as --plain."},
    {"XDG_DATA_HOME", "FOLDER", "Where caseload/store.db is, unless a store is named."},
    {"XDG_CONFIG_HOME", "FOLDER", "Where caseload/config.yaml is looked for."},
    {NULL},
};

static const CliSetting exit_statuses[] = {
    {"0", NULL, "All done."},
    {"1", NULL, "Failed; a sentence on stderr says why."},
    {"2", NULL, "The command line was not understood."},
    {"3", NULL, "Done, but some records were skipped or rejected."},
    {"4", NULL, "Not permitted."},
    {"5", NULL, "Busy, or changed by someone else."},
    {NULL},
};

const CliSetting *cli_global_options(void) {
  return global_options;
}

const CliSetting *cli_environment(void) {
  return environment;
}

const CliSetting *cli_exit_statuses(void) {
  return exit_statuses;
}

/* ---- usage -------------------------------------------------------------------------- */

void cli_print_usage(void) {
  cli_print("caseload [OPTIONS]                opens the screen\n"
            "caseload [OPTIONS] COMMAND …      does that and ends\n\nCommands:\n");
  for (const CliCommand *command = cli_commands(); command->name; command++)
    cli_print("  %-13s %s\n", command->name, command->help);
  cli_print("\nOptions:\n");
  for (const CliSetting *option = global_options; option->name; option++) {
    g_autofree char *text =
        g_strdup_printf("--%s%s%s", option->name, option->value ? " " : "", option->value ? option->value : "");
    cli_print("  %-23s %s\n", text, option->help);
  }
  cli_print("\n`caseload help TOPIC` explains a command, a kind of record, an action, or one of:");
  for (const Topic *topic = topics(); topic->id; topic++)
    cli_print(" %s", topic->id);
  cli_print(" keys.\nExit status: 0 done, 1 failed, 2 usage, 3 some records were skipped, 4 not permitted, 5 busy or "
            "changed.\n");
}

void cli_print_command(const CliCommand *command) {
  cli_print("caseload %s %s\n  %s\n", command->name, command->synopsis, command->help);
}

int cli_unknown_command(const char *word) {
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (const CliCommand *command = cli_commands(); command->name; command++)
    g_ptr_array_add(names, (gpointer)command->name);
  g_ptr_array_add(names, NULL);
  const char *nearest = cl_text_nearest(word, (const char *const *)names->pdata);
  if (nearest)
    return cli_usage("There is no command “%s”; did you mean %s?", word, nearest);
  return cli_usage("There is no command “%s”; `caseload help` lists them.", word);
}

/* ---- topics -------------------------------------------------------------------------- */

static void print_filter_table(void) {
  static const char *const labels[] = {"Write", "To find"};
  CliTable *table = cli_table_new(G_N_ELEMENTS(labels), labels);
  for (const ClFilterHelp *help = cl_filter_help(); help->write; help++)
    cli_table_add(table, (const char *const[]){help->write, help->finds});
  cli_print("\n");
  cli_table_print(table, 0);
}

#define TEXT_COLUMNS 78

/* A paragraph in lines. */
static void print_wrapped(const char *text) {
  g_auto(GStrv) words = g_strsplit(text, " ", -1);
  int used = 0;
  for (char **word = words; *word; word++) {
    int width = cl_text_width(*word);
    if (used && used + 1 + width > TEXT_COLUMNS) {
      cli_print("\n");
      used = 0;
    }
    cli_print("%s%s", used ? " " : "", *word);
    used += width + (used ? 1 : 0);
  }
  cli_print("\n");
}

static void print_topic(const Topic *topic) {
  cli_print("%s\n\n", topic->title);
  print_wrapped(topic->text);
  if (strcmp(topic->id, "filters") == 0)
    print_filter_table();
}

static void print_kind(const ClKind *kind) {
  cli_print("%s (%s)\n", kind->label_plural, kind->plural);
  if (kind->help)
    cli_print("  %s\n", kind->help);
  cli_print("\n`caseload fields %s` lists the fields, `caseload list %s FILTER` the records.\n", kind->plural,
            kind->plural);
  g_autoptr(GPtrArray) actions = cl_actions_of(kind);
  for (guint i = 0; i < actions->len; i++) {
    const ClAction *action = g_ptr_array_index(actions, i);
    cli_print("%s  %-30s %s\n", i ? "" : "\nActions:\n", action->id, action->help ? action->help : action->label);
  }
}

static void print_action(const ClAction *action) {
  const ClKind *kind = cl_action_kind(action);
  g_autofree char *takes = cli_action_takes(action);
  cli_print("%s: %s\n  %s\n", action->id, action->label, action->help ? action->help : "");
  if (*takes)
    cli_print("  Takes %s (* = must).\n", takes);
  cli_print("\n`caseload actions %s` names the permission that it needs; on the screen it is x %c in %s.\n", kind->plural,
            action->key, kind->label_plural);
}

static gboolean print_about(const char *word) {
  const CliCommand *command = cli_command_find(word);
  const Topic *topic = topic_find(word);
  const ClKind *kind = cl_kind_find(word);
  const ClAction *action = cl_action_find(word);
  if (command)
    cli_print_command(command);
  if (command && (topic || kind))
    cli_print("\n");
  if (topic)
    print_topic(topic);
  else if (kind)
    print_kind(kind);
  else if (action)
    print_action(action);
  return command || topic || kind || action;
}

static int unknown_topic(const char *word) {
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (const CliCommand *command = cli_commands(); command->name; command++)
    g_ptr_array_add(names, (gpointer)command->name);
  for (const Topic *topic = topics(); topic->id; topic++)
    g_ptr_array_add(names, (gpointer)topic->id);
  for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++)
    g_ptr_array_add(names, (gpointer)(*kind)->plural);
  for (const ClAction *const *action = cl_actions(); *action; action++)
    g_ptr_array_add(names, (gpointer)(*action)->id);
  g_ptr_array_add(names, NULL);
  const char *nearest = cl_text_nearest(word, (const char *const *)names->pdata);
  if (nearest)
    return cli_usage("There is no help about “%s”; did you mean %s?", word, nearest);
  return cli_usage("There is no help about “%s”; `caseload help` lists what there is.", word);
}

int cli_help(Cli *cli, int argc, char **argv) {
  static const CliOption none[] = {{NULL}};
  g_autoptr(GPtrArray) words = cli_parse(cli, none, argc, argv);
  if (!words)
    return CLI_USAGE;
  if (words->len == 0) {
    cli_print_usage();
    return CLI_OK;
  }
  g_autofree char *word = cli_rest(words, 0);
  return print_about(word) ? CLI_OK : unknown_topic(word);
}
