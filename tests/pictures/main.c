/* pictures FOLDER: opens the demo caseload in a terminal of its own at a fixed date, goes to each screen of the table
 * as a person would, and writes it as FOLDER/NAME.svg. README shows these; `./dev pictures` makes them anew. Ends
 * with 1 when a screen does not show what it should. */
#include "../tui/steps.h"
#include "svg.h"

#include <stdio.h>
#include <string.h>

#define SEEKERS 400

typedef struct {
  const char *name, *title, *user;
  int columns, rows;
  const char *list; /* the main list to begin with, by its name in line 2; NULL: where one is after signing in */
  const char *keys; /* as tui_keys() takes them; a word that begins with = is typed, _ being a blank */
  const char *shows; /* what must be on the screen then */
} Picture;

static const Picture pictures[] = {
    {"today", "The first screen: what needs you, and charts that open the list they count", "supervisor", 120, 40, NULL, "",
     "Needs you"},
    {"claims", "Claims that were overdue at the end of last month, two of them marked", "finance", 100, 26, "Claims",
     "f C-u =state:overdue_due:..month-start-1d Enter Space Down Down Space Down", "2 marked"},
    {"builder", "The filter builder: conditions line by line, the filter in words, how many match", "finance", 80, 24,
     "Claims", "f C-u =state:overdue_due:..month-start-1d_type:13w,26w Enter F4", "In words"},
    {"tracker", "The Outcome Tracker: each placement with its claims as a strip", "supervisor", 120, 24, NULL,
     "0 =Outcome_Tracker Enter Down Down", "Claim periods"},
    {"board", "Claims as a board: a column for each step of the claims unit, the oldest first", "manager", 120, 24, "Claims",
     "b Right Down Space Down Space Down", "Claims board"},
    {"actions", "What can be done to the marked claims, with the reason where it cannot", "coach", 80, 24, "Claims",
     "f C-u =state:tracking Enter Space Space x", "Mark as Non Payable"},
    {"bulk", "Before a bulk action: how many will change, which cannot and why", "finance", 80, 24, "Claims",
     "f C-u =state:overdue,approved Enter * x m F2", "cannot be changed"},
    {"record", "A job seeker with what belongs to them", "supervisor", 100, 30, "Job seekers", "Enter", "Placements"},
    {"form", "A form: choices and mistakes stand beside the fields", "supervisor", 80, 24, "Job seekers", "e",
     "Given name"},
    {"help", "Help: what works here and now", "coach", 80, 24, "Claims", "?", "For this list"},
};

static void press(Tui *tui, const char *keys) {
  g_auto(GStrv) words = g_strsplit(keys, " ", -1);
  for (guint i = 0; words[i]; i++)
    if (*words[i] == '=')
      tui_type(tui, g_strdelimit(words[i] + 1, "_", ' '));
    else
      tui_keys(tui, words[i]);
}

static gboolean take(const Picture *picture, const char *store, const char *folder) {
  g_autoptr(Tui) tui = step_open(store, picture->user, picture->columns, picture->rows);
  if (picture->list)
    step_go(tui, picture->list);
  press(tui, picture->keys);
  tui_settle(tui);
  tui_expect(tui, picture->shows);
  if (!tui_has(tui, picture->shows)) {
    fprintf(stderr, "pictures: %s does not show “%s”.\n", picture->name, picture->shows);
    return FALSE;
  }
  g_autofree char *svg = svg_of_screen(tui, picture->title);
  g_autofree char *file = g_strconcat(picture->name, ".svg", NULL);
  g_autofree char *path = g_build_filename(folder, file, NULL);
  g_autoptr(GError) error = NULL;
  if (g_file_set_contents(path, svg, -1, &error))
    return TRUE;
  fprintf(stderr, "pictures: %s\n", error->message);
  return FALSE;
}

int main(int argc, char **argv) {
  const char *folder = argc > 1 ? argv[argc - 1] : ".";
  int status = 0, none = 1;
  tui_main_begin(&none, &argv);
  g_autofree char *store = tui_store(SEEKERS);
  for (gsize i = 0; i < G_N_ELEMENTS(pictures); i++)
    if (!take(&pictures[i], store, folder))
      status = 1;
  tui_main_end();
  return status;
}
