/* A small setting of the user's, so that it outlives the session. */
#include "last.h"

#include <caseload/preference.h>

static char *dup_setting(const ClKind *kind) {
  return g_strconcat("last.", kind->id, NULL);
}

void last_remember(App *app, const ClKind *kind, ClId id) {
  g_autofree char *name = dup_setting(kind);
  g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, id);
  cl_preference_set(app_get_session(app), name, text);
}

ClRecord *last_load(App *app, const ClKind *kind) {
  g_autofree char *name = dup_setting(kind);
  const char *last = cl_preference_get(app_get_session(app), name);
  return last ? cl_record_load(app_get_session(app), kind, g_ascii_strtoll(last, NULL, 10), NULL) : NULL;
}
