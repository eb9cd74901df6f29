/* How a person wants the screen: for a screen reader, in contrast, without colour, in ASCII, without the
 * mouse. What an option or the environment asks for holds for this time and on top of everything; else the
 * person's own choice in the store (after sign-in), else the one remembered for this machine's user (a small
 * file, as it must be known before anybody has signed in), else config.yaml. */
#pragma once

#include "term.h"
#include <caseload/config.h>
#include <caseload/session.h>

typedef struct {
  TermOptions forced; /* by an option or the environment */
  TermOptions chosen; /* all the rest */
  gboolean remembered; /* this machine's user has been asked before */
} Display;

/* The switches in the order of their menu; ends with `word` NULL. */
typedef struct {
  const char *word; /* in the file and the preference: "contrast" */
  const char *label, *help;
  char key;
  gsize offset; /* of its gboolean in TermOptions */
} DisplaySwitch;
extern const DisplaySwitch display_switches[];
gboolean display_switch_get(const DisplaySwitch *item, const TermOptions *options);

/* NO_COLOR and ACCESSIBLE are added to `options`. */
void display_init(Display *display, const ClConfig *config, const TermOptions *options);
/* What holds: chosen or forced. */
TermOptions display_get(const Display *display);
/* Takes the signed-in person's own choice, if there is one. TRUE when something changed. */
gboolean display_take_preference(Display *display, ClSession *session);
/* Turns one round and remembers all: for this machine's user and, with a session, for the person. */
void display_toggle(Display *display, const DisplaySwitch *item, ClSession *session);
/* Remembers them as they are, so that nobody is asked again. */
void display_remember(Display *display, ClSession *session);
