/* Arguments of the subcommands. Not GOption: a negated filter (-status:closed) is an argument
 * like any other here, and global options may stand on both sides of the subcommand. */
#include "command.h"

#include <caseload/text.h>
#include <string.h>

/* "-status:closed", "-(a or b)", "-@name": part of a filter, not an option. */
static gboolean is_negation(const char *argument) {
  const char *at = argument + 1;
  if (*at == '(' || *at == '@' || *at == '"')
    return TRUE;
  while (g_ascii_isalnum(*at) || *at == '_' || *at == '.')
    at++;
  return at > argument + 1 && *at && strchr(":=<>!", *at);
}

static const CliOption *find_long(const CliOption *options, const char *name, gsize length) {
  for (; options->name; options++)
    if (strlen(options->name) == length && strncmp(options->name, name, length) == 0)
      return options;
  return NULL;
}

static const CliOption *find_letter(const CliOption *options, char letter) {
  for (; options->name; options++)
    if (options->letter == letter)
      return options;
  return NULL;
}

static void unknown_option(const char *argument, const CliOption *own, const CliOption *global) {
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (const CliOption *option = own; option->name; option++)
    g_ptr_array_add(names, (gpointer)option->name);
  for (const CliOption *option = global; option->name; option++)
    g_ptr_array_add(names, (gpointer)option->name);
  g_ptr_array_add(names, NULL);
  g_autofree char *name = g_strdup(argument + strspn(argument, "-"));
  name[strcspn(name, "=")] = '\0';
  const char *nearest = cl_text_nearest(name, (const char *const *)names->pdata);
  if (nearest)
    cli_message("There is no option %s here; did you mean --%s?", argument, nearest);
  else
    cli_message("There is no option %s here; `caseload help` lists them. A filter that begins with "
                "“-” can stand after “--”.",
                argument);
}

static void store_value(const CliOption *option, const char *value) {
  if (option->type == CLI_OPTION_FLAG)
    *(gboolean *)option->out = TRUE;
  else if (option->type == CLI_OPTION_TEXT)
    *(const char **)option->out = value;
  else
    g_ptr_array_add(option->out, (gpointer)value);
}

/* The option that an argument names; *value is what is attached to it ("--limit=5", "-oFILE") or NULL. */
static const CliOption *match(const char *argument, const CliOption *own, const CliOption *global,
                              const char **value) {
  const CliOption *option;
  *value = NULL;
  if (argument[1] != '-') {
    option = find_letter(own, argument[1]);
    *value = argument[2] ? argument + 2 : NULL;
    return option;
  }
  gsize length = strcspn(argument + 2, "=");
  option = find_long(own, argument + 2, length);
  if (!option)
    option = find_long(global, argument + 2, length);
  if (argument[2 + length])
    *value = argument + 3 + length;
  return option;
}

GPtrArray *cli_parse(Cli *cli, const CliOption *options, int argc, char **argv) {
  CliContext *context = &cli->context;
  const CliOption global[] = {
      {"store", 0, CLI_OPTION_TEXT, &context->store_path},
      {"config", 0, CLI_OPTION_TEXT, &context->config_path},
      {"user", 0, CLI_OPTION_TEXT, &context->user},
      {"passphrase-file", 0, CLI_OPTION_TEXT, &context->passphrase_file},
      {"read-only", 0, CLI_OPTION_FLAG, &context->read_only},
      {"plain", 0, CLI_OPTION_FLAG, &context->term.plain},
      {"contrast", 0, CLI_OPTION_FLAG, &context->term.contrast},
      {"no-color", 0, CLI_OPTION_FLAG, &context->term.no_color},
      {"ascii", 0, CLI_OPTION_FLAG, &context->term.ascii},
      {"no-mouse", 0, CLI_OPTION_FLAG, &context->term.no_mouse},
      {NULL},
  };
  g_autoptr(GPtrArray) words = g_ptr_array_new();
  gboolean ended = FALSE;
  for (int i = 1; i < argc; i++) {
    const char *value;
    if (ended || argv[i][0] != '-' || !argv[i][1]) {
      g_ptr_array_add(words, argv[i]);
      continue;
    }
    if (strcmp(argv[i], "--") == 0) {
      ended = TRUE;
      continue;
    }
    const CliOption *option = match(argv[i], options, global, &value);
    if (argv[i][1] != '-' && is_negation(argv[i])) {
      g_ptr_array_add(words, argv[i]);
      continue;
    }
    if (!option) {
      unknown_option(argv[i], options, global);
      return NULL;
    }
    if (option->type == CLI_OPTION_FLAG && value) {
      cli_message("The option --%s takes no value.", option->name);
      return NULL;
    }
    if (option->type != CLI_OPTION_FLAG && !value && !(value = argv[++i])) {
      cli_message("The option --%s needs a value after it.", option->name);
      return NULL;
    }
    store_value(option, value);
  }
  return g_steal_pointer(&words);
}

const char *cli_word(const GPtrArray *words, guint index) {
  return index < words->len ? words->pdata[index] : NULL;
}

char *cli_rest(const GPtrArray *words, guint first) {
  GString *text = g_string_new(NULL);
  for (guint i = first; i < words->len; i++) {
    if (text->len)
      g_string_append_c(text, ' ');
    g_string_append(text, words->pdata[i]);
  }
  return g_string_free(text, FALSE);
}

const ClKind *cli_kind(const char *word) {
  const ClKind *kind = word ? cl_kind_find(word) : NULL;
  if (kind)
    return kind;
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (const ClKind *const *at = cl_catalogue_kinds(); *at; at++)
    g_ptr_array_add(names, (gpointer)(*at)->plural);
  g_ptr_array_add(names, NULL);
  g_autofree char *all = g_strjoinv(" ", (char **)names->pdata);
  const char *nearest = word ? cl_text_nearest(word, (const char *const *)names->pdata) : NULL;
  if (!word)
    cli_message("Which kind of record? One of: %s.", all);
  else if (nearest)
    cli_message("There is no kind of record “%s”; did you mean %s?", word, nearest);
  else
    cli_message("There is no kind of record “%s”. There are: %s.", word, all);
  return NULL;
}

/* The action whose id or name is nearest to a word: "mark_non_payable", "claim.mark-non-payble". */
static const char *nearest_action(const char *word) {
  const char *nearest = NULL;
  int best = G_MAXINT;
  for (const ClAction *const *at = cl_actions(); *at; at++) {
    int by_id = cl_text_rank_near((*at)->id, word), by_name = cl_text_rank_near((*at)->label, word);
    int distance = by_id < 0 ? by_name : by_name < 0 ? by_id : MIN(by_id, by_name);
    if (distance < 0 || distance >= best)
      continue;
    best = distance;
    nearest = (*at)->id;
  }
  return nearest;
}

const ClAction *cli_action(const char *word) {
  const ClAction *action = word ? cl_action_find(word) : NULL;
  if (action)
    return action;
  const char *nearest = word ? nearest_action(word) : NULL;
  if (!word)
    cli_message("Which action? `caseload actions KIND` lists those of a kind.");
  else if (nearest)
    cli_message("There is no action “%s”; did you mean %s?", word, nearest);
  else
    cli_message("There is no action “%s”; `caseload actions KIND` lists those of a kind.", word);
  return NULL;
}

gboolean cli_parse_id(const char *text, ClId *id) {
  guint64 number;
  if (!text || !g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT64, &number, NULL))
    return FALSE;
  *id = (ClId)number;
  return TRUE;
}

static ClColumn *own_columns(const ClKind *kind, gsize *n) {
  g_autofree ClColumn *rest = cl_kind_default_columns(kind, n);
  const ClField *id = cl_kind_field(kind, "id");
  ClColumn *columns = g_new0(ClColumn, *n + 1);
  gsize count = 0;
  if (id)
    columns[count++].field = id;
  for (gsize i = 0; i < *n; i++)
    if (rest[i].via || rest[i].field != id)
      columns[count++] = rest[i];
  *n = count;
  return columns;
}

ClColumn *cli_columns(const ClKind *kind, const char *text, gsize *n) {
  if (!text)
    return own_columns(kind, n);
  g_auto(GStrv) names = g_strsplit(text, ",", -1);
  g_autofree ClColumn *columns = g_new0(ClColumn, g_strv_length(names) + 1);
  *n = 0;
  for (guint i = 0; names[i]; i++) {
    GError *error = NULL;
    const char *name = g_strstrip(names[i]);
    if (!*name)
      continue;
    if (!cl_column_parse(kind, name, &columns[*n], &error)) {
      cli_fail(error);
      return NULL;
    }
    (*n)++;
  }
  if (*n == 0) {
    cli_message("--columns names no column; `caseload fields %s` lists them.", kind->plural);
    return NULL;
  }
  return g_steal_pointer(&columns);
}

int cli_format(const char *text, const char *names) {
  static const char *const all[] = {"table", "csv", "json", "ids", "text", "html", NULL};
  g_auto(GStrv) allowed = g_strsplit(names, " ", -1);
  const char *wanted = text ? text : allowed[0];
  if (g_strv_contains((const char *const *)allowed, wanted))
    for (int i = 0; all[i]; i++)
      if (strcmp(all[i], wanted) == 0)
        return i;
  g_autofree char *choices = g_strjoinv(", ", allowed);
  cli_message("There is no format “%s” here; choose one of %s.", wanted, choices);
  return -1;
}
