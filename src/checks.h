/* Rules that look around: at who asks, at other records, at the configuration. The gate asks them beside
 * those of the catalogue. `changed` as in cl_gate_validate(). Internal. */
#pragma once

#include <caseload/record.h>

/* Roles that exist, a sign-in name of one's own, and somebody who can manage users, always. */
void cl_user_check(ClSession *session, const ClRecord *record, GHashTable *changed, ClProblems *problems);
/* "Caseworker, finance" as ids, each once: "caseworker,finance". NULL with the error where one is none. The caller frees. */
char *cl_user_clean_roles(const ClConfig *config, const char *words, GError **error);
char *cl_user_archive_problem(ClSession *session, ClId id);
/* A list that exists, words that it understands, a name that the owner has not given twice. */
void cl_saved_check_default(ClSession *session, const ClKind *kind, const ClRecord *record, ClProblems *problems);
void cl_saved_check(ClSession *session, const ClRecord *record, GHashTable *changed, ClProblems *problems);
