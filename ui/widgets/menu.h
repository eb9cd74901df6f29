/* A pop-up of a few lines to choose from, and the question window made of the same stuff: keep
 * the destructive choice away from a quick Enter by standing on another one first. */
#pragma once

#include "../view.h"

typedef struct {
  const char *label;
  char key;            /* letter that chooses it; 0 = none */
  const char *detail;  /* at the right; may be NULL */
  const char *refusal; /* why not: dimmed, choosing it says so; NULL = available */
  const char *help;    /* below the menu while it is selected; may be NULL */
} MenuItem;

/* `choice`: index, or -1 when closed without choosing. The menu has been popped already. */
typedef void (*MenuDone)(App *app, int choice, gpointer data);

/* Copies the items. `text` (may be NULL) is shown, wrapped, above them. */
View *menu_view_new(App *app, const char *title, const char *text, const MenuItem *items, gsize n_items,
                    MenuDone done, gpointer data);
/* Stands on this line at first. */
void menu_view_go(View *view, int row);
/* Gives `data` to the menu for the case that it goes away without having told `done`. */
void menu_view_own(View *view, GDestroyNotify free_data);
/* Letters that choose nothing, and pastes, close the menu (as by Esc) and go to the view below: who types on
 * loses none of it. */
void menu_view_type_through(View *view);
/* A question: `go` is chosen by F2 or Ctrl-S or by standing on it, never by a plain first Enter; stands on
 * Cancel. `done` gets 1 for go, -1 for cancel. */
View *question_view_new(App *app, const char *title, const char *text, const char *go, MenuDone done,
                        gpointer data);
/* A third button of a question, by a key of its own; `done` gets 2. */
void question_view_offer(View *view, const char *label, char key);
/* Other words above the lines once more is known: asked after each wake of a background thread, with the menu's `data`;
 * NULL for the same, else the new text, which the menu frees. */
typedef char *(*MenuNews)(App *app, gpointer data);
void menu_view_on_news(View *view, MenuNews news);
