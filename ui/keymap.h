/* Keys: one table (bindings.c) of scope, key, twin, verb, label, help and priority, from which
 * dispatch, footer, `?` help, palette and `caseload keys` are made, with the overrides of
 * config.yaml on top. A key is looked up in the view's scope first, then, unless the view is one to
 * type in, in "browse", then in "global". */
#pragma once

#include "key.h"
#include <caseload/config.h>

/* What a key means. Verbs concern the screen; changes of data are ClActions. */
typedef enum {
  VERB_NONE,
  /* moving */
  VERB_UP,
  VERB_DOWN,
  VERB_LEFT,
  VERB_RIGHT,
  VERB_PAGE_UP,
  VERB_PAGE_DOWN,
  VERB_FIRST,
  VERB_LAST,
  VERB_NEXT,
  VERB_PREVIOUS, /* pane, field or button: Tab, Shift-Tab */
  VERB_TABLE,    /* a chart as a table and back */
  VERB_OPEN,     /* Enter: open, choose, next field */
  VERB_BACK,     /* Esc, F12: one step back */
  VERB_CLOSE,    /* q, F3 */
  VERB_QUIT,
  VERB_HELP,
  VERB_PALETTE,
  VERB_FIND, /* anything */
  VERB_REDRAW,
  VERB_DISPLAY,
  VERB_BACKUP,
  VERB_FORGOT, /* what can be done about a forgotten passphrase */
  VERB_REFRESH,
  VERB_MAIN_1,
  VERB_MAIN_2,
  VERB_MAIN_3,
  VERB_MAIN_4,
  VERB_MAIN_5,
  VERB_MAIN_6,
  VERB_MAIN_7,
  VERB_MAIN_8,
  VERB_MAIN_9,
  VERB_STEPS, /* the first steps on home */
  VERB_LISTS, /* the main lists to choose from */
  VERB_INBOX,
  /* lists */
  VERB_FILTER,
  VERB_FILTER_TOGGLE,
  VERB_BUILDER,
  VERB_BY_VALUE,
  VERB_COUNTED, /* the records that a number of the row counts */
  VERB_EXCLUDE,
  VERB_SEARCH,
  VERB_SEARCH_NEXT,
  VERB_SEARCH_PREVIOUS,
  VERB_SAVED,
  VERB_HAND_OVER,
  VERB_ROLE_DEFAULT,
  VERB_DEFAULT_VIEW,
  VERB_SORT,
  VERB_SORT_REVERSE,
  VERB_COLUMNS,
  VERB_MARK,
  VERB_MARK_RANGE,
  VERB_RANGE_UP, /* the range, begun if there is none, a row further */
  VERB_RANGE_DOWN,
  VERB_MARK_ALL,
  VERB_UNMARK_ALL,
  VERB_WHY,
  VERB_BOARD,      /* the list as a board and back */
  VERB_MOVE_LEFT,  /* the card into the column before */
  VERB_MOVE_RIGHT, /* and after */
  VERB_MOVE_TO,    /* any column, by a menu */
  VERB_SEEN, /* what waits to be seen is */
  /* records */
  VERB_ACTIONS,
  VERB_EDIT,
  VERB_NEW,
  VERB_HISTORY,
  VERB_FIELD_HISTORY,
  VERB_UNDO,
  VERB_REDO,
  VERB_NEXT_RECORD,
  VERB_PREVIOUS_RECORD,
  VERB_COPY,
  VERB_PREVIEW,
  VERB_ZOOM,
  VERB_DRAFTS,
  VERB_LOCK,
  /* forms and pop-ups */
  VERB_SAVE,
  VERB_SAVE_ANOTHER, /* and begin the next new record */
  VERB_CHOICES,
  VERB_COMPLETE,
  VERB_SAME,  /* the value of the last record */
  VERB_EMPTY, /* make empty in all records */
  VERB_TODAY,
  VERB_TOGGLE,
  VERB_DELETE,
  VERB_MOVE_UP,
  VERB_MOVE_DOWN,
  VERB_NARROWER,
  VERB_WIDER,
  VERB_RESET,
  /* runs */
  VERB_RUNS,
  VERB_PAUSE,
  VERB_STOP,
  VERB_RESUME,
  VERB_AGAIN,   /* the action for what was left out */
  VERB_EXPORT,  /* what the list shows to a file */
  VERB_PRINT,   /* what is shown as a page for the desktop's viewer */
  VERB_AS_LIST, /* the records in sight as a list */
  VERB_RUN_UNDO,
  /* of the mouse, without keys: see ui/pointer.h */
  VERB_CLICK,
  VERB_SORT_CLICKED,
  VERB_COUNT
} Verb;

typedef struct {
  const char *scope; /* "global", "browse", or a ViewOps.name */
  const char *key;   /* as key_from_text() takes it */
  const char *twin;  /* other keys, blank-separated; may be NULL */
  Verb verb;
  const char *id;    /* "filter-toggle": name in config.yaml and `caseload keys` */
  const char *label; /* one or two words for the footer */
  const char *help;  /* a sentence */
  int priority;      /* 1 first in the footer … 9; 0 = not in the footer */
  const char *also;  /* other words by which palette and find know it; may be NULL */
} Binding;

/* The table, in bindings.c; ends with scope NULL. */
extern const Binding keymap_bindings[];
/* Scopes in which letters are typed or chosen, so that the keys of "browse" sleep there. NULL-terminated. */
extern const char *const keymap_typing_scopes[];

/* A binding as it stands after the overrides. */
typedef struct {
  const Binding *binding; /* NULL for a key that config.yaml gives to an action */
  const char *scope;
  Key keys[6]; /* K_NONE-terminated, the main key first */
  Verb verb;
  const char *action; /* action id, or NULL */
  const char *id, *label, *help;
  int priority;
} BoundKey;

typedef struct Keymap Keymap;

/* `overrides`: ClKeyOverride* as cl_config_get_keys() gives them (may be NULL); they hold also with `no_letters`,
 * which leaves the table function keys, control keys, movements and Space. Keys bound twice in a scope
 * and names that do not exist are described in `mistakes` (GPtrArray of char*, may be NULL). */
Keymap *keymap_new(const GPtrArray *overrides, gboolean no_letters, GPtrArray *mistakes);
/* As the configuration has it. */
Keymap *keymap_new_for(const ClConfig *config, GPtrArray *mistakes);
/* Only the mistakes: a ClConfigCheck. */
void keymap_check(const ClConfig *config, GPtrArray *mistakes);
void keymap_free(Keymap *keymap);
/* What a key does in `scope`, else globally; NULL for nothing. */
const BoundKey *keymap_find(const Keymap *keymap, const char *scope, Key key);
/* TRUE when a binding works in `scope`: its own, "browse" or "global". */
gboolean keymap_applies(const BoundKey *bound, const char *scope);
/* All bindings in table order: *position from 0; NULL at the end. */
const BoundKey *keymap_next(const Keymap *keymap, gsize *position);
/* The binding of a verb in a scope (or browse, or global), also of one that has no key; NULL for none. */
const BoundKey *keymap_find_verb(const Keymap *keymap, const char *scope, Verb verb);
/* The key to show for a verb in a scope (or globally): "F4", "Space"; "" for none. The caller frees. */
char *keymap_key_for(const Keymap *keymap, const char *scope, Verb verb);
/* The first key that does it in `scope`, where a nearer scope may use its others otherwise; K_NONE for none. */
Key keymap_shown_key(const Keymap *keymap, const char *scope, const BoundKey *bound);
/* All such keys, blank-separated. The caller frees. */
char *keymap_dup_keys(const Keymap *keymap, const char *scope, const BoundKey *bound);
/* All its keys, blank-separated. The caller frees. */
char *bound_key_dup_keys(const BoundKey *bound);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Keymap, keymap_free)
