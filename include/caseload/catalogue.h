/* The catalogue: every kind of record and every field, declared once. List columns, sort
 * keys, filters, forms, record view, import, export, history wording and the generic
 * tests are derived from these tables (src/catalogue/, one file per kind).
 *
 * SQL fragments in the tables name their own row as "@." (the query builder puts the alias
 * there) and may use :today (ClDate), :me (the user's id), :site and :sees_KIND (:sees_job_seeker: 1 when
 * the session may view those; whatever shows words of another kind's records asks it). They are literals;
 * no value ever becomes part of SQL text. */
#pragma once

#include "types.h"
#include "value.h"

typedef enum {
  CL_TYPE_TEXT,
  CL_TYPE_INT,      /* whole number; also the record's id */
  CL_TYPE_NUMBER,   /* two decimals, stored in hundredths */
  CL_TYPE_MONEY,    /* minor units */
  CL_TYPE_DATE,
  CL_TYPE_TIME,     /* instant */
  CL_TYPE_BOOL,
  CL_TYPE_CHOICE,   /* one of `choices`, stored by id; with CL_FIELD_MULTI several at once */
  CL_TYPE_REF,      /* id of a record of kind `ref` */
} ClType;

typedef enum {
  CL_FIELD_REQUIRED = 1 << 0,  /* must not be empty after create or edit */
  CL_FIELD_EDIT = 1 << 1,      /* <kind>.edit may change it, singly and in bulk */
  CL_FIELD_CREATE = 1 << 2,    /* <kind>.create takes it */
  CL_FIELD_LIST = 1 << 3,      /* a column of the list unless columns were chosen */
  CL_FIELD_SEARCH = 1 << 4,    /* bare words look here */
  CL_FIELD_UNIQUE = 1 << 5,    /* no two living records share it */
  CL_FIELD_MULTI = 1 << 6,     /* a derived set of choices; each choice has `where` */
  CL_FIELD_LINES = 1 << 7,     /* text of several lines */
  CL_FIELD_KEY = 1 << 8,       /* identifies a record on import (ess_id) and for references */
  CL_FIELD_PRIVATE = 1 << 9,   /* not shown in lists unless chosen */
  CL_FIELD_PREFIX = 1 << 10,   /* bare words match the beginning of the whole value (indexed) */
  CL_FIELD_ADDED = 1 << 11,    /* by the configuration: stores get its column when they are opened */
  CL_FIELD_DAYS = 1 << 12,     /* derived text with ISO dates in it: people see them in their own form */
  CL_FIELD_GROUP = 1 << 13,    /* in the list's own order records with the same value stand together: it is shown with the first */
  CL_FIELD_LATE = 1 << 14,     /* derived and slow to find out: screens have it read in the background (late.h) */
  CL_FIELD_ASCENDING = 1 << 15, /* rows come in this order without sorting (indexed) */
  CL_FIELD_FILES = 1 << 16,    /* a parameter that names files of this machine (files.h) */
  CL_FIELD_TARGET = 1 << 17,   /* a parameter that names the file or folder to write to */
} ClFieldFlags;
/* Create and edit. */
#define CL_FIELD_OWN (CL_FIELD_EDIT | CL_FIELD_CREATE)

typedef struct {
  const char *id;
  const char *label;
  /* A condition that holds for records with this choice, where `column = id` is not the
   * meaning: derived sets, and words that only filters know ("overdue"). */
  const char *where;
  gboolean filter_only; /* accepted in filters, never stored or offered in forms */
  const char *also;     /* another word that means it ("moderate"), never shown; NULL = none */
  const char *brief;    /* the label where there is little room ("13w"); NULL = the label */
  const char *implies;  /* a condition that every record of this choice meets: repeats a
                           partial index's WHERE, so that the index can serve */
} ClChoice;

/* Choices that the programmes' files give: each has its own, and may call them by words of its own. */
typedef enum { CL_SAID_NOWHERE, CL_SAID_PHASES, CL_SAID_PLACEMENT_TYPES, CL_SAID_CLAIM_TYPES } ClSaid;
typedef struct {
  const char *programme;   /* its id; NULL ends the list */
  const ClChoice *choices; /* in its words; those it lacks are not among them */
} ClWording;

struct ClField {
  const char *id;
  const char *label;
  const char *help; /* one sentence for forms and help; may be NULL */
  ClType type;
  guint flags; /* ClFieldFlags */
  /* The stored column, NULL = `id`. Derived fields have `sql` instead and no column. */
  const char *column;
  const char *sql;
  const char *order_sql;   /* sort by this instead (folded names) */
  const char *any_sql;     /* of a set of choices: there is one; NULL: each choice's condition is asked */
  const ClChoice *choices; /* ends with id NULL; of a TEXT: words that it may be or hold, shown as their labels */
  ClSaid said;             /* where programmes give the choices */
  const char *programme_sql; /* of `said`: a query of the id of the row's programme */
  const ClWording *words;  /* put in where programmes call a choice differently, by programme; the value's `i` is the
                              place in it, from 1 */
  const char *ref;         /* kind id, for CL_TYPE_REF */
  gint64 min, max;         /* for INT, NUMBER, MONEY: inclusive, both 0 = any; TEXT: max = characters */
  const char *after;       /* of several records made in a row this date begins the day after that one's field of this id */
  const char *fallback;    /* value on create when none is given, as text ("tracking", "today", "me"); "first": the first choice */
  /* REF: both records have this field, and it must be the same ("organisation": a contact of the tracker's own). */
  const char *within;
  /* TEXT: a form offers the records of its kind that are known, and takes this field and these, blank-separated,
   * from the one chosen. */
  const char *copies;
  int width;               /* columns in a list, 0 = by type */
  const char *opens;       /* it counts records: the text field that says which, kind and filter ("claims state:overdue") */
  /* A rule of this one value; returns a sentence to free, or NULL when it holds. */
  char *(*check)(const ClField *field, const ClValue *value);
};

/* Records of another kind that refer to this one: a tab of the record view. */
typedef struct {
  const char *label;
  const char *kind;  /* kind id */
  const char *field; /* the field over there */
  const char *columns; /* what is shown of them, blank-separated; NULL = the columns of their list without that field */
  const char *adds;    /* the action on this record that makes one, where that is not the kind's own "New"; may be NULL */
} ClRelation;

/* A condition of the filter builder's ticks: in the language, one line at the top of a filter. */
typedef struct {
  const char *label;  /* "Only mine" */
  const char *filter; /* "case_manager:me" */
} ClTick;

/* A whole number (a date too) about a record that follows from other records: cl_fact('id', @.id) in the fragments. The
 * ids of facts are unique among all kinds. */
typedef struct {
  const char *id;
  const char *one; /* a query of the number of record ?1; no row or NULL: there is none. NULL: only `all` is asked */
  const char *all; /* a query of (record, number) for all that have one; of several rows of a record the last counts.
                      Of (record, text), ascending by the text, the number is the text's rank.
                      Best served by an index that holds all it asks for */
} ClFact;

/* What seldom changes and follows from other records, in a column of the record's table that is no field: worked out
 * anew at the end of each transaction that made the record or one that tells of it (ClKind.tells), or whose triggers
 * noted it in the table "<kind>_due". It must not depend on the day. */
typedef struct {
  const char *column;
  const char *sql; /* its value for the record `@.` */
} ClKept;

typedef struct ClBoard ClBoard;

/* What a record asks of a field, where that depends on the record: on its type, mostly. */
typedef enum { CL_ASK_NOTHING, CL_ASK_MAY, CL_ASK_MUST } ClAsk;

/* How a text field takes what is offered for it: one of the choices, several with commas between them, or a day. */
typedef enum { CL_OFFER_ONE, CL_OFFER_SEVERAL, CL_OFFER_DAY } ClOffer;

struct ClKind {
  int code;                 /* stored in history, never changes */
  const char *id;           /* "claim": prefix of action ids; also the table's name */
  const char *plural;       /* "claims": word of the command line */
  const char *label;        /* "Claim" */
  const char *noun;         /* "claim": within a sentence */
  const char *label_plural; /* "Claims" */
  const char *nouns;        /* "notices": several within a sentence; NULL: as label_plural says */
  const char *help;
  const ClField *fields;    /* ends with id NULL */
  const ClRelation *relations; /* ends with label NULL; may be NULL */
  const ClFact *facts;      /* ends with id NULL; may be NULL */
  const char *name_rank;    /* the fact by which many rows are sorted that refer to such records; NULL: by their names */
  const ClKept *kept;       /* ends with column NULL; may be NULL */
  const char *tells;        /* the reference to the record whose kept columns follow from such records; NULL: none */
  const char *name_sql;     /* what a record is called in references and titles */
  const char *default_sort; /* as --sort takes it */
  /* Which rows a user of scope "own" or "site" sees; NULL = all that may view the kind.
   * Scope "all" sees every row. `always_sql` binds every scope (own notices). */
  const char *own_sql, *site_sql, *always_sql;
  /* The permission without which even scope "all" is bound by own_sql; NULL = none. */
  const char *foreign;
  gboolean of_changes;      /* its rows are changes (`kind`, `record`): seen by whoever sees the changed record */
  gboolean archives;        /* has an `archived` column that lists leave out */
  gboolean reserved;        /* "view.*" does not cover it: only "*" and the permission itself do */
  gboolean internal;        /* written by the program only (history, run): no create, no edit */
  const char *quick_sql;    /* where bare words look beside the SEARCH fields: an id of kind
                               `quick_kind` whose own search text is used ("@.job_seeker") */
  const char *quick_kind;
  const char *words_sql;    /* a query of the words or names, folded, that it is searched by; NULL: nothing near */
  const char *find_columns; /* "Find anything" looks among these records and shows the columns, blank-separated,
                               behind their names; NULL: it does not */
  const ClTick *ticks;      /* ends with label NULL; may be NULL */
  gboolean unguarded;       /* the program's own messages: made without history */
  const char *unseen;       /* a filter: records that wait for the user to see them; line 2 counts them */
  /* Adds sentences that say why a record stands where it does ("Overdue by 14 days: …"); char*. May be NULL. */
  void (*explain)(const ClRecord *record, const ClLocale *locale, GPtrArray *lines);
  /* Which fields such a record has and needs, beside what the flags say; NULL: all of them, as the flags say. */
  ClAsk (*asks)(ClSession *session, const ClRecord *record, const ClField *field);
  /* What several such records are called where the programmes have different words ("Participants"); NULL or what it
   * returns NULL: as label_plural says. Borrowed. */
  const char *(*called)(ClSession *session, const ClRecord *record);
  /* What would follow from such a record as it is being typed, in one line to free; NULL where nothing is to be said yet.
   * May be NULL. */
  char *(*foretells)(ClSession *session, const ClRecord *record);
  const char *alike;        /* the field with the name: a new record that is nearly called as another gets a warning;
                               NULL: none. Needs words_sql */
  const char *context;      /* fields that the form of a record begins with, to be read only, blank-separated; NULL:
                               those that only its creation sets */
  const char *begins;       /* fields whose first values its history tells with the creation, blank-separated; NULL: none */
  /* What such a record calls the field, where that is another word than the field's own; NULL: it is not. */
  const char *(*calls)(ClSession *session, const ClRecord *record, const ClField *field);
  /* Why a choice is not offered for the field of such a record (as it is now), in a few words to free: "you created
   * it", "" where there is nothing to say; NULL: it is offered. May be NULL. The gate refuses what is not offered all the same. */
  char *(*withholds)(ClSession *session, const ClRecord *record, const ClField *field, const ClChoice *choice);
  /* Whose phases, types and words such a record has; NULL where that is not known. May be NULL. */
  const struct ClProgramme *(*programme)(ClSession *session, const ClRecord *record);
  /* What a text field of such a record (NULL: of no record in particular) may hold, for a form to choose from: ends with id
   * NULL, to be g_freed, its words live on; of a day there are none. NULL: anything. May be NULL. What is typed counts all
   * the same: the gate says what does not fit. */
  ClChoice *(*offers)(ClSession *session, const ClRecord *record, const ClField *field, ClOffer *how);
  const char *see, *unsee;  /* actions that end and renew that */
  const char *about_kind, *about; /* the fields (kind id, record id) of another record that this one is about:
                                     opening it opens that */
  const char *about_edit; /* a filter: of these, opening it opens the form of that record, where it may be edited */
  gboolean is_run;          /* opened as the report of a run */
  /* Rules between fields, on the record as it would become. Adds to `problems`. May be NULL. */
  void (*check)(const ClRecord *record, ClProblems *problems);
  /* The fields that `check` reads, blank-separated: writing others need not ask it. */
  const char *checked;
  const ClBoard *board; /* how its list looks as a board (board.h); NULL = it has none */
};

/* All kinds in the order of the main menu; ends with NULL. */
const ClKind *const *cl_catalogue_kinds(void);
/* By id or plural ("claim", "claims"); NULL when there is none. */
const ClKind *cl_kind_find(const char *word);
/* By the number that history and runs keep; NULL when there is none. */
const ClKind *cl_kind_by_code(int code);
/* By id; NULL when the kind has no such field. */
const ClField *cl_kind_field(const ClKind *kind, const char *field_id);
/* The place of one of its fields in the table, from 0. */
int cl_kind_field_index(const ClKind *kind, const ClField *field);
/* How many fields the kind has. */
gsize cl_kind_n_fields(const ClKind *kind);
/* By id or by label, also of a single programme, folded; NULL when there is none. */
const ClChoice *cl_field_choice(const ClField *field, const char *word);
/* The place of a programme's words for the field's choices, from 1; 0 where it has none of its own. */
gint64 cl_wording_find(const ClField *field, const char *programme);
/* "text", "number", "choice" … as `caseload fields` prints it. */
const char *cl_type_name(ClType type);
/* The filter operators a field takes, blank-separated: ": = != < <= > >= ..". */
const char *cl_field_operators(const ClField *field);
/* Width of a list column: declared, or by type. */
int cl_field_width(const ClField *field);
/* How narrow such a column may get before names can no longer be told apart, and how wide it is of use: a choice as
 * its longest label, names half as wide again. */
void cl_field_span(const ClField *field, int *least, int *most);

/* A column of a list or export: a field of the kind, or of the record that `via` refers
 * to ("job_seeker.phase"). */
typedef struct {
  const ClField *via; /* NULL = own field */
  const ClField *field;
} ClColumn;

/* Parses "due" or "job_seeker.phase"; CL_ERROR_USAGE with the nearest word otherwise. */
gboolean cl_column_parse(const ClKind *kind, const char *word, ClColumn *column, GError **error);
/* The same with an optional width, "due:12"; *width is 0 without one. */
gboolean cl_column_parse_sized(const ClKind *kind, const char *word, ClColumn *column, int *width, GError **error);
/* "job_seeker.phase". The caller frees. */
char *cl_column_dup_id(const ClColumn *column);
/* "Due", "Job seeker: Phase". The caller frees. */
char *cl_column_dup_label(const ClColumn *column);

/* A sort key. */
typedef struct {
  ClColumn column;
  gboolean descending;
} ClSortKey;

#define CL_SORT_MAX 4
typedef struct {
  ClSortKey v[CL_SORT_MAX];
  int n;
} ClSort;

/* "due,-amount"; empty or NULL gives the kind's default sort. */
gboolean cl_sort_parse(const ClKind *kind, const char *text, ClSort *sort, GError **error);
/* "-due,name", as cl_sort_parse() reads it. The caller frees. */
char *cl_sort_to_text(const ClSort *sort);
/* Is it the kind's own order? */
gboolean cl_sort_is_default(const ClSort *sort, const ClKind *kind);
