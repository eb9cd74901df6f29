/* Claims of an invented person: 4, 13, 26 and 52 weeks counted from start and anchor, education outcomes,
 * fees for support and service; then what became of each by its age. */
#include "demo_claims.h"

#include "rules/outcome.h"

#include <string.h>

#define SECONDS_A_DAY 86400

/* ---- periods ------------------------------------------------------------------------ */

static ClDemoClaim *add(ClDemoPerson *person, int placement, const char *type, ClDate from, int days) {
  if (person->n_claims == CL_DEMO_CLAIMS_MAX)
    return NULL;
  ClDemoClaim *claim = &person->claims[person->n_claims++];
  *claim = (ClDemoClaim){.placement = placement,
                         .type = type,
                         .from = from,
                         .to = from + days - 1,
                         .due = from + days - 1,
                         .expiry = CL_DATE_NONE,
                         .state = "tracking"};
  return claim;
}

static void add_outcomes(ClDemoPerson *person, int i, ClDemoRandom *random) {
  const ClDemoPlacement *placement = &person->placements[i];
  if (g_str_equal(placement->type, "education") || g_str_equal(placement->type, "vacancy_and_education")) {
    if (cl_demo_chance(random, 700))
      add(person, i, "education", placement->start, 182);
    return;
  }
  if (placement->do_not_track || g_str_equal(placement->type, "self_employment") ||
      g_str_equal(placement->type, "pre_existing"))
    return;
  ClDate base = placement->anchored ? placement->anchor_date : placement->start;
  gboolean restart = person->programme == CL_DEMO_RESTART;
  if (!restart) {
    add(person, i, "4w", placement->start, 28);
    add(person, i, "13w", base, 91);
  }
  add(person, i, "26w", base + 91, 91);
  gboolean lasted = placement->end == CL_DATE_NONE || placement->end > base + 91;
  if (!restart && lasted && cl_demo_chance(random, 620))
    add(person, i, "52w", base + 182, 182);
}

/* Monthly in Ongoing Support: back to its beginning and one ahead. */
static void add_support_fees(ClDemoPerson *person, ClDate today) {
  if (person->os_start == CL_DATE_NONE)
    return;
  ClDate last = person->exit != CL_DATE_NONE ? person->exit : today + 20;
  ClDate from = MAX(person->os_start, last - 28 * 9);
  for (; from <= last; from += 28)
    add(person, -1, "ongoing_support", from, 28);
}

/* Quarter number `first` from the day of registration, and `n` in all; more than have passed lie ahead. */
static void add_service_fees(ClDemoPerson *person, int first, int n) {
  for (int i = 0; i < n; i++)
    add(person, -1, "service_fee", person->registered + 91 * (first + i), 91);
}

/* ---- what became of it ---------------------------------------------------------------- */

typedef enum {
  TRACKING,
  TO_DO,
  IN_PROGRESS,
  FOLLOW_UP,
  AWAITING,
  REVIEW,
  APPROVED,
  CLAIMED,
  NON_PAYABLE,
  CANCELLED,
  N_STATES
} State;
static const char *const states[N_STATES] = {
    "tracking",          "to_do",    "in_progress", "follow_up",   "awaiting_info",
    "review_added_info", "approved", "claimed",     "non_payable", "cancelled"};

static State choose_state(int age, gboolean lapsed, ClDemoRandom *random) {
  static const int ahead_lapsed[N_STATES] = {[TRACKING] = 55, [NON_PAYABLE] = 35, [CANCELLED] = 10};
  static const int past_lapsed[N_STATES] = {
      [TRACKING] = 37, [CLAIMED] = 26, [NON_PAYABLE] = 27, [CANCELLED] = 10};
  static const int fresh[N_STATES] = {56, 15, 9, 3, 4, 3, 5, 5, 0, 0};
  static const int recent[N_STATES] = {17, 9, 9, 9, 9, 9, 9, 26, 2, 1};
  static const int old[N_STATES] = {108, 16, 16, 18, 18, 17, 18, 739, 30, 20};
  if (age < 0)
    return lapsed ? CL_DEMO_WEIGHTED(random, ahead_lapsed) : TRACKING;
  if (lapsed)
    return CL_DEMO_WEIGHTED(random, past_lapsed);
  return age <= 14    ? CL_DEMO_WEIGHTED(random, fresh)
         : age <= 120 ? CL_DEMO_WEIGHTED(random, recent)
                      : CL_DEMO_WEIGHTED(random, old);
}

static gint64 fee(ClDemoProgramme programme, const char *type) {
  static const struct {
    const char *type;
    int amounts[3]; /* by programme, minor units */
  } fees[] = {
      {"4w", {96800, 0, 45000}},
      {"13w", {286000, 0, 60000}},
      {"26w", {440000, 177500, 75000}},
      {"52w", {132000, 0, 90000}},
      {"education", {143000, 60000, 50000}},
      {"ongoing_support", {44000, 0, 0}},
      {"service_fee", {89000, 32500, 41000}},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(fees); i++)
    if (g_str_equal(fees[i].type, type))
      return fees[i].amounts[programme];
  return 0;
}

static const char *choose_comment(State state, ClDemoRandom *random) {
  static const char *const non_payable[] = {"Employer could not confirm the hours.",
                                            "Hours below the benchmark.", "Exited before the period ended.",
                                            "Claim period missed; nothing can be lodged any more.",
                                            "Placement did not last."};
  static const char *const cancelled[] = {"Entered twice.", "Wrong placement.", "Placement withdrawn.",
                                          "Claimed by another provider."};
  static const char *const follow_up[] = {"Call the employer again.",
                                          "Bank details of the payroll service to be checked.",
                                          "Job seeker sends the last payslip on Friday."};
  static const char *const awaiting[] = {
      "Payslips for weeks 5 to 8 are missing.", "Please add the signed consent.",
      "Hours in the payslips differ from the placement.", "End date or still employed?"};
  static const char *const added[] = {"Payslips added.", "Employer’s letter added.",
                                      "Hours corrected in the placement."};
  switch (state) {
  case NON_PAYABLE:
    return CL_DEMO_PICK(random, non_payable);
  case CANCELLED:
    return CL_DEMO_PICK(random, cancelled);
  case FOLLOW_UP:
    return CL_DEMO_PICK(random, follow_up);
  case AWAITING:
    return CL_DEMO_PICK(random, awaiting);
  case REVIEW:
    return CL_DEMO_PICK(random, added);
  default:
    return NULL;
  }
}

/* What somebody filled in when it went to the claims unit. */
static void submit(ClDemoClaim *claim, State state, ClDate today, ClDemoRandom *random) {
  static const char *const outcomes[] = {"full", "partial", "zero"};
  static const int weights[] = {82, 14, 4};
  int outcome = CL_DEMO_WEIGHTED(random, weights);
  claim->outcome = outcomes[outcome];
  claim->psv = cl_demo_chance(random, 90);
  ClDate day = claim->due + 1 + cl_demo_below(random, 21);
  claim->submitted_at =
      (gint64)MIN(day, today - 1) * SECONDS_A_DAY + cl_demo_between(random, 8 * 3600, 17 * 3600);
  if (outcome == 1)
    claim->amount = claim->amount / 3;
  if (state == APPROVED || state == CLAIMED)
    claim->numbered = TRUE;
  if (state == CLAIMED)
    claim->actual = cl_demo_chance(random, 30) ? claim->amount - claim->amount / 10 : claim->amount;
  if (state == TO_DO ? cl_demo_chance(random, 200) : state != CLAIMED)
    claim->assignee = cl_demo_chance(random, 720) ? CL_DEMO_FINANCE : CL_DEMO_MANAGER;
}

/* At most one fee of Ongoing Support is foreseen, the newest: those before it were finalised when they fell due. */
static void close_fees(ClDemoPerson *person, ClDemoRandom *random) {
  gboolean open = FALSE;
  for (int i = person->n_claims - 1; i >= 0; i--) {
    ClDemoClaim *claim = &person->claims[i];
    if (!g_str_equal(claim->type, "ongoing_support") || !g_str_equal(claim->state, "tracking"))
      continue;
    if (open || person->exit != CL_DATE_NONE) {
      claim->state = states[NON_PAYABLE];
      claim->comment = choose_comment(NON_PAYABLE, random);
    }
    open = TRUE;
  }
}

static void decide(const ClDemoPerson *person, ClDemoClaim *claim, ClDate today, ClDemoRandom *random) {
  ClDate end = CL_DATE_NONE;
  gboolean lapsed = FALSE;
  if (claim->placement >= 0) {
    const ClDemoPlacement *placement = &person->placements[claim->placement];
    end = placement->end;
    lapsed = g_str_equal(placement->status, "withdrawn") || placement->non_pay_reason;
  } else
    end = person->exit;
  lapsed = lapsed || (end != CL_DATE_NONE && end < claim->due);
  State state = choose_state(today - claim->due, lapsed, random);
  claim->state = states[state];
  if (claim->placement >= 0 && claim->type[strlen(claim->type) - 1] == 'w')
    claim->hours = cl_rules_hours((claim->to - claim->from + 1) / 7, person->placements[claim->placement].benchmark,
                                  g_str_equal(claim->type, "4w") ? 75 : 100);
  claim->amount = fee(person->programme, claim->type);
  claim->comment = choose_comment(state, random);
  if (claim->placement >= 0 && cl_demo_chance(random, 300))
    claim->expiry = claim->due + (cl_demo_chance(random, 500) ? 56 : 365);
  if (state >= TO_DO && state <= CLAIMED)
    submit(claim, state, today, random);
}

/* ---- how many ---------------------------------------------------------------------------- */

static gint64 claims_due(const ClDemoWalk *walk, gint64 n) {
  return 5 * (28 * n * walk->seekers - 8 * n * n) / (20 * walk->seekers);
}

void cl_demo_make_claims(const ClDemoWalk *walk, ClDemoPerson *person, ClDemoRandom *random) {
  gint64 owed = claims_due(walk, walk->next + 1) - walk->claims;
  gint64 left = walk->seekers - walk->next - 1;
  for (int i = 0; i < person->n_placements; i++)
    add_outcomes(person, i, random);
  add_support_fees(person, walk->today);
  gint64 lag = owed - person->n_claims;
  int past = (walk->today - person->registered) / 91 + 1;
  int quarters = lag > 0 ? cl_demo_below(random, (int)MIN(lag, 9) + 1) : 0;
  quarters = MIN(quarters, past);
  add_service_fees(person, 0, quarters);
  gint64 least = owed - MIN(40, 6 * left), most = owed + MIN(40, 2 * left);
  if (person->n_claims < least)
    add_service_fees(person, quarters, (int)(least - person->n_claims));
  person->n_claims = (int)CLAMP(person->n_claims, MAX(least, 0), MAX(most, 0));
  for (int i = 0; i < person->n_claims; i++)
    decide(person, &person->claims[i], walk->today, random);
  close_fees(person, random);
}
