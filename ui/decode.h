/* What terminals send, as keys: bytes in, events out. Knows the codes of xterm, PuTTY, rxvt, the Linux
 * console, tmux and screen, macOS Terminal and kitty together, whatever TERM says, so that a wrong TERM costs
 * no key; what a terminal's own description adds is given by decoder_add(). A code that nobody knows is
 * swallowed whole: its tail is never taken for letters. A paste is one event, however long it
 * takes, also where the terminal does not mark it: then by coming faster than anybody types. Free of the terminal library. */
#pragma once

#include "key.h"

#define DECODER_PASTE_MAX (256 * 1024) /* bytes; a longer paste is refused as a whole */

typedef struct Decoder Decoder;

typedef enum {
  DECODER_EVENT,
  DECODER_EMPTY, /* nothing more, or the rest of a code has yet to come */
  DECODER_ESC,   /* an Esc that may be the beginning of a code: wait a little, then decoder_take_esc() */
} DecoderState;

/* `utf8`: letters come in UTF-8; else only ASCII is taken, and other letters are K_FOREIGN. */
Decoder *decoder_new(gboolean utf8);
void decoder_free(Decoder *decoder);
/* A code of this terminal; those that do not begin with Esc are left out. */
void decoder_add(Decoder *decoder, const char *bytes, Key key);
/* `now` in µs, of a clock that never goes back. */
void decoder_feed(Decoder *decoder, const char *bytes, gsize length, gint64 now);
/* Nothing more waits to be fed. Without that, what comes next belongs to what came before, however long the program
 * took over it. */
void decoder_pause(Decoder *decoder, gint64 now);
/* The next event; the caller frees event->text. */
DecoderState decoder_next(Decoder *decoder, Event *event, gint64 now);
/* After DECODER_ESC and a wait in which nothing came: it was the key. */
void decoder_take_esc(Decoder *decoder, Event *event, gint64 now);
/* TRUE while a paste without marks goes on: it ends once nothing has come for a tenth of a second. */
gboolean decoder_is_in_burst(const Decoder *decoder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Decoder, decoder_free)
