/* Opening a record from wherever it is listed: most show themselves; one that is about another (a notice) leads
 * there and has been seen then; a run shows its report. */
#pragma once

#include "../view.h"

#include <caseload/desk.h>

/* What help, palette and find can lead to; the first that is set. */
typedef struct {
  const ClDesk *desk;     /* a list of its own */
  int main;               /* a main screen, by number */
  const BoundKey *bound;  /* a key of the screen below */
  const ClAction *action; /* what can be done to the records there */
} OpenPlace;
/* Goes there or does it; what asked for it has been closed. */
void open_place(App *app, const OpenPlace *place);

void open_record(App *app, const ClKind *kind, ClId id);
/* The list of the records that a number of the record counts (ClField.opens). */
void open_counted(App *app, const ClKind *kind, ClId id);
/* Why there is no such list of the kind's records; NULL when there is. The caller frees. */
char *open_counted_refusal(App *app, const ClKind *kind);
/* Marks what waits to be seen as seen; a single one that was seen already waits again. Takes the targets over. */
void open_mark_seen(App *app, Targets *targets);
