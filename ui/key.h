/* Keys and events, free of the terminal library: what ui/term.c reads and everything else
 * handles. A key is a code point, or one of K_UP … K_F(63), or either with the K_CTRL or K_ALT
 * bit. Enter is K_ENTER, Esc K_ESC, Tab K_TAB, never control codes. */
#pragma once

#include <glib.h>

typedef guint32 Key;

#define K_CTRL_BIT (1u << 28)
#define K_ALT_BIT (1u << 29)
#define K_SHIFT_BIT (1u << 30)                      /* with named keys only */
#define K_CTRL(letter) ((Key)(letter) | K_CTRL_BIT) /* K_CTRL('s'), lower case */
#define K_ALT(letter) ((Key)(letter) | K_ALT_BIT)

enum {
  K_NONE = 0,
  K_NAMED = 0x200000, /* above every code point */
  K_ENTER,
  K_ESC,
  K_TAB,
  K_BACK_TAB, /* Shift-Tab */
  K_BACKSPACE,
  K_DELETE,
  K_INSERT,
  K_UP,
  K_DOWN,
  K_LEFT,
  K_RIGHT,
  K_HOME,
  K_END,
  K_PAGE_UP,
  K_PAGE_DOWN,
  K_FOREIGN, /* a letter that this terminal's locale cannot tell */
  K_F0, /* K_F(n) = K_F0 + n */
  K_F_LAST = K_F0 + 63,
};
#define K_F(n) ((Key)(K_F0 + (n)))

typedef enum { EVENT_KEY, EVENT_PASTE, EVENT_POINTER } EventType;
typedef enum { POINTER_CLICK, POINTER_WHEEL_UP, POINTER_WHEEL_DOWN, POINTER_OTHER } Pointer;

typedef struct {
  EventType type;
  Key key;             /* EVENT_KEY */
  char *text;          /* EVENT_PASTE: cleaned of control characters but newlines; owned by the loop */
  const char *refusal; /* EVENT_PASTE: why nothing of it is taken (`text` is ""); NULL when it is */
  Pointer pointer;     /* EVENT_POINTER: the mouse, at this row and column of the screen */
  int y, x;
} Event;

/* "F4", "Ctrl-S", "Alt-1", "Shift-Tab", "Space", "x", "?" … and back; K_NONE for what is no key. */
char *key_to_text(Key key);
Key key_from_text(const char *text);
/* TRUE for a key that a plain xterm, PuTTY and the Linux console can send, each as a key of its own. */
gboolean key_is_portable(Key key);
/* TRUE for a code point that a text field takes. */
gboolean key_is_text(Key key);
