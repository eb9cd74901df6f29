/* Text at the door and on the way out: cleaning, folding, widths, nearest words.
 * Every string from outside passes cl_text_clean() once; every string for a
 * terminal passes cl_text_display(), cl_text_cut() or is our own literal. */
#pragma once

#include "types.h"

/* A copy of `text` (`length` bytes, -1 = to the NUL) in NFC with outer blanks
 * removed. Refuses with CL_ERROR_INVALID, naming the position: invalid UTF-8, NUL,
 * control characters (C0, DEL, C1), direction overrides and isolates
 * (U+202A-202E, U+2066-2069), tag characters (U+E0000-E007F). Zero-width joiners and
 * combining marks are kept, but at most 8 marks on one letter. A newline is allowed
 * when `lines` is TRUE (CR LF becomes LF; a tab becomes a blank always). */
char *cl_text_clean(const char *text, gssize length, gboolean lines, GError **error);
/* The first letter, from 1, for which cl_text_clean() refuses this text; it refuses every longer text too. */
int cl_text_refused_column(const char *text);

/* Folded form for search and sort: NFKD, lower case, marks dropped, and one table for the
 * letters that do not decompose (Đ Ł Ø Æ Œ Þ ß ı Ŋ Ħ …), "’" to "'". The caller frees. */
char *cl_text_fold(const char *text);
/* TRUE when folded `needle` occurs in `text` after folding. Fast for ASCII text. */
gboolean cl_text_fold_contains(const char *text, const char *folded_needle);
/* TRUE when some word of `text` begins, folded, with `folded_prefix`. */
gboolean cl_text_fold_has_word(const char *text, const char *folded_prefix);
/* Are names written so given family name first: 李小龙, 김민수, Nguyễn Văn Ánh (by letters that only Vietnamese has)? */
gboolean cl_text_family_first(const char *given, const char *family);
/* Is every letter of it one of those that are written without blanks between the parts of a name? */
gboolean cl_text_is_east_asian(const char *text);
/* Compares by folded form, then by bytes. */
int cl_text_compare(const char *a, const char *b);
/* Letters without the locale: transliteration to ASCII by g_str_to_ascii and the fold table. */
char *cl_text_to_ascii(const char *text);

/* Columns a terminal needs (wcwidth per code point, negative counts 1). */
int cl_text_width(const char *text);
/* What may be shown: controls and unprintable letters as U+FFFD, format characters
 * (zero width, direction) dropped, newlines as blanks, invalid bytes as U+FFFD. Does
 * not depend on the source being clean. The caller frees. */
char *cl_text_display(const char *text);
/* Like cl_text_display() and cut to `columns` at a letter border, the last column an
 * ellipsis ("…", or "~" when `ascii`) when cut; not padded. The caller frees. */
char *cl_text_cut(const char *text, int columns, gboolean ascii);

/* The candidate nearest to `word` (Damerau-Levenshtein, folded), or NULL when none is
 * near enough to suggest. `candidates` is NULL-terminated; borrowed result. */
const char *cl_text_nearest(const char *word, const char *const *candidates);
/* Edits between two texts, transpositions as one. */
int cl_text_distance(const char *a, const char *b);
/* How well the name of a screen or command fits what was typed, both in any spelling: 0 it is called so, 1 its name
 * begins with these words, 2 with the beginning of them, 3 they stand in it, 4 each begins one of its words; -1 not. */
int cl_text_rank(const char *name, const char *typed);
/* The same for what may be misspelt: edits between the typed words and those of the name, fewer is nearer; -1: it is
 * something else. */
int cl_text_rank_near(const char *name, const char *typed);
/* The words of a text, folded. The caller frees with g_strfreev(). */
char **cl_text_fold_words(const char *text);
