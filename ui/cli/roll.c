/* caseload roll: what the day brings; caseload settings: what the programmes say and what was set here. */
#include "command.h"

#include <caseload/programme.h>
#include <string.h>
#include <caseload/roll.h>

static void print_roll(const ClRollReport *report, CliFormat format) {
  char since[12], today[12];
  cl_date_to_iso(report->since, since);
  cl_date_to_iso(report->today, today);
  if (format != CLI_JSON) {
    cli_print_safe("Rolled to %s%s%s: %" G_GINT64_FORMAT " support schedules stopped, %" G_GINT64_FORMAT
                   " Ongoing Support fees ahead, milestones of %" G_GINT64_FORMAT " people moved on, %" G_GINT64_FORMAT " notices.\n",
                   today, *since ? " from " : "", since, report->stopped, report->predicted, report->milestones, report->notices);
    return;
  }
  CliJson json;
  cli_json_init(&json);
  cli_json_open(&json, '{');
  cli_json_put_text(&json, "since", *since ? since : NULL);
  cli_json_put_text(&json, "today", today);
  cli_json_put_int(&json, "stopped", report->stopped);
  cli_json_put_int(&json, "predicted", report->predicted);
  cli_json_put_int(&json, "milestones", report->milestones);
  cli_json_put_int(&json, "notices", report->notices);
  cli_json_close(&json, '}');
  cli_json_end(&json);
}

int cli_roll(Cli *cli, int argc, char **argv) {
  const char *format_name = NULL;
  GError *error = NULL;
  const CliOption options[] = {{"format", 0, CLI_OPTION_TEXT, &format_name}, {NULL}};
  g_autoptr(GPtrArray) words = cli_parse(cli, options, argc, argv);
  if (!words)
    return CLI_USAGE;
  int format = cli_format(format_name, "text json");
  if (format < 0)
    return CLI_USAGE;
  if (words->len)
    return cli_usage("`caseload roll` takes nothing but --format.");
  int status = cli_open(cli);
  if (status)
    return status;
  ClRollReport report;
  if (!cl_roll(cl_session_get_store(cli->session), cl_session_get_config(cli->session), &report, &error))
    return cli_fail(error);
  print_roll(&report, (CliFormat)format);
  return CLI_OK;
}

/* ---- settings --------------------------------------------------------------------------------- */

static void print_setting(const ClProgramme *file, const ClProgramme *now, const ClProgrammeSetting *setting, CliJson *json) {
  g_autofree char *standard = cl_programme_get_setting(file, setting->name);
  g_autofree char *value = cl_programme_get_setting(now, setting->name);
  const char *origin = g_strcmp0(standard, value) == 0 ? "file" : "here", *place = cl_programme_get_place(file, setting->name);
  if (!json) {
    cli_print_safe("%-8s %-46s %-14s %s\n", cl_programme_get_id(file), setting->name, value,
                   strcmp(origin, "here") == 0 ? "changed here" : place ? place : "the default");
    return;
  }
  cli_json_open(json, '{');
  cli_json_put_text(json, "programme", cl_programme_get_id(file));
  cli_json_put_text(json, "name", setting->name);
  cli_json_put_text(json, "label", setting->label);
  cli_json_put_text(json, "value", value);
  cli_json_put_text(json, "standard", standard);
  cli_json_put_text(json, "origin", origin);
  cli_json_put_text(json, "place", place);
  cli_json_close(json, '}');
}

int cli_settings(Cli *cli, int argc, char **argv) {
  const char *format_name = NULL;
  const CliOption options[] = {{"format", 0, CLI_OPTION_TEXT, &format_name}, {NULL}};
  g_autoptr(GPtrArray) words = cli_parse(cli, options, argc, argv);
  if (!words)
    return CLI_USAGE;
  int format = cli_format(format_name, "text json");
  if (format < 0)
    return CLI_USAGE;
  int status = cli_open(cli);
  if (status)
    return status;
  GError *error = NULL;
  if (!cl_session_require(cli->session, "view.settings", &error))
    return cli_fail(error);
  const char *only = cli_word(words, 0);
  const GPtrArray *files = cl_config_get_programmes(cl_session_get_config(cli->session));
  CliJson json;
  gboolean found = FALSE;
  cli_json_init(&json);
  cli_json_open(&json, '[');
  for (guint i = 0; i < files->len; i++) {
    const ClProgramme *file = files->pdata[i];
    if (only && g_strcmp0(only, cl_programme_get_id(file)) != 0)
      continue;
    g_autoptr(GPtrArray) settings = cl_programme_list_settings(file);
    const ClProgramme *now = cl_session_get_programme(cli->session, cl_programme_get_id(file));
    found = TRUE;
    for (guint k = 0; k < settings->len; k++)
      print_setting(file, now, settings->pdata[k], format == CLI_JSON ? &json : NULL);
  }
  cli_json_close(&json, ']');
  if (format == CLI_JSON)
    cli_json_end(&json);
  return found ? CLI_OK : cli_usage("There is no programme “%s”.", only);
}
