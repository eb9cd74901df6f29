/* caseload keys: the screen's keys as they stand with the overrides of config.yaml. */
#include "command.h"

#include "../keymap.h"

static void print_table(const Keymap *keymap) {
  static const char *const labels[] = {"Where", "Keys", "Name", "What"};
  CliTable *table = cli_table_new(G_N_ELEMENTS(labels), labels);
  const BoundKey *bound;
  gsize position = 0;
  while ((bound = keymap_next(keymap, &position))) {
    g_autofree char *keys = bound_key_dup_keys(bound);
    cli_table_add(table, (const char *const[]){bound->scope, keys, bound->action ? bound->action : bound->id,
                                               bound->help ? bound->help : bound->label});
  }
  cli_table_print(table, 0);
}

static void print_json(const Keymap *keymap) {
  CliJson json;
  const BoundKey *bound;
  gsize position = 0;
  cli_json_init(&json);
  cli_json_open(&json, '[');
  while ((bound = keymap_next(keymap, &position))) {
    g_autofree char *keys = bound_key_dup_keys(bound);
    cli_json_open(&json, '{');
    cli_json_put_text(&json, "scope", bound->scope);
    cli_json_put_text(&json, "keys", keys);
    cli_json_put_text(&json, "does", bound->action ? bound->action : bound->id);
    cli_json_put_text(&json, "label", bound->label);
    cli_json_put_text(&json, "help", bound->help);
    cli_json_close(&json, '}');
  }
  cli_json_close(&json, ']');
  cli_json_end(&json);
}

/* TRUE when no terminal is sure to send a key for it; *any: some can. */
static gboolean is_hard_to_reach(const Keymap *keymap, const BoundKey *bound, gboolean *any) {
  g_autofree char *other = bound->verb == VERB_NONE ? NULL : keymap_key_for(keymap, bound->scope, bound->verb);
  *any = bound->keys[0] != K_NONE;
  for (const Key *key = bound->keys; *key != K_NONE; key++)
    if (key_is_portable(*key))
      return FALSE;
  return *any || !other || !*other;
}

/* What is wrong with the keys, then what is only worth knowing; how many of the first. */
static guint print_check(const Keymap *keymap, const GPtrArray *mistakes) {
  g_autoptr(GString) keyless = g_string_new(NULL);
  const BoundKey *bound;
  gsize position = 0, keys = 0;
  for (guint i = 0; i < mistakes->len; i++)
    cli_print("%s\n", (const char *)g_ptr_array_index(mistakes, i));
  while ((bound = keymap_next(keymap, &position))) {
    gboolean any = FALSE;
    for (const Key *key = bound->keys; *key != K_NONE; key++)
      keys++;
    if (!is_hard_to_reach(keymap, bound, &any))
      continue;
    g_autofree char *names = bound_key_dup_keys(bound);
    if (any)
      cli_print("In %s, %s has only %s, which not every terminal can send.\n", bound->scope, bound->id, names);
    else
      g_string_append_printf(keyless, "%s%s", keyless->len > 0 ? ", " : "", bound->id);
  }
  if (keyless->len > 0)
    cli_print("Without a key, in the palette only: %s.\n", keyless->str);
  if (mistakes->len == 0)
    cli_print("%" G_GSIZE_FORMAT " keys, no conflicts.\n", keys);
  return mistakes->len;
}

int cli_keys(Cli *cli, int argc, char **argv) {
  const char *format_name = NULL;
  gboolean check = FALSE;
  const CliOption options[] = {
      {"format", 0, CLI_OPTION_TEXT, &format_name}, {"check", 0, CLI_OPTION_FLAG, &check}, {NULL}};
  g_autoptr(GPtrArray) words = cli_parse(cli, options, argc, argv);
  if (!words)
    return CLI_USAGE;
  int format = cli_format(format_name, "table json");
  if (format < 0)
    return CLI_USAGE;
  if (!cli_load_config(cli))
    return CLI_FAILED;
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(Keymap) keymap = keymap_new_for(cli->config, mistakes);
  if (check)
    return print_check(keymap, mistakes) > 0 ? CLI_FAILED : CLI_OK;
  if (format == CLI_JSON)
    print_json(keymap);
  else
    print_table(keymap);
  return CLI_OK;
}
