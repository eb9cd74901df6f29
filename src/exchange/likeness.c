/* Evidence that two descriptions mean one person. Points for what agrees, or nearly agrees in the ways
 * people mistype (a letter off, two letters swapped, day and month swapped, names swapped), points off
 * for what plainly differs; what is missing on either side says nothing. */
#include "likeness.h"

#include <caseload/text.h>
#include <stdlib.h>
#include <string.h>

#define LETTERS 48 /* of a name that take part in comparing */
#define POINTS_SAME_NAME 32
#define POINTS_SAME_BIRTH 30
#define POINTS_SAME_NATIONAL_ID 50
#define POINTS_SAME_ADDRESS 34 /* with the postcode */

/* ---- one form ---------------------------------------------------------------- */

static void append_folded(GString *into, const char *text, gboolean blanks) {
  if (text && *text) {
    g_autofree char *folded = cl_text_fold(text);
    gsize start = into->len;
    for (const char *p = folded; *p; p = g_utf8_next_char(p)) {
      gunichar letter = g_utf8_get_char(p);
      if (g_unichar_isalnum(letter))
        g_string_append_unichar(into, letter);
      else if (blanks && into->len > start && into->str[into->len - 1] != ' ' && letter != '\'')
        g_string_append_c(into, ' ');
    }
    if (into->len > start && into->str[into->len - 1] == ' ')
      g_string_truncate(into, into->len - 1);
  }
  g_string_append_c(into, '\0');
}

/* The last nine digits: what a number has in common with and without its country's prefix. */
static void append_digits(GString *into, const char *text) {
  char digits[10] = "";
  gsize n = 0;
  for (const char *p = text ? text + strlen(text) : ""; text && p > text && n < 9;)
    if (g_ascii_isdigit(*--p))
      digits[n++] = *p;
  if (n >= 6)
    g_string_append_len(into, digits, (gssize)n);
  g_string_append_c(into, '\0');
}

void cl_likeness_normalise(const ClPerson *person, GString *into) {
  append_folded(into, person->given, FALSE);
  append_folded(into, person->family, FALSE);
  append_folded(into, person->national_id, FALSE);
  append_folded(into, person->address, TRUE);
  append_folded(into, person->postcode, FALSE);
  append_digits(into, person->phone);
  append_digits(into, person->mobile);
  append_folded(into, person->email, FALSE);
}

ClPerson cl_likeness_view(const char *p, ClDate born) {
  ClPerson person = {.born = born};
  const char **texts[] = {&person.given,    &person.family, &person.national_id, &person.address,
                          &person.postcode, &person.phone,  &person.mobile,      &person.email};
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    *texts[i] = p;
    p += strlen(p) + 1;
  }
  return person;
}

/* ---- comparing texts ---------------------------------------------------------- */

static int decode(const char *text, gunichar *letters) {
  int n = 0;
  for (; *text && n < LETTERS; text = g_utf8_next_char(text))
    letters[n++] = g_utf8_get_char(text);
  return n;
}

/* Edits between two texts (a swap of neighbours is one), at most 3. */
static int edits(const char *a, const char *b) {
  gunichar x[LETTERS], y[LETTERS];
  int rows[3][LETTERS + 1], nx = decode(a, x), ny = decode(b, y);
  if (abs(nx - ny) > 2)
    return 3;
  int *before = rows[0], *last = rows[1], *now = rows[2];
  for (int j = 0; j <= ny; j++)
    last[j] = j;
  for (int i = 1; i <= nx; i++) {
    int best = now[0] = i;
    for (int j = 1; j <= ny; j++) {
      now[j] = MIN(MIN(last[j] + 1, now[j - 1] + 1), last[j - 1] + (x[i - 1] != y[j - 1]));
      if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
        now[j] = MIN(now[j], before[j - 2] + 1);
      best = MIN(best, now[j]);
    }
    if (best > 2)
      return 3;
    int *spare = before;
    before = last;
    last = now;
    now = spare;
  }
  return MIN(last[ny], 3);
}

/* Consonants by sound, as Soundex groups them; other scripts keep their letters. */
static guint32 sound(const char *text) {
  static const char codes[] = "01230120022455012623010202"; /* a … z */
  guint32 hash = 2166136261u;
  char last = 0;
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    gunichar letter = g_utf8_get_char(p);
    gboolean latin = letter >= 'a' && letter <= 'z';
    char code = latin ? codes[letter - 'a'] : 'x';
    if (p != text && (code == '0' || (latin && code == last))) {
      last = code;
      continue;
    }
    hash = (hash ^ (p == text || !latin ? letter : (guint32)code)) * 16777619u;
    last = code;
  }
  return hash;
}

/* 100 alike, 0 unrelated: shared pairs of neighbouring letters, wherever they stand (Dice). */
static int shared_pairs(const char *a, const char *b) {
  guint8 seen[256] = {0};
  int na = 0, nb = 0, both = 0;
  for (const char *p = a; p[0] && p[1]; p++) {
    if (p[0] == ' ' || p[1] == ' ')
      continue;
    guint slot = ((guchar)p[0] * 33u + (guchar)p[1]) & 255;
    seen[slot] += seen[slot] < 255;
    na++;
  }
  for (const char *p = b; p[0] && p[1]; p++) {
    if (p[0] == ' ' || p[1] == ' ')
      continue;
    guint slot = ((guchar)p[0] * 33u + (guchar)p[1]) & 255;
    nb++;
    if (seen[slot]) {
      seen[slot]--;
      both++;
    }
  }
  return na + nb ? 200 * both / (na + nb) : 0;
}

/* ---- evidence ------------------------------------------------------------------ */

static void say(GString *why, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void say(GString *why, const char *format, ...) {
  if (!why)
    return;
  if (why->len)
    g_string_append(why, "; ");
  va_list args;
  va_start(args, format);
  g_string_append_vprintf(why, format, args);
  va_end(args);
}

typedef enum { MISSING, DIFFERENT, SOUNDS, NEAR, SAME } Likeness;

static Likeness compare_names(const char *a, const char *b) {
  if (!*a || !*b)
    return MISSING;
  if (!strcmp(a, b))
    return SAME;
  gsize longer = MAX(strlen(a), strlen(b)), shorter = MIN(strlen(a), strlen(b));
  int off = edits(a, b);
  if ((off == 1 && longer >= 4) || (off == 2 && longer >= 6))
    return NEAR;
  if (shorter >= 3 && !strncmp(a, b, shorter))
    return NEAR;
  return shorter >= 3 && sound(a) == sound(b) ? SOUNDS : DIFFERENT;
}

static void say_name(GString *why, const char *label, Likeness likeness, const char *a, const char *b) {
  int off = likeness == NEAR ? edits(a, b) : 0;
  if (likeness == SOUNDS)
    say(why, "%s sounds alike (%s/%s)", label, a, b);
  else if (likeness == NEAR && off == 1)
    say(why, "%s differs by one letter (%s/%s)", label, a, b);
  else if (likeness == NEAR && off == 2)
    say(why, "%s differs by two letters (%s/%s)", label, a, b);
  else if (likeness == NEAR)
    say(why, "%s is a short form (%s/%s)", label, a, b);
}

/* Points by likeness of given and of family name. */
static const int name_points[5][5] = {
    /* given: MISSING DIFFERENT SOUNDS NEAR SAME; family in the rows */
    [MISSING] = {0, -10, 3, 6, 10}, [DIFFERENT] = {-10, -30, -15, -8, 0}, [SOUNDS] = {6, -8, 12, 16, 20},
    [NEAR] = {12, -4, 17, 22, 26},  [SAME] = {16, 0, 22, 27, POINTS_SAME_NAME},
};

static int score_names(const ClPerson *a, const ClPerson *b, GString *why) {
  Likeness given = compare_names(a->given, b->given), family = compare_names(a->family, b->family);
  int points = name_points[family][given];
  Likeness crossed_1 = compare_names(a->given, b->family), crossed_2 = compare_names(a->family, b->given);
  if (points < 20 && crossed_1 >= NEAR && crossed_2 >= NEAR) {
    say(why, "given and family name swapped");
    return crossed_1 == SAME && crossed_2 == SAME ? 28 : 20;
  }
  if (points < 10 && (crossed_1 == SAME || crossed_2 == SAME) && MIN(given, family) == MISSING) {
    say(why, "one's given name is the other's family name");
    return 12;
  }
  if (given == SAME && family == SAME)
    say(why, "same name");
  else if (family == SAME)
    say(why, "same family name");
  else if (given == SAME)
    say(why, "same given name");
  say_name(why, "given name", given, a->given, b->given);
  say_name(why, "family name", family, a->family, b->family);
  return points;
}

static int score_birth(ClDate a, ClDate b, GString *why) {
  if (a == CL_DATE_NONE || b == CL_DATE_NONE)
    return 0;
  if (a == b) {
    say(why, "same birth date");
    return POINTS_SAME_BIRTH;
  }
  char x[12], y[12];
  int year_a, month_a, day_a, year_b, month_b, day_b;
  cl_date_to_ymd(a, &year_a, &month_a, &day_a);
  cl_date_to_ymd(b, &year_b, &month_b, &day_b);
  if (year_a == year_b && month_a == day_b && day_a == month_b) {
    say(why, "birth dates with day and month swapped");
    return 25;
  }
  int off = edits(cl_date_to_iso(a, x), cl_date_to_iso(b, y));
  if (off == 1) {
    say(why, "birth dates differ by one digit (%s/%s)", x, y);
    return 20;
  }
  return off == 2 ? -4 : -15;
}

static int score_national_id(const char *a, const char *b, GString *why) {
  if (!*a || !*b)
    return 0;
  if (!strcmp(a, b)) {
    say(why, "same national ID");
    return POINTS_SAME_NATIONAL_ID;
  }
  if (MIN(strlen(a), strlen(b)) >= 6 && edits(a, b) == 1) {
    say(why, "national IDs differ by one digit (%s/%s)", a, b);
    return 32;
  }
  return -8;
}

static int score_address(const ClPerson *a, const ClPerson *b, GString *why) {
  int points = 0;
  gboolean postcode = *a->postcode && !strcmp(a->postcode, b->postcode);
  if (*a->address && *b->address) {
    int like = strcmp(a->address, b->address) ? shared_pairs(a->address, b->address) : 100;
    gboolean number = strtol(a->address, NULL, 10) == strtol(b->address, NULL, 10);
    points = like == 100 ? 28 : like >= 85 ? 22 : like >= 65 ? 14 : like < 40 ? -6 : 0;
    if (points > 0 && like < 100 && number)
      points += 4;
    if (points > 0)
      say(why, like == 100 ? "same address" : "similar address");
  }
  if (postcode)
    say(why, "same postcode");
  return points + (postcode ? 6 : 0);
}

static gboolean same(const char *a, const char *b) {
  return *a && !strcmp(a, b);
}

static int score_contact(const ClPerson *a, const ClPerson *b, GString *why) {
  int points = 0;
  if (same(a->mobile, b->mobile) || same(a->mobile, b->phone) || same(a->phone, b->mobile)) {
    say(why, "same mobile");
    points += 22;
  } else if (same(a->phone, b->phone)) {
    say(why, "same phone");
    points += 15;
  }
  if (same(a->email, b->email)) {
    say(why, "same e-mail address");
    points += 25;
  }
  return points;
}

/* ---- the most that a pair can reach, cheaply ------------------------------------------ */

static guint32 number_of(ClDate born) {
  int year, month, day;
  cl_date_to_ymd(born, &year, &month, &day);
  return (guint32)(year * 10000 + month * 100 + day);
}

static int most_by_birth(ClDate a, ClDate b) {
  if (a == CL_DATE_NONE || b == CL_DATE_NONE)
    return 0;
  if (a == b)
    return POINTS_SAME_BIRTH;
  int different = 0;
  for (guint32 x = number_of(a), y = number_of(b); x || y; x /= 10, y /= 10)
    different += x % 10 != y % 10;
  /* Day and month swapped can differ in four digits. */
  return different <= 4 ? 25 : -4;
}

static int most_by_national_id(const char *a, const char *b) {
  if (!*a || !*b)
    return 0;
  gsize n = strlen(a), m = strlen(b), front = 0, back = 0, shorter = MIN(n, m);
  while (front < shorter && a[front] == b[front])
    front++;
  while (back < shorter - front && a[n - 1 - back] == b[m - 1 - back])
    back++;
  if (front == n && front == m)
    return POINTS_SAME_NATIONAL_ID;
  gboolean near = front + back + 2 >= shorter || !g_str_is_ascii(a) || !g_str_is_ascii(b);
  return near ? 32 : -8;
}

static gboolean cannot_reach(const ClPerson *a, const ClPerson *b, int wanted) {
  int most = most_by_birth(a->born, b->born) + most_by_national_id(a->national_id, b->national_id) +
             score_contact(a, b, NULL) + POINTS_SAME_NAME;
  if (most + POINTS_SAME_ADDRESS < wanted)
    return TRUE;
  return most < wanted + 6 && most + score_address(a, b, NULL) < wanted;
}

int cl_likeness_score(const ClPerson *a, const ClPerson *b, GString *why) {
  if (!why && cannot_reach(a, b, CL_DUPLICATES_LIKELY))
    return 0;
  int score = score_birth(a->born, b->born, why);
  score += score_names(a, b, why);
  score += score_national_id(a->national_id, b->national_id, why);
  score += score_address(a, b, why);
  score += score_contact(a, b, why);
  return CLAMP(score, 0, 100);
}

/* ---- keys ----------------------------------------------------------------------- */

static guint32 mix(guint32 a, guint32 b) {
  guint32 hash = (a ^ (b + 0x9e3779b9u + (a << 6) + (a >> 2))) * 2654435761u;
  return hash ? hash : 1;
}

/* The same for any order of the letters. */
static guint32 letters_of(const char *text) {
  guint32 sum = 0, product = 1;
  for (; *text; text = g_utf8_next_char(text)) {
    guint32 letter = g_utf8_get_char(text);
    sum += letter * letter * 2654435761u;
    product *= 2 * letter + 1;
  }
  return mix(sum, product);
}

void cl_likeness_keys(const ClPerson *p, guint32 keys[CL_LIKENESS_KEYS]) {
  guint32 given = *p->given ? sound(p->given) : 0, family = *p->family ? sound(p->family) : 0;
  guint32 post = *p->postcode ? g_str_hash(p->postcode) : 0;
  memset(keys, 0, CL_LIKENESS_KEYS * sizeof *keys);
  if (*p->national_id) {
    keys[0] = mix(1, g_str_hash(p->national_id));
    keys[1] = mix(2, letters_of(p->national_id));
  }
  if (p->born != CL_DATE_NONE) {
    char digits[12];
    g_snprintf(digits, sizeof digits, "%08u", number_of(p->born));
    keys[2] = mix(3, number_of(p->born));
    keys[3] = mix(mix(4, letters_of(digits)), (guchar)*p->given + (guchar)*p->family);
  }
  if (given && family) {
    keys[4] = mix(5, letters_of(p->given) + letters_of(p->family));
    keys[5] = mix(6, given + family);
  }
  if (post && family)
    keys[6] = mix(mix(7, post), family);
  if (post && given)
    keys[7] = mix(mix(8, post), given);
  if (post && *p->address)
    keys[8] = mix(mix(9, post), (guint32)strtol(p->address, NULL, 10));
  if (*p->mobile || *p->phone)
    keys[9] = mix(10, g_str_hash(*p->mobile ? p->mobile : p->phone));
}
