/* caseload manual: the manual page in roff, made from the tables of commands, keys, filters, fields and actions.
 * The build writes caseload.1 with it. */
#include "command.h"

#include "../keymap.h"
#include "../topics.h"

#include <string.h>

/* Text that roff takes as it is: no escapes, no line that looks like a request. */
static char *plain(const char *text) {
  GString *out = g_string_new(NULL);
  if (*text == '.' || *text == '\'')
    g_string_append(out, "\\&");
  for (const char *at = text; *at; at++) {
    if (*at == '\\')
      g_string_append(out, "\\e");
    else if (*at == '-')
      g_string_append(out, "\\-");
    else if (*at == '\'')
      g_string_append(out, "\\(aq");
    else if (*at == '`')
      g_string_append(out, "\\(ga");
    else if (*at == '^')
      g_string_append(out, "\\(ha");
    else if (*at == '~')
      g_string_append(out, "\\(ti");
    else
      g_string_append_c(out, *at == '\n' ? ' ' : *at);
  }
  return g_string_free(out, FALSE);
}

static void heading(const char *macro, const char *text) {
  g_autofree char *safe = plain(text);
  cli_print(".%s \"%s\"\n", macro, safe);
}

#define LINE 68 /* roff writes some letters longer */

/* Text in lines of the source that an editor shows whole. */
static void paragraph(const char *text) {
  g_auto(GStrv) words = g_strsplit(text, " ", -1);
  gsize used = 0;
  for (char **word = words; *word; word++) {
    g_autofree char *safe = plain(*word);
    gboolean fits = used + 1 + strlen(safe) <= LINE;
    cli_print("%s%s", used == 0 ? "" : fits ? " " : "\n", safe);
    used = (fits ? used + 1 : 0) + strlen(safe);
  }
  cli_print("\n");
}

/* A term in bold, more after it in italics (may be NULL), and what it means. */
static void item(const char *term, const char *more, const char *text) {
  g_autofree char *safe = plain(term), *rest = plain(more ? more : "");
  cli_print(".TP\n\\fB%s\\fR%s%s%s\n", safe, more ? " \\fI" : "", rest, more ? "\\fR" : "");
  paragraph(text && *text ? text : term);
}

static void write_head(void) {
  cli_print(".TH CASELOAD 1 \"%s\" \"caseload %s\" \"User commands\"\n", CASELOAD_RELEASED, CASELOAD_VERSION);
  heading("SH", "NAME");
  paragraph("caseload - keyboard-driven workbench for employment services");
  heading("SH", "SYNOPSIS");
  cli_print(".B caseload\n.RI [ options ]\n.br\n.B caseload\n.RI [ options ] \" command \" [ arguments ]\n");
  heading("SH", "DESCRIPTION");
  paragraph("Caseworkers narrow long lists of job seekers, placements and claims to what they need and act on one "
            "record or on a million. Caseload works offline on one store file, with roles from config.yaml. Every "
            "change is permitted by name, recorded with who, when and why, and can be taken back. Without a command "
            "it opens the screen; there ? shows what works here and now.");
}

static void write_options(void) {
  heading("SH", "OPTIONS");
  for (const CliSetting *option = cli_global_options(); option->name; option++) {
    g_autofree char *term = g_strconcat("--", option->name, NULL);
    item(term, option->value, option->help);
  }
}

static void write_commands(void) {
  heading("SH", "COMMANDS");
  paragraph("Options of a command and the global ones may stand in any order. A filter that begins with - can stand "
            "after --.");
  for (const CliCommand *command = cli_commands(); command->name; command++)
    item(command->name, *command->synopsis ? command->synopsis : NULL, command->help);
}

static void write_filters(void) {
  heading("SH", "FILTERS");
  paragraph("One line, the same in the filter bar, saved searches, bulk actions, exports and the command line.");
  for (const ClFilterHelp *help = cl_filter_help(); help->write; help++)
    item(help->write, NULL, help->finds);
}

static char *field_words(const ClField *field) {
  GString *text = g_string_new(field->label);
  g_string_append_printf(text, ", %s", cl_type_name(field->type));
  const ClKind *other = field->ref ? cl_kind_find(field->ref) : NULL;
  if (other)
    g_string_append_printf(text, " to %s", other->plural);
  g_string_append_printf(text, "; %s.", cl_field_operators(field));
  for (const ClChoice *choice = field->choices; choice && choice->id; choice++)
    g_string_append_printf(text, "%s%s", choice == field->choices ? " One of " : ", ", choice->id);
  if (field->choices && field->choices->id)
    g_string_append_c(text, '.');
  if (field->help)
    g_string_append_printf(text, " %s", field->help);
  return g_string_free(text, FALSE);
}

static void write_kinds(void) {
  heading("SH", "RECORDS");
  paragraph("The kinds of record with their fields (as filters, columns, imports and --set name them) and the "
            "operators that each field takes.");
  for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++) {
    heading("SS", (*kind)->plural);
    if ((*kind)->help)
      paragraph((*kind)->help);
    for (const ClField *field = (*kind)->fields; field->id; field++) {
      g_autofree char *words = field_words(field);
      item(field->id, NULL, words);
    }
  }
}

static void write_actions(void) {
  heading("SH", "ACTIONS");
  paragraph("What caseload do takes, and the permission of the same name in config.yaml. Values are given by --set; those "
            "with * must be there.");
  for (const ClAction *const *action = cl_actions(); *action; action++) {
    g_autofree char *takes = cli_action_takes(*action);
    const char *help = (*action)->help ? (*action)->help : (*action)->label;
    g_autofree char *words = g_strdup_printf("%s%s%s%s", help, *takes ? " Takes " : "", takes, *takes ? "." : "");
    item((*action)->id, NULL, words);
  }
}

static void write_keys(void) {
  g_autoptr(Keymap) keymap = keymap_new(NULL, FALSE, NULL);
  g_autofree const char **scopes = topics_scopes();
  heading("SH", "KEYS");
  paragraph("Each row of keys does the same. config.yaml can give others; caseload keys lists them as they stand.");
  for (guint i = 0; scopes[i]; i++) {
    g_autofree char *title = g_strconcat("Keys of ", topics_scope(scopes[i]), NULL);
    const BoundKey *bound;
    gsize position = 0;
    heading("SS", title);
    while ((bound = keymap_next(keymap, &position)))
      if (strcmp(bound->scope, scopes[i]) == 0 && bound->keys[0] != K_NONE) {
        g_autofree char *keys = bound_key_dup_keys(bound);
        item(keys, NULL, bound->help ? bound->help : bound->label);
      }
  }
}

static void write_guide(void) {
  heading("SH", "GUIDE");
  for (const Topic *topic = topics(); topic->id; topic++) {
    heading("SS", topic->title);
    paragraph(topic->text);
  }
}

static void write_settings(const char *title, const CliSetting *settings) {
  heading("SH", title);
  for (; settings->name; settings++)
    item(settings->name, NULL, settings->help);
}

static void write_files(void) {
  heading("SH", "FILES");
  item("$XDG_DATA_HOME/caseload/store.db", NULL, "The store, unless another is named.");
  item("config.yaml", NULL,
       "The organisation, its roles and keys: beside the store, else in $XDG_CONFIG_HOME/caseload/, else in "
       "/etc/caseload/, else in share/caseload/ of the installation, else the one built in.");
}

static void write_examples(void) {
  heading("SH", "EXAMPLES");
  item("caseload demo", NULL, "Opens a store with invented people; the users' passphrase is demo.");
  item("caseload list claims 'state:overdue due:..month-start-1d' --count", NULL,
       "Counts the claims that were overdue at the end of last month.");
  item("caseload do claim.mark_non_payable --filter 'state:overdue due:..2018-07-01' --comment 'Employer closed' "
       "--dry-run",
       NULL, "Says what the action would do, and which claims it would leave out and why.");
}

int cli_manual(Cli *cli, int argc, char **argv) {
  static const CliOption none[] = {{NULL}};
  g_autoptr(GPtrArray) words = cli_parse(cli, none, argc, argv);
  if (!words)
    return CLI_USAGE;
  if (words->len)
    return cli_usage("`caseload manual` takes no words; `caseload help %s` may know.", cli_word(words, 0));
  write_head();
  write_options();
  write_commands();
  write_filters();
  write_guide();
  write_keys();
  write_kinds();
  write_actions();
  write_settings("EXIT STATUS", cli_exit_statuses());
  write_settings("ENVIRONMENT", cli_environment());
  write_files();
  write_examples();
  return CLI_OK;
}
