/* A store of its own with two sites and a user of each role, and one-line ways to make, change, list and
 * undo records as a user would: through the gate. The clock stands at 2024-07-29. */
#pragma once

#include <caseload/command.h>
#include <caseload/list.h>
#include <caseload/run.h>
#include <caseload/session.h>
#include <caseload/store.h>

#include <locale.h>
#include <string.h>

#include "store/db.h"

typedef struct {
  char *folder, *path;
  ClConfig *config;
  ClStore *store;
  GHashTable *sessions; /* sign-in name → ClSession* */
  ClId north, south;    /* sites */
} Fixture;

/* Users: admin, coach and friend (caseworkers, site North), finance, manager, compliance, supervisor,
 * viewer. Nobody has a passphrase: hashing takes long. */
void support_set_up(Fixture *f, gconstpointer unused);
void support_tear_down(Fixture *f, gconstpointer unused);
/* Closes the store and opens it again, as a new start of the program does. */
void support_reopen(Fixture *f);
/* Borrowed. */
ClSession *support_session(Fixture *f, const char *login);

/* "field", "value", …, NULL */
GHashTable *support_values(const char *field, ...) G_GNUC_NULL_TERMINATED;
/* Creates; fails the test when it cannot. */
ClId support_create(Fixture *f, const char *login, const char *kind, const char *field, ...) G_GNUC_NULL_TERMINATED;
/* A job seeker with phase and ESS ID, of this case manager. */
ClId support_seeker(Fixture *f, const char *given, const char *family, const char *manager);
ClId support_placement(Fixture *f, ClId seeker, const char *start);
/* A claim in Tracking of an education outcome (which needs no placement). */
ClId support_claim(Fixture *f, ClId seeker, const char *due);
/* Does an action to one record; the error's words, "" when it went. The caller frees. */
char *support_do(Fixture *f, const char *login, const char *action, ClId id, const char *comment, GHashTable *set);
/* Attaches a small file with this text to a record. */
void support_attach(Fixture *f, const char *login, const char *kind, ClId id, const char *text);
/* Puts a value where no action of today puts it, with its line of history. */
void support_force(Fixture *f, const char *kind, ClId id, const char *field, const char *text);
/* One field as programs read it. The caller frees. */
char *support_value(Fixture *f, const char *kind, ClId id, const char *field);

/* The ids that a filter finds, "1 4 7", or the error's words. The caller frees. */
char *support_find(Fixture *f, const char *login, const char *kind, const char *filter);
gint64 support_count(Fixture *f, const char *login, const char *kind, const char *filter);
gint64 support_int(Fixture *f, const char *sql);

/* Begins, and works to the end, an action on all matches; fails the test when it cannot. */
ClId support_begin(Fixture *f, const char *login, const char *action, const char *filter, const char *comment, GHashTable *set);
ClRunStatus *support_execute(Fixture *f, const char *login, ClId run);
ClRunStatus *support_run(Fixture *f, const char *login, const char *action, const char *filter, const char *comment, GHashTable *set);
ClRunStatus *support_undo(Fixture *f, const char *login, ClId run);
/* "5 asked, 3 done, 2 skipped, 0 failed; 2 is approved". The caller frees. */
char *support_report(const ClRunStatus *status);
/* As many claims, all due 2024-07-01, as fast as the store can take them. */
void support_many_claims(Fixture *f, ClId seeker, int n);

#define SUPPORT_TEST(path, function) g_test_add(path, Fixture, NULL, support_set_up, function, support_tear_down)
int support_main(int argc, char **argv, void (*add)(void));
