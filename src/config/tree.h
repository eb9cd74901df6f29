/* A YAML file as a small tree whose every value knows its line and column, and the list of
 * mistakes found in it. Shared by config.yaml and the import maps. Internal.
 *
 * Less than YAML on purpose: no anchors, aliases, tags, second documents, duplicate keys, keys that
 * are not plain words; nothing deeper than 16 levels, longer than 256 KiB or of more than 20,000
 * values. A scalar is always text: what it means is the schema's business (schema.h). */
#pragma once

#include <glib.h>

/* ---- mistakes -------------------------------------------------------------- */

typedef struct ClMistakes ClMistakes;

/* `file`: the name that mistakes begin with. */
ClMistakes *cl_mistakes_new(const char *file);
void cl_mistakes_free(ClMistakes *mistakes);
/* Line and column count from 1. Past 100 mistakes only the number is kept. */
void cl_mistakes_add(ClMistakes *mistakes, int line, int column, const char *format, ...) G_GNUC_PRINTF(4, 5);
gsize cl_mistakes_count(const ClMistakes *mistakes);
/* "file:line:column" for what is found out later. The caller frees. */
char *cl_mistakes_place(const ClMistakes *mistakes, int line, int column);
/* Appends "file:line:column: sentence" for each, in the order of the file. `lines` holds char* to g_free. */
void cl_mistakes_report(const ClMistakes *mistakes, GPtrArray *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClMistakes, cl_mistakes_free)

/* ---- the tree -------------------------------------------------------------- */

#define CL_TREE_MAX_DEPTH 16
#define CL_TREE_MAX_BYTES (256 * 1024)
#define CL_TREE_MAX_VALUES 20000

typedef enum { CL_TREE_TEXT, CL_TREE_LIST, CL_TREE_MAP } ClTreeType;

typedef struct ClTree {
  ClTreeType type;
  int line, column;
  char *text;           /* TEXT: cleaned, in NFC; "" when nothing was written */
  gboolean quoted;      /* TEXT: stood in quotation marks */
  GPtrArray *children;  /* LIST and MAP: ClTree*, in the order of the file */
  GHashTable *by_key;   /* MAP: key → ClTree*, borrowed */
  char *key;            /* in a MAP */
  int key_line, key_column;
} ClTree;

/* Reads a whole file. NULL when there is no tree to look at further; a tree can come with
 * mistakes, so look at cl_mistakes_count(). */
ClTree *cl_tree_read_file(const char *path, ClMistakes *mistakes);
ClTree *cl_tree_read(const char *bytes, gsize size, ClMistakes *mistakes);
void cl_tree_free(ClTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClTree, cl_tree_free)

/* The value of a key, or NULL (also when `tree` is NULL or no map). Borrowed, as all below. */
const ClTree *cl_tree_get(const ClTree *tree, const char *key);
/* The same if it is text that is not empty. */
const char *cl_tree_get_text(const ClTree *tree, const char *key);
/* The same if it is a list. */
const ClTree *cl_tree_get_list(const ClTree *tree, const char *key);
gint64 cl_tree_get_whole(const ClTree *tree, const char *key, gint64 fallback);
gboolean cl_tree_get_bool(const ClTree *tree, const char *key, gboolean fallback);
/* How many entries a list or map has; 0 for NULL and text. */
guint cl_tree_size(const ClTree *tree);
const ClTree *cl_tree_nth(const ClTree *tree, guint index);
/* yes, no, true, false in any case of letters and nothing else. */
gboolean cl_tree_parse_bool(const char *text, gboolean *value);
gboolean cl_tree_parse_whole(const char *text, gint64 *value);
