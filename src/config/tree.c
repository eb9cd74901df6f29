/* Builds the tree of tree.h from libyaml's events. The events are read one by one, so that a file made
 * to exhaust the reader (deep nesting, aliases) is refused at the first event that shows it. libyaml's
 * own words for a broken file are turned into what to do about it. */
#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

#include <caseload/text.h>

typedef struct {
  yaml_parser_t parser;
  ClMistakes *mistakes;
  guint values;
  gboolean stopped; /* nothing after this can be read */
} Reader;

/* ---- nodes ----------------------------------------------------------------- */

static ClTree *tree_new(ClTreeType type, yaml_mark_t mark) {
  ClTree *tree = g_new0(ClTree, 1);
  tree->type = type;
  tree->line = (int)mark.line + 1;
  tree->column = (int)mark.column + 1;
  if (type != CL_TREE_TEXT)
    tree->children = g_ptr_array_new_with_free_func((GDestroyNotify)cl_tree_free);
  if (type == CL_TREE_MAP)
    tree->by_key = g_hash_table_new(g_str_hash, g_str_equal);
  return tree;
}

void cl_tree_free(ClTree *tree) {
  if (!tree)
    return;
  g_clear_pointer(&tree->by_key, g_hash_table_unref);
  g_clear_pointer(&tree->children, g_ptr_array_unref);
  g_free(tree->text);
  g_free(tree->key);
  g_free(tree);
}

/* ---- what libyaml dislikes ------------------------------------------------- */

/* `at_context`: the place where the broken thing began says more than where it was noticed. */
static const struct {
  const char *problem, *context;
  gboolean at_context;
  const char *sentence;
} problems[] = {
  { "mapping values are not allowed in this context", NULL, FALSE,
    "a colon cannot stand here: put the value in quotation marks, or correct the line above" },
  { "could not find expected ':'", NULL, TRUE, "this line has no colon after its name" },
  { "found unexpected end of stream", "while scanning a quoted scalar", TRUE,
    "the quotation mark opened here is never closed" },
  { "found unexpected document indicator", "while scanning a quoted scalar", TRUE,
    "the quotation mark opened here is never closed" },
  { "found unknown escape character", NULL, FALSE,
    "a backslash stands here within \" \"; write it twice, or use ' ' instead" },
  { "did not find expected key", NULL, FALSE,
    "this does not fit the indentation of the lines above, or a quotation mark is missing" },
  { "did not find expected '-' indicator", NULL, FALSE,
    "this does not fit the list above: begin with “- ”, or correct the indentation" },
  { "did not find expected ',' or ']'", NULL, TRUE, "the list opened here lacks a comma or its closing ]" },
  { "did not find expected ',' or '}'", NULL, TRUE, "the map opened here lacks a comma or its closing }" },
  { "block sequence entries are not allowed in this context", NULL, FALSE,
    "a list entry cannot begin here; put it on a line of its own" },
  { "did not find expected <document start>", NULL, FALSE,
    "this does not belong to what stands above; correct the indentation" },
  { "found a tab character where an indentation space is expected", NULL, FALSE,
    "a tab stands here; indent with blanks" },
  { "found a tab character that violates indentation", NULL, FALSE, "a tab stands here; indent with blanks" },
  { "did not find expected alphabetic or numeric character", "while scanning an alias", TRUE,
    "“*” means an alias here; write \"*\" in quotation marks" },
  { "did not find expected alphabetic or numeric character", "while scanning an anchor", TRUE,
    "“&” means an anchor here; put the text in quotation marks" },
  { "found undefined tag handle", NULL, FALSE, "tags (!…) are not allowed here; put the text in quotation marks" },
};

static void stop(Reader *reader, yaml_mark_t mark, const char *sentence) {
  cl_mistakes_add(reader->mistakes, (int)mark.line + 1, (int)mark.column + 1, "%s", sentence);
  reader->stopped = TRUE;
}

static void explain_parser_error(Reader *reader) {
  const yaml_parser_t *p = &reader->parser;
  const char *problem = p->problem ? p->problem : "it ends unexpectedly";
  for (guint i = 0; i < G_N_ELEMENTS(problems); i++) {
    if (g_strcmp0(problems[i].problem, problem) != 0 ||
        (problems[i].context && g_strcmp0(problems[i].context, p->context) != 0))
      continue;
    stop(reader, problems[i].at_context ? p->context_mark : p->problem_mark, problems[i].sentence);
    return;
  }
  g_autofree char *sentence = NULL;
  yaml_char_t *at = p->buffer.pointer;
  if (g_str_equal(problem, "found character that cannot start any token") && at && at < p->buffer.last)
    sentence = *at == '\t' ? g_strdup("a tab stands here; indent with blanks")
                           : g_strdup_printf("“%c” cannot begin a value; put the value in quotation marks", *at);
  else
    sentence = g_strdup_printf("the file cannot be read from here on (%s)", problem);
  stop(reader, p->problem_mark, sentence);
}

/* ---- events to nodes ------------------------------------------------------- */

static gboolean next_event(Reader *reader, yaml_event_t *event) {
  if (reader->stopped)
    return FALSE;
  if (yaml_parser_parse(&reader->parser, event))
    return TRUE;
  explain_parser_error(reader);
  return FALSE;
}

static void refuse_anchor_and_tag(Reader *reader, const yaml_event_t *event, const yaml_char_t *anchor,
                                  const yaml_char_t *tag) {
  int line = (int)event->start_mark.line + 1, column = (int)event->start_mark.column + 1;
  if (anchor)
    cl_mistakes_add(reader->mistakes, line, column,
                    "anchors (&…) are not allowed here; write the value out, or put it in quotation marks");
  if (tag)
    cl_mistakes_add(reader->mistakes, line, column,
                    "tags (!…) are not allowed here; put the text in quotation marks");
}

static ClTree *read_text(Reader *reader, const yaml_event_t *event) {
  ClTree *tree = tree_new(CL_TREE_TEXT, event->start_mark);
  g_autoptr(GError) error = NULL;
  tree->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
  tree->text = cl_text_clean((const char *)event->data.scalar.value, (gssize)event->data.scalar.length, TRUE,
                             &error);
  if (!tree->text) {
    cl_mistakes_add(reader->mistakes, tree->line, tree->column, "this text cannot be used: %s", error->message);
    tree->text = g_strdup("\357\277\275"); /* stands for it, so that it does not count as empty */
  }
  refuse_anchor_and_tag(reader, event, event->data.scalar.anchor, event->data.scalar.tag);
  return tree;
}

static ClTree *read_value(Reader *reader, const yaml_event_t *event, int depth);

static void read_list(Reader *reader, ClTree *list, int depth) {
  yaml_event_t event;
  while (next_event(reader, &event)) {
    gboolean end = event.type == YAML_SEQUENCE_END_EVENT;
    ClTree *child = end ? NULL : read_value(reader, &event, depth + 1);
    yaml_event_delete(&event);
    if (child)
      g_ptr_array_add(list->children, child);
    if (end)
      return;
  }
}

/* Takes both; a key that cannot stand is told and its value dropped. */
static void add_to_map(Reader *reader, ClTree *map, ClTree *key, ClTree *value) {
  if (key && value && key->type != CL_TREE_TEXT) {
    cl_mistakes_add(reader->mistakes, key->line, key->column, "a name is expected here, not a list or a map");
  } else if (key && value) {
    const ClTree *first = g_hash_table_lookup(map->by_key, key->text);
    if (first) {
      cl_mistakes_add(reader->mistakes, key->line, key->column, "“%s” is set twice (first on line %d)", key->text,
                      first->key_line);
    } else {
      value->key = g_steal_pointer(&key->text);
      value->key_line = key->line;
      value->key_column = key->column;
      g_hash_table_insert(map->by_key, value->key, value);
      g_ptr_array_add(map->children, g_steal_pointer(&value));
    }
  }
  cl_tree_free(key);
  cl_tree_free(value);
}

static void read_map(Reader *reader, ClTree *map, int depth) {
  yaml_event_t event;
  ClTree *key = NULL;
  gboolean have_key = FALSE;
  while (next_event(reader, &event)) {
    gboolean end = event.type == YAML_MAPPING_END_EVENT;
    ClTree *child = end ? NULL : read_value(reader, &event, depth + 1);
    yaml_event_delete(&event);
    if (end)
      break;
    if (have_key)
      add_to_map(reader, map, g_steal_pointer(&key), child);
    else
      key = child;
    have_key = !have_key;
  }
  cl_tree_free(key);
}

/* NULL for what cannot be a value (an alias), or when reading has stopped. */
static ClTree *read_value(Reader *reader, const yaml_event_t *event, int depth) {
  if (++reader->values > CL_TREE_MAX_VALUES) {
    stop(reader, event->start_mark, "the file has more than 20,000 values");
    return NULL;
  }
  if (depth > CL_TREE_MAX_DEPTH) {
    stop(reader, event->start_mark, "values are nested more than 16 levels deep here");
    return NULL;
  }
  ClTree *tree = NULL;
  switch (event->type) {
  case YAML_SCALAR_EVENT:
    return read_text(reader, event);
  case YAML_SEQUENCE_START_EVENT:
    tree = tree_new(CL_TREE_LIST, event->start_mark);
    refuse_anchor_and_tag(reader, event, event->data.sequence_start.anchor, event->data.sequence_start.tag);
    read_list(reader, tree, depth);
    return tree;
  case YAML_MAPPING_START_EVENT:
    tree = tree_new(CL_TREE_MAP, event->start_mark);
    refuse_anchor_and_tag(reader, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
    read_map(reader, tree, depth);
    return tree;
  case YAML_ALIAS_EVENT:
    cl_mistakes_add(reader->mistakes, (int)event->start_mark.line + 1, (int)event->start_mark.column + 1,
                    "aliases (*…) are not allowed here; write the value out, or put it in quotation marks");
    return NULL;
  default:
    stop(reader, event->start_mark, "a value is expected here");
    return NULL;
  }
}

static ClTree *read_document(Reader *reader) {
  ClTree *root = NULL;
  yaml_event_t event;
  int documents = 0;
  while (next_event(reader, &event)) {
    yaml_event_type_t type = event.type;
    if (type == YAML_DOCUMENT_START_EVENT && ++documents == 2)
      stop(reader, event.start_mark, "a second document begins here; delete this line and what follows");
    else if (type >= YAML_ALIAS_EVENT && !root)
      root = read_value(reader, &event, 1);
    yaml_event_delete(&event);
    if (type == YAML_STREAM_END_EVENT)
      break;
  }
  gboolean empty = !root || (root->type == CL_TREE_TEXT && !root->quoted && !*root->text);
  if (!reader->stopped && empty && cl_mistakes_count(reader->mistakes) == 0)
    cl_mistakes_add(reader->mistakes, 1, 1, "the file is empty");
  if (reader->stopped || empty)
    g_clear_pointer(&root, cl_tree_free);
  return root;
}

/* ---- bytes ----------------------------------------------------------------- */

/* Letters that nobody types into a configuration on purpose: control characters, and those that
 * make a line look different from what it says. */
static gboolean is_unwanted(gunichar c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7f && c < 0xa0) || c == 0x2028 ||
         c == 0x2029 || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff ||
         c == 0xfffe || c == 0xffff || (c >= 0xe0000 && c <= 0xe007f);
}

/* At most one mistake a line. TRUE when the bytes are text. Directives (%TAG …) go too: libyaml compares each
 * with each, and nobody needs them. */
static gboolean check_letters(const char *bytes, gsize size, ClMistakes *mistakes) {
  gboolean good = TRUE, told = FALSE;
  int line = 1, column = 1;
  for (const char *p = bytes, *end = bytes + size; p < end; column++) {
    gunichar c = *p ? g_utf8_get_char_validated(p, end - p) : 0;
    gboolean broken = c == (gunichar)-1 || c == (gunichar)-2;
    gboolean directive = c == '%' && column == 1;
    if ((broken || directive || is_unwanted(c)) && !told) {
      if (broken)
        cl_mistakes_add(mistakes, line, column, "the byte %02X is not UTF-8 text; save the file as UTF-8",
                        (guchar)*p);
      else if (directive)
        cl_mistakes_add(mistakes, line, column, "a line cannot begin with %% here; delete it");
      else
        cl_mistakes_add(mistakes, line, column, "an invisible character (U+%04X) stands here; delete it", c);
      good = FALSE;
      told = TRUE;
    }
    p = broken || !c ? p + 1 : g_utf8_next_char(p);
    if (c == '\n') {
      line++;
      column = 0;
      told = FALSE;
    }
  }
  return good;
}

ClTree *cl_tree_read(const char *bytes, gsize size, ClMistakes *mistakes) {
  if (size > CL_TREE_MAX_BYTES) {
    cl_mistakes_add(mistakes, 1, 1, "the file is larger than 256 KiB");
    return NULL;
  }
  if (size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
    bytes += 3;
    size -= 3;
  }
  if (!check_letters(bytes, size, mistakes))
    return NULL;
  Reader reader = { .mistakes = mistakes };
  if (!yaml_parser_initialize(&reader.parser)) {
    cl_mistakes_add(mistakes, 1, 1, "there is not enough memory to read the file");
    return NULL;
  }
  yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&reader.parser, (const yaml_char_t *)bytes, size);
  ClTree *root = read_document(&reader);
  yaml_parser_delete(&reader.parser);
  return root;
}

/* Reads at most one byte more than allowed; only regular files, so that a pipe cannot hang us. */
static char *read_bytes(const char *path, gsize *size, char **problem) {
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat st;
  char *bytes = NULL;
  gsize n = 0;
  ssize_t got = -1;
  if (fd >= 0 && fstat(fd, &st) == 0 && !S_ISREG(st.st_mode)) {
    close(fd);
    *problem = g_strdup("it is not a file");
    return NULL;
  }
  if (fd >= 0) {
    bytes = g_malloc(CL_TREE_MAX_BYTES + 1);
    while (n <= CL_TREE_MAX_BYTES && (got = read(fd, bytes + n, CL_TREE_MAX_BYTES + 1 - n)) != 0) {
      if (got < 0 && errno != EINTR)
        break;
      n += got > 0 ? (gsize)got : 0;
    }
  }
  if (got < 0) {
    *problem = g_strdup(g_strerror(errno));
    g_clear_pointer(&bytes, g_free);
  }
  if (fd >= 0)
    close(fd);
  *size = n;
  return bytes;
}

ClTree *cl_tree_read_file(const char *path, ClMistakes *mistakes) {
  gsize size = 0;
  g_autofree char *problem = NULL;
  g_autofree char *bytes = read_bytes(path, &size, &problem);
  if (!bytes) {
    cl_mistakes_add(mistakes, 1, 1, "the file cannot be read: %s", problem);
    return NULL;
  }
  return cl_tree_read(bytes, size, mistakes);
}

/* ---- looking things up ----------------------------------------------------- */

const ClTree *cl_tree_get(const ClTree *tree, const char *key) {
  return tree && tree->type == CL_TREE_MAP ? g_hash_table_lookup(tree->by_key, key) : NULL;
}

const char *cl_tree_get_text(const ClTree *tree, const char *key) {
  const ClTree *child = cl_tree_get(tree, key);
  return child && child->type == CL_TREE_TEXT && *child->text ? child->text : NULL;
}

const ClTree *cl_tree_get_list(const ClTree *tree, const char *key) {
  const ClTree *child = cl_tree_get(tree, key);
  return child && child->type == CL_TREE_LIST ? child : NULL;
}

gint64 cl_tree_get_whole(const ClTree *tree, const char *key, gint64 fallback) {
  const char *text = cl_tree_get_text(tree, key);
  gint64 value;
  return text && cl_tree_parse_whole(text, &value) ? value : fallback;
}

gboolean cl_tree_get_bool(const ClTree *tree, const char *key, gboolean fallback) {
  const char *text = cl_tree_get_text(tree, key);
  gboolean value;
  return text && cl_tree_parse_bool(text, &value) ? value : fallback;
}

guint cl_tree_size(const ClTree *tree) {
  return tree && tree->children ? tree->children->len : 0;
}

const ClTree *cl_tree_nth(const ClTree *tree, guint index) {
  return index < cl_tree_size(tree) ? g_ptr_array_index(tree->children, index) : NULL;
}

gboolean cl_tree_parse_bool(const char *text, gboolean *value) {
  gboolean yes = g_ascii_strcasecmp(text, "yes") == 0 || g_ascii_strcasecmp(text, "true") == 0;
  gboolean no = g_ascii_strcasecmp(text, "no") == 0 || g_ascii_strcasecmp(text, "false") == 0;
  *value = yes;
  return yes || no;
}

gboolean cl_tree_parse_whole(const char *text, gint64 *value) {
  g_autoptr(GError) error = NULL;
  return g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, value, &error);
}
