/* Where a session keeps its user's settings. Internal. */
#pragma once

#include <caseload/preference.h>

typedef struct {
  GHashTable *values;  /* char* name → char* text; read at first use */
  GHashTable *unsaved; /* char* name → char* text, NULL = forgotten */
} ClPreferences;

ClPreferences *cl_session_get_preferences(ClSession *session);
void cl_preferences_clear(ClPreferences *preferences);
