/* An import map: which columns of a foreign file fill which fields, and how their texts are read.
 * data/imports/ has examples. Internal.
 *
 *   kind: job-seekers            what the map is for; refused for another kind
 *   encoding: latin1             utf-8 (as it stands), latin1, windows-1252
 *   delimiter: semicolon         comma, semicolon, tab; otherwise taken from the header
 *   dates: dmy                   dmy, mdy, ymd, yyyymmdd: of every column
 *   empty: clear                 an empty cell empties the stored field; otherwise (keep) it leaves it
 *   others: ignore               columns that are not named here are left out; otherwise refused
 *   columns:                     header: field, or header: ignore
 *     surname: family_name
 *   fields:
 *     - field: given_name
 *       case: title              title, upper, lower
 *     - field: date_of_birth
 *       date: yyyymmdd           of this column
 *     - field: gender
 *       values: { f: female }    what a text stands for
 *     - field: address           made of several columns; what stands between them goes with an empty one
 *       text: "{street}, {suburb:title} {state:upper}"
 *     - field: phase
 *       default: os              of new records whose column is empty or missing
 *     - field: programme
 *       value: des               whatever the file says */
#pragma once

#include "cell.h"
#include "config/tree.h"
#include "csv.h"

#include <caseload/catalogue.h>

typedef struct {
  char *header;
  const ClField *field; /* NULL: ignored */
  int line, column;     /* of the map */
} ClMapColumn;

/* A piece of a text made of several columns: what stands before the column, then the column. */
typedef struct {
  char *before, *header;
  ClLetters letters;
} ClMapPiece;

typedef struct {
  const ClField *field;
  GPtrArray *pieces; /* ClMapPiece*; NULL: one column */
  char *after;       /* behind the last piece */
  ClDateForm date;
  ClLetters letters;
  char *fallback, *value;
  GHashTable *values; /* folded text → text; NULL */
  int line, column;   /* of the map */
} ClMapField;

typedef struct {
  char *name; /* for messages */
  ClCsvEncoding encoding;
  char delimiter; /* 0: from the header */
  ClDateForm dates;
  gboolean clear, ignore_others;
  GPtrArray *columns; /* ClMapColumn* */
  GPtrArray *fields;  /* ClMapField* */
} ClMap;

/* `name`: a path, the name of a built-in map, or NULL for a map that says nothing. All mistakes are in
 * the message, one a line: "file:line:column: sentence". */
ClMap *cl_map_load(const char *name, const ClKind *kind, GError **error);
/* The same from memory, for tests and the fuzzer. */
ClMap *cl_map_read(const char *name, const char *bytes, gsize size, const ClKind *kind, GError **error);
void cl_map_free(ClMap *map);
/* What the map says of a column or field, or NULL. */
const ClMapColumn *cl_map_find_column(const ClMap *map, const char *header);
const ClMapField *cl_map_find_field(const ClMap *map, const ClField *field);
/* May an import set the field at all? Derived fields and the record's trail are not for files. */
gboolean cl_field_is_importable(const ClKind *kind, const ClField *field);
/* "The map has mistakes" with each of them; FALSE when there are any. */
gboolean cl_map_accept(const ClMistakes *mistakes, const char *name, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClMap, cl_map_free)
