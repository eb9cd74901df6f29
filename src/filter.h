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
 * choices `choice` is set, for references `value` holds the id (several same-named records: `ids`). */
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
