/* Carrying a run to its end from the command line, and what is said about it: progress on
 * stderr, the report on stdout. Ctrl-C stops between two chunks; nothing is half done. */
#include "command.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t stop_asked;

static void on_interrupt(int signal_number) {
  stop_asked = 1;
}

static gboolean show_progress(const ClRunStatus *status, gpointer data) {
  gint64 seen = status->done + status->skipped + status->failed;
  if (isatty(STDERR_FILENO) && status->asked > 1)
    fprintf(stderr, "\r%3d %%  %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " ",
            (int)(seen * 100 / status->asked), seen, status->asked);
  return !stop_asked;
}

static void clear_progress(void) {
  if (isatty(STDERR_FILENO))
    fprintf(stderr, "\r%40s\r", "");
}

/* ---- the report ------------------------------------------------------------------ */

static int report_status(const ClRunStatus *status) {
  if (status->state == CL_RUN_FAILED || status->state == CL_RUN_STOPPED || status->state == CL_RUN_PAUSED)
    return CLI_FAILED;
  return status->skipped + status->failed > 0 ? CLI_SKIPPED : CLI_OK;
}

static void json_skips(CliJson *json, const ClRunStatus *status) {
  cli_json_key(json, "skipped");
  cli_json_open(json, '[');
  for (guint i = 0; status->skips && i < status->skips->len; i++) {
    const ClSkip *skip = status->skips->pdata[i];
    cli_json_open(json, '{');
    cli_json_put_text(json, "reason", skip->reason);
    cli_json_put_int(json, "count", skip->count);
    cli_json_close(json, '}');
  }
  cli_json_close(json, ']');
}

static gboolean is_skip_reason(const ClRunStatus *status, const char *reason) {
  for (guint i = 0; status->skips && i < status->skips->len; i++)
    if (g_strcmp0(((const ClSkip *)status->skips->pdata[i])->reason, reason) == 0)
      return TRUE;
  return FALSE;
}

#define LISTED 100

static void json_failed(Cli *cli, CliJson *json, const ClRunStatus *status) {
  g_autoptr(GPtrArray) problems = status->failed ? cl_run_problems(cli->session, status->run, 0, 0, NULL) : NULL;
  cli_json_key(json, "failed");
  cli_json_open(json, '[');
  for (guint i = 0, listed = 0; problems && i < problems->len && listed < LISTED; i++) {
    const ClPreview *problem = problems->pdata[i];
    if (status->skipped && is_skip_reason(status, problem->reason))
      continue;
    listed++;
    cli_json_open(json, '{');
    cli_json_put_int(json, "id", problem->id);
    cli_json_put_text(json, "reason", problem->reason);
    cli_json_close(json, '}');
  }
  cli_json_close(json, ']');
}

static void json_report(Cli *cli, const ClRunStatus *status, const char *action) {
  g_autoptr(ClIds) ids = status->run ? cl_run_changed_ids(cli->session, status->run, LISTED, NULL) : NULL;
  CliJson json;
  cli_json_init(&json);
  cli_json_open(&json, '{');
  cli_json_key(&json, "run");
  if (status->run)
    cli_json_int(&json, status->run);
  else
    cli_json_text(&json, NULL);
  cli_json_put_text(&json, "action", action);
  cli_json_put_int(&json, "asked", status->asked);
  cli_json_put_int(&json, "done", status->done);
  json_skips(&json, status);
  json_failed(cli, &json, status);
  cli_json_key(&json, "ids");
  cli_json_open(&json, '[');
  for (gsize i = 0; ids && i < ids->n; i++)
    cli_json_int(&json, ids->v[i]);
  cli_json_close(&json, ']');
  cli_json_close(&json, '}');
  cli_json_end(&json);
}

static void text_skips(const ClRunStatus *status) {
  for (guint i = 0; status->skips && i < status->skips->len; i++) {
    const ClSkip *skip = status->skips->pdata[i];
    g_autofree char *count = cli_counted(skip->count, "skipped", "skipped");
    cli_print_safe("  %s: %s\n", count, skip->reason);
  }
}

static void text_report(const ClRunStatus *status) {
  g_autofree char *asked = cli_counted(status->asked, "record", "records");
  if (!status->run) {
    cli_message("No record matches; nothing was done.");
    return;
  }
  cli_print_safe("Run %" G_GINT64_FORMAT ": %s: %s asked, %" G_GINT64_FORMAT " done, %" G_GINT64_FORMAT
                 " skipped, %" G_GINT64_FORMAT " failed.\n",
                 status->run, status->title ? status->title : "", asked, status->done, status->skipped,
                 status->failed);
  text_skips(status);
}

int cli_print_report(Cli *cli, const ClRunStatus *status, const char *action, CliFormat format) {
  if (format == CLI_JSON)
    json_report(cli, status, action);
  else
    text_report(status);
  if (status->state == CL_RUN_FAILED)
    cli_message("Run %" G_GINT64_FORMAT
                " failed: %s What was done before is kept; `caseload resume %" G_GINT64_FORMAT "` goes on.",
                status->run, status->error ? status->error : "", status->run);
  else if (status->state == CL_RUN_STOPPED || status->state == CL_RUN_PAUSED)
    cli_message("Run %" G_GINT64_FORMAT
                " was stopped. What was done before is kept; `caseload undo %" G_GINT64_FORMAT
                "` takes it back.",
                status->run, status->run);
  return report_status(status);
}

/* An error in the middle: what stands, and how to go on. */
static int interrupted(Cli *cli, ClId run, GError *error) {
  g_autoptr(ClRunStatus) status = cl_run_load(cli->session, run, NULL);
  gint64 dealt_with = status ? status->done + status->skipped + status->failed : 0;
  int exit_status = cli_fail(error);
  if (dealt_with > 0)
    cli_message("Before that, run %" G_GINT64_FORMAT " had dealt with %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                " records; they keep what was done. `caseload resume %" G_GINT64_FORMAT "` goes on.",
                run, dealt_with, status->asked, run);
  return exit_status;
}

int cli_run_to_end(Cli *cli, ClId run, const char *action, CliFormat format) {
  GError *error = NULL;
  struct sigaction before, interrupt = {.sa_handler = on_interrupt};
  stop_asked = 0;
  sigaction(SIGINT, &interrupt, &before);
  g_autoptr(ClRunStatus) status = cl_run_execute(cli->session, run, show_progress, NULL, &error);
  sigaction(SIGINT, &before, NULL);
  clear_progress();
  return status ? cli_print_report(cli, status, action, format) : interrupted(cli, run, error);
}

/* ---- dry runs -------------------------------------------------------------------- */

static void json_dry(const ClRunStatus *status, const char *action) {
  CliJson json;
  cli_json_init(&json);
  cli_json_open(&json, '{');
  cli_json_put_text(&json, "action", action);
  cli_json_put_int(&json, "asked", status->asked);
  cli_json_put_int(&json, "would_change", status->would_change);
  json_skips(&json, status);
  cli_json_close(&json, '}');
  cli_json_end(&json);
}

void cli_print_prepared(const ClRunStatus *status) {
  g_autofree char *asked = cli_counted(status->asked, "record", "records");
  cli_print_safe("%s: %s asked, %" G_GINT64_FORMAT " would change.\n", status->title ? status->title : "",
                 asked, status->would_change);
  text_skips(status);
  for (guint i = 0; status->previews && i < status->previews->len; i++) {
    const ClPreview *preview = status->previews->pdata[i];
    cli_print_safe("  %" G_GINT64_FORMAT " %s: %s → %s\n", preview->id, preview->name ? preview->name : "",
                   preview->before ? preview->before : "", preview->after ? preview->after : "");
  }
}

int cli_print_dry(const ClRunStatus *status, const char *action, CliFormat format) {
  if (format == CLI_JSON)
    json_dry(status, action);
  else
    cli_print_prepared(status);
  return status->would_change < status->asked ? CLI_SKIPPED : CLI_OK;
}
