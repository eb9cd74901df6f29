/* The filter's tree, shared by parser, printer, SQL and why. Internal. */
#pragma once

#include <caseload/filter.h>

typedef enum {
  CL_NODE_AND,    /* children; none = everything */
  CL_NODE_OR,     /* children */
  CL_NODE_NOT,    /* one child */
  CL_NODE_CLAUSE, /* column op terms */
  CL_NODE_QUICK,  /* a bare word: `word` is a prefix of some word of the searched fields */
  CL_NODE_SAVED,  /* @name: `word` is the name, one child its filter */
  CL_NODE_AMONG,  /* one of `ids`, of any number */
} ClNodeType;

typedef enum {
  CL_OP_IS,    /* field:a,b   one of; text contains; dates equal */
  CL_OP_EQ,    /* field=a     exact */
  CL_OP_NE,    /* field!=a */
  CL_OP_LT, CL_OP_LE, CL_OP_GT, CL_OP_GE,
  CL_OP_RANGE, /* field:A..B, terms[0] and terms[1], either of which may be CL_TERM_BLANK */
} ClOp;

typedef enum {
  CL_TERM_VALUE,
  CL_TERM_NONE,  /* none: empty */
  CL_TERM_ANY,   /* any: not empty */
  CL_TERM_ME,    /* me: the signed-in user */
  CL_TERM_BLANK, /* the open end of a range */
} ClTermType;

/* `text` is the canonical spelling (choice id, ISO or relative date, what was typed for text). For
 * dates `value` is not set: relative dates are resolved when the filter is used (cl_term_date). For
 * choices `choice` is set, for references `value` holds the id and, once read, the name (several same-named
 * records: `ids`). */
typedef struct {
  ClTermType type;
  char *text;
  ClValue value;
  const ClChoice *choice;
  ClIds *ids;
} ClTerm;

typedef struct ClNode ClNode;
struct ClNode {
  ClNodeType type;
  GPtrArray *children; /* ClNode* */
  ClColumn column;
  ClOp op;
  GPtrArray *terms; /* ClTerm* */
  char *word;
  ClIds *ids; /* NULL but of CL_NODE_AMONG */
};

struct ClFilter {
  const ClKind *kind;
  ClNode *root;
};

ClNode *cl_node_new(ClNodeType type);
void cl_node_free(ClNode *node);
ClNode *cl_node_copy(const ClNode *node);
/* A date term resolved against today (cl_clock_today()). */
ClDate cl_term_date(const ClTerm *term);
/* One clause as the language writes it / in words. The caller frees. */
char *cl_node_to_text(const ClNode *node);
char *cl_node_to_words(const ClNode *node, const ClLocale *locale);
char *cl_term_to_words(const ClField *field, const ClTerm *term, const ClLocale *locale);

/* Reads one word as a value of `field` for `op`; `quoted` words are never special (none, any, me). On
 * failure NULL and *problem, a sentence that begins in lower case (the column stands before it). */
ClTerm *cl_term_read(const ClField *field, ClOp op, const char *word, gboolean quoted, const ClLocale *locale,
                     char **problem);
/* Reads the name of the record that a reference's id means. */
void cl_term_name(ClTerm *term, const ClField *field, ClSession *session);
ClTerm *cl_term_new(ClTermType type, const char *text);
ClTerm *cl_term_copy(const ClTerm *term);
void cl_term_free(ClTerm *term);
/* As the language writes it, quoted where needed. The caller frees. */
char *cl_term_to_text(const ClField *field, const ClTerm *term);
/* TRUE when the field takes the operator (":", "..", "<=" …). */
gboolean cl_field_takes(const ClField *field, const char *op);
/* The special words that fit a field in `field:…`; ends with NULL. */
const char *const *cl_field_special_words(const ClField *field);
char *cl_text_quote(const char *text); /* "…" with \" and \\ inside; the caller frees */
gboolean cl_text_is_blank(const char *at); /* the letter here separates words */

/* A span of days that has a name: `word` in field:word stands for from..to. */
typedef struct {
  const char *word, *from, *to;
  const char *words; /* "last month" */
} ClDateSpan;
const ClDateSpan *cl_date_spans(void); /* ends with word NULL */
const ClDateSpan *cl_date_span_find(const char *word, gsize length);
/* The one that two terms of a range spell out; NULL for none. */
const ClDateSpan *cl_date_span_of(const ClTerm *from, const ClTerm *to);
/* "last-week or last-month" for words that begin with `word`; NULL for none. The caller frees. */
char *cl_date_spans_like(const char *word);

/* A saved search that the session sees: own ones first, then shared ones. */
typedef struct {
  ClId id;
  char *name, *filter;
} ClSaved;
/* GPtrArray of ClSaved*; empty without a session. */
GPtrArray *cl_saved_list(ClSession *session, const ClKind *kind, GError **error);
/* The first whose name is `name` as written, or else folded and with blanks for "-"; NULL when there is none. */
const ClSaved *cl_saved_find(const GPtrArray *list, const char *name);
/* Why from..to cannot match anything, as words; NULL when it can. The caller frees. */
char *cl_term_backwards(const ClField *field, const ClTerm *from, const ClTerm *to);
char *cl_word_shown(const char *word); /* fit for a message: displayable and not long; the caller frees */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClNode, cl_node_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClTerm, cl_term_free)
