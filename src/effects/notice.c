/* The written notice of a mandatory activity: what to do, by when, that it is mandatory, which evidence to bring, what
 * happens otherwise. Written to a file that is handed over or posted, and kept as a document. Blank parts are named
 * before it leaves. */
#include "effects/documents.h"

#include "files.h"

#include <string.h>

typedef struct {
  ClRecord *person;
  GPtrArray *activities; /* of ClRecord* */
} Notice;

static void notice_clear(Notice *notice) {
  cl_record_free(notice->person);
  if (notice->activities)
    g_ptr_array_unref(notice->activities);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Notice, notice_clear)

static void record_free(gpointer data) {
  cl_record_free(data);
}

/* Of an activity itself, of the one that a tracker is about, of all that are still open for a person. */
static gboolean gather(ClSession *session, const ClRecord *of, Notice *notice, GError **error) {
  const ClKind *activities = cl_kind_find("activity");
  ClId one = g_str_equal(of->kind->id, "activity") ? of->id : g_str_equal(of->kind->id, "tracker") ? cl_effects_int(of, "activity", 0) : 0;
  ClId person = g_str_equal(of->kind->id, "job_seeker") ? of->id : cl_effects_int(of, "job_seeker", 0);
  notice->person = cl_record_load(session, cl_kind_find("job_seeker"), person, error);
  if (!notice->person)
    return FALSE;
  if (one) {
    ClRecord *activity = cl_record_load(session, activities, one, error);
    notice->activities = g_ptr_array_new_with_free_func(record_free);
    if (activity)
      g_ptr_array_add(notice->activities, activity);
    return activity != NULL;
  }
  notice->activities =
      cl_effects_load(session, "activity", "job_seeker = ?1 AND mandatory = 1 AND (status = 'planned' OR status = 'in_progress')", person, error);
  if (!notice->activities || notice->activities->len)
    return notice->activities != NULL;
  g_set_error_literal(error, CL_ERROR, CL_ERROR_INVALID, "There is no mandatory activity planned or in progress to give notice of.");
  return FALSE;
}

/* ---- the text ------------------------------------------------------------------------------------ */

static const struct {
  const char *field, *heading, *blank;
} parts[] = {
  { "notice_what", "What you have to do", "what to do" },
  { "notice_when", "When, or by when", "by when" },
  { "notice_why", "This activity is mandatory", "that it is mandatory" },
  { "notice_evidence", "Evidence to bring", "evidence to bring" },
  { "notice_consequences", "What happens if you do not do it", "consequences" },
};

static void add_lines(GString *text, const char *words) {
  g_auto(GStrv) lines = g_strsplit(words, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    g_string_append_printf(text, "  %s\n", lines[i]);
}

/* Where a part is blank, what the activity says besides. */
static char *instead(const ClRecord *activity, const char *field, const ClLocale *locale) {
  char day[12];
  ClDate due = cl_effects_date(activity, "due_date");
  if (g_str_equal(field, "notice_what"))
    return g_strdup(cl_effects_text(activity, "description") ? cl_effects_text(activity, "description") : cl_effects_text(activity, "title"));
  if (g_str_equal(field, "notice_when") && due != CL_DATE_NONE)
    return g_strdup_printf("By %s.", cl_date_to_text(due, locale->order, day));
  return g_strdup("(not filled in)");
}

static void add_activity(GString *text, const ClRecord *activity, const ClLocale *locale, GString *blank) {
  g_string_append_printf(text, "%s\n%s\n\n", cl_effects_text(activity, "title"), "----------------------------------------");
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
    const char *words = cl_effects_text(activity, parts[i].field);
    g_autofree char *other = words ? NULL : instead(activity, parts[i].field, locale);
    if (!words)
      g_string_append_printf(blank, "%s%s", blank->len ? "; " : "", parts[i].blank);
    g_string_append_printf(text, "%s:\n", parts[i].heading);
    add_lines(text, words ? words : other);
    g_string_append_c(text, '\n');
  }
}

static char *compose(ClSession *session, const Notice *notice, GString *blank) {
  const ClLocale *locale = cl_session_get_locale(session);
  GString *text = g_string_new(NULL);
  char day[12];
  const char *address = cl_effects_text(notice->person, "address"), *postcode = cl_effects_text(notice->person, "postcode");
  g_autofree char *name = cl_record_dup_name(session, notice->person->kind, notice->person->id);
  g_string_append_printf(text, "%s\n\n%s\n\nTo: %s\n", cl_config_get_organisation(cl_session_get_config(session)),
                         cl_date_to_text(cl_clock_today(), locale->order, day), name ? name : "");
  if (address)
    g_string_append_printf(text, "    %s\n", address);
  if (postcode)
    g_string_append_printf(text, "    %s\n", postcode);
  g_string_append(text, "\nNOTICE OF A MANDATORY ACTIVITY\n\n");
  for (guint i = 0; i < notice->activities->len; i++)
    add_activity(text, notice->activities->pdata[i], locale, blank);
  g_string_append_printf(text, "%s\n", cl_session_get_full_name(session));
  return g_string_free(text, FALSE);
}

/* ---- to a file -------------------------------------------------------------------------------------- */

static char *file_name(ClSession *session, const Notice *notice) {
  char day[16];
  g_autofree char *name = cl_record_dup_name(session, notice->person->kind, notice->person->id);
  g_autofree char *whole = g_strdup_printf("Notice %s %s.txt", name ? name : "", cl_date_to_iso(cl_clock_today(), day));
  return cl_file_clean_name(whole);
}

static char *target_of(ClSession *session, const ClPlan *plan, const Notice *notice, GError **error) {
  g_autofree char *name = file_name(session, notice);
  return cl_files_target(cl_plan_param(plan, "to")->s, name, error);
}

static void prepare_notice(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  g_autoptr(GError) error = NULL;
  g_auto(Notice) notice = { NULL };
  if (!gather(session, before, &notice, &error)) {
    cl_problems_add(problems, NULL, "%s", error->message);
    return;
  }
  g_autofree char *path = cl_plan_param(plan, "to") ? target_of(session, plan, &notice, &error) : NULL;
  if (error)
    cl_problems_add(problems, "to", "%s", error->message);
}

static char *leaves_notice(ClSession *session, const ClPlan *plan, const ClRecord *of, GError **error) {
  g_auto(Notice) notice = { NULL };
  g_autofree char *path = gather(session, of, &notice, error) ? target_of(session, plan, &notice, error) : NULL;
  if (!path)
    return NULL;
  g_autoptr(GString) blank = g_string_new(NULL);
  g_autofree char *text = compose(session, &notice, blank), *name = cl_record_dup_name(session, notice.person->kind, notice.person->id);
  g_autofree char *warning = blank->len ? g_strdup_printf("! Blank in the activity: %s. Edit the activity to fill that in.\n", blank->str) : g_strdup("");
  return g_strdup_printf("What: notice of a mandatory activity, for %s\nTo: %s\n%s\n%s", name, path, warning, text);
}

static gboolean follow_notice(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  if (cl_gate_is_trial(gate)) /* of values that may not be there yet */
    return TRUE;
  ClSession *session = cl_gate_get_session(gate);
  g_auto(Notice) notice = { NULL };
  g_autoptr(GString) blank = g_string_new(NULL);
  g_autofree char *path = gather(session, after, &notice, error) ? target_of(session, plan, &notice, error) : NULL;
  if (!path)
    return FALSE;
  g_autofree char *text = compose(session, &notice, blank), *words = g_strdup_printf("notice of a mandatory activity to %s", path);
  g_autofree char *name = file_name(session, &notice);
  g_autofree char *title = g_strdup_printf("Notice: %s", cl_effects_text(notice.activities->pdata[0], "title"));
  return cl_gate_note_leaving(gate, after, words, error) && cl_documents_keep(gate, after, "man", title, name, text, error) &&
         cl_documents_write_text(path, text, error);
}

#define NOTICE(id) { .kind = id, .action = id ".notice", .prepare = prepare_notice, .follow = follow_notice, .leaves = leaves_notice }
const ClEffect cl_effects_notice[] = { NOTICE("activity"), NOTICE("tracker"), NOTICE("job_seeker"), { NULL } };
