/* caseload do: an action on the records that a filter matches or that are named, through the same
 * runs as the screen. Creates take no records. */
#include "command.h"

#include <caseload/near.h>

#include <caseload/text.h>
#include <stdio.h>
#include <string.h>

#define CONSEQUENCES 20 /* lines of a dry run */

typedef struct {
  const char *filter, *ids, *comment, *format;
  GPtrArray *set;
  gboolean dry_run, yes;
} DoOptions;

/* ---- values ------------------------------------------------------------------- */

static gboolean known_field(const ClAction *action, const char *id) {
  g_autofree const ClField **fields = cl_action_fields(action);
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (gsize i = 0; fields && fields[i]; i++) {
    if (strcmp(fields[i]->id, id) == 0)
      return TRUE;
    g_ptr_array_add(names, (gpointer)fields[i]->id);
  }
  g_ptr_array_add(names, NULL);
  const char *nearest = cl_text_nearest(id, (const char *const *)names->pdata);
  g_autofree char *all = g_strjoinv(" ", (char **)names->pdata);
  if (nearest)
    cli_message("%s takes no field “%s”; did you mean %s?", action->id, id, nearest);
  else if (names->len > 1)
    cli_message("%s takes no field “%s”. It takes: %s.", action->id, id, all);
  else
    cli_message("%s takes no fields.", action->id);
  return FALSE;
}

/* --set field=value …; NULL after a message. */
static GHashTable *parse_set(const ClAction *action, const GPtrArray *set) {
  g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < set->len; i++) {
    const char *text = set->pdata[i], *equals = strchr(text, '=');
    if (!equals || equals == text) {
      cli_message("--set takes field=value, not “%s”.", text);
      return NULL;
    }
    g_autofree char *id = g_strndup(text, (gsize)(equals - text));
    if (!known_field(action, id))
      return NULL;
    if (!g_hash_table_insert(values, g_strdup(id), g_strdup(equals + 1))) {
      cli_message("--set names %s twice.", id);
      return NULL;
    }
  }
  return g_steal_pointer(&values);
}

static int print_problems(const ClKind *kind, const ClProblems *problems) {
  for (gsize i = 0; i < problems->n; i++) {
    const ClField *field = problems->v[i].field ? cl_kind_field(kind, problems->v[i].field) : NULL;
    if (field)
      cli_message("%s (%s): %s", field->label, field->id, problems->v[i].text);
    else
      cli_message("%s", problems->v[i].text);
  }
  return CLI_FAILED;
}

/* "Say --set anchor_choice=join (Join the anchor) or --set …". The caller frees. */
static char *answers_text(const ClQuestion *question) {
  GString *text = g_string_new("Say");
  for (const ClChoice *choice = question->answer->choices; choice->id; choice++)
    g_string_append_printf(text, "%s --set %s=%s (%s)", choice == question->answer->choices ? "" : " or", question->answer->id, choice->id,
                           choice->label);
  g_string_append_c(text, '.');
  return g_string_free(text, FALSE);
}

/* A question that nobody answered: what was taken, and how to say otherwise. */
static void tell_otherwise(const ClQuestion *question, ClId run) {
  if (!question || !run)
    return;
  g_autofree char *answers = answers_text(question);
  cli_message("%s Nothing was said, so: %s. Undo %" G_GINT64_FORMAT " takes it back. %s", question->text, question->otherwise->label, run,
              answers);
}

/* What one record's change would bring about elsewhere, and what it leaves open. */
static void print_consequences(Cli *cli, const ClCommand *command, ClId id, CliFormat format) {
  if (format == CLI_JSON)
    return;
  /* Of a record that is there the report says it already. */
  g_autofree char *follows = id ? NULL : cl_command_foresee(cli->session, command, id);
  g_autoptr(GPtrArray) lines = cl_command_foresee_lines(cli->session, command, id, CONSEQUENCES);
  g_autoptr(ClQuestion) question = cl_command_question(cli->session, command, id);
  if (follows)
    cli_print_safe("  with it: %s\n", follows);
  for (guint i = 0; i < lines->len; i++)
    cli_print_safe("    %s\n", (const char *)lines->pdata[i]);
  if (!question)
    return;
  g_autofree char *answers = answers_text(question);
  cli_print_safe("  open: %s %s Without it: %s.\n", question->text, answers, question->otherwise->label);
}

/* ---- creating ------------------------------------------------------------------- */

static int create(Cli *cli, const ClCommand *command, const DoOptions *options, CliFormat format) {
  GError *error = NULL;
  g_auto(ClProblems) problems = {0};
  ClRunStatus status = {.action = command->action,
                        .title = (char *)command->action->label,
                        .asked = 1,
                        .state = CL_RUN_COMPLETED};
  const ClKind *kind = cl_action_kind(command->action);
  ClId made = 0;
  g_autoptr(ClQuestion) open = options->dry_run ? NULL : cl_command_question(cli->session, command, 0);
  cl_problems_init(&problems);
  if (options->dry_run) {
    status.would_change = 1;
    if (cl_command_check(cli->session, command, 0, &problems, &error)) {
      int result = cli_print_dry(&status, command->action->id, format);
      print_consequences(cli, command, 0, format);
      return result;
    }
  } else if ((made = cl_command_run(cli->session, command, 0, 0, &problems, &status.run, &error))) {
    status.done = 1;
    const char *name = kind->alike ? g_hash_table_lookup(command->set, kind->alike) : NULL;
    g_autofree char *alike = name ? cl_near_record(cli->session, kind, name, made) : NULL;
    if (alike)
      cli_message("%s This one was added too; undo %" G_GINT64_FORMAT " takes it back.", alike, status.run);
    tell_otherwise(open, status.run);
    return cli_print_report(cli, &status, command->action->id, format);
  }
  if (problems.n == 0)
    return cli_fail(error);
  g_clear_error(&error);
  return print_problems(kind, &problems);
}

/* ---- choosing --------------------------------------------------------------------- */

static gboolean add_ids(ClIds *ids, const char *text) {
  g_auto(GStrv) words = g_strsplit_set(text, ", \t\r\n", -1);
  for (guint i = 0; words[i]; i++) {
    ClId id;
    if (!*words[i])
      continue;
    if (!cli_parse_id(words[i], &id)) {
      cli_message("--ids takes record numbers separated by commas, not “%s”.", words[i]);
      return FALSE;
    }
    cl_ids_add(ids, id);
  }
  return TRUE;
}

/* "1,2,3", or "-" for the numbers on stdin (`caseload list … --format ids | caseload do … --ids -`). */
static ClIds *parse_ids(const char *text) {
  g_autoptr(ClIds) ids = cl_ids_new();
  if (strcmp(text, "-") == 0) {
    char line[4096];
    while (fgets(line, sizeof line, stdin))
      if (!add_ids(ids, line))
        return NULL;
  } else if (!add_ids(ids, text)) {
    return NULL;
  }
  cl_ids_sort(ids);
  return g_steal_pointer(&ids);
}

/* Shows what a prepared run would do and asks; FALSE cancels it. */
static gboolean confirm(Cli *cli, ClId run, CliFormat format, GError **error) {
  g_autoptr(ClRunStatus) status = cl_run_check(cli->session, run, NULL, NULL, error);
  if (!status)
    return FALSE;
  if (format != CLI_JSON) {
    cli_print_prepared(status);
    fflush(stdout);
  }
  g_autofree char *count = cli_counted(status->would_change, "record", "records");
  g_autofree char *question = g_strdup_printf("Change %s?", count);
  if (status->would_change == 0 || cli_confirm(question))
    return TRUE;
  if (cl_run_cancel(cli->session, run, error))
    g_set_error(error, CL_ERROR, CL_ERROR_CANCELLED, "Nothing was changed.");
  return FALSE;
}

static int change(Cli *cli, const ClCommand *command, const ClTargets *targets, gint64 count,
                  const DoOptions *options, CliFormat format) {
  GError *error = NULL;
  const char *action = command->action->id;
  if (options->dry_run) {
    g_autoptr(ClRunStatus) status = cl_run_dry(cli->session, command, targets, &error);
    if (!status)
      return cli_fail(error);
    int result = cli_print_dry(status, action, format);
    if (targets->ids && targets->ids->n == 1)
      print_consequences(cli, command, targets->ids->v[0], format);
    return result;
  }
  gboolean ask = count > 1 && !options->yes;
  if (ask && !cli_has_terminal()) {
    g_autofree char *counted = cli_counted(count, "record", "records");
    return cli_usage("This would change %s. Say --yes to do it, or --dry-run to look first.", counted);
  }
  if (!cl_command_is_complete(cli->session, command, NULL, &error))
    return cli_fail(error);
  g_autoptr(ClQuestion) open =
      targets->ids && targets->ids->n == 1 ? cl_command_question(cli->session, command, targets->ids->v[0]) : NULL;
  ClId run = cl_run_begin(cli->session, command, targets, &error);
  if (!run || (ask && !confirm(cli, run, format, &error)))
    return cli_fail(error);
  int result = cli_run_to_end(cli, run, action, format);
  tell_otherwise(result == CLI_OK ? open : NULL, run);
  return result;
}

static int choose(Cli *cli, const ClCommand *command, const DoOptions *options, CliFormat format) {
  GError *error = NULL;
  g_autoptr(ClFilter) filter = NULL;
  g_autoptr(ClIds) ids = NULL;
  gint64 count;
  if (options->filter) {
    filter = cl_filter_parse(cli->session, cl_action_kind(command->action), options->filter, NULL, &error);
    count = filter ? cl_query_count(cli->session, filter, &error) : -1;
  } else {
    ids = parse_ids(options->ids);
    if (!ids)
      return CLI_USAGE;
    count = (gint64)ids->n;
  }
  if (count < 0)
    return cli_fail(error);
  if (count == 0) {
    const ClRunStatus nothing = {.action = command->action, .state = CL_RUN_COMPLETED};
    return options->dry_run && format == CLI_JSON
               ? cli_print_dry(&nothing, command->action->id, format)
               : cli_print_report(cli, &nothing, command->action->id, format);
  }
  const ClTargets targets = {.filter = filter, .ids = ids};
  return change(cli, command, &targets, count, options, format);
}

static int perform(Cli *cli, const ClAction *action, const DoOptions *options, CliFormat format) {
  gboolean creates = (action->flags & CL_ACTION_CREATE) != 0;
  if (!cli_load_config(cli)) /* it may add fields */
    return CLI_FAILED;
  if (creates && (options->filter || options->ids))
    return cli_usage("%s makes a new record; it takes --set and neither --filter nor --ids.", action->id);
  if (!creates && !options->filter == !options->ids)
    return cli_usage("%s needs its records: either --filter 'FILTER' or --ids 1,2.", action->id);
  if (action->flags & CL_ACTION_VIEW)
    return cli_usage("%s shows it by the desktop's viewer, which only the screen does.", action->id);
  g_autoptr(GHashTable) set = parse_set(action, options->set);
  if (!set)
    return CLI_USAGE;
  int status = cli_open(cli);
  if (status)
    return status;
  g_autofree char *refusal = cl_action_refusal(cli->session, action);
  if (refusal) {
    cli_message("%s", refusal);
    return CLI_NOT_PERMITTED;
  }
  const ClCommand command = {.action = action, .set = set, .comment = options->comment};
  return creates ? create(cli, &command, options, format) : choose(cli, &command, options, format);
}

int cli_do(Cli *cli, int argc, char **argv) {
  g_autoptr(GPtrArray) set = g_ptr_array_new();
  DoOptions options = {.set = set};
  const CliOption table[] = {
      {"filter", 0, CLI_OPTION_TEXT, &options.filter},
      {"ids", 0, CLI_OPTION_TEXT, &options.ids},
      {"set", 0, CLI_OPTION_MANY, set},
      {"comment", 0, CLI_OPTION_TEXT, &options.comment},
      {"dry-run", 0, CLI_OPTION_FLAG, &options.dry_run},
      {"yes", 'y', CLI_OPTION_FLAG, &options.yes},
      {"format", 0, CLI_OPTION_TEXT, &options.format},
      {NULL},
  };
  g_autoptr(GPtrArray) words = cli_parse(cli, table, argc, argv);
  if (!words)
    return CLI_USAGE;
  int format = cli_format(options.format, "text json");
  const ClAction *action = cli_action(cli_word(words, 0));
  if (format < 0 || !action)
    return CLI_USAGE;
  if (words->len > 1)
    return cli_usage("“%s” is not understood here; a filter is given as --filter 'FILTER'.",
                     cli_word(words, 1));
  cli->dry = options.dry_run;
  return perform(cli, action, &options, (CliFormat)format);
}
