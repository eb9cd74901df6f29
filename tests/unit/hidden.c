/* What a role may not see shows nowhere: each kind's records hold a word of their own, and whoever may view one kind
 * alone finds no word of another in its cells, names, histories, timelines, explanations and finds. */
#include "support.h"

static const struct {
  const char *kind, *word;
} words[] = {
  { "job_seeker", "Zqseeker" }, { "organisation", "Zqfirm" },   { "contact", "Zqcontact" }, { "address", "Zqstreet" },
  { "placement", "Zqjob" },     { "tracker", "Zqtracker" },     { "activity", "Zqtask" },   { "claim", "Zqclaim" },
  { "site", "Zqsite" },         { "support_contact", "Zqcall" }, { "document", "Zqpaper" }, { "user", "Zqworker" },
};

static char *text_of(ClId id) {
  return g_strdup_printf("%" G_GINT64_FORMAT, id);
}

static void make_records(Fixture *f) {
  g_autofree char *seeker = text_of(support_seeker(f, "Anna", "Zqseeker", "coach"));
  g_autofree char *firm = text_of(support_create(f, "admin", "organisation", "name", "Zqfirm", "type", "employer", NULL));
  g_autofree char *address = text_of(support_create(f, "admin", "address", "organisation", firm, "postcode", "3000", "lines", "Zqstreet", NULL));
  support_create(f, "admin", "contact", "name", "Zqcontact", "organisation", firm, "address", address, "phone", "03 5550 1234", "email",
                 "a@example.org", NULL);
  g_autofree char *placement = text_of(support_create(f, "admin", "placement", "job_seeker", seeker, "type", "vacancy", "organisation", firm,
                                                      "job_title", "Zqjob", "start_date", "2024-06-03", "hours", "30", NULL));
  support_create(f, "admin", "claim", "job_seeker", seeker, "type", "education", "due", "2024-07-01", "comment", "Zqclaim", NULL);
  support_create(f, "admin", "activity", "job_seeker", seeker, "title", "Zqtask", "owner", "coach", "due_date", "2024-08-05", NULL);
  support_create(f, "supervisor", "tracker", "job_seeker", seeker, "type", "ilr", "description", "Zqtracker", "assignee", "viewer", NULL);
  support_create(f, "admin", "site", "name", "Zqsite", NULL);
  support_attach(f, "admin", "organisation", g_ascii_strtoll(firm, NULL, 10), "Zqpaper");
  g_free(support_do(f, "admin", "placement.track_support", g_ascii_strtoll(placement, NULL, 10), NULL, support_values("support_frequency", "weekly", NULL)));
  g_free(support_do(f, "admin", "organisation.edit", g_ascii_strtoll(firm, NULL, 10), NULL, support_values("category", "Zqfirm trade", NULL)));
}

/* A session that may view this kind and nothing else. */
static ClSession *session_for(Fixture *f, const ClKind *kind) {
  g_autoptr(GError) error = NULL;
  const ClRole *role = cl_config_get_role(f->config, "viewer");
  g_hash_table_remove_all(role->may);
  g_hash_table_add(role->may, g_strdup_printf("view.%s", kind->plural));
  ClSession *session = cl_session_for_user(f->store, f->config, "viewer", &error);
  g_assert_no_error(error);
  return session;
}

static void check(const ClKind *kind, const char *where, const char *text) {
  for (gsize i = 0; text && i < G_N_ELEMENTS(words); i++)
    if (!g_str_equal(words[i].kind, kind->id) && strstr(text, words[i].word)) {
      g_test_message("who may view %s alone reads “%s” in %s", kind->plural, text, where);
      g_test_fail();
    }
}

static void check_changes(const ClKind *kind, const char *where, GPtrArray *changes) {
  for (guint i = 0; changes && i < changes->len; i++) {
    const ClChange *change = changes->pdata[i];
    ClLocale locale = { 0 };
    g_autofree char *said = cl_change_dup_words(change, &locale), *back = cl_change_dup_undo_words(change, &locale);
    check(kind, where, said);
    check(kind, where, back);
    check(kind, where, change->record_name);
  }
}

static void check_record(ClSession *session, const ClKind *kind, ClId id) {
  g_autoptr(ClRecord) record = cl_record_load(session, kind, id, NULL);
  g_autofree char *name = cl_record_dup_name(session, kind, id);
  check(kind, "its name", name);
  for (const ClField *field = kind->fields; record && field->id; field++) {
    g_autofree char *people = cl_value_to_text(field, cl_record_value(record, field->id), cl_session_get_locale(session));
    check(kind, field->id, people);
    g_autofree char *machine = cl_value_to_machine(field, cl_record_value(record, field->id));
    check(kind, field->id, machine);
  }
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
  if (record && kind->explain)
    kind->explain(record, cl_session_get_locale(session), lines);
  for (guint i = 0; i < lines->len; i++)
    check(kind, "why it stands there", lines->pdata[i]);
  g_autoptr(GPtrArray) history = cl_history_load(session, kind, id, 0, NULL);
  g_autoptr(GPtrArray) timeline = kind->relations ? cl_timeline_load(session, kind, id, 0, 500, NULL) : NULL;
  check_changes(kind, "its history", history);
  check_changes(kind, "its timeline", timeline);
}

static void one_kind_alone(Fixture *f, gconstpointer unused) {
  make_records(f);
  guint seen = 0;
  for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++) {
    g_autoptr(ClSession) session = session_for(f, *kind);
    g_autofree char *sql = g_strdup_printf("SELECT coalesce(max(id), 0) FROM %s", (*kind)->id);
    gint64 last = support_int(f, sql);
    for (ClId id = 1; id <= last; id++, seen++)
      check_record(session, *kind, id);
    /* Nor does a word of another kind find the record: that too would tell. */
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
      g_autoptr(ClFilter) filter = cl_filter_parse(session, *kind, words[i].word, NULL, NULL);
      g_autoptr(ClWhyReport) why = NULL;
      for (ClId id = 1; filter && !g_str_equal(words[i].kind, (*kind)->id) && id <= last; id++) {
        why = cl_filter_why(session, filter, id, NULL);
        if (why && why->matches) {
          g_test_message("“%s” finds one of the %s for who may view these alone", words[i].word, (*kind)->plural);
          g_test_fail();
        }
        g_clear_pointer(&why, cl_why_report_free);
      }
    }
  }
  g_assert_cmpuint(seen, >, 20);
}

static void add(void) {
  SUPPORT_TEST("/hidden/one-kind-alone", one_kind_alone);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
