/* A view: one screen or pop-up on the stack. No view runs a loop of its own: a prompt is
 * a view that is pushed and calls back. Handlers change their state and ask for a repaint
 * (app_repaint); the loop paints once per turn.
 *
 * A view is a struct whose first member is `View view`, made by foo_view_new(App *, …), which
 * sets view.ops and view.app and returns it for app_push(). The stack owns it and calls
 * ops->free once, at the end of the turn in which it was popped. */
#pragma once

#include "draw.h"
#include "key.h"
#include "keymap.h"
#include <caseload/run.h>
#include <caseload/record.h>
#include <caseload/store.h>

typedef struct App App;
typedef struct View View;

/* What ops->news() is told; bits may come together. */
typedef enum {
  NEWS_WAKE = 1 << 0,  /* a background thread has something: poll lists, ask the worker */
  NEWS_DATA = 1 << 1,  /* records changed (this process or another): what was read may be old */
  NEWS_SHOWN = 1 << 2, /* the view is on top again after another one closed */
  NEWS_TICK = 1 << 3,  /* about twice a second while idle */
  NEWS_LATE = 1 << 5,  /* values that take long to find out have come */
  NEWS_LEAVE = 1 << 4, /* the screen is being locked or the program ends: keep what was typed */
} NewsBits;

/* The records that an action is meant for. */
typedef struct {
  const ClKind *kind;
  ClIds *ids;
  char *source;      /* "3 marked records", or the filter in words */
  gboolean from_all; /* every match of the filter was marked by * */
  gsize hidden;      /* marked, but left out by the filter at present */
} Targets;
void targets_free(Targets *targets);
/* Takes over `ids`; copies `source`. */
Targets *targets_new(const ClKind *kind, ClIds *ids, const char *source);
Targets *targets_new_one(const ClKind *kind, ClId id);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Targets, targets_free)

typedef struct {
  const char *name; /* scope of its keys in bindings.c */
  gboolean overlay; /* drawn over the view below, in the same body area; it draws its own box */
  gboolean tabs;    /* line 2 names the main lists */
  /* Draws inside the body area (between header and status line). `focus`: it is on top. */
  void (*draw)(View *view, Area area, gboolean focus);
  /* A key before the keymap sees it: text entry. TRUE when used. Also all pastes; an unused
   * paste is refused with a message. May be NULL. */
  gboolean (*key)(View *view, const Event *event);
  /* A verb from the keymap. TRUE when it was meant for this view; else the app tries it. */
  gboolean (*command)(View *view, Verb verb);
  /* Why a verb would not work here now, as a sentence, or NULL when it would: footer and help leave
   * out or dim it, and the key answers with it. The caller frees. May be NULL. */
  char *(*refusal)(View *view, Verb verb);
  /* What footer and help call a verb here and now ("Save (2 to mend)"); NULL: the word of the table. The caller
   * frees. May be NULL. */
  char *(*label)(View *view, Verb verb);
  /* The caller frees what these give; each may be NULL. */
  char *(*title)(View *view);    /* line 1 after "caseload": "Claims", "Claims > 13 weeks, Zoë Müller" */
  char *(*status)(View *view);   /* status line, left: "3 marked, 1 hidden" */
  char *(*position)(View *view); /* status line, right: "row 2 of 42" */
  /* The records that actions (menu, keys, edit, history) concern; NULL for none. May be NULL. */
  Targets *(*targets)(View *view);
  /* TRUE while something that the person is waiting for has not come (first rows of a list, a run's
   * check): tests wait until no visible view is busy. May be NULL. */
  gboolean (*busy)(View *view);
  /* TRUE while what is shown is right but not complete (a list still counts). May be NULL. */
  gboolean (*counting)(View *view);
  /* Something happened; `bits` of NewsBits. May be NULL. */
  void (*news)(View *view, guint bits);
  /* All keys that waited were taken, and the screen is painted next: what need not be done for each of them is done
   * now. Called for the view on top. May be NULL. */
  void (*settle)(View *view);
  /* Everything has been painted and no key waits: what may come late is read now. TRUE when there was something;
   * it is painted then. May be NULL. */
  gboolean (*idle)(View *view);
  /* Asked before the view is closed by Esc, q, a main list's key or the end of the program; FALSE
   * keeps it (and it has pushed a question, say). May be NULL. */
  gboolean (*may_close)(View *view);
  void (*free)(View *view);
} ViewOps;

struct View {
  const ViewOps *ops;
  App *app;
};
