/* Columns are found by the map, else by a field's id or label. The columns of our own exports that no
 * file can set (id, name, job_status …) are left out quietly, and so is the rejects file's reason, so
 * that what was exported or rejected can be read again. */
#include "binding.h"

#include "config/schema.h"

#include <caseload/error.h>
#include <caseload/text.h>
#include <string.h>

#define SCAN_STEP 20000 /* rows between two questions whether to go on */

/* ---- headers to fields ------------------------------------------------------------ */

/* "Given Name", "given-name" and "given_name" are one. */
static char *header_key(const char *text) {
  g_autofree char *folded = cl_text_fold(text);
  return g_strdup(g_strdelimit(folded, " -_.", '_'));
}

static const ClField *field_by_header(const ClKind *kind, const char *header) {
  g_autofree char *key = header_key(header);
  for (const ClField *field = kind->fields; field->id; field++)
    if (g_str_equal(field->id, key))
      return field;
  for (const ClField *field = kind->fields; field->id; field++) {
    g_autofree char *label = header_key(field->label);
    if (g_str_equal(label, key))
      return field;
  }
  return NULL;
}

/* A column of ours that is there to be read only. */
static gboolean is_read_only(const ClKind *kind, const char *header) {
  const ClField *field = field_by_header(kind, header);
  ClColumn column;
  if (field)
    return !cl_field_is_importable(kind, field);
  if (!*header || g_str_equal(header, "reason"))
    return TRUE;
  return strchr(header, '.') && cl_column_parse(kind, header, &column, NULL) && column.via;
}

static int column_of(const ClCsvRow *header, const char *name) {
  for (gsize i = 0; i < header->n; i++)
    if (g_str_equal(header->v[i], name))
      return (int)i;
  return -1;
}

static ClTarget *add_target(ClBinding *binding, const ClField *field) {
  for (gsize i = 0; i < binding->n_targets; i++)
    if (binding->targets[i].field == field)
      return &binding->targets[i];
  binding->targets = g_renew(ClTarget, binding->targets, binding->n_targets + 1);
  ClTarget *target = &binding->targets[binding->n_targets++];
  *target = (ClTarget){.field = field,
                       .index = cl_kind_field_index(binding->kind, field),
                       .column = -1,
                       .how = cl_map_find_field(binding->map, field)};
  target->date = target->how && target->how->date ? target->how->date : binding->map->dates;
  return target;
}

static gboolean fill_by_column(ClBinding *binding, const ClField *field, const ClCsvRow *header, int column,
                               GError **error) {
  ClTarget *target = add_target(binding, field);
  if (target->column >= 0) {
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID,
                "The columns “%s” and “%s” would both fill %s. Leave one of them "
                "out in a map (--map): “columns: {%s: ignore}”.",
                header->v[target->column], header->v[column], field->label, header->v[column]);
    return FALSE;
  }
  target->column = column;
  return TRUE;
}

static void name_unknown(const ClKind *kind, const char *header, GString *unknown) {
  g_autoptr(GPtrArray) words = g_ptr_array_new();
  for (const ClField *field = kind->fields; field->id; field++)
    if (cl_field_is_importable(kind, field)) {
      g_ptr_array_add(words, (gpointer)field->id);
      g_ptr_array_add(words, (gpointer)field->label);
    }
  g_ptr_array_add(words, NULL);
  const char *nearest = cl_text_nearest(header, (const char *const *)words->pdata);
  g_autofree char *shown = cl_text_cut(header, 60, FALSE);
  g_string_append_printf(unknown, "%s“%s”", unknown->len ? ", " : "", shown);
  if (nearest)
    g_string_append_printf(unknown, " (did you mean “%s”?)", nearest);
}

static gboolean is_piece(const ClMap *map, const char *header) {
  for (guint f = 0; f < map->fields->len; f++) {
    const ClMapField *field = g_ptr_array_index(map->fields, f);
    for (guint p = 0; field->pieces && p < field->pieces->len; p++)
      if (g_str_equal(((ClMapPiece *)g_ptr_array_index(field->pieces, p))->header, header))
        return TRUE;
  }
  return FALSE;
}

static gboolean bind_header(ClBinding *binding, const ClCsvRow *header, GError **error) {
  g_autoptr(GString) unknown = g_string_new(NULL);
  g_autoptr(GPtrArray) left_out = g_ptr_array_new_with_free_func(g_free);
  for (gsize i = 0; i < header->n; i++) {
    const char *name = header->v[i];
    if (*name && column_of(header, name) != (int)i) {
      g_set_error(error, CL_ERROR, CL_ERROR_INVALID,
                  "Two columns of the file are called “%s”. Rename or delete one.", name);
      return FALSE;
    }
    const ClMapColumn *said = cl_map_find_column(binding->map, name);
    const ClField *field = said ? said->field : field_by_header(binding->kind, name);
    gboolean used = is_piece(binding->map, name);
    if (field && cl_field_is_importable(binding->kind, field) && (said || !used)) {
      if (!fill_by_column(binding, field, header, (int)i, error))
        return FALSE;
    } else if (!used && !said && !binding->map->ignore_others && !is_read_only(binding->kind, name)) {
      name_unknown(binding->kind, name, unknown);
    } else if (!used && *name) {
      g_ptr_array_add(left_out, g_strdup(name));
    }
  }
  g_ptr_array_add(left_out, NULL);
  binding->left_out = (char **)g_ptr_array_free(g_steal_pointer(&left_out), FALSE);
  if (!unknown->len)
    return TRUE;
  g_set_error(error, CL_ERROR, CL_ERROR_INVALID,
              "The file has columns that no field of %s takes: %s. Name each in a "
              "map (--map), or say “others: ignore” there.",
              binding->kind->label_plural, unknown->str);
  return FALSE;
}

/* ---- the map against the header ---------------------------------------------------- */

static void tell_missing_column(const ClMap *map, const ClCsvRow *header, const char *name, int line,
                                int column, ClMistakes *mistakes) {
  g_autofree const char **names = g_new0(const char *, header->n + 1);
  for (gsize i = 0; i < header->n; i++)
    names[i] = header->v[i];
  g_autofree char *hint = cl_schema_hint(name, names);
  cl_mistakes_add(mistakes, line, column, "the file has no column “%s”%s", name, hint);
}

static void bind_pieces(ClTarget *target, const ClMap *map, const ClCsvRow *header, ClMistakes *mistakes) {
  const GPtrArray *pieces = target->how->pieces;
  target->pieces = g_new(int, pieces->len + 1);
  for (guint i = 0; i < pieces->len; i++) {
    const ClMapPiece *piece = g_ptr_array_index(pieces, i);
    target->pieces[i] = column_of(header, piece->header);
    if (target->pieces[i] < 0)
      tell_missing_column(map, header, piece->header, target->how->line, target->how->column, mistakes);
  }
}

static gboolean bind_map(ClBinding *binding, const ClCsvRow *header, GError **error) {
  const ClMap *map = binding->map;
  g_autoptr(ClMistakes) mistakes = cl_mistakes_new(map->name);
  for (guint i = 0; i < map->columns->len; i++) {
    const ClMapColumn *column = g_ptr_array_index(map->columns, i);
    if (column->field && column_of(header, column->header) < 0)
      tell_missing_column(map, header, column->header, column->line, column->column, mistakes);
  }
  for (guint i = 0; i < map->fields->len; i++) {
    const ClMapField *how = g_ptr_array_index(map->fields, i);
    ClTarget *target = add_target(binding, how->field);
    if (how->pieces && target->column >= 0)
      cl_mistakes_add(mistakes, how->line, how->column, "“%s” has a column of its own, “%s”, beside its text",
                      how->field->id, header->v[target->column]);
    else if (how->pieces)
      bind_pieces(target, map, header, mistakes);
    else if (target->column < 0 && !how->value && !how->fallback)
      cl_mistakes_add(mistakes, how->line, how->column, "no column of the file fills “%s”", how->field->id);
  }
  return cl_map_accept(mistakes, map->name, error);
}

static int find_match(const ClBinding *binding) {
  static const guint flags[] = {CL_FIELD_KEY, CL_FIELD_UNIQUE};
  for (gsize f = 0; f < G_N_ELEMENTS(flags); f++)
    for (gsize i = 0; i < binding->n_targets; i++)
      if ((binding->targets[i].field->flags & flags[f]) && binding->targets[i].field->type == CL_TYPE_TEXT)
        return (int)i;
  return -1;
}

ClBinding *cl_binding_new(const ClKind *kind, ClMap *map, const ClCsvRow *header, GError **error) {
  g_autoptr(ClBinding) binding = g_new0(ClBinding, 1);
  binding->kind = kind;
  binding->map = map;
  binding->repeats = g_array_new(FALSE, FALSE, sizeof(guint64));
  if (!bind_header(binding, header, error) || !bind_map(binding, header, error))
    return NULL;
  gboolean any = FALSE;
  for (gsize i = 0; i < binding->n_targets; i++)
    any |= binding->targets[i].column >= 0 || binding->targets[i].pieces;
  if (!any) {
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID,
                "None of the file's columns fills a field of %s, so there is "
                "nothing to import.",
                kind->label_plural);
    return NULL;
  }
  binding->match = find_match(binding);
  binding->id = column_of(header, "id");
  binding->created_at = column_of(header, "created_at");
  return g_steal_pointer(&binding);
}

void cl_binding_free(ClBinding *binding) {
  if (!binding)
    return;
  for (gsize i = 0; i < binding->n_targets; i++) {
    g_free(binding->targets[i].pieces);
    g_free(binding->targets[i].either);
  }
  g_free(binding->targets);
  cl_map_free(binding->map);
  g_strfreev(binding->left_out);
  g_array_unref(binding->repeats);
  g_free(binding);
}

/* ---- a row's texts ------------------------------------------------------------------ */

static const char *join_pieces(const ClTarget *target, const ClCsvRow *row, GString *buffer) {
  const GPtrArray *pieces = target->how->pieces;
  for (guint i = 0; i < pieces->len; i++) {
    const ClMapPiece *piece = g_ptr_array_index(pieces, i);
    const char *text = cl_csv_unguard(row->v[target->pieces[i]]);
    if (!*text)
      continue;
    if (buffer->len || i == 0)
      g_string_append(buffer, piece->before);
    cl_cell_append(buffer, text, piece->letters ? piece->letters : target->how->letters);
  }
  if (buffer->len)
    g_string_append(buffer, target->how->after);
  return buffer->str;
}

static const char *translate(const ClMapField *how, const char *text) {
  g_autofree char *folded = cl_text_fold(text);
  const char *meant = g_hash_table_lookup(how->values, g_strstrip(folded));
  return meant ? meant : text;
}

const char *cl_target_text(const ClTarget *target, const ClCsvRow *row, GString *buffer) {
  const ClMapField *how = target->how;
  if (how && how->value)
    return how->value;
  g_string_truncate(buffer, 0);
  const char *text = target->column >= 0 ? cl_csv_unguard(row->v[target->column]) : "";
  if (!how)
    return text;
  if (target->pieces) {
    text = join_pieces(target, row, buffer);
  } else if (how->letters) {
    cl_cell_append(buffer, text, how->letters);
    text = buffer->str;
  }
  return how->values && *text ? translate(how, text) : text;
}

/* ---- the first pass ----------------------------------------------------------------- */

/* FNV-1a, 64 bits. */
static guint64 hash_key(const char *key) {
  guint64 hash = G_GUINT64_CONSTANT(14695981039346656037);
  for (; *key; key++)
    hash = (hash ^ (guchar)*key) * G_GUINT64_CONSTANT(1099511628211);
  return hash;
}

static gint compare_hashes(gconstpointer a, gconstpointer b) {
  guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
  return x < y ? -1 : x > y;
}

static void keep_repeats(ClBinding *binding, GArray *hashes) {
  g_array_sort(hashes, compare_hashes);
  for (guint i = 1; i < hashes->len; i++) {
    guint64 hash = g_array_index(hashes, guint64, i);
    gboolean kept =
        binding->repeats->len && g_array_index(binding->repeats, guint64, binding->repeats->len - 1) == hash;
    if (hash == g_array_index(hashes, guint64, i - 1) && !kept)
      g_array_append_val(binding->repeats, hash);
  }
}

gboolean cl_binding_is_repeated(const ClBinding *binding, const char *key) {
  guint64 hash = hash_key(key);
  return binding->repeats->len && g_array_binary_search(binding->repeats, &hash, compare_hashes, NULL);
}

static void scan_date(ClTarget *target, const ClCsvRow *row, const char *text) {
  ClDateHint hint = *text ? cl_cell_date_hint(text) : CL_HINT_NONE;
  if (hint == CL_HINT_DMY && !target->dmy_line)
    target->dmy_line = row->line;
  else if (hint == CL_HINT_MDY && !target->mdy_line)
    target->mdy_line = row->line;
  else if (hint == CL_HINT_EITHER && !target->either_line) {
    target->either_line = row->line;
    target->either = g_strdup(text);
  }
}

/* The order that the column's dates prove; what proves nothing, or both, only the map can decide. */
static gboolean decide_dates(const ClBinding *binding, ClTarget *target, const ClCsvRow *header,
                             GError **error) {
  const char *name = target->column >= 0 ? header->v[target->column] : target->field->label;
  const char *how =
      "Say which in a map (--map): “dates: dmy” (day first) or “dates: mdy” (month first), or “date:” "
      "for this field alone.";
  if (target->dmy_line && target->mdy_line) {
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID,
                "Column “%s” has dates with the day first (line %" G_GINT64_FORMAT
                ") and with the month first (line %" G_GINT64_FORMAT "). %s",
                name, target->dmy_line, target->mdy_line, how);
    return FALSE;
  }
  if (target->either_line && !target->dmy_line && !target->mdy_line) {
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID,
                "Column “%s”: %s on line %" G_GINT64_FORMAT " may have the day or "
                "the month first, and no other date of the column tells. %s",
                name, target->either, target->either_line, how);
    return FALSE;
  }
  target->date = target->dmy_line ? CL_FORM_DMY : target->mdy_line ? CL_FORM_MDY : CL_FORM_UNSET;
  return TRUE;
}

char *cl_binding_dup_key(const ClBinding *binding, const ClCsvRow *row, GString *buffer) {
  const char *text = binding->match < 0 ? "" : cl_target_text(&binding->targets[binding->match], row, buffer);
  char *clean = cl_text_clean(text, -1, FALSE, NULL); /* what is wrong with it is told with the values */
  if (clean && *clean)
    return clean;
  g_free(clean);
  if (binding->id < 0 || binding->created_at < 0 || !*row->v[binding->id] || !*row->v[binding->created_at])
    return NULL;
  return g_strdup_printf("\n%s\n%s", row->v[binding->id], row->v[binding->created_at]);
}

static void scan_row(ClBinding *binding, const ClCsvRow *row, const gboolean *dates, GArray *hashes,
                     GString *buffer) {
  for (gsize i = 0; i < binding->n_targets; i++)
    if (dates[i])
      scan_date(&binding->targets[i], row, cl_target_text(&binding->targets[i], row, buffer));
  g_autofree char *key = cl_binding_dup_key(binding, row, buffer);
  guint64 hash = key ? hash_key(key) : 0;
  if (key)
    g_array_append_val(hashes, hash);
}

gboolean cl_binding_scan(ClBinding *binding, ClCsv *csv, gboolean (*goes_on)(gpointer), gpointer data,
                         GError **error) {
  g_autoptr(GArray) hashes = g_array_new(FALSE, FALSE, sizeof(guint64));
  g_autoptr(GString) buffer = g_string_new(NULL);
  g_autofree gboolean *dates = g_new0(gboolean, binding->n_targets + 1);
  const ClCsvRow *row;
  for (gsize i = 0; i < binding->n_targets; i++)
    dates[i] = binding->targets[i].field->type == CL_TYPE_DATE && binding->targets[i].date == CL_FORM_UNSET;
  while (TRUE) {
    if (!cl_csv_next(csv, &row, error))
      return FALSE;
    if (!row)
      break;
    binding->rows++;
    if (!row->problem)
      scan_row(binding, row, dates, hashes, buffer);
    if (goes_on && binding->rows % SCAN_STEP == 0 && !goes_on(data)) {
      g_set_error(error, CL_ERROR, CL_ERROR_CANCELLED, "The import was stopped.");
      return FALSE;
    }
  }
  for (gsize i = 0; i < binding->n_targets; i++)
    if (dates[i] && !decide_dates(binding, &binding->targets[i], cl_csv_get_header(csv), error))
      return FALSE;
  keep_repeats(binding, hashes);
  return TRUE;
}
