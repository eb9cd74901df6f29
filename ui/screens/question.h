/* What a command leaves open is asked before it is done: a line for each answer, above them what each would change. */
#pragma once

#include "../view.h"

#include <caseload/command.h>

/* `param` was answered with `choice`. Not called when the question is closed: nothing is done then. */
typedef void (*QuestionAnswered)(App *app, const char *param, const char *choice, gpointer data);

/* TRUE when there is something to ask; then it is being asked. `command` for the record `id` (0: a new one). */
gboolean question_open(App *app, const ClCommand *command, ClId id, QuestionAnswered answered, gpointer data,
                       GDestroyNotify free_data);
