/* What terminals send for keys, beyond what terminfo knows of the one at hand: PuTTY and rxvt
 * function keys, the Linux console's, both cursor key modes, Alt-digits as F1 to F10 for keyboards
 * without, the marks of a bracketed paste. For ui/term.c alone. */
#pragma once

enum {
  CODE_PASTE_BEGIN = 600,
  CODE_PASTE_END,
  CODE_CTRL_UP,
  CODE_CTRL_DOWN,
  CODE_CTRL_LEFT,
  CODE_CTRL_RIGHT,
  CODE_SHIFT_UP,
  CODE_SHIFT_DOWN,
  CODE_ALT_B,
  CODE_ALT_F,
};

static const struct {
  const char *bytes;
  int code;
} term_sequences[] = {
  { "\033[200~", CODE_PASTE_BEGIN }, { "\033[201~", CODE_PASTE_END },
  { "\033[A", KEY_UP }, { "\033[B", KEY_DOWN }, { "\033[C", KEY_RIGHT }, { "\033[D", KEY_LEFT },
  { "\033OA", KEY_UP }, { "\033OB", KEY_DOWN }, { "\033OC", KEY_RIGHT }, { "\033OD", KEY_LEFT },
  { "\033[H", KEY_HOME }, { "\033OH", KEY_HOME }, { "\033[1~", KEY_HOME }, { "\033[7~", KEY_HOME },
  { "\033[F", KEY_END }, { "\033OF", KEY_END }, { "\033[4~", KEY_END }, { "\033[8~", KEY_END },
  { "\033[2~", KEY_IC }, { "\033[3~", KEY_DC }, { "\033[5~", KEY_PPAGE }, { "\033[6~", KEY_NPAGE },
  { "\033[Z", KEY_BTAB },
  { "\033OP", KEY_F(1) }, { "\033OQ", KEY_F(2) }, { "\033OR", KEY_F(3) }, { "\033OS", KEY_F(4) },
  { "\033[11~", KEY_F(1) }, { "\033[12~", KEY_F(2) }, { "\033[13~", KEY_F(3) }, { "\033[14~", KEY_F(4) },
  { "\033[[A", KEY_F(1) }, { "\033[[B", KEY_F(2) }, { "\033[[C", KEY_F(3) }, { "\033[[D", KEY_F(4) },
  { "\033[[E", KEY_F(5) }, { "\033[15~", KEY_F(5) }, { "\033[17~", KEY_F(6) }, { "\033[18~", KEY_F(7) },
  { "\033[19~", KEY_F(8) }, { "\033[20~", KEY_F(9) }, { "\033[21~", KEY_F(10) }, { "\033[23~", KEY_F(11) },
  { "\033[24~", KEY_F(12) },
  { "\0331", KEY_F(1) }, { "\0332", KEY_F(2) }, { "\0333", KEY_F(3) }, { "\0334", KEY_F(4) },
  { "\0335", KEY_F(5) }, { "\0336", KEY_F(6) }, { "\0337", KEY_F(7) }, { "\0338", KEY_F(8) },
  { "\0339", KEY_F(9) }, { "\0330", KEY_F(10) },
  { "\033[1;5A", CODE_CTRL_UP }, { "\033[1;5B", CODE_CTRL_DOWN }, { "\033[1;5C", CODE_CTRL_RIGHT },
  { "\033[1;5D", CODE_CTRL_LEFT }, { "\033Oa", CODE_CTRL_UP }, { "\033Ob", CODE_CTRL_DOWN },
  { "\033Oc", CODE_CTRL_RIGHT }, { "\033Od", CODE_CTRL_LEFT },
  { "\033[1;2A", CODE_SHIFT_UP }, { "\033[1;2B", CODE_SHIFT_DOWN },
  { "\033b", CODE_ALT_B }, { "\033f", CODE_ALT_F },
};

static const struct {
  int code;
  Key key;
} term_codes[] = {
  { KEY_UP, K_UP }, { KEY_DOWN, K_DOWN }, { KEY_LEFT, K_LEFT }, { KEY_RIGHT, K_RIGHT },
  { KEY_HOME, K_HOME }, { KEY_END, K_END }, { KEY_PPAGE, K_PAGE_UP }, { KEY_NPAGE, K_PAGE_DOWN },
  { KEY_IC, K_INSERT }, { KEY_DC, K_DELETE }, { KEY_BTAB, K_BACK_TAB }, { KEY_BACKSPACE, K_BACKSPACE },
  { KEY_ENTER, K_ENTER }, { KEY_SR, K_UP | K_SHIFT_BIT }, { KEY_SF, K_DOWN | K_SHIFT_BIT },
  { KEY_A1, K_HOME }, { KEY_C1, K_END }, { KEY_A3, K_PAGE_UP }, { KEY_C3, K_PAGE_DOWN },
  { CODE_CTRL_UP, K_UP | K_CTRL_BIT }, { CODE_CTRL_DOWN, K_DOWN | K_CTRL_BIT },
  { CODE_CTRL_LEFT, K_LEFT | K_CTRL_BIT }, { CODE_CTRL_RIGHT, K_RIGHT | K_CTRL_BIT },
  { CODE_SHIFT_UP, K_UP | K_SHIFT_BIT }, { CODE_SHIFT_DOWN, K_DOWN | K_SHIFT_BIT },
  { CODE_ALT_B, K_ALT('b') }, { CODE_ALT_F, K_ALT('f') },
};
