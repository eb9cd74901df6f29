/* Small settings that a user makes in passing and finds again at the next start: a list's columns, its
 * order, what was typed lately. One text per user and name, kept in the store. They are no records: no
 * history, no undo, nobody else sees them. */
#pragma once

#include "session.h"

/* The setting of the session's user; NULL when there is none. Borrowed until it is set again. */
const char *cl_preference_get(ClSession *session, const char *name);
/* Takes effect at once and is written by the next cl_preferences_save(). `value` is copied; NULL forgets it. */
void cl_preference_set(ClSession *session, const char *name, const char *value);
/* Writes what was set since, waiting at most `wait_ms` for other writers; what could not be written stays for
 * the next time. A read-only session or store writes nothing and needs not. Cheap when nothing was set. */
void cl_preferences_save(ClSession *session, int wait_ms);
