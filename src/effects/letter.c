/* A letter to a person: a template of config.yaml filled from their record, seen before it leaves, written to a file or
 * given to the desktop's viewer, kept as a document, told by their history. Blank fields are named before. */
#include "effects/documents.h"

#include "exchange/page.h"
#include "files.h"

#include <string.h>

/* What {field} stands for; blank ones are noted. */
static char *value_of(ClSession *session, const ClRecord *person, const char *field, GString *blank) {
  const ClLocale *locale = cl_session_get_locale(session);
  char day[12];
  if (g_str_equal(field, "today"))
    return g_strdup(cl_date_to_text(cl_clock_today(), locale->order, day));
  if (g_str_equal(field, "organisation"))
    return g_strdup(cl_config_get_organisation(cl_session_get_config(session)));
  if (g_str_equal(field, "user"))
    return g_strdup(cl_session_get_full_name(session));
  const ClField *of = cl_kind_field(person->kind, field);
  char *text = cl_value_to_text(of, cl_record_value(person, field), locale);
  if (*text)
    return text;
  g_free(text);
  g_string_append_printf(blank, "%s%s", blank->len ? ", " : "", of->label);
  return g_strdup("…");
}

static char *fill(ClSession *session, const ClRecord *person, const char *text, GString *blank) {
  GString *filled = g_string_new(NULL);
  const char *from = text, *begin;
  char *field;
  while (cl_letter_next(&text, &begin, &field)) {
    g_autofree char *value = value_of(session, person, field, blank);
    g_string_append_len(filled, from, begin - from);
    g_string_append(filled, value);
    from = text;
    g_free(field);
  }
  g_string_append(filled, from);
  return g_string_free(filled, FALSE);
}

static const ClLetter *letter_of(ClSession *session, const ClPlan *plan, GError **error) {
  const ClLetter *letter = cl_config_get_letter(cl_session_get_config(session), cl_plan_param(plan, "letter")->s);
  if (!letter)
    g_set_error_literal(error, CL_ERROR, CL_ERROR_INVALID, "This letter is not in config.yaml any more.");
  return letter;
}

/* The whole letter: sender, day, whom it goes to, what it says. */
static char *compose(ClSession *session, const ClRecord *person, const ClLetter *letter, GString *blank) {
  const char *address = cl_effects_text(person, "address"), *postcode = cl_effects_text(person, "postcode");
  g_autofree char *name = cl_record_dup_name(session, person->kind, person->id), *text = fill(session, person, letter->text, blank);
  char day[12];
  GString *whole = g_string_new(NULL);
  g_string_append_printf(whole, "%s\n%s\n\n%s\n", cl_config_get_organisation(cl_session_get_config(session)),
                         cl_date_to_text(cl_clock_today(), cl_session_get_locale(session)->order, day), name ? name : "");
  for (int i = 0; i < 2; i++)
    if (i ? postcode : address)
      g_string_append_printf(whole, "%s\n", i ? postcode : address);
  g_string_append_printf(whole, "\n%s", text);
  return g_string_free(whole, FALSE);
}

static char *file_name(ClSession *session, const ClRecord *person, const ClLetter *letter) {
  char day[16];
  g_autofree char *name = cl_record_dup_name(session, person->kind, person->id);
  g_autofree char *whole = g_strdup_printf("%s %s %s.html", letter->label, name ? name : "", cl_date_to_iso(cl_clock_today(), day));
  return cl_file_clean_name(whole);
}

/* Where it is written; NULL without error: nowhere, it is kept and shown. */
static char *target_of(ClSession *session, const ClPlan *plan, const ClRecord *person, const ClLetter *letter, GError **error) {
  g_autofree char *name = file_name(session, person, letter);
  const ClValue *to = cl_plan_param(plan, "to");
  return to && to->s ? cl_files_target(to->s, name, error) : NULL;
}

static void prepare_letter(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  g_autoptr(GError) error = NULL;
  const ClLetter *letter = cl_plan_param(plan, "letter") ? letter_of(session, plan, &error) : NULL;
  g_autofree char *path = letter ? target_of(session, plan, before, letter, &error) : NULL;
  if (error)
    cl_problems_add(problems, letter ? "to" : "letter", "%s", error->message);
}

static char *leaves_letter(ClSession *session, const ClPlan *plan, const ClRecord *person, GError **error) {
  g_autoptr(GString) blank = g_string_new(NULL);
  g_autoptr(GError) inner = NULL;
  const ClLetter *letter = letter_of(session, plan, error);
  g_autofree char *path = letter ? target_of(session, plan, person, letter, &inner) : NULL;
  if (!letter || inner) {
    if (inner)
      g_propagate_error(error, g_steal_pointer(&inner));
    return NULL;
  }
  g_autofree char *text = compose(session, person, letter, blank), *name = cl_record_dup_name(session, person->kind, person->id);
  g_autofree char *warning = blank->len ? g_strdup_printf("! Blank in the record: %s. Edit the record to fill that in.\n", blank->str) : g_strdup("");
  return g_strdup_printf("What: letter “%s” to %s\nTo: %s\n%s\n%s", letter->label, name,
                         path ? path : "the desktop's viewer, to be printed there", warning, text);
}

static char *dup_page(const char *title, const char *text) {
  GString *page = g_string_new(NULL);
  cl_page_begin_letter(page, title);
  cl_page_put(page, "p class=\"letter\"", text);
  g_string_append_c(page, '\n');
  cl_page_end(page);
  return g_string_free(page, FALSE);
}

static gboolean follow_letter(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  if (cl_gate_is_trial(gate)) /* of values that may not be there yet */
    return TRUE;
  ClSession *session = cl_gate_get_session(gate);
  g_autoptr(GString) blank = g_string_new(NULL);
  g_autoptr(GError) inner = NULL;
  const ClLetter *letter = letter_of(session, plan, error);
  g_autofree char *path = letter ? target_of(session, plan, after, letter, &inner) : NULL;
  if (!letter || inner) {
    if (inner)
      g_propagate_error(error, g_steal_pointer(&inner));
    return FALSE;
  }
  g_autofree char *text = compose(session, after, letter, blank), *name = file_name(session, after, letter);
  g_autofree char *title = g_strdup_printf("Letter: %s", letter->label), *page = dup_page(title, text);
  g_autofree char *words = g_strdup_printf("letter “%s” to %s", letter->label, path ? path : "the printer");
  return cl_gate_note_leaving(gate, after, words, error) && cl_documents_keep(gate, after, "other", title, name, page, error) &&
         (!path || cl_documents_write_text(path, page, error));
}

const ClEffect cl_effects_letter[] = {
  { .kind = "job_seeker", .action = "job_seeker.letter", .prepare = prepare_letter, .follow = follow_letter, .leaves = leaves_letter },
  { NULL }
};
