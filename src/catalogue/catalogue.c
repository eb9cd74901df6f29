/* Look-ups over the tables of kinds and fields. */
#include "kinds.h"

#include <caseload/board.h>
#include <caseload/text.h>
#include <string.h>

#define WIDE 18 /* columns of names; narrower ones hold codes, which are read to the last letter */

static const ClKind *const tables[] = {
  &cl_kind_job_seeker, &cl_kind_placement, &cl_kind_claim, &cl_kind_tracker, &cl_kind_organisation, &cl_kind_notification,
  &cl_kind_run, &cl_kind_saved_search, &cl_kind_activity, &cl_kind_milestone, &cl_kind_document, &cl_kind_support_contact, &cl_kind_wage,
  &cl_kind_break, &cl_kind_contact, &cl_kind_address, &cl_kind_history, &cl_kind_user, &cl_kind_site, &cl_kind_setting, &cl_kind_fee,
};

/* The kinds as they are handed out: copies of the tables, so that words, choices and ages that are data can be put in. */
static ClKind *kinds[G_N_ELEMENTS(tables) + 1];

static gpointer copy_table(const void *table, gsize size, gsize n) {
  return table ? g_memdup2(table, size * (n + 1)) : NULL;
}

static ClKind *copy_kind(const ClKind *table) {
  ClKind *kind = g_memdup2(table, sizeof *table);
  gsize n = 0;
  while (table->relations && table->relations[n].label)
    n++;
  kind->fields = copy_table(table->fields, sizeof(ClField), cl_kind_n_fields(table));
  kind->relations = copy_table(table->relations, sizeof(ClRelation), n);
  kind->board = table->board ? g_memdup2(table->board, sizeof(ClBoard)) : NULL;
  return kind;
}

ClKind *const *cl_catalogue_own(void) {
  static gsize ready;
  if (g_once_init_enter(&ready)) {
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
      kinds[i] = copy_kind(tables[i]);
    g_once_init_leave(&ready, 1);
  }
  return kinds;
}

gpointer cl_catalogue_keep(gpointer list) {
  static GPtrArray *kept;
  if (!kept)
    kept = g_ptr_array_new();
  g_ptr_array_add(kept, list);
  return list;
}

const ClKind *cl_catalogue_table(gsize i) {
  return tables[i];
}

const ClKind *const *cl_catalogue_kinds(void) {
  return (const ClKind *const *)cl_catalogue_own();
}

const ClKind *cl_kind_find(const char *word) {
  cl_catalogue_own();
  for (int i = 0; word && kinds[i]; i++)
    if (g_str_equal(kinds[i]->id, word) || g_str_equal(kinds[i]->plural, word))
      return kinds[i];
  return NULL;
}

const ClKind *cl_kind_by_code(int code) {
  cl_catalogue_own();
  for (int i = 0; kinds[i]; i++)
    if (kinds[i]->code == code)
      return kinds[i];
  return NULL;
}

const ClField *cl_kind_field(const ClKind *kind, const char *field_id) {
  for (const ClField *field = kind->fields; field_id && field->id; field++)
    if (g_str_equal(field->id, field_id))
      return field;
  return NULL;
}

int cl_kind_field_index(const ClKind *kind, const ClField *field) {
  return (int)(field - kind->fields);
}

gsize cl_kind_n_fields(const ClKind *kind) {
  gsize n = 0;
  while (kind->fields[n].id)
    n++;
  return n;
}

const ClChoice *cl_field_choice(const ClField *field, const char *word) {
  if (!field->choices || !word)
    return NULL;
  for (const ClChoice *choice = field->choices; choice->id; choice++)
    if (g_str_equal(choice->id, word))
      return choice;
  g_autofree char *folded = cl_text_fold(word);
  for (const ClChoice *choice = field->choices; choice->id; choice++) {
    g_autofree char *label = cl_text_fold(choice->label);
    if (g_str_equal(label, folded) || g_str_equal(choice->id, folded) || g_strcmp0(choice->also, folded) == 0)
      return choice;
  }
  for (const ClWording *words = field->words; words && words->programme; words++)
    for (const ClChoice *choice = words->choices; choice->id; choice++) {
      g_autofree char *label = cl_text_fold(choice->label);
      if (g_str_equal(label, folded))
        return cl_field_choice(field, choice->id);
    }
  return NULL;
}

gint64 cl_wording_find(const ClField *field, const char *programme) {
  for (gint64 i = 0; programme && field->words && field->words[i].programme; i++)
    if (g_str_equal(field->words[i].programme, programme))
      return i + 1;
  return 0;
}

const char *cl_type_name(ClType type) {
  static const char *const names[] = { "text", "integer", "number", "money", "date", "time", "bool", "choice", "reference" };
  return names[type];
}

const char *cl_field_operators(const ClField *field) {
  switch (field->type) {
  case CL_TYPE_CHOICE:
  case CL_TYPE_BOOL:
  case CL_TYPE_REF:
    return ": = !=";
  case CL_TYPE_TEXT:
    return ": = != < <= > >=";
  default:
    return ": = != < <= > >= ..";
  }
}

int cl_field_width(const ClField *field) {
  static const int widths[] = { 20, 8, 8, 11, 10, 16, 5, 12, 18 };
  return field->width ? field->width : widths[field->type];
}

void cl_field_span(const ClField *field, int *least, int *most) {
  int width = cl_field_width(field);
  *least = *most = width;
  if (field->type == CL_TYPE_CHOICE) {
    *most = 0;
    for (const ClChoice *choice = field->choices; choice && choice->id; choice++)
      *most = MAX(*most, cl_text_width(choice->label));
    for (const ClWording *words = field->words; words && words->programme; words++)
      for (const ClChoice *choice = words->choices; choice->id; choice++)
        *most = MAX(*most, cl_text_width(choice->label));
  } else if ((field->type == CL_TYPE_TEXT || field->type == CL_TYPE_REF) && width >= WIDE) {
    *least = width - width / 4;
    *most = width + width / 2;
  }
}

static const ClField *field_or_error(const ClKind *kind, const char *word, GError **error) {
  const ClField *field = cl_kind_field(kind, word);
  if (field)
    return field;
  gsize n = cl_kind_n_fields(kind);
  g_autofree const char **ids = g_new0(const char *, n + 1);
  for (gsize i = 0; i < n; i++)
    ids[i] = kind->fields[i].id;
  const char *nearest = cl_text_nearest(word, ids);
  g_autofree char *hint = nearest ? g_strdup_printf(" Did you mean “%s”?", nearest) : g_strdup("");
  g_autofree char *shown = cl_text_display(word);
  g_set_error(error, CL_ERROR, CL_ERROR_USAGE, "There is no field “%s” among %s.%s", shown, kind->plural, hint);
  return NULL;
}

gboolean cl_column_parse(const ClKind *kind, const char *word, ClColumn *column, GError **error) {
  const char *dot = strchr(word, '.');
  *column = (ClColumn){ 0 };
  if (!dot)
    return (column->field = field_or_error(kind, word, error)) != NULL;
  g_autofree char *head = g_strndup(word, dot - word);
  if (!(column->via = field_or_error(kind, head, error)))
    return FALSE;
  if (column->via->type != CL_TYPE_REF) {
    g_set_error(error, CL_ERROR, CL_ERROR_USAGE, "“%s” does not lead to another record, so nothing can follow its dot.", head);
    return FALSE;
  }
  return (column->field = field_or_error(cl_kind_find(column->via->ref), dot + 1, error)) != NULL;
}

gboolean cl_column_parse_sized(const ClKind *kind, const char *word, ClColumn *column, int *width, GError **error) {
  g_auto(GStrv) parts = g_strsplit(word, ":", 2);
  *width = parts[0] && parts[1] ? (int)CLAMP(g_ascii_strtoll(parts[1], NULL, 10), 0, 200) : 0;
  return cl_column_parse(kind, parts[0] ? g_strstrip(parts[0]) : "", column, error);
}

char *cl_column_dup_id(const ClColumn *column) {
  return column->via ? g_strdup_printf("%s.%s", column->via->id, column->field->id) : g_strdup(column->field->id);
}

char *cl_column_dup_label(const ClColumn *column) {
  return column->via ? g_strdup_printf("%s: %s", column->via->label, column->field->label)
                     : g_strdup(column->field->label);
}

gboolean cl_sort_parse(const ClKind *kind, const char *text, ClSort *sort, GError **error) {
  *sort = (ClSort){ 0 };
  g_auto(GStrv) words = g_strsplit(text && *text ? text : kind->default_sort, ",", -1);
  for (int i = 0; words[i]; i++) {
    char *word = g_strstrip(words[i]);
    if (!*word)
      continue;
    if (sort->n == CL_SORT_MAX) {
      g_set_error(error, CL_ERROR, CL_ERROR_USAGE, "A list can be sorted by %d columns at most.", CL_SORT_MAX);
      return FALSE;
    }
    ClSortKey *key = &sort->v[sort->n++];
    key->descending = *word == '-';
    if (!cl_column_parse(kind, word + key->descending, &key->column, error))
      return FALSE;
  }
  return TRUE;
}

gboolean cl_sort_is_default(const ClSort *sort, const ClKind *kind) {
  ClSort standard;
  cl_sort_parse(kind, NULL, &standard, NULL);
  g_autofree char *a = cl_sort_to_text(sort), *b = cl_sort_to_text(&standard);
  return g_str_equal(a, b);
}

char *cl_sort_to_text(const ClSort *sort) {
  GString *text = g_string_new(NULL);
  for (int i = 0; i < sort->n; i++) {
    g_autofree char *id = cl_column_dup_id(&sort->v[i].column);
    g_string_append_printf(text, "%s%s%s", i ? "," : "", sort->v[i].descending ? "-" : "", id);
  }
  return g_string_free(text, FALSE);
}
