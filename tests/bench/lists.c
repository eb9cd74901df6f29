/* Lists: first screens, all ids, counts, derived filters, sorting, each beside the best plain SQL. */
#include "bench.h"

#include <caseload/clock.h>
#include <caseload/filter.h>
#include <stdio.h>
#include <string.h>

#define ROWS 60
#define OPEN "t.state <> 'claimed' AND t.state <> 'non_payable' AND t.state <> 'cancelled'"

/* One question asked of both sides. */
typedef struct {
  House *house;
  sqlite3 *db;
  ClFilter *filter;
  ClSort sort;
  ClColumn *columns;
  gsize n_columns;
  ClList *list;
  sqlite3_stmt *plain;
  gsize ours, theirs; /* rows, to be compared */
} Question;

static void open_question(Question *question, House *house, sqlite3 *db, const char *kind, const char *filter,
                          const char *sort, const char *sql) {
  *question = (Question){.house = house, .db = db, .filter = house_filter(house, kind, filter)};
  cl_sort_parse(cl_kind_find(kind), sort, &question->sort, NULL);
  question->columns = cl_kind_default_columns(cl_kind_find(kind), &question->n_columns);
  question->list = cl_list_new(house->session, cl_kind_find(kind));
  question->plain = plain_prepare(db, sql);
  int today = sqlite3_bind_parameter_index(question->plain, ":today");
  if (today)
    sqlite3_bind_int64(question->plain, today, cl_clock_today());
}

static void close_question(Question *question, const char *operation) {
  if (question->ours != question->theirs)
    fprintf(stderr, "%s: ours finds %zu, the other %zu\n", operation, question->ours, question->theirs);
  cl_list_free(question->list);
  cl_filter_free(question->filter);
  g_free(question->columns);
  sqlite3_finalize(question->plain);
}

/* What the screen does. */
static void first_screen(gpointer data) {
  Question *question = data;
  g_autoptr(ClRows) rows = house_first_rows(question->house, question->list, question->filter, &question->sort,
                                            question->columns, question->n_columns, ROWS);
  question->ours = rows->n_rows;
}

/* Between two measurements the reader comes to its end. */
static void settle(gpointer data) {
  Question *question = data;
  cl_list_wait(question->list, G_MAXSIZE);
}

static void all_ids(gpointer data) {
  Question *question = data;
  g_autoptr(ClIds) ids = cl_query_ids(question->house->session, question->filter, &question->sort, NULL);
  question->ours = ids->n;
}

static void count(gpointer data) {
  Question *question = data;
  question->ours = (gsize)cl_query_count(question->house->session, question->filter, NULL);
}

static void plain_rows(gpointer data) {
  Question *question = data;
  question->theirs = plain_read(question->plain);
}

static void plain_count(gpointer data) {
  Question *question = data;
  sqlite3_step(question->plain);
  question->theirs = (gsize)sqlite3_column_int64(question->plain, 0);
  sqlite3_reset(question->plain);
}

/* ---- the tables ------------------------------------------------------------------------ */

typedef struct {
  const char *operation, *kind, *filter, *sort, *sql;
  double most;
  BenchFunc ours, plain;
} Row;

#define NAME "(SELECT j.given_name || ' ' || j.family_name FROM job_seeker j WHERE j.id = t.job_seeker)"
#define TIMING                                                                                               \
  "CASE WHEN t.expiry < :today THEN 'expired' WHEN t.due < :today THEN 'overdue' WHEN t.due = :today THEN "  \
  "'due' ELSE 'future' END"
#define CLAIM_ROW                                                                                            \
  "SELECT t.id, t.job_seeker, " NAME ", t.type, t.due, t.state, " TIMING                                     \
  ", t.amount FROM claim t WHERE t.archived = 0 AND "
#define SEEKER_ROW                                                                                           \
  "SELECT t.id, t.ess_id, t.given_name || ' ' || t.family_name, t.case_manager, (SELECT u.name FROM user u " \
  "WHERE u.id = "                                                                                            \
  "t.case_manager), t.phase, t.status, (SELECT max(p.status = 'commenced') * 2 + max(p.status = 'ended') "   \
  "FROM placement p "                                                                                        \
  "WHERE p.job_seeker = t.id AND p.archived = 0) FROM job_seeker t WHERE t.archived = 0 "
#define OVERDUE_13W                                                                                          \
  OPEN " AND t.due < :today AND t.due <= 19357 AND t.type = '13w'"

static const Row first_screens[] = {
    {"state:overdue due:..2022-12-31 type:13w", "claim", "state:overdue due:..2022-12-31 type:13w", NULL,
     CLAIM_ROW OVERDUE_13W " ORDER BY t.due, t.id LIMIT 60", 2, first_screen, plain_rows},
    {"claims, no filter", "claim", "", NULL, CLAIM_ROW "1 ORDER BY t.due, t.id LIMIT 60", 2, first_screen,
     plain_rows},
    {"claims, last first", "claim", "", "-due", CLAIM_ROW "1 ORDER BY t.due DESC, t.id DESC LIMIT 60", 2,
     first_screen, plain_rows},
    {"state:tracking,to_do", "claim", "state:tracking,to_do", NULL,
     CLAIM_ROW OPEN " AND t.state IN ('tracking', 'to_do') ORDER BY t.due, t.id LIMIT 60", 2,
     first_screen, plain_rows},
    {"state:approved", "claim", "state:approved", NULL,
     CLAIM_ROW "t.state = 'approved' ORDER BY t.due, t.id LIMIT 60", 2, first_screen, plain_rows},
    {"state:cancelled", "claim", "state:cancelled", NULL,
     CLAIM_ROW "t.state = 'cancelled' ORDER BY t.due, t.id LIMIT 60", 2, first_screen, plain_rows},
    {"job seekers, no filter", "job_seeker", "", NULL, SEEKER_ROW "ORDER BY t.name_key, t.id LIMIT 60", 2,
     first_screen, plain_rows},
    {"phase:os status:commenced", "job_seeker", "phase:os status:commenced", NULL,
     SEEKER_ROW "AND t.phase = 'os' AND t.status = 'commenced' ORDER BY t.name_key, t.id LIMIT 60", 2,
     first_screen, plain_rows},
};

#define IDS "SELECT t.id FROM claim t WHERE t.archived = 0"
static const Row ids_and_counts[] = {
    {"all ids: claims", "claim", "", NULL, IDS " ORDER BY t.due, t.id", 1.5, all_ids, plain_rows},
    {"all ids: state:overdue", "claim", "state:overdue", NULL,
     IDS " AND " OPEN " AND t.due < :today ORDER BY t.due, t.id", 1.5, all_ids, plain_rows},
    {"all ids: state:overdue due:..2022-12-31 type:13w", "claim", "state:overdue due:..2022-12-31 type:13w",
     NULL, IDS " AND " OVERDUE_13W " ORDER BY t.due, t.id", 1.5, all_ids, plain_rows},
    {"all ids: job seekers", "job_seeker", "", NULL,
     "SELECT id FROM job_seeker WHERE archived = 0 ORDER BY name_key, id", 1.5, all_ids, plain_rows},
    {"count: state:overdue type:13w", "claim", "state:overdue type:13w", NULL,
     "SELECT count(*) FROM claim t WHERE t.archived = 0 AND " OPEN " AND t.due < :today AND t.type = '13w'",
     1.5, count, plain_count},
    {"count: amount>1000 (no index)", "claim", "amount>1000", NULL,
     "SELECT count(*) FROM claim t WHERE t.archived = 0 AND t.amount > 100000", 1.5, count, plain_count},
};

/* Derived fields, each beside a stored column of the same list: ids in order (by `sort`, where that is given) and
 * count, both as our own lists ask. */
static const struct {
  const char *kind, *derived, *stored, *sort, *stored_sort;
} derived[] = {
    {"placement", "why_not:all_claims_resolved", "type:vacancy"},
    {"placement", "why_not:non_pay_reason", "type:vacancy"},
    {"placement", "why_not:do_not_track", "type:vacancy"},
    {"placement", "why_not:any", "type:vacancy"},
    {"placement", "on_outcome_tracker:yes", "type:vacancy"},
    {"placement", "on_outcome_tracker:no", "type:vacancy"},
    {"placement", "in_support_tracker:yes", "type:vacancy"},
    {"placement", "anchor_relation:anchor", "type:vacancy"},
    {"placement", "anchor_relation:started_after", "type:vacancy"},
    {"placement", "next_claim_timing:overdue", "type:vacancy"},
    {"claim", "timing:expired", "outcome_type:full"},
    {"claim", "timing:overdue", "outcome_type:full"},
    {"claim", "timing:future", "outcome_type:full"},
    {"claim", "placement.on_outcome_tracker:yes", "placement.type:vacancy"},
    {"job_seeker", "job_status:ended", "gender:female"},
    {"job_seeker", "job_status:not_placed", "gender:female"},
    {"job_seeker", "in_support_tracker:yes", "gender:female"},
    {"placement", "why_not:none", "-type:vacancy"},
    {"placement", "-why_not:all_claims_resolved", "-type:vacancy"},
    {"placement", "anchor_relation:none", "-type:vacancy"},
    {"placement", "next_claim_timing:any", "type:vacancy"},
    {"placement", "why_not:any status:commenced", "type:vacancy status:commenced"},
    {"placement", "on_outcome_tracker:yes smith", "type:vacancy smith"},
    {"placement", "on_outcome_tracker:yes", "type:vacancy", "next_claim_due", "end_date"},
    {"placement", "", "", "why_not", "type"},
    {"placement", "", "", "anchor_relation", "type"},
    {"claim", "", "", "timing", "outcome_type"},
    {"job_seeker", "", "", "job_status", "gender"},
};

#define CLAIMS_BY(key) "SELECT t.id FROM claim t WHERE t.archived = 0 ORDER BY " key ", t.id"
static const Row sorts[] = {
    {"sort claims by amount", "claim", "", "amount", CLAIMS_BY("t.amount"), 1, all_ids, plain_rows},
    {"sort claims by state, last first", "claim", "", "-state",
     "SELECT t.id FROM claim t WHERE t.archived = 0 ORDER BY t.state DESC, t.id", 1, all_ids, plain_rows},
    {"sort claims by comment (folded | lower)", "claim", "", "comment", CLAIMS_BY("lower(t.comment)"), 1,
     all_ids, plain_rows},
    {"sort claims by job seeker's name", "claim", "", "job_seeker",
     "SELECT t.id FROM claim t CROSS JOIN job_seeker j ON j.id = t.job_seeker WHERE t.archived = 0 ORDER BY "
     "+j.name_key, t.id",
     1, all_ids, plain_rows},
    {"sort claims by type, amount", "claim", "", "type,amount", CLAIMS_BY("t.type, t.amount"), 1, all_ids,
     plain_rows},
    {"sort job seekers by date of birth", "job_seeker", "", "date_of_birth",
     "SELECT t.id FROM job_seeker t WHERE t.archived = 0 ORDER BY +t.date_of_birth, t.id", 1, all_ids,
     plain_rows},
};

static void ask_all(House *house, sqlite3 *db, const Row *rows, gsize n, int rounds,
                    gboolean same) {
  for (gsize i = 0; i < n; i++) {
    Question question;
    open_question(&question, house, db, rows[i].kind, rows[i].filter, rows[i].sort, rows[i].sql);
    bench_compare(rows[i].operation, rows[i].ours, rows[i].plain, rows[i].ours == first_screen ? settle : NULL, &question,
                  rounds, rows[i].most);
    if (!same)
      question.theirs = question.ours;
    close_question(&question, rows[i].operation);
  }
}

typedef struct {
  const char *heading;
  const Row *rows;
  gsize n;
  int times; /* the rounds, so many times over */
  gboolean same; /* both sides must find as much */
} Part;

static void ask_parts(const World *world, const Part *parts, gsize n) {
  g_autofree char *path = world_copy(world, "lists.db");
  House house;
  house_open(&house, path, "finance");
  sqlite3 *db = plain_open(path);
  for (gsize i = 0; i < n; i++) {
    bench_heading(parts[i].heading);
    ask_all(&house, db, parts[i].rows, parts[i].n, parts[i].times * world->rounds, parts[i].same);
  }
  sqlite3_close(db);
  house_close(&house);
  world_remove(path);
}

void bench_lists(const World *world) {
  static const Part parts[] = {
      {"First screen: 60 rows with names, against one prepared statement", first_screens,
       G_N_ELEMENTS(first_screens), 20, TRUE},
      {"Ids and counts", ids_and_counts, G_N_ELEMENTS(ids_and_counts), 1, TRUE},
  };
  ask_parts(world, parts, G_N_ELEMENTS(parts));
}

typedef struct {
  Question *derived, *stored;
} Pair;

static void derived_ids(gpointer data) {
  all_ids(((Pair *)data)->derived);
}

static void stored_ids(gpointer data) {
  all_ids(((Pair *)data)->stored);
}

static void derived_count(gpointer data) {
  count(((Pair *)data)->derived);
}

static void stored_count(gpointer data) {
  count(((Pair *)data)->stored);
}

void bench_derived(const World *world) {
  House house;
  house_open(&house, world->master, "finance");
  sqlite3 *db = plain_open(world->master);
  bench_heading("Derived fields beside a stored column of the same list, both through our lists");
  for (gsize i = 0; i < G_N_ELEMENTS(derived); i++) {
    Question one, other;
    Pair pair = {&one, &other};
    const char *sort = derived[i].sort, *stored_sort = derived[i].stored_sort;
    open_question(&one, &house, db, derived[i].kind, derived[i].derived, sort, "SELECT 1");
    open_question(&other, &house, db, derived[i].kind, derived[i].stored, stored_sort, "SELECT 1");
    g_autofree char *ids = sort ? g_strdup_printf("ids: %s by %s | %s by %s", derived[i].derived, sort, derived[i].stored, stored_sort)
                                : g_strdup_printf("ids: %s | %s", derived[i].derived, derived[i].stored);
    g_autofree char *counted = g_strdup_printf("count: %s | %s", derived[i].derived, derived[i].stored);
    bench_compare(ids, derived_ids, stored_ids, NULL, &pair, world->rounds, 3);
    if (!sort)
      bench_compare(counted, derived_count, stored_count, NULL, &pair, world->rounds, 3);
    one.theirs = one.ours;
    other.theirs = other.ours;
    close_question(&one, ids);
    close_question(&other, ids);
  }
  sqlite3_close(db);
  house_close(&house);
}

void bench_sort(const World *world) {
  static const Part parts[] = {
      {"Sorting without an index, against SQLite's sorter", sorts, G_N_ELEMENTS(sorts), 1, TRUE},
  };
  ask_parts(world, parts, G_N_ELEMENTS(parts));
}
