/* The guide as a table: its chapters and what the scopes of keys are called. The full guide on the screen,
 * `caseload help TOPIC` and the manual page are made from it. */
#pragma once

#include <glib.h>

typedef struct {
  const char *id;    /* word for `caseload help`: "filters" */
  const char *title; /* "Filters" */
  const char *text;  /* one paragraph */
} Topic;

/* All chapters in reading order; ends with id NULL. */
const Topic *topics(void);
/* By id or title, capitals do not matter; NULL when there is none. */
const Topic *topic_find(const char *word);
/* What a scope of keys is called within a sentence: "list" is "lists", "browse" "every screen". The scope itself
 * when the table does not know it. Borrowed. */
const char *topics_scope(const char *scope);
/* What it is called when one is there: "this list", "this screen". Borrowed. */
const char *topics_here(const char *scope);
/* The scopes of the key table in the order in which a reader wants them: the screens, then "browse" and
 * "global". NULL-terminated; free the array, not the names. */
const char **topics_scopes(void);
