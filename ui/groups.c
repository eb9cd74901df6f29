/* The groups of help and the ids of the bindings that belong to each. */
#include "groups.h"

#include <glib.h>
#include <string.h>

/* Each id between blanks. */
static const struct {
  const char *title, *ids;
} groups[GROUP_COUNT] = {
    [GROUP_ACTIONS] = {"Actions", ""},
    [GROUP_MOVE] = {"Move", " up down left right page-up page-down first last next previous next-record previous-record "
                            "main-1 main-2 main-3 main-4 main-5 main-6 main-7 main-8 main-9 lists next-box previous-box "},
    [GROUP_CHOOSE] = {"Choose rows", " mark mark-range range-down range-up mark-all unmark-all tick seen "},
    [GROUP_FIND] = {"Find", " filter builder filter-toggle by-value exclude counted search search-next "
                            "search-previous saved find palette why "},
    [GROUP_WORK] = {"Work", ""},
    [GROUP_SEE] = {"See", " sort sort-reverse columns preview full-screen table copy export refresh redraw inbox board "
                          "one-field field-history runs display "},
    [GROUP_SAFETY] = {"Safety", " first-steps undo redo undo-typing redo-typing history run-undo undo-change help guide drafts "},
    [GROUP_LEAVE] = {"Leave", " back close cancel quit lock "},
};

const char *group_title(Group group) {
  return groups[group].title;
}

Group group_of(const char *id) {
  g_autofree char *word = g_strconcat(" ", id, " ", NULL);
  for (int i = 0; i < GROUP_COUNT; i++)
    if (strstr(groups[i].ids, word))
      return (Group)i;
  return GROUP_WORK;
}
