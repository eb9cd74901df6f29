/* The screens and commands that "Find anything" knows: those of the view below, the lists that are a screen of their
 * own, and what can be begun from anywhere. */
#pragma once

#include "open.h"

typedef struct {
  const char *section; /* its heading */
  char *label, *detail;
  char *also;          /* more words that it is found by; may be NULL */
  OpenPlace place;
  gboolean closed; /* to the user: `detail` says why */
  gboolean main;       /* shown before anything is typed */
} FindCommand;

/* GPtrArray of FindCommand*. `scope`: the name of the view below. */
GPtrArray *find_commands_new(App *app, View *below, const char *scope);
/* Those that fit what was typed (folded), the best first, sections together, none too long; `near`: those that are
 * nearly called so. *exact (may be NULL): one is called just so. The caller unrefs; borrowed elements. */
GPtrArray *find_commands_fit(const GPtrArray *commands, const char *folded, gboolean near, gboolean *exact);
