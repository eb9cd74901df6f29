/* The command line: the second face over the same headers as the screen. One file per
 * subcommand; ui/main.c has parsed the global options and calls in here. */
#pragma once

#include "../term.h"

/* The global options. NULL means: not given, look at the environment and the defaults. */
typedef struct {
  const char *store_path, *config_path, *user, *passphrase_file;
  gboolean read_only;
  TermOptions term; /* of the screen */
} CliContext;

/* Whether a word is the name of a subcommand. */
gboolean cli_is_command(const char *word);
/* Runs the subcommand argv[0] with its arguments and returns the exit status. Global options
 * are understood here as well, so that they may stand before or after the subcommand. */
int cli_main(const CliContext *context, int argc, char **argv);
/* The short usage text that `caseload help` and `caseload --help` print. */
void cli_print_usage(void);

/* What the screen needs in the same way as the commands; each prints its own message to
 * stderr when it fails. */

/* --store, CASELOAD_STORE or $XDG_DATA_HOME/caseload/store.db. The caller frees. */
char *cli_store_path(const CliContext *context);
/* --user, CASELOAD_USER or the operating-system user. The caller frees. */
char *cli_user_name(const CliContext *context);
/* The passphrase from --passphrase-file or CASELOAD_PASSPHRASE_FILE, without its last line
 * end; NULL without an error when neither is given. The caller wipes and frees
 * (cli_passphrase_free). */
char *cli_passphrase_from_file(const CliContext *context, GError **error);
void cli_passphrase_free(char *passphrase);
