/* From the global options to a signed-in session: store, configuration, user, passphrase. The
 * passphrase comes from the terminal or from a file, never from an argument or the plain
 * environment, and is wiped after use. */
#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

char *cli_store_path(const CliContext *context) {
  const char *given = context->store_path ? context->store_path : g_getenv("CASELOAD_STORE");
  if (given && *given)
    return g_strdup(given);
  return g_build_filename(g_get_user_data_dir(), "caseload", "store.db", NULL);
}

char *cli_user_name(const CliContext *context) {
  const char *given = context->user ? context->user : g_getenv("CASELOAD_USER");
  return g_strdup(given && *given ? given : g_get_user_name());
}

void cli_passphrase_free(char *passphrase) {
  if (passphrase)
    explicit_bzero(passphrase, strlen(passphrase));
  g_free(passphrase);
}

#define LONGEST_PASSPHRASE 1024

static char *read_passphrase_file(const char *path, GError **error) {
  g_autofree char *shown = g_filename_display_name(path);
  char buffer[LONGEST_PASSPHRASE + 1];
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  gssize length = fd < 0 ? -1 : 0, got = 0;
  while (fd >= 0 && length < LONGEST_PASSPHRASE &&
         (got = read(fd, buffer + length, (gsize)(LONGEST_PASSPHRASE - length))) > 0)
    length += got;
  int reason = errno;
  if (fd >= 0)
    close(fd);
  if (length < 0 || got < 0) {
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "The passphrase file %s cannot be read: %s.", shown,
                g_strerror(reason));
    return NULL;
  }
  buffer[length] = '\0';
  buffer[strcspn(buffer, "\r\n")] = '\0';
  char *passphrase = g_strdup(buffer);
  explicit_bzero(buffer, sizeof buffer);
  if (!*passphrase) {
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "The passphrase file %s is empty.", shown);
    g_clear_pointer(&passphrase, cli_passphrase_free);
  }
  return passphrase;
}

char *cli_passphrase_from_file(const CliContext *context, GError **error) {
  const char *path =
      context->passphrase_file ? context->passphrase_file : g_getenv("CASELOAD_PASSPHRASE_FILE");
  return path && *path ? read_passphrase_file(path, error) : NULL;
}

/* ---- the terminal --------------------------------------------------------------- */

static int open_terminal(void) {
  return open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
}

gboolean cli_has_terminal(void) {
  int fd = open_terminal();
  if (fd >= 0)
    close(fd);
  return fd >= 0;
}

/* One line from the terminal without its line end; FALSE at end of input. */
static gboolean read_line(int fd, char *line, gsize size) {
  gsize length = 0;
  char c;
  gssize got;
  while ((got = read(fd, &c, 1)) == 1 && c != '\n')
    if (length + 1 < size)
      line[length++] = c;
  line[length] = '\0';
  return got == 1;
}

static void say(int fd, const char *text) {
  gssize ignored = write(fd, text, strlen(text));
  (void)ignored;
}

char *cli_ask_passphrase(const char *prompt) {
  char line[LONGEST_PASSPHRASE + 1];
  struct termios before, silent;
  int fd = open_terminal();
  if (fd < 0 || tcgetattr(fd, &before) != 0) {
    if (fd >= 0)
      close(fd);
    cli_message("There is no terminal to ask for the passphrase at; give --passphrase-file FILE or set "
                "CASELOAD_PASSPHRASE_FILE.");
    return NULL;
  }
  silent = before;
  silent.c_lflag &= ~(tcflag_t)ECHO;
  tcsetattr(fd, TCSAFLUSH, &silent);
  say(fd, prompt);
  gboolean ok = read_line(fd, line, sizeof line);
  tcsetattr(fd, TCSAFLUSH, &before);
  say(fd, "\n");
  close(fd);
  char *passphrase = ok ? g_strdup(line) : NULL;
  explicit_bzero(line, sizeof line);
  if (!ok)
    cli_message("No passphrase was given; nothing was done.");
  return passphrase;
}

/* Says what is wrong with it; NULL then. */
static char *if_good(char *passphrase) {
  g_autofree char *problem = passphrase ? cl_passphrase_problem(passphrase) : NULL;
  if (!problem)
    return passphrase;
  cli_message("%s", problem);
  cli_passphrase_free(passphrase);
  return NULL;
}

/* Asks until one is good and typed twice the same; NULL when nothing is typed or the input ends. */
static char *ask_new_passphrase(void) {
  for (;;) {
    char *typed = cli_ask_passphrase("New passphrase: ");
    if (!typed)
      return NULL;
    if (!*typed) {
      cli_passphrase_free(typed);
      cli_message("No passphrase was given; nothing was done.");
      return NULL;
    }
    char *passphrase = if_good(typed);
    if (!passphrase)
      continue;
    char *again = cli_ask_passphrase("The same once more: ");
    gboolean same = again && strcmp(again, passphrase) == 0, ended = !again;
    cli_passphrase_free(again);
    if (same)
      return passphrase;
    cli_passphrase_free(passphrase);
    if (ended)
      return NULL;
    cli_message("The two passphrases differ; type both again.");
  }
}

char *cli_new_passphrase(const char *path) {
  GError *error = NULL;
  if (!path)
    return ask_new_passphrase();
  char *passphrase = read_passphrase_file(path, &error);
  if (!passphrase)
    cli_fail(error);
  return if_good(passphrase);
}

gboolean cli_confirm(const char *question) {
  char line[16];
  int fd = open_terminal();
  if (fd < 0)
    return FALSE;
  say(fd, question);
  say(fd, " [y/N] ");
  gboolean ok = read_line(fd, line, sizeof line);
  close(fd);
  return ok && (line[0] == 'y' || line[0] == 'Y');
}

/* ---- opening --------------------------------------------------------------------- */

gboolean cli_load_config(Cli *cli) {
  if (cli->config)
    return TRUE;
  const char *given = cli->context.config_path ? cli->context.config_path : g_getenv("CASELOAD_CONFIG");
  g_autofree char *store_path = cli_store_path(&cli->context);
  g_autofree char *path = cl_config_find(given && *given ? given : NULL, store_path);
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  cli->config = cl_config_load(path, mistakes);
  for (guint i = 0; i < mistakes->len; i++)
    cli_message("%s", (const char *)mistakes->pdata[i]);
  return cli->config != NULL;
}

static gboolean open_store(Cli *cli, GError **error) {
  g_autofree char *path = cli_store_path(&cli->context);
  if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
    g_autofree char *shown = g_filename_display_name(path);
    g_set_error(error, CL_ERROR, CL_ERROR_STORE,
                "There is no store at %s yet. `caseload init` makes an empty one, `caseload demo` makes one "
                "with invented people; --store names another file.",
                shown);
    return FALSE;
  }
  cli->store = cl_store_open(path, !cli->context.read_only ? 0 : cli->dry ? CL_STORE_TRIALS : CL_STORE_READ_ONLY, error);
  return cli->store != NULL;
}

static int sign_in(Cli *cli) {
  GError *error = NULL;
  g_autofree char *name = cli_user_name(&cli->context);
  char *passphrase = cli_passphrase_from_file(&cli->context, &error);
  if (error)
    return cli_fail(error);
  if (!passphrase) {
    g_autofree char *prompt = g_strdup_printf("Passphrase of %s: ", name);
    passphrase = cli_ask_passphrase(prompt);
  }
  if (!passphrase)
    return CLI_USAGE;
  cli->session = cl_session_sign_in(cli->store, cli->config, name, passphrase, &error);
  cli_passphrase_free(passphrase);
  if (!cli->session)
    return cli_fail(error);
  if (cli->context.read_only)
    cl_session_set_read_only(cli->session, !cli->dry); /* the store stays so in any case */
  return CLI_OK;
}

int cli_open(Cli *cli) {
  GError *error = NULL;
  if (cli->session)
    return CLI_OK;
  if (!cli_load_config(cli))
    return CLI_FAILED;
  if (!open_store(cli, &error))
    return cli_fail(error);
  return sign_in(cli);
}

void cli_close(Cli *cli) {
  g_clear_pointer(&cli->session, cl_session_free);
  g_clear_pointer(&cli->store, cl_store_close);
  g_clear_pointer(&cli->config, cl_config_free);
}
