/* Decoding of keys, mouse reports and pastes. */
#include "decode.h"

#include "key_codes.h"

#include <string.h>

#define PASTE_LOST G_USEC_PER_SEC        /* quiet for so long, a paste is taken as it is */
#define TAIL_LOST (G_USEC_PER_SEC / 5)   /* the rest of a code comes sooner than that, or never */
#define CODE_MAX 64                      /* bytes of a code; replies of terminals may be longer and are dropped */
#define PASTE_END "\033[201~"
/* A terminal without bracketed paste sends a paste as if it were typed, at once. Nobody types so much ahead. */
#define BURST_LETTERS 512             /* waiting together, of at least so many kinds */
#define BURST_KINDS 12
#define BURST_FULL 3500               /* waiting together, whatever they are: the terminal's buffer is full */
#define BURST_KEYS 16384              /* without a pause, whatever they are */
#define BURST_QUIET (G_USEC_PER_SEC / 10)

typedef struct {
  char *bytes;
  Key key;
} Added;

struct Decoder {
  gboolean utf8;
  GArray *added;    /* of Added */
  GString *waiting; /* bytes not decoded yet */
  gsize at;         /* of them used up */
  gint64 fed_at;
  gint64 paused_at; /* when nothing more was waiting; 0: something has come since */
  gint64 esc_at;  /* when an Esc was given as a key: "[" right after it is the tail of a code that came apart */
  GString *paste; /* not NULL between the two marks */
  gboolean burst; /* the paste has no marks: it ends when nothing comes any more */
  gsize keys;     /* given since the last pause */
  const char *refusal;
};

static void added_clear(gpointer data) {
  g_free(((Added *)data)->bytes);
}

Decoder *decoder_new(gboolean utf8) {
  Decoder *decoder = g_new0(Decoder, 1);
  decoder->utf8 = utf8;
  decoder->added = g_array_new(FALSE, FALSE, sizeof(Added));
  g_array_set_clear_func(decoder->added, added_clear);
  decoder->waiting = g_string_new(NULL);
  return decoder;
}

void decoder_free(Decoder *decoder) {
  if (!decoder)
    return;
  g_array_unref(decoder->added);
  g_string_free(decoder->waiting, TRUE);
  if (decoder->paste)
    g_string_free(decoder->paste, TRUE);
  g_free(decoder);
}

static Key key_of_keypad(char final) {
  for (gsize i = 0; i < G_N_ELEMENTS(keypad_keys); i++)
    if (keypad_keys[i].final == final)
      return keypad_keys[i].key;
  return K_NONE;
}

void decoder_add(Decoder *decoder, const char *bytes, Key key) {
  if (bytes[0] != '\033' || !bytes[1])
    return;
  /* The description of the vt100 calls digits of the number pad function keys: an 8 would quit. */
  if (bytes[1] == 'O' && strlen(bytes) == 3 && key_of_keypad(bytes[2]) != K_NONE)
    return;
  Added added = {g_strdup(bytes), key};
  g_array_append_val(decoder->added, added);
}

static void begin_paste(Decoder *decoder, gboolean burst) {
  decoder->paste = g_string_new(NULL);
  decoder->burst = burst;
  decoder->refusal = NULL;
}

/* Much text of many letters, or very much text, and nothing but text, is waiting. */
static gboolean is_text_burst(const Decoder *decoder) {
  gboolean seen[256] = {FALSE};
  int kinds = 0;
  if (decoder->waiting->len < BURST_LETTERS)
    return FALSE;
  for (gsize i = 0; i < decoder->waiting->len; i++) {
    guchar byte = (guchar)decoder->waiting->str[i];
    if ((byte < ' ' && !strchr("\r\n\t", byte)) || byte == 127)
      return FALSE;
    kinds += !seen[byte];
    seen[byte] = TRUE;
  }
  return kinds >= BURST_KINDS || decoder->waiting->len >= BURST_FULL;
}

void decoder_pause(Decoder *decoder, gint64 now) {
  if (!decoder->paused_at)
    decoder->paused_at = now;
}

void decoder_feed(Decoder *decoder, const char *bytes, gsize length, gint64 now) {
  if (decoder->at > 0) {
    g_string_erase(decoder->waiting, 0, (gssize)decoder->at);
    decoder->at = 0;
  }
  g_string_append_len(decoder->waiting, bytes, (gssize)length);
  if (decoder->paused_at && now - decoder->paused_at > BURST_QUIET)
    decoder->keys = 0;
  decoder->paused_at = 0;
  decoder->fed_at = now;
  if (!decoder->paste && (decoder->keys > BURST_KEYS || is_text_burst(decoder)))
    begin_paste(decoder, TRUE);
}

gboolean decoder_is_in_burst(const Decoder *decoder) {
  return decoder->burst;
}

/* ---- pastes -------------------------------------------------------------------------------- */

/* Without control characters; line ends as "\n", tabs as blanks. */
static char *clean_paste(const GString *paste) {
  g_autofree char *valid = g_utf8_make_valid(paste->str, (gssize)paste->len);
  GString *clean = g_string_sized_new(paste->len);
  for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
    gunichar letter = g_utf8_get_char(p);
    if (letter == '\r') {
      g_string_append_c(clean, '\n');
      p += p[1] == '\n' ? 1 : 0;
    } else if (letter == '\t') {
      g_string_append_c(clean, ' ');
    } else if (letter == '\n' || key_is_text((Key)letter)) {
      g_string_append_unichar(clean, letter);
    }
  }
  return g_string_free(clean, FALSE);
}

static DecoderState end_paste(Decoder *decoder, Event *event) {
  *event = (Event){.type = EVENT_PASTE,
                   .text = decoder->refusal ? g_strdup("") : clean_paste(decoder->paste),
                   .refusal = decoder->refusal};
  g_string_free(decoder->paste, TRUE);
  decoder->paste = NULL;
  decoder->burst = FALSE;
  decoder->keys = 0;
  return DECODER_EVENT;
}

static void add_to_paste(Decoder *decoder, const char *bytes, gsize length) {
  if (decoder->paste->len + length > DECODER_PASTE_MAX)
    decoder->refusal = "it is longer than 256 KB. Import a file instead, or paste it in parts";
  for (gsize i = 0; !decoder->utf8 && !decoder->refusal && i < length; i++)
    if ((guchar)bytes[i] >= 0x80)
      decoder->refusal = "it has letters that this terminal cannot show, as its locale is not UTF-8";
  if (!decoder->refusal)
    g_string_append_len(decoder->paste, bytes, (gssize)length);
}

/* Up to the end mark; of its beginning at the end of what has come nothing is taken yet. */
static DecoderState next_of_paste(Decoder *decoder, Event *event, gint64 now) {
  const gsize mark = strlen(PASTE_END);
  const char *from = decoder->waiting->str + decoder->at;
  gsize left = decoder->waiting->len - decoder->at;
  const char *end = left > 0 && !decoder->burst ? memmem(from, left, PASTE_END, mark) : NULL;
  if (end) {
    add_to_paste(decoder, from, (gsize)(end - from));
    decoder->at += (gsize)(end - from) + mark;
    return end_paste(decoder, event);
  }
  gsize keep = MIN(left, mark - 1);
  while (keep > 0 && memcmp(from + left - keep, PASTE_END, keep) != 0)
    keep--;
  add_to_paste(decoder, from, left - keep);
  decoder->at += left - keep;
  gint64 quiet = decoder->burst ? BURST_QUIET : PASTE_LOST;
  return now - decoder->fed_at >= quiet ? end_paste(decoder, event) : DECODER_EMPTY;
}

/* ---- codes ------------------------------------------------------------------------------------ */

static Key modified(Key key, int modifiers) {
  int bits = modifiers > 1 ? modifiers - 1 : 0;
  if (key == K_NONE || modifiers > 16) /* more is no modifier but the number of a report */
    return K_NONE;
  if (key == K_TAB && bits & 1)
    return K_BACK_TAB;
  return key | (bits & 1 ? K_SHIFT_BIT : 0) | (bits & 2 ? K_ALT_BIT : 0) | (bits & 4 ? K_CTRL_BIT : 0);
}

static Key key_of_final(char final) {
  for (gsize i = 0; i < G_N_ELEMENTS(final_keys); i++)
    if (final_keys[i].final == final)
      return final_keys[i].key;
  return K_NONE;
}

static Key key_of_number(int number) {
  for (gsize i = 0; i < G_N_ELEMENTS(number_keys); i++)
    if (number_keys[i].number == number)
      return number_keys[i].key;
  return K_NONE;
}

/* "\033[27;5;9~" and "\033[97;5u": keys that are told by their letter. */
static Key key_of_letter(int letter, int modifiers) {
  switch (letter) {
  case 13:
    return modified(K_ENTER, modifiers);
  case 27:
    return K_ESC;
  case 9:
    return modified(K_TAB, modifiers);
  case 8:
  case 127:
    return K_BACKSPACE;
  default:
    break;
  }
  if (!key_is_text((Key)letter) || modifiers > 8)
    return K_NONE;
  return modifiers > 2 ? modified((Key)letter, ((modifiers - 1) & ~1) + 1) : (Key)letter;
}

/* `n` numbers between "\033[" and the last letter. */
static Key key_of_code(const int *numbers, int n, char final) {
  static const int shift = 2, ctrl = 5, both = 6;
  int modifiers = n > 1 ? numbers[1] : 0;
  switch (final) {
  case '~':
    return n > 2 && numbers[0] == 27 ? key_of_letter(numbers[2], numbers[1])
                                     : modified(key_of_number(numbers[0]), modifiers);
  case '$':
    return modified(key_of_number(numbers[0]), shift);
  case '^':
    return modified(key_of_number(numbers[0]), ctrl);
  case '@':
    return modified(key_of_number(numbers[0]), both);
  case 'u':
    return key_of_letter(numbers[0], modifiers);
  case 'Z':
    return K_BACK_TAB;
  case 'a':
  case 'b':
  case 'c':
  case 'd':
    return modified(key_of_final((char)g_ascii_toupper(final)), shift);
  default:
    return modified(key_of_final(final), modifiers);
  }
}

/* Mouse: button, column and row as terminals count them. Only presses and the wheel mean something. */
static gboolean pointer_event(Event *event, int button, int x, int y) {
  *event = (Event){.type = EVENT_POINTER, .x = x - 1, .y = y - 1};
  if ((button & ~0x1c) == 64)
    event->pointer = POINTER_WHEEL_UP;
  else if ((button & ~0x1c) == 65)
    event->pointer = POINTER_WHEEL_DOWN;
  else if (button == 0)
    event->pointer = POINTER_CLICK;
  else
    event->pointer = POINTER_OTHER;
  return event->x >= 0 && event->y >= 0;
}

static gboolean is_final(char c) {
  return (c >= 0x40 && c <= 0x7e) || c == '$';
}

/* The length of the code that begins at `text` ("\033[…"), 0 when its end has not come. */
static gsize code_length(const char *text, gsize length) {
  gsize i = 2;
  if (length > 2 && text[2] == '[') /* the function keys of the Linux console */
    return length > 3 ? 4 : 0;
  if (length > 2 && text[2] == 'M') /* the mouse, old style */
    return length >= 6 ? 6 : 0;
  while (i < length && !is_final(text[i]) && i < CODE_MAX)
    i++;
  return i < length ? i + 1 : 0;
}

static Event key_event(Key key) {
  return (Event){.type = EVENT_KEY, .key = key};
}

static Event decode_code(Decoder *decoder, const char *text, gsize length) {
  int numbers[4] = {0}, n = 0;
  char final = text[length - 1];
  const char *p = text + 2;
  Event event;
  if (length == 4 && text[2] == '[')
    return key_event(final >= 'A' && final <= 'E' ? K_F(final - 'A' + 1) : K_NONE);
  if (length == 6 && text[2] == 'M')
    return pointer_event(&event, (guchar)text[3] - 32, (guchar)text[4] - 32, (guchar)text[5] - 32)
               ? event
               : key_event(K_NONE);
  gboolean mouse = *p == '<', plain = g_ascii_isdigit(*p) || length == 3;
  for (p += mouse ? 1 : 0; n < 4 && g_ascii_isdigit(*p); p++) {
    for (; g_ascii_isdigit(*p); p++)
      numbers[n] = MIN(numbers[n] * 10 + (*p - '0'), 100000);
    n++;
    if (*p != ';')
      break;
  }
  if (mouse)
    return n == 3 && final == 'M' && pointer_event(&event, numbers[0], numbers[1], numbers[2]) ? event
                                                                                        : key_event(K_NONE);
  if (!plain)
    return key_event(K_NONE);
  if (final == '~' && numbers[0] == 200) {
    begin_paste(decoder, FALSE);
    return key_event(K_NONE);
  }
  return key_event(key_of_code(numbers, n, final));
}

/* "\033Ox", with the number of a modifier in some terminals: "\033O5A". */
static Event decode_application(const char *text, gsize length) {
  char final = text[length - 1];
  int modifiers = length == 4 ? text[2] - '0' : 0;
  if (final >= 'a' && final <= 'd')
    return key_event(modified(key_of_final((char)g_ascii_toupper(final)), 5));
  Key key = key_of_keypad(final);
  return key_event(key != K_NONE ? key : modified(key_of_final(final), modifiers));
}

/* A key of the terminal's description. *partial: one may be on its way. */
static const Added *find_added(const Decoder *decoder, const char *text, gsize length, gboolean *partial) {
  const Added *found = NULL;
  for (guint i = 0; i < decoder->added->len; i++) {
    const Added *added = &g_array_index(decoder->added, Added, i);
    gsize n = strlen(added->bytes);
    if (n <= length && memcmp(text, added->bytes, n) == 0 && (!found || strlen(found->bytes) < n))
      found = added;
    *partial |= n > length && memcmp(text, added->bytes, length) == 0;
  }
  return found;
}

static DecoderState use(Decoder *decoder, gsize length, Event *event, Event what) {
  decoder->at += length;
  decoder->keys++;
  *event = what;
  return DECODER_EVENT;
}

/* The end of a reply ("\033]…\a", "\033P…\033\\"); 0 when it has not come. */
static gsize reply_length(const char *text, gsize length) {
  for (gsize i = 2; i < length; i++) {
    if (text[i] == '\a')
      return i + 1;
    if (text[i] == '\033' && i + 1 < length)
      return text[i + 1] == '\\' ? i + 2 : i;
  }
  return 0;
}

/* The rest has not come. After a while nobody waits for it any more: it is dropped. */
static DecoderState wait_for_rest(Decoder *decoder, Event *event, gsize length, gint64 now) {
  if (now - decoder->fed_at < TAIL_LOST && length < 4096)
    return DECODER_EMPTY;
  return use(decoder, length, event, key_event(K_NONE));
}

static DecoderState decode_escape(Decoder *decoder, const char *text, gsize length, Event *event, gint64 now) {
  gboolean partial = FALSE;
  const Added *added = find_added(decoder, text, length, &partial);
  if (length == 1)
    return DECODER_ESC;
  if (added)
    return use(decoder, strlen(added->bytes), event, key_event(added->key));
  gsize n = 0;
  switch (text[1]) {
  case '[':
    n = code_length(text, length);
    return n ? use(decoder, n, event, decode_code(decoder, text, n)) : wait_for_rest(decoder, event, length, now);
  case 'O':
    n = length > 2 && g_ascii_isdigit(text[2]) ? 4 : 3;
    return n <= length ? use(decoder, n, event, decode_application(text, n))
                       : wait_for_rest(decoder, event, length, now);
  case ']':
  case 'P':
    n = reply_length(text, length);
    return n ? use(decoder, n, event, key_event(K_NONE)) : wait_for_rest(decoder, event, length, now);
  case 'b':
  case 'f':
    return use(decoder, 2, event, key_event(K_ALT(text[1])));
  default:
    break;
  }
  if (g_ascii_isdigit(text[1])) /* Alt-1 to Alt-0 for keyboards without function keys */
    return use(decoder, 2, event, key_event(K_F(text[1] == '0' ? 10 : (Key)(text[1] - '0'))));
  if (partial)
    return wait_for_rest(decoder, event, length, now);
  decoder->esc_at = now;
  return use(decoder, 1, event, key_event(K_ESC));
}

/* ---- letters ------------------------------------------------------------------------------------- */

static Key key_of_control(char c) {
  switch (c) {
  case '\r':
  case '\n':
    return K_ENTER;
  case '\t':
    return K_TAB;
  case 8:
  case 127:
    return K_BACKSPACE;
  default:
    return c >= 1 && c <= 26 ? K_CTRL((Key)('a' + c - 1)) : K_NONE;
  }
}

static DecoderState decode_letter(Decoder *decoder, const char *text, gsize length, Event *event, gint64 now) {
  guchar first = (guchar)text[0];
  if (first < ' ' || first == 127)
    return use(decoder, 1, event, key_event(key_of_control(text[0])));
  if (first < 127)
    return use(decoder, 1, event, key_event(first));
  if (!decoder->utf8)
    return use(decoder, 1, event, key_event(K_FOREIGN));
  gunichar letter = g_utf8_get_char_validated(text, (gssize)MIN(length, 6));
  if (letter == (gunichar)-2)
    return wait_for_rest(decoder, event, length, now);
  if (letter == (gunichar)-1)
    return use(decoder, 1, event, key_event(K_NONE));
  return use(decoder, (gsize)(g_utf8_next_char(text) - text), event,
             key_event(key_is_text((Key)letter) ? (Key)letter : K_NONE));
}

/* "[A" of a code whose Esc came too long before the rest. */
static gboolean is_torn_tail(const Decoder *decoder, const char *text, gsize length) {
  return text[0] == '[' && length > 1 && decoder->esc_at && decoder->fed_at - decoder->esc_at < TAIL_LOST &&
         (g_ascii_isdigit(text[1]) || strchr("ABCDHFZ[", text[1]));
}

DecoderState decoder_next(Decoder *decoder, Event *event, gint64 now) {
  for (;;) {
    if (decoder->paste)
      return next_of_paste(decoder, event, now);
    if (decoder->at >= decoder->waiting->len)
      return DECODER_EMPTY;
    const char *text = decoder->waiting->str + decoder->at;
    gsize length = decoder->waiting->len - decoder->at;
    if (is_torn_tail(decoder, text, length)) {
      g_string_insert_c(decoder->waiting, (gssize)decoder->at, '\033');
      decoder->esc_at = 0;
      continue;
    }
    DecoderState state = text[0] == '\033' ? decode_escape(decoder, text, length, event, now)
                                           : decode_letter(decoder, text, length, event, now);
    /* What means nothing is no event; a sequence of them costs no turn each. */
    if (state == DECODER_EVENT && event->type == EVENT_KEY && event->key == K_NONE)
      continue;
    return state;
  }
}

void decoder_take_esc(Decoder *decoder, Event *event, gint64 now) {
  decoder->esc_at = now;
  use(decoder, 1, event, key_event(K_ESC));
}
