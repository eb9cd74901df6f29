/* A store of its own with one administrator, files in its folder, and an import whose plan is a text. */
#pragma once

#include <caseload/command.h>
#include <caseload/exchange.h>
#include <caseload/store.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

typedef struct {
  char *folder;
  ClConfig *config;
  ClStore *store;
  ClSession *admin;
} Fixture;

static inline void set_up(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  f->folder = g_dir_make_tmp("caseload-exchange-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(f->folder, "store.db", NULL);
  cl_clock_freeze(cl_date_from_ymd(2024, 7, 29));
  f->config = cl_config_load(NULL, mistakes);
  f->store = cl_store_create(path, &error);
  g_assert_no_error(error);
  g_assert_true(cl_user_add_first(f->store, f->config, "admin", "Aroha Rangi", "Administrator",
                                  "a good long phrase", &error));
  f->admin = cl_session_for_user(f->store, f->config, "admin", &error);
  g_assert_no_error(error);
}

static inline void tear_down(Fixture *f, gconstpointer unused) {
  cl_session_free(f->admin);
  cl_store_close(f->store);
  cl_config_free(f->config);
  g_autofree char *remove = g_strdup_printf("rm -rf '%s'", f->folder);
  g_assert_true(g_spawn_command_line_sync(remove, NULL, NULL, NULL, NULL));
  g_free(f->folder);
  cl_clock_freeze(CL_DATE_NONE);
}

static inline char *put_file(Fixture *f, const char *name, const char *text) {
  char *path = g_build_filename(f->folder, name, NULL);
  g_assert_true(g_file_set_contents(path, text, -1, NULL));
  return path;
}

static inline char *get_file(Fixture *f, const char *name) {
  g_autofree char *path = g_build_filename(f->folder, name, NULL);
  char *text = NULL;
  return g_file_get_contents(path, &text, NULL, NULL) ? text : g_strdup("(no file)");
}

static inline void add_plan_row(const ClPlanRow *row, gpointer data) {
  static const char *const verdicts[] = {"create", "update", "unchanged", "conflict", "reject"};
  GString *plan = data;
  g_string_append_printf(plan, "%" G_GINT64_FORMAT " %s %s%s%s\n", row->line, verdicts[row->verdict],
                         row->name, row->reason ? ": " : "", row->reason ? row->reason : "");
}

/* Imports `csv`; the plan as "line verdict name: reason" lines and the counts, or the error. */
static inline char *import_as(Fixture *f, ClSession *session, const char *kind, const char *csv,
                              const char *map, gboolean dry) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = put_file(f, "in.csv", csv),
                  *rejects = g_build_filename(f->folder, "rejects.csv", NULL);
  g_autofree char *map_path = map ? put_file(f, "map.yaml", map) : NULL;
  GString *plan = g_string_new(NULL);
  ClImportOptions options = {
      .map_path = map_path, .rejects_path = rejects, .dry_run = dry, .row = add_plan_row, .data = plan};
  ClImportReport r = {0};
  g_unlink(rejects);
  if (!cl_import(session, cl_kind_find(kind), path, &options, &r, &error))
    g_string_assign(plan, error->message);
  else
    g_assert_cmpint(r.rows, ==, r.created + r.updated + r.unchanged + r.conflicts + r.rejected);
  g_assert_true(!dry || r.run == 0);
  return g_string_free(plan, FALSE);
}

/* The dry run's plan must be the import's. */
static inline char *import_both(Fixture *f, const char *kind, const char *csv, const char *map) {
  g_autofree char *dry = import_as(f, f->admin, kind, csv, map, TRUE);
  char *real = import_as(f, f->admin, kind, csv, map, FALSE);
  g_assert_cmpstr(dry, ==, real);
  return real;
}

/* One field of the record with this key, for programs. */
static inline char *value_of(Fixture *f, const char *kind_id, const char *key, const char *field) {
  const ClKind *kind = cl_kind_find(kind_id);
  ClId id = cl_record_find_ref(f->admin, kind, key, NULL);
  g_autoptr(ClRecord) record = id ? cl_record_load(f->admin, kind, id, NULL) : NULL;
  return record ? cl_value_to_machine(cl_kind_field(kind, field), cl_record_value(record, field))
                : g_strdup("(none)");
}

static inline void edit(Fixture *f, const char *kind_id, const char *key, const char *field,
                        const char *text) {
  g_autoptr(GError) error = NULL;
  const ClKind *kind = cl_kind_find(kind_id);
  g_autoptr(GHashTable) set = g_hash_table_new(g_str_hash, g_str_equal);
  g_hash_table_insert(set, (gpointer)field, (gpointer)text);
  ClCommand command = {.action = cl_action_edit_of(kind), .set = set};
  cl_command_run(f->admin, &command, cl_record_find_ref(f->admin, kind, key, NULL), 0, NULL, NULL, &error);
  g_assert_no_error(error);
}
