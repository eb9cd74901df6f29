/* A user's small settings: read together at first use, changed in memory, written when the program has
 * nothing better to do, so that no key waits for the disk. */
#include "preference.h"

#include "store/preferences.h"

void cl_preferences_clear(ClPreferences *preferences) {
  g_clear_pointer(&preferences->values, g_hash_table_unref);
  g_clear_pointer(&preferences->unsaved, g_hash_table_unref);
}

static GHashTable *table_new(void) {
  return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

static ClPreferences *ready(ClSession *session) {
  ClPreferences *preferences = cl_session_get_preferences(session);
  if (preferences->values)
    return preferences;
  preferences->values = table_new();
  preferences->unsaved = table_new();
  cl_preferences_sql_load(cl_session_get_store(session), cl_session_get_user(session), preferences->values);
  return preferences;
}

const char *cl_preference_get(ClSession *session, const char *name) {
  return g_hash_table_lookup(ready(session)->values, name);
}

void cl_preference_set(ClSession *session, const char *name, const char *value) {
  ClPreferences *preferences = ready(session);
  if (g_strcmp0(g_hash_table_lookup(preferences->values, name), value) == 0)
    return;
  if (value)
    g_hash_table_replace(preferences->values, g_strdup(name), g_strdup(value));
  else
    g_hash_table_remove(preferences->values, name);
  g_hash_table_replace(preferences->unsaved, g_strdup(name), g_strdup(value));
}

static gboolean save(ClSession *session, const ClPreferences *preferences, int wait_ms) {
  ClStore *store = cl_session_get_store(session);
  if (!cl_tx_begin(store, wait_ms, NULL))
    return FALSE;
  if (cl_preferences_sql_save(store, cl_session_get_user(session), preferences->unsaved))
    return cl_tx_commit_quietly(store, NULL);
  cl_tx_rollback(store);
  return FALSE;
}

void cl_preferences_save(ClSession *session, int wait_ms) {
  ClPreferences *preferences = cl_session_get_preferences(session);
  ClStore *store = cl_session_get_store(session);
  if (!preferences->unsaved || g_hash_table_size(preferences->unsaved) == 0)
    return;
  if (cl_session_is_read_only(session) || cl_store_is_read_only(store) || cl_tx_is_open(store))
    return;
  cl_db_set_durable(store, FALSE);
  if (save(session, preferences, wait_ms))
    g_hash_table_remove_all(preferences->unsaved);
  cl_db_set_durable(store, TRUE);
}
