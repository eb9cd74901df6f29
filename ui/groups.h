/* What a command is for, so that help can show the keys of a screen in eight lines: one a group. */
#pragma once

typedef enum {
  GROUP_ACTIONS, /* what can be done to records: no binding belongs here */
  GROUP_MOVE,
  GROUP_CHOOSE,
  GROUP_FIND,
  GROUP_WORK,
  GROUP_SEE,
  GROUP_SAFETY,
  GROUP_LEAVE,
  GROUP_COUNT
} Group;

/* "Choose rows". */
const char *group_title(Group group);
/* The group of a binding by its id; work for one that no group names. */
Group group_of(const char *id);
