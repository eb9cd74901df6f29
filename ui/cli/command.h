/* What the subcommands share: the opened store, arguments, output. Internal to ui/cli/. */
#pragma once

#include "cli.h"

#include <caseload/filter.h>
#include <caseload/run.h>
#include <caseload/store.h>

/* ---- the running command ---------------------------------------------------- */

typedef struct {
  CliContext context;
  ClConfig *config;
  ClStore *store;
  ClSession *session;
  gboolean dry; /* only looks: --read-only does not refuse it */
} Cli;

typedef struct {
  const char *name;
  int (*run)(Cli *cli, int argc, char **argv);
  const char *synopsis; /* what follows the name */
  const char *help;     /* one sentence */
} CliCommand;
/* All subcommands; ends with name NULL. */
const CliCommand *cli_commands(void);
const CliCommand *cli_command_find(const char *word); /* NULL when there is none */

/* Options that may stand before and after every subcommand; the environment that is read. Ends with name NULL. */
typedef struct {
  const char *name;  /* "store", "CASELOAD_STORE" */
  const char *value; /* "FILE"; NULL for a flag */
  const char *help;  /* a sentence */
} CliSetting;
const CliSetting *cli_global_options(void);
const CliSetting *cli_environment(void);
const CliSetting *cli_exit_statuses(void); /* name: the number */

int cli_backup(Cli *cli, int argc, char **argv);
int cli_restore(Cli *cli, int argc, char **argv);
int cli_verify(Cli *cli, int argc, char **argv);
int cli_check_config(Cli *cli, int argc, char **argv);
int cli_demo(Cli *cli, int argc, char **argv);
int cli_do(Cli *cli, int argc, char **argv);
int cli_export(Cli *cli, int argc, char **argv);
int cli_fields(Cli *cli, int argc, char **argv);
int cli_actions(Cli *cli, int argc, char **argv);
int cli_completion(Cli *cli, int argc, char **argv);
int cli_help(Cli *cli, int argc, char **argv);
int cli_home(Cli *cli, int argc, char **argv);
int cli_import(Cli *cli, int argc, char **argv);
int cli_init(Cli *cli, int argc, char **argv);
int cli_keys(Cli *cli, int argc, char **argv);
int cli_list(Cli *cli, int argc, char **argv);
int cli_list_users(Cli *cli, int argc, char **argv); /* caseload user list */
int cli_manual(Cli *cli, int argc, char **argv);
int cli_resume(Cli *cli, int argc, char **argv);
int cli_roles(Cli *cli, int argc, char **argv);
int cli_roll(Cli *cli, int argc, char **argv);
int cli_runs(Cli *cli, int argc, char **argv);
int cli_settings(Cli *cli, int argc, char **argv);
int cli_show(Cli *cli, int argc, char **argv);
int cli_undo(Cli *cli, int argc, char **argv);
int cli_user(Cli *cli, int argc, char **argv);
int cli_version(Cli *cli, int argc, char **argv);
int cli_why(Cli *cli, int argc, char **argv);

/* ---- messages and exit status ------------------------------------------------- */

enum { CLI_OK = 0, CLI_FAILED = 1, CLI_USAGE = 2, CLI_SKIPPED = 3, CLI_NOT_PERMITTED = 4 };

/* A sentence on stderr, free of control characters. */
void cli_message(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* The same with the exit status 2. */
int cli_usage(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* Prints and frees an error; returns its exit status. */
int cli_fail(GError *error);
/* `number` with a word in singular or plural: "1 record", "1,284 records". The caller frees. */
char *cli_counted(gint64 number, const char *one, const char *many);

/* ---- help (help.c, synopsis.c) ------------------------------------------------- */

/* The arguments of one command. */
void cli_print_command(const CliCommand *command);
/* A message with the nearest command; the exit status 2. */
int cli_unknown_command(const char *word);

/* A part of a synopsis: an option with its value, or a word. */
typedef struct {
  char *option; /* "--columns"; NULL for a word */
  char *value;  /* "a,b", "KIND", "table|csv"; NULL for a flag */
} CliPart;
/* The options and words that a synopsis names, in order: GPtrArray of CliPart*, freed with it. */
GPtrArray *cli_synopsis_parts(const char *synopsis);

/* ---- arguments (options.c) ---------------------------------------------------- */

typedef enum { CLI_OPTION_FLAG, CLI_OPTION_TEXT, CLI_OPTION_MANY } CliOptionType;

/* FLAG: gboolean *; TEXT: const char **; MANY: GPtrArray * of borrowed const char *. */
typedef struct {
  const char *name;
  char letter; /* 0 = none */
  CliOptionType type;
  gpointer out;
} CliOption;

/* Splits argv[1…] into options (the command's, ending with name NULL, and the global ones, which go
 * to cli->context) and words. "--" ends the options; "-field:value" and "-(…)" are words, so
 * that a negated filter needs no quoting. NULL after a message when an option is wrong. */
GPtrArray *cli_parse(Cli *cli, const CliOption *options, int argc, char **argv);
const char *cli_word(const GPtrArray *words, guint index); /* NULL beyond the end */
/* The words from `first` on, joined by blanks. The caller frees. */
char *cli_rest(const GPtrArray *words, guint first);
/* Names the kind that a word means, or prints the nearest ones. */
const ClKind *cli_kind(const char *word);
const ClAction *cli_action(const char *word);
/* The values that an action takes: "outcome_type* psv --comment*", * for those that it must have. The caller frees. */
char *cli_action_takes(const ClAction *action);
gboolean cli_parse_id(const char *text, ClId *id);
/* --columns: parsed, or the kind's own with id first. The caller frees; NULL after a message. */
ClColumn *cli_columns(const ClKind *kind, const char *text, gsize *n);

typedef enum { CLI_TABLE, CLI_CSV, CLI_JSON, CLI_IDS, CLI_TEXT, CLI_HTML } CliFormat;
/* `names` are the formats allowed here, the first the default: "table csv json ids". -1 after a message. */
int cli_format(const char *text, const char *names);

/* ---- opening (open.c) ------------------------------------------------------------ */

/* Reads the configuration, printing every mistake. */
gboolean cli_load_config(Cli *cli);
/* Configuration, store and session, asking for the passphrase where needed. On failure prints
 * and returns the exit status, else 0. */
int cli_open(Cli *cli);
void cli_close(Cli *cli);
/* Asks at the terminal without echo; NULL after a message when there is none. */
char *cli_ask_passphrase(const char *prompt);
/* A new passphrase: from `path`, or asked for, twice, until it is good. NULL after a message. */
char *cli_new_passphrase(const char *path);
/* A yes-or-no question at the terminal; FALSE without one. */
gboolean cli_confirm(const char *question);
gboolean cli_has_terminal(void); /* /dev/tty can be opened */

/* Fills a store that has just been made. */
typedef gboolean (*CliFillStore)(ClStore *store, gpointer data, GError **error);
/* Makes a store at `path`; it appears there only when it was filled. */
gboolean cli_make_store(const char *path, CliFillStore fill, gpointer data, GError **error);

/* ---- output (output.c, json.c) ---------------------------------------------------- */

/* Writes to stdout; FALSE once it can take no more (a closed pipe, a full disk). */
gboolean cli_write(const char *text, gsize length);
void cli_print(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* The same line with every argument made fit for a terminal. */
void cli_print_safe(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* Flushes; the exit status of the program, `status` unless the output failed. */
int cli_finish_output(int status);

/* Rows as a table, CSV, JSON or ids, written as they come. */
typedef struct CliRows CliRows;
CliRows *cli_rows_new(CliFormat format, const ClColumn *columns, gsize n, const ClLocale *locale);
gboolean cli_rows_add(const ClRow *row, gpointer rows); /* a ClRowFunc */
/* Writes what is left and frees; the number of rows. */
gsize cli_rows_end(CliRows *rows);

/* A plain table of texts for people: `columns` labels, then cells row by row. */
typedef struct CliTable CliTable;
CliTable *cli_table_new(int n_columns, const char *const *labels);
void cli_table_align_right(CliTable *table, int column);
void cli_table_add(CliTable *table, const char *const *cells);
/* Prints with `indent` blanks before each line and frees. */
void cli_table_print(CliTable *table, int indent);

/* JSON, a value at a time; commas are put where they belong. */
typedef struct {
  GString *out;
  gboolean comma;
} CliJson;
void cli_json_init(CliJson *json);
void cli_json_open(CliJson *json, char bracket);
void cli_json_close(CliJson *json, char bracket);
void cli_json_key(CliJson *json, const char *key);
void cli_json_text(CliJson *json, const char *text); /* NULL = null */
void cli_json_int(CliJson *json, gint64 number);
void cli_json_bool(CliJson *json, gboolean yes);
/* A key with its value. */
void cli_json_put_text(CliJson *json, const char *key, const char *text);
void cli_json_put_int(CliJson *json, const char *key, gint64 number);
void cli_json_put_bool(CliJson *json, const char *key, gboolean yes);
void cli_json_value(CliJson *json, const ClField *field, const ClValue *value);
/* Writes and forgets what was gathered so far. */
gboolean cli_json_flush(CliJson *json);
/* The last flush, with a line end. */
void cli_json_end(CliJson *json);

/* ---- runs (run_report.c) ------------------------------------------------------------ */

/* Executes a run with a progress line and Ctrl-C, prints its report; the exit status. */
int cli_run_to_end(Cli *cli, ClId run, const char *action, CliFormat format);
/* What a dry run found; the exit status. Frees nothing. */
int cli_print_dry(const ClRunStatus *status, const char *action, CliFormat format);
/* What a prepared run would do, for people. */
void cli_print_prepared(const ClRunStatus *status);
/* The report of a run, executed or not (`run` 0: there was nothing to do). */
int cli_print_report(Cli *cli, const ClRunStatus *status, const char *action, CliFormat format);
