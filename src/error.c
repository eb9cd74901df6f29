/* The error domain, its exit statuses, and the list of wrong fields that a form shows. */
#include <caseload/error.h>

#include <caseload/catalogue.h>

#include <string.h>

GQuark cl_error_quark(void) {
  return g_quark_from_static_string("caseload-error");
}

int cl_error_exit_status(const GError *error) {
  if (!error)
    return 0;
  if (error->domain == G_OPTION_ERROR)
    return 2;
  if (error->domain != CL_ERROR)
    return 1;
  switch ((ClErrorCode)error->code) {
  case CL_ERROR_USAGE:
    return 2;
  case CL_ERROR_NOT_PERMITTED:
    return 4;
  case CL_ERROR_BUSY:
  case CL_ERROR_CONFLICT:
    return 5;
  case CL_ERROR_FAILED:
  case CL_ERROR_INVALID:
  case CL_ERROR_NOT_FOUND:
  case CL_ERROR_CANCELLED:
  case CL_ERROR_STORE:
    break;
  }
  return 1;
}

void cl_problems_init(ClProblems *problems) {
  *problems = (ClProblems){ NULL, 0, 0 };
}

void cl_problems_clear(ClProblems *problems) {
  if (!problems)
    return;
  for (gsize i = 0; i < problems->n; i++) {
    g_free(problems->v[i].field);
    g_free(problems->v[i].text);
  }
  g_free(problems->v);
  cl_problems_init(problems);
}

void cl_problems_add(ClProblems *problems, const char *field, const char *format, ...) {
  if (problems->n == problems->space) {
    problems->space = MAX(8, problems->space * 2);
    problems->v = g_renew(ClProblem, problems->v, problems->space);
  }
  va_list arguments;
  va_start(arguments, format);
  problems->v[problems->n++] = (ClProblem){ .field = g_strdup(field), .text = g_strdup_vprintf(format, arguments) };
  va_end(arguments);
}

void cl_problems_add_remedy(ClProblems *problems, const char *field, const char *text, const char *remedy, ClId record) {
  cl_problems_add(problems, field, "%s", text);
  problems->v[problems->n - 1].remedy = remedy;
  problems->v[problems->n - 1].record = record;
}

const char *cl_problems_get(const ClProblems *problems, const char *field) {
  for (gsize i = 0; i < problems->n; i++)
    if (g_strcmp0(problems->v[i].field, field) == 0)
      return problems->v[i].text;
  return NULL;
}

/* "due_date" as "Due date", where the kind has no label for it. */
static char *dup_label(const ClKind *kind, const char *id) {
  const ClField *field = kind ? cl_kind_field(kind, id) : NULL;
  if (field)
    return g_strdup(field->label);
  char *words = g_strdelimit(g_strdup(id), "_", ' ');
  *words = g_ascii_toupper(*words);
  return words;
}

char *cl_problems_dup_text(const ClProblems *problems, const ClKind *kind) {
  GString *out = g_string_new(NULL);
  for (gsize i = 0; i < problems->n; i++) {
    if (i > 0) {
      if (g_str_has_suffix(out->str, "."))
        g_string_truncate(out, out->len - 1);
      g_string_append(out, "; ");
    }
    const char *id = problems->v[i].field;
    g_autofree char *label = id && *id ? dup_label(kind, id) : NULL;
    if (label && !g_str_has_prefix(problems->v[i].text, label))
      g_string_append_printf(out, "%s: ", label);
    g_string_append(out, problems->v[i].text);
  }
  return g_string_free(out, FALSE);
}

void cl_error_keep(GError *error, gint64 kept) {
  static const char claim[] = "Nothing was changed";
  const char *at = kept ? strstr(error->message, claim) : NULL;
  if (!at)
    return;
  char *whole = g_strdup_printf("%.*sThe %" G_GINT64_FORMAT " records changed before are kept%s", (int)(at - error->message),
                                error->message, kept, at + strlen(claim));
  g_free(error->message);
  error->message = whole;
}
