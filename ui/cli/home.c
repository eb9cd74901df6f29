/* caseload home: the panels of home, with the rights and the figures of the screen. */
#include "command.h"

#include <caseload/panel.h>

static void print_figure(const ClFigures *figures, const ClFigure *figure) {
  int percent = figures->panel->form == CL_PANEL_LINE ? cl_figure_percent(figure) : -1;
  gboolean need = figures->panel->form == CL_PANEL_NEED;
  GString *numbers = g_string_new(NULL);
  g_string_append_printf(numbers, "%7" G_GINT64_FORMAT, figure->count);
  if (figure->of >= 0)
    g_string_append_printf(numbers, " of %" G_GINT64_FORMAT, figure->of);
  if (percent >= 0)
    g_string_append_printf(numbers, ", %d %%", percent);
  if (figures->panel->form == CL_PANEL_BARS && figure->of >= 0 && figure->count > figure->of)
    g_string_append(numbers, ", over");
  if (need)
    cli_print("%c%s %s%s%s%s\n", figures->panel->late ? '!' : ' ', numbers->str, figure->label,
              figures->note ? " (" : "", figures->note ? figures->note : "", figures->note ? ")" : "");
  else
    cli_print(" %-20s  %s\n", numbers->str, figure->label);
  g_string_free(numbers, TRUE);
}

/* Needs that are nought are no news. */
static void print_panel(const ClFigures *figures) {
  const ClPanel *panel = figures->panel;
  if (panel->form != CL_PANEL_NEED)
    cli_print("\n%s%s%s%s\n", panel->title, figures->note ? " (" : "", figures->note ? figures->note : "",
              figures->note ? ")" : "");
  for (guint i = 0; i < figures->figures->len; i++) {
    const ClFigure *figure = figures->figures->pdata[i];
    if (panel->form != CL_PANEL_NEED || figure->count > 0)
      print_figure(figures, figure);
  }
}

static void put_figure(CliJson *json, const ClFigure *figure) {
  cli_json_open(json, '{');
  cli_json_put_text(json, "label", figure->label);
  cli_json_put_int(json, "count", figure->count);
  if (figure->of >= 0)
    cli_json_put_int(json, "of", figure->of);
  cli_json_put_text(json, "filter", figure->filter);
  cli_json_close(json, '}');
}

static void put_panel(CliJson *json, const ClFigures *figures) {
  static const char *const forms[] = {"need", "bars", "line"};
  const ClPanel *panel = figures->panel;
  cli_json_open(json, '{');
  cli_json_put_text(json, "id", panel->id);
  cli_json_put_text(json, "form", forms[panel->form]);
  cli_json_put_text(json, "title", panel->title);
  cli_json_put_text(json, "kind", cl_kind_find(panel->kind)->plural);
  if (figures->note)
    cli_json_put_text(json, "note", figures->note);
  cli_json_key(json, "figures");
  cli_json_open(json, '[');
  for (guint i = 0; i < figures->figures->len; i++)
    put_figure(json, figures->figures->pdata[i]);
  cli_json_close(json, ']');
  cli_json_close(json, '}');
}

int cli_home(Cli *cli, int argc, char **argv) {
  const char *format_name = NULL;
  gboolean as_json = FALSE;
  const CliOption options[] = {
      {"format", 0, CLI_OPTION_TEXT, &format_name}, {"json", 0, CLI_OPTION_FLAG, &as_json}, {NULL}};
  g_autoptr(GPtrArray) words = cli_parse(cli, options, argc, argv);
  if (!words)
    return CLI_USAGE;
  int format = as_json ? CLI_JSON : cli_format(format_name, "text json");
  int status = format < 0 ? CLI_USAGE : cli_open(cli);
  if (status)
    return status;
  CliJson json;
  cli_json_init(&json);
  cli_json_open(&json, '[');
  for (const ClPanel *panel = cl_panels(); panel->id; panel++) {
    if (!cl_panel_concerns(cli->session, panel))
      continue;
    g_autoptr(ClFigures) figures = cl_panel_count(cli->session, panel);
    if (figures->error) {
      cli_message("%s: %s", panel->title, figures->error);
      status = CLI_FAILED;
    } else if (format == CLI_JSON) {
      put_panel(&json, figures);
    } else {
      print_panel(figures);
    }
  }
  cli_json_close(&json, ']');
  if (format == CLI_JSON)
    cli_json_end(&json);
  else
    g_string_free(json.out, TRUE);
  return status;
}
