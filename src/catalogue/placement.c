/* Placements: a job, a course or both that a job seeker starts. The relation to the anchor and the
 * reasons for being off the outcome tracker are derived, never stored. */
#include "kinds.h"

#include <caseload/programme.h>
#include <caseload/record.h>
#include <string.h>

const ClChoice cl_choices_placement_type[] = {
  { "vacancy", "Vacancy" }, { "education", "Education" }, { "vacancy_and_education", "Vacancy and Education" },
  { "self_employment", "Self-employment" }, { "apprenticeship", "Apprenticeship or traineeship" },
  { "pre_existing", "Pre-existing employment" }, { NULL }
};

static const ClChoice statuses[] = {
  { "pending", "Pending" }, { "commenced", "Commenced" }, { "ended", "Ended" }, { "withdrawn", "Withdrawn" }, { NULL }
};

#define SEEKER(column) "(SELECT j." column " FROM job_seeker j WHERE j.id = @.job_seeker)"
#define ANCHOR "@.seeker_anchor"
#define IS_ANCHOR "@.anchored = 1 AND @.anchor_date = " ANCHOR
static const ClChoice relations_to_anchor[] = {
  { "anchor", "Anchor", .where = "(" IS_ANCHOR ")" },
  { "started_after", "Started after Anchored", .where = "(NOT coalesce(" IS_ANCHOR ", 0) AND @.start_date >= " ANCHOR ")" },
  { "started_before", "Started before anchored", .where = "(NOT coalesce(" IS_ANCHOR ", 0) AND @.start_date < " ANCHOR ")" },
  { NULL }
};

/* Claims of placements that still need work; word for word the WHERE of the index claim_open_placement. */
#define OPEN_CLAIMS "FROM claim WHERE archived = 0 AND placement IS NOT NULL AND " CL_CLAIM_OPEN("")
static const ClFact facts[] = {
  { "first_open_due", "SELECT min(due) " OPEN_CLAIMS " AND placement = ?1",
    "SELECT placement, due " OPEN_CLAIMS " ORDER BY placement DESC, due DESC" },
  { "last_open_due", "SELECT max(due) " OPEN_CLAIMS " AND placement = ?1", "SELECT placement, due " OPEN_CLAIMS " ORDER BY placement, due" },
  { NULL }
};

static const ClKept kept[] = {
  { "has_claims", "EXISTS (SELECT 1 FROM claim c WHERE c.placement = @.id AND c.archived = 0)" },
  { "seeker_exit", SEEKER("exit_date") },
  { "seeker_anchor", SEEKER("anchor_date") },
  { NULL }
};

#define OPEN_CLAIM CL_CLAIM_OPEN("c.")
#define LAST_DUE "cl_fact('last_open_due', @.id)"
#define NOT_TRACKED "@.do_not_track = 1"
#define NON_PAY "(@.non_pay_reason IS NOT NULL OR (@.seeker_exit IS NOT NULL AND coalesce(" LAST_DUE " > @.seeker_exit, 0)))"
#define ALL_RESOLVED "(@.has_claims = 1 AND " LAST_DUE " IS NULL)"
/* Any of the three; each thing is asked once. */
#define HIDDEN \
  "(" NOT_TRACKED " OR @.non_pay_reason IS NOT NULL OR " \
  "(@.has_claims = 1 AND coalesce(" LAST_DUE " > coalesce(@.seeker_exit, 4000000), 1)))"
static const ClChoice reasons[] = {
  { "do_not_track", "Mark as Do Not Track", .where = NOT_TRACKED },
  { "non_pay_reason", "Outcome non-pay reason", .where = NON_PAY },
  { "all_claims_resolved", "All Outcome Claims Resolved", .where = ALL_RESOLVED },
  { NULL }
};

const ClChoice cl_choices_frequency[] = {
  { "weekly", "Weekly" }, { "fortnightly", "Fortnightly" }, { "monthly", "Monthly" }, { "quarterly", "Quarterly" },
  { NULL }
};

static const ClChoice support_states[] = {
  { "active", "Active", .where = "@.support_due IS NOT NULL" },
  { "stopped", "Stopped", .where = "(@.support_due IS NULL AND @.support_frequency IS NOT NULL)" },
  { "none", "No schedule", .where = "(@.support_due IS NULL AND @.support_frequency IS NULL)" },
  { NULL }
};

/* Claims as a strip: what each is for, how it stands, and when it is due unless it is closed. */
#define STRIP \
  "(SELECT group_concat(s, '  ') FROM (SELECT CASE c.type WHEN 'education' THEN 'edu' WHEN 'ongoing_support' THEN 'OS' " \
  "WHEN 'service_fee' THEN 'fee' ELSE c.type END || CASE WHEN c.state = 'claimed' THEN ' =' WHEN NOT (" OPEN_CLAIM ") THEN ' x' " \
  "ELSE CASE WHEN c.state <> 'tracking' THEN ' ~ ' WHEN c.due < :today THEN ' ! ' ELSE ' . ' END || " \
  "date(c.due * 86400, 'unixepoch') END AS s FROM claim c WHERE c.placement = @.id AND c.archived = 0 ORDER BY c.due, c.id))"
#define NEXT_DUE "cl_fact('first_open_due', @.id)"
#define TIMINGS(due) \
  { "overdue", "Overdue", .where = "(" due " < :today)" }, { "due", "Due", .where = "(" due " = :today)" }, \
  { "future", "Future", .where = "(" due " > :today)" }, { NULL }
#define TIMING(due) \
  "CASE WHEN " due " < :today THEN 'overdue' WHEN " due " = :today THEN 'due' WHEN " due " > :today THEN 'future' END"
/* Something of the next claim that hours are counted for. */
#define OF_NEXT(what) \
  "(SELECT " what " FROM claim c WHERE c.id = (SELECT x.id FROM claim x WHERE x.placement = @.id AND x.archived = 0 AND " \
  "x.hours_needed > 0 AND x.state NOT IN ('non_payable', 'cancelled', 'claimed') ORDER BY x.due, x.id LIMIT 1))"
static const ClChoice claim_timings[] = { TIMINGS(NEXT_DUE) };
static const ClChoice support_timings[] = { TIMINGS("@.support_due") };

static const ClChoice sources[] = { { "manual", "Manual" }, { "ess", "ESS subscription" }, { NULL } };

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "job_seeker", .label = "Job seeker", .type = CL_TYPE_REF, .ref = "job_seeker", .width = 22,
    .flags = CL_FIELD_CREATE | CL_FIELD_REQUIRED | CL_FIELD_LIST },
  { .id = "type", .label = "Type", .type = CL_TYPE_CHOICE, .choices = cl_choices_placement_type, .width = 12,
    .said = CL_SAID_PLACEMENT_TYPES, .programme_sql = SEEKER("programme"),
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST, .fallback = "first" },
  { .id = "organisation", .label = "Organisation", .type = CL_TYPE_REF, .ref = "organisation", .width = 20,
    .flags = CL_FIELD_OWN | CL_FIELD_LIST },
  { .id = "job_title", .label = "Job title", .type = CL_TYPE_TEXT, .max = 120, .width = 18,
    .flags = CL_FIELD_OWN | CL_FIELD_SEARCH },
  { .id = "start_date", .label = "Start", .type = CL_TYPE_DATE,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST | CL_FIELD_ASCENDING },
  { .id = "end_date", .label = "End", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN },
  { .id = "end_reason", .label = "End reason", .type = CL_TYPE_TEXT, .max = 200, .flags = CL_FIELD_OWN },
  { .id = "weeks_kept", .label = "Weeks kept", .type = CL_TYPE_INT, .width = 6,
    .sql = "(max(min(coalesce(@.end_date, :today), :today) - @.start_date, 0) / 7)",
    .help = "Whole weeks from the start until it ended, or until today." },
  { .id = "hours", .label = "Hours a week", .type = CL_TYPE_NUMBER, .min = 0, .max = 16800, .width = 7,
    .flags = CL_FIELD_OWN },
  { .id = "pay_rate", .label = "Pay rate", .type = CL_TYPE_MONEY, .min = 0, .max = 100000000, .width = 9,
    .flags = CL_FIELD_OWN, .help = "An hour." },
  { .id = "benchmark_hours", .label = "Benchmark hours", .type = CL_TYPE_NUMBER, .min = 0, .max = 16800, .width = 9,
    .flags = CL_FIELD_OWN, .help = "Hours a week needed for a full outcome." },
  { .id = "status", .label = "Status", .type = CL_TYPE_CHOICE, .choices = statuses, .width = 10,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST, .fallback = "commenced" },
  { .id = "phase", .label = "Phase", .type = CL_TYPE_CHOICE, .choices = cl_choices_phase, .width = 12, .sql = SEEKER("phase"),
    .said = CL_SAID_PHASES, .programme_sql = SEEKER("programme"),
    .help = "The job seeker's phase." },
  { .id = "anchored", .label = "Anchored", .type = CL_TYPE_BOOL, .flags = CL_FIELD_OWN, .fallback = "no", .width = 8 },
  { .id = "anchor_date", .label = "Anchor date", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN,
    .help = "Outcome start date from which outcome periods are counted." },
  { .id = "anchor_relation", .label = "Relation to anchor", .type = CL_TYPE_CHOICE, .choices = relations_to_anchor,
    .width = 16, .sql = "CASE WHEN " IS_ANCHOR " THEN 'anchor' WHEN @.start_date >= " ANCHOR
                        " THEN 'started_after' WHEN @.start_date < " ANCHOR " THEN 'started_before' END",
    .help = "How the placement stands to the job seeker's current anchor date." },
  { .id = "non_pay_reason", .label = "Outcome non-pay reason", .type = CL_TYPE_TEXT, .max = 200, .flags = CL_FIELD_OWN },
  { .id = "do_not_track", .label = "Do not track", .type = CL_TYPE_BOOL, .flags = CL_FIELD_OWN, .fallback = "no",
    .width = 8 },
  { .id = "on_outcome_tracker", .label = "On outcome tracker", .type = CL_TYPE_BOOL, .sql = "(NOT " HIDDEN ")", .width = 8 },
  { .id = "why_not", .label = "Why not on outcome tracker", .type = CL_TYPE_CHOICE, .choices = reasons, .width = 28,
    .flags = CL_FIELD_MULTI, .any_sql = HIDDEN },
  { .id = "claim_strip", .label = "Claim periods", .type = CL_TYPE_TEXT, .width = 40, .sql = STRIP, .flags = CL_FIELD_DAYS,
    .help = "= claimed, x closed unpaid, ~ with the claims unit, ! overdue, . to come; with the day it is due." },
  { .id = "next_claim_due", .label = "Next claim due", .type = CL_TYPE_DATE, .sql = NEXT_DUE,
    .order_sql = "coalesce(" NEXT_DUE ", 4000000)", /* those without come last */
    .help = "Of the claims that are not resolved." },
  { .id = "next_claim_timing", .label = "Next claim", .type = CL_TYPE_CHOICE, .choices = claim_timings, .width = 10,
    .sql = TIMING(NEXT_DUE), .help = "How the next unresolved claim stands to its due date." },
  { .id = "hours_so_far", .label = "Hours so far", .type = CL_TYPE_NUMBER, .width = 9, .sql = OF_NEXT(CL_CLAIM_WORKED("c.")),
    .help = "From the wage histories, in the period of the next claim." },
  { .id = "hours_expected", .label = "Expected by now", .type = CL_TYPE_NUMBER, .width = 9, .sql = OF_NEXT(CL_CLAIM_EXPECTED("c.")),
    .help = "Of the hours that the next claim needs, those of the weeks that are over." },
  { .id = "hours_needed", .label = "Hours needed", .type = CL_TYPE_NUMBER, .width = 9, .sql = OF_NEXT("c.hours_needed"),
    .help = "In the whole period of the next claim." },
  { .id = "in_support_tracker", .label = "In support tracker", .type = CL_TYPE_BOOL, .width = 8,
    .sql = "(@.status = 'commenced' AND @.support_due IS NOT NULL)" },
  { .id = "support_state", .label = "Support schedule", .type = CL_TYPE_CHOICE, .choices = support_states, .width = 11,
    .sql = "CASE WHEN @.support_due IS NOT NULL THEN 'active' WHEN @.support_frequency IS NOT NULL THEN 'stopped' ELSE 'none' END" },
  { .id = "support_start", .label = "Support start", .type = CL_TYPE_DATE, .help = "The day from which support contacts are counted." },
  { .id = "support_frequency", .label = "Support frequency", .type = CL_TYPE_CHOICE, .choices = cl_choices_frequency, .width = 11 },
  { .id = "support_due", .label = "Support due", .type = CL_TYPE_DATE, .help = "When the next support contact is due." },
  { .id = "support_timing", .label = "Next contact", .type = CL_TYPE_CHOICE, .choices = support_timings, .width = 12,
    .sql = TIMING("@.support_due"), .help = "How the next support contact stands to its due date." },
  { .id = "source", .label = "Source", .type = CL_TYPE_CHOICE, .choices = sources, .fallback = "manual", .width = 10, .flags = CL_FIELD_CREATE },
  CL_FIELD_DOCUMENTS("placement"),
  CL_FIELD_EVIDENCE("placement"),
  CL_FIELDS_TRAIL,
  { NULL }
};

static const ClRelation relations[] = {
  { "Claims", "claim", "placement" }, { "Support contacts", "support_contact", "placement", .adds = "placement.record_contact" }, { "Wages", "wage", "placement" },
  { "Breaks", "break", "placement" }, { "Documents", "document", "placement" }, { NULL }
};

static const ClValue *value(const ClRecord *record, const char *field) {
  return cl_record_value(record, field);
}

static gboolean missing(const ClRecord *record, const char *field) {
  return value(record, field)->tag == CL_VALUE_NONE;
}

/* What a type makes mandatory stands in the programme's file; of the first until the person is known. */
static ClAsk asks(ClSession *session, const ClRecord *record, const ClField *field) {
  const ClProgramme *own = cl_programme_of_person(session, record);
  const ClProgramme *programme = own ? own : cl_config_get_programmes(cl_session_get_config(session))->pdata[0];
  const ClPlacementType *type = cl_programme_get_placement_type(programme, value(record, "type")->s);
  return type && g_strv_contains((const char *const *)type->needs, field->id) ? CL_ASK_MUST : CL_ASK_MAY;
}

static void check(const ClRecord *record, ClProblems *problems) {
  if (!missing(record, "end_date")) {
    if (missing(record, "end_reason"))
      cl_problems_add(problems, "end_reason", "A placement with an end date needs the reason it ended.");
    if (!missing(record, "start_date") && value(record, "end_date")->i < value(record, "start_date")->i)
      cl_problems_add(problems, "end_date", "A placement cannot end before it starts.");
  }
  const ClValue *status = value(record, "status");
  if (status->tag == CL_VALUE_TEXT && g_str_equal(status->s, "ended") && missing(record, "end_date"))
    cl_problems_add(problems, "end_date", "A placement that has ended needs its end date.");
  if (value(record, "anchored")->i == 1 && missing(record, "anchor_date"))
    cl_problems_add(problems, "anchor_date", "An anchored placement needs its anchor date.");
}

/* On the outcome tracker or why not, and when the next support contact is due. */
static void explain(const ClRecord *record, const ClLocale *locale, GPtrArray *lines) {
  char day[12];
  const ClValue *why = value(record, "why_not"), *next = value(record, "next_claim_due"), *contact = value(record, "support_due");
  if (why->tag == CL_VALUE_TEXT) {
    g_autofree char *words = cl_value_to_text(cl_kind_field(record->kind, "why_not"), why, locale);
    g_ptr_array_add(lines, g_strdup_printf("Not on the Outcome Tracker: %s.", words));
  } else if (next->tag == CL_VALUE_INT) {
    g_ptr_array_add(lines, g_strdup_printf("On the Outcome Tracker, next claim due %s.",
                                           cl_date_to_text((ClDate)next->i, locale->order, day)));
  } else {
    g_ptr_array_add(lines, g_strdup("On the Outcome Tracker, without a claim."));
  }
  if (contact->tag == CL_VALUE_INT)
    g_ptr_array_add(lines, g_strdup_printf("Contact due %s.",
                                           cl_date_to_text((ClDate)contact->i, locale->order, day)));
}

static const ClTick ticks[] = {
  { "Only mine", "job_seeker.case_manager:me" }, { "Not ended", "-status:ended,withdrawn" }, { NULL }
};

const ClKind cl_kind_placement = {
  .code = 2, .id = "placement", .plural = "placements", .label = "Placement", .noun = "placement", .label_plural = "Placements",
  .help = "Jobs and courses that job seekers start.", .fields = fields, .relations = relations, .facts = facts, .kept = kept,
  .name_sql = "coalesce(@.job_title, 'Course') || coalesce(', ' || (SELECT o.name FROM organisation o WHERE o.id = @.organisation AND :sees_organisation), '')",
  .default_sort = "-start_date", .own_sql = "@.job_seeker IN (" CL_SEEKER_OWN ")",
  .site_sql = "@.job_seeker IN (" CL_SEEKER_SITE ")", .always_sql = CL_PLACEMENT_SHOWN("@.", "(SELECT j.programme FROM job_seeker j WHERE j.id = @.job_seeker)"), .archives = TRUE, .find_columns = "start_date status organisation", .ticks = ticks, .quick_sql = "@.job_seeker",
  .quick_kind = "job_seeker", .programme = cl_programme_of_person, .asks = asks, .check = check, .explain = explain,
  .checked = "start_date end_date end_reason status anchored anchor_date",
};
