/* The chapters of the guide, and the scopes of keys by name. */
#include "topics.h"

#include "keymap.h"

#include <caseload/text.h>
#include <string.h>

static const Topic chapters[] = {
    {"work", "How the work goes",
     "Every list is a filter over one kind of record. Narrow it with f, stand on a record or mark several, press x "
     "and choose what to do. One record is changed at once; several are counted and checked first, and nothing "
     "changes before you confirm with F2. u takes back your newest change or run, whatever its size."},
    {"today", "Today",
     "The first screen shows what needs you: each line opens the list that it counts, exactly those records. Tab goes "
     "from box to box, Enter opens, t shows a chart as a table, F5 counts again. 1 is always the way back here, i the "
     "inbox of notices."},
    {"marks", "Choosing records",
     "Space marks one, v begins a range and v again marks it, * marks every record of the filter, - takes all marks "
     "away. Marks stay with their records when you sort, filter or leave the list; marks that the filter hides are "
     "counted and named."},
    {"filters", "Filters",
     "Conditions stand side by side and must all hold: state:overdue due:..2024-07-01 type:13w,26w. A comma means “or” "
     "within a field, the word “or” and parentheses group, - in front means “not”. : contains, = is exactly, < <= > >= "
     "compare, A..B is a range. Dates: 2024-07-01, today, today-30d, last-month. none is empty, any is not empty, me "
     "is you. A word by itself is looked for in names and numbers. @name stands for a saved search. Tab completes."},
    {"builder", "Filters without typing",
     "F4 opens the builder on the present filter: a line for each condition, each with its field, how it compares and "
     "its value, the whole in words, and how many match while you choose. F2 puts it into the filter line. = narrows a "
     "list to the value under the cursor, ! leaves that value out; Left and Right choose the column. F switches the "
     "filter off and on. In the filter line Up brings back lines used before."},
    {"views", "Lists as you want them",
     "c chooses columns, their order and width, s sorts, S turns the order around. What you leave is there at the next "
     "start, list by list. V keeps filter, columns and order as a view under a name, for you or for everybody; 1 in it "
     "goes back to what the list begins with. Supervisors can make a view what a role begins with."},
    {"find", "Finding somebody",
     "Ctrl-P finds people, organisations, claims and commands in one box: by part of a name, number, ESS ID or telephone. "
     "/ searches in the list. Both offer names that are nearly what you typed when nothing is spelt so."},
    {"trackers", "The trackers",
     "0 and : lead to the Outcome Tracker, the Support Tracker and the support contacts of the week: lists of placements "
     "that always hold their own records, each with a filter, columns and a memory of its own. A strip shows the claims "
     "of a placement: = claimed, x closed unpaid, ~ with the claims unit, ! overdue, . to come, with the day each is due. "
     "Why not on the Outcome Tracker lists what is left out, with every reason. In the list of the week x c records a "
     "contact and stays."},
    {"administration", "Administration",
     "0 or : and “admin” lead to the settings of the programmes, the fee table, sites and users: one screen, whose sections "
     "stand in the bar; Tab goes on to the next. Each setting says its value, where it comes from (the programme's file "
     "with its line, or changed here) and how many records it affects; o opens just those. e changes it, F4 shows what it "
     "may be; x r puts it back to what the file says. a adds a fee, a site, a user; x l locks a user, x n lets her in "
     "again, x p sets a new passphrase. H shows who changed what, u takes it back. The last user who can manage users "
     "stays."},
    {"board", "Boards",
     "b shows the list as a board where the kind has one: a column for each step of the work, the oldest card first. + "
     "and ! mark cards that wait for long. Left and Right go from column to column, > and < move the card to the next "
     "one, m shows every way it can go and why one is closed. Space marks cards, so that several move at once. What is "
     "asked, needed and kept is the same as for the actions of the list, and u takes it back. b again is the list."},
    {"why", "Why is it here?",
     "w shows each condition of the filter for the record under the cursor: whether it holds, and what the record "
     "holds."},
    {"forms", "Forms",
     "Tab and Shift-Tab go through the fields, F4 lists choices, F2 saves. All mistakes are shown at once beside "
     "their fields. In dates: t is today, +7 in a week, mon the next Monday. If somebody else changed the record "
     "meanwhile you are told who and what, and nothing you typed is lost."},
    {"bulk", "Bulk actions",
     "A run goes on while you work. B lists all runs: Enter shows the report, p pauses, r goes on, s stops, u undoes "
     "the chosen run. What was changed since by somebody is left alone by an undo and named."},
    {"documents", "Documents",
     "x D attaches files to a person, tracker, claim, placement, activity or organisation: several at once, Tab "
     "completes their names, F4 shows the folder, *.pdf means all of them. The same content is kept once, in the store, "
     "and checked whenever it is read. A person's documents are those of all their records; evidence:no finds what lacks "
     "any, file_missing:yes the trackers whose DMA paperwork is not there. e renames. x o shows a document by the "
     "desktop's viewer, x s saves a copy, x N writes the notice of a mandatory activity, X the list: what leaves the "
     "building is shown first, F2 lets it go, of several the number is typed, and the history keeps it. It cannot be "
     "undone. Undo of attaching puts documents away; their content stays, so that redo brings them back."},
    {"safety", "Nothing is lost",
     "Every change has a history (H) with who, when and why, and can be taken back with u; Ctrl-R takes back the "
     "undo. What concerns several records is counted and asked first, and the question stands on Cancel. Esc goes "
     "one step back and never drops marks, a filter or what you typed. What you may not do stays in the menu, with "
     "the name of the right that it needs."},
    {"help", "Help",
     "? or F1 shows what works here and now: type to find, Enter does it. F1 once more opens this guide. : finds "
     "every command by words. `caseload help TOPIC` prints the same outside the screen."},
    {"signs", "Signs",
     "> stands where you are, and the cursor with it; * is a marked row, or a field that is needed; ! is late or "
     "wrong, with a word beside it; ^ and v head the column that sorts; … or ~ ends what is cut. Colour only repeats "
     "what a sign or a word says."},
    {"display", "How the screen looks",
     "F2 on the sign-in screen, or T, switches a screen for screen readers and braille (one column, no boxes, what "
     "changes is told in the last line), high contrast, no colour, lines of ASCII letters, and the mouse. It is "
     "remembered. --plain, --contrast, --no-color, --ascii, --no-mouse, ACCESSIBLE=1 and NO_COLOR do it for one time. "
     "The screen needs 40 columns by 12 rows; parts give way below 60 by 16."},
    {"mouse", "The mouse",
     "Nothing needs it. A click goes to a row or field, one on the left margin marks, on a column's head sorts, on a "
     "name in line 2 or a key in the last line does it; a double click opens, the wheel moves. Shift and drag selects "
     "text, as the terminal does it."},
    {"terminals", "Terminals",
     "Any that can place its cursor. A type that is not known is treated as xterm-256color. Where the locale is not "
     "UTF-8 names are shown in plain letters (Nguyen for Nguyễn), kept as they are, and not edited. A paste goes into "
     "the field you stand in or nowhere. y sends a row, its name or its ID to the terminal's clipboard (OSC 52; in "
     "tmux: set -g set-clipboard on)."},
    {"keyboards", "Keyboards without function keys",
     "Alt-1 to Alt-0 are F1 to F10. Every key has a twin: a letter, or : and the command's words. Your organisation can "
     "switch letters off or give keys other meanings in config.yaml; `caseload keys --check` looks for conflicts."},
    {NULL, NULL, NULL},
};

static const struct {
  const char *scope, *name, *here;
} scopes[] = {
    {"home", "the first screen"},
    {"list", "lists", "this list"},
    {"builder", "the filter builder"},
    {"find", "Find anything"},
    {"filter", "the filter line"},
    {"export", "the export"},
    {"search", "the search"},
    {"record", "a record", "this record"},
    {"form", "forms", "this form"},
    {"menu", "menus"},
    {"picker", "choices"},
    {"calendar", "the calendar"},
    {"chooser", "choosing columns"},
    {"prepare", "the check before a run"},
    {"leave", "what leaves the building"},
    {"run", "a run", "this run"},
    {"runs", "Bulk Actions"},
    {"history", "the history"},
    {"saved", "saved searches"},
    {"help", "help and commands"},
    {"guide", "the guide"},
    {"sign-in", "signing in"},
    {"browse", "every screen"},
    {"global", "everything"},
};

const Topic *topics(void) {
  return chapters;
}

const Topic *topic_find(const char *word) {
  g_autofree char *wanted = cl_text_fold(word);
  for (const Topic *topic = chapters; topic->id; topic++) {
    g_autofree char *title = cl_text_fold(topic->title);
    if (strcmp(topic->id, wanted) == 0 || strcmp(title, wanted) == 0)
      return topic;
  }
  return NULL;
}

const char *topics_scope(const char *scope) {
  for (gsize i = 0; i < G_N_ELEMENTS(scopes); i++)
    if (strcmp(scopes[i].scope, scope) == 0)
      return scopes[i].name;
  return scope;
}

const char *topics_here(const char *scope) {
  for (gsize i = 0; i < G_N_ELEMENTS(scopes); i++)
    if (strcmp(scopes[i].scope, scope) == 0 && scopes[i].here)
      return scopes[i].here;
  return "this screen";
}

static gboolean is_last(const char *scope) {
  return strcmp(scope, "browse") == 0 || strcmp(scope, "global") == 0;
}

static void add_once(GPtrArray *names, const char *scope) {
  for (guint i = 0; i < names->len; i++)
    if (strcmp(g_ptr_array_index(names, i), scope) == 0)
      return;
  g_ptr_array_add(names, (gpointer)scope);
}

/* Those of the table first; one that it does not name is not lost. */
const char **topics_scopes(void) {
  GPtrArray *names = g_ptr_array_new();
  for (gsize i = 0; i < G_N_ELEMENTS(scopes); i++)
    if (!is_last(scopes[i].scope))
      add_once(names, scopes[i].scope);
  for (const Binding *binding = keymap_bindings; binding->scope; binding++)
    if (!is_last(binding->scope))
      add_once(names, binding->scope);
  add_once(names, "browse");
  add_once(names, "global");
  g_ptr_array_add(names, NULL);
  return (const char **)g_ptr_array_free(names, FALSE);
}
