/* The first steps: five short tasks that teach the keys by doing. Each is recognised as done by what the person
 * has really done: records tell of most, the screen notes the rest. */
#pragma once

#include "session.h"

typedef struct {
  const char *id;
  const char *text;         /* "Find a person by a part of the name" */
  const char *how;          /* the keys, as a sentence */
  const char *kind, *filter; /* done once something matches; NULL: the screen notes it */
} ClTask;

/* The table; ends with id NULL. */
const ClTask *cl_tasks(void);
/* Has the person really done it? */
gboolean cl_task_is_done(ClSession *session, const ClTask *task);
/* The person has just done what the task asks. */
void cl_task_note(ClSession *session, const char *id);
/* Are they on home? The demo begins with them; anybody may put them away and bring them back. */
gboolean cl_tasks_are_shown(ClSession *session);
/* Brings them back to home, or puts them away. */
void cl_tasks_show(ClSession *session, gboolean show);
