/* Folders, demo stores and commands for the terminal tests. */
#include "store.h"
#include "harness.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

static struct {
  char *folder; /* everything of this test program */
  char *passphrase_file;
  GHashTable *stores; /* seekers → path of a demo store that is only copied */
  int count;
} world;

void tui_main_begin(int *argc, char ***argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(argc, argv, NULL);
  g_test_set_nonfatal_assertions();
  world.folder = g_dir_make_tmp("caseload-XXXXXX", NULL);
  world.passphrase_file = g_build_filename(world.folder, "passphrase", NULL);
  world.stores = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  g_file_set_contents(world.passphrase_file, "demo\n", -1, NULL);
}

static void remove_tree(const char *path) {
  GDir *folder = g_dir_open(path, 0, NULL);
  const char *name;
  while (folder && (name = g_dir_read_name(folder))) {
    g_autofree char *inside = g_build_filename(path, name, NULL);
    if (g_file_test(inside, G_FILE_TEST_IS_DIR) && !g_file_test(inside, G_FILE_TEST_IS_SYMLINK))
      remove_tree(inside);
    else
      g_unlink(inside);
  }
  if (folder)
    g_dir_close(folder);
  g_rmdir(path);
}

int tui_main_end(void) {
  int status = g_test_run();
  remove_tree(world.folder);
  g_clear_pointer(&world.folder, g_free);
  g_clear_pointer(&world.passphrase_file, g_free);
  g_clear_pointer(&world.stores, g_hash_table_unref);
  return status;
}

const char *tui_passphrase_file(void) {
  return world.passphrase_file;
}

char *tui_folder(void) {
  char *path = g_strdup_printf("%s/%d", world.folder, ++world.count);
  g_mkdir(path, 0700);
  return path;
}

const char *store_program(void) {
  const char *program = g_getenv("CASELOAD_BINARY");
  if (!program)
    g_error("CASELOAD_BINARY does not name the program");
  return program;
}

char **store_environment(const char *const *more) {
  static const char *const kept[] = {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS",
                                     "MALLOC_PERTURB_", "XDG_RUNTIME_DIR"};
  char **env = g_new0(char *, 1);
  for (gsize i = 0; i < G_N_ELEMENTS(kept); i++)
    if (g_getenv(kept[i]))
      env = g_environ_setenv(env, kept[i], g_getenv(kept[i]), TRUE);
  env = g_environ_setenv(env, "LC_ALL", "C.UTF-8", TRUE);
  env = g_environ_setenv(env, "TERM", "xterm-256color", TRUE);
  env = g_environ_setenv(env, "TZ", "UTC", TRUE);
  env = g_environ_setenv(env, "CASELOAD_NOW", TUI_NOW, TRUE);
  env = g_environ_setenv(env, "HOME", world.folder, TRUE);
  env = g_environ_setenv(env, "XDG_DATA_HOME", world.folder, TRUE);
  env = g_environ_setenv(env, "XDG_CONFIG_HOME", world.folder, TRUE);
  for (gsize i = 0; more && more[i]; i++) {
    g_auto(GStrv) parts = g_strsplit(more[i], "=", 2);
    env = g_environ_setenv(env, parts[0], parts[1], TRUE);
  }
  return env;
}

/* ---- commands ---------------------------------------------------------------------- */

static char *run(GPtrArray *arguments, int *status, char **messages) {
  g_auto(GStrv) env = store_environment(NULL);
  g_autoptr(GError) error = NULL;
  char *output = NULL;
  int wait_status = -1;
  g_ptr_array_add(arguments, NULL);
  if (!g_spawn_sync(NULL, (char **)arguments->pdata, env, G_SPAWN_DEFAULT, NULL, NULL, &output, messages,
                    &wait_status, &error))
    g_error("%s", error->message);
  *status = WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : -1;
  return output;
}

static GPtrArray *arguments_for(const char *store, const char *user, va_list more) {
  GPtrArray *arguments = g_ptr_array_new();
  const char *argument;
  const char *const common[] = {store_program(), "--store", store, "--passphrase-file",
                                world.passphrase_file};
  for (gsize i = 0; i < G_N_ELEMENTS(common); i++)
    g_ptr_array_add(arguments, (gpointer)common[i]);
  if (user) {
    g_ptr_array_add(arguments, (gpointer) "--user");
    g_ptr_array_add(arguments, (gpointer)user);
  }
  while ((argument = va_arg(more, const char *)))
    g_ptr_array_add(arguments, (gpointer)argument);
  return arguments;
}

char *tui_command(const char *store, const char *user, int *status, char **messages, ...) {
  va_list more;
  int ignored_status;
  g_autofree char *ignored_messages = NULL;
  va_start(more, messages);
  g_autoptr(GPtrArray) arguments = arguments_for(store, user, more);
  va_end(more);
  return run(arguments, status ? status : &ignored_status, messages ? messages : &ignored_messages);
}

gint64 tui_command_number(const char *store, const char *user, ...) {
  va_list more;
  int status;
  g_autofree char *messages = NULL;
  va_start(more, user);
  g_autoptr(GPtrArray) arguments = arguments_for(store, user, more);
  va_end(more);
  g_autofree char *output = run(arguments, &status, &messages);
  if (status != 0) {
    g_test_message("exit status %d: %s", status, messages);
    g_test_fail();
  }
  return g_ascii_strtoll(output, NULL, 10);
}

/* ---- stores -------------------------------------------------------------------------- */

static const char *master_store(int seekers) {
  char *path = g_hash_table_lookup(world.stores, GINT_TO_POINTER(seekers));
  if (path)
    return path;
  g_autofree char *number = g_strdup_printf("%d", seekers);
  g_autofree char *messages = NULL;
  int status;
  path = g_strdup_printf("%s/demo-%d.db", world.folder, seekers);
  g_free(tui_command(path, NULL, &status, &messages, "demo", "--seekers", number, "--batch", NULL));
  if (status != 0)
    g_error("the demo store could not be made: %s", messages);
  g_hash_table_insert(world.stores, GINT_TO_POINTER(seekers), path);
  return path;
}

char *tui_store(int seekers) {
  static const char *const endings[] = {"", "-wal"};
  const char *from = master_store(seekers);
  g_autofree char *folder = tui_folder();
  char *to = g_build_filename(folder, "store.db", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
    g_autofree char *source = g_strconcat(from, endings[i], NULL),
                    *target = g_strconcat(to, endings[i], NULL);
    g_autofree char *bytes = NULL;
    gsize length;
    if (g_file_get_contents(source, &bytes, &length, NULL) &&
        !g_file_set_contents_full(target, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
      g_error("%s could not be copied", source);
  }
  return to;
}
