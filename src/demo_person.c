/* Inventing one person: programme and standing, placements in order of time, claims by the rules of
 * outcome periods. Lives are skewed as in a real office: more people lately, most old claims paid, a
 * tail of old ones that nobody dealt with. */
#include "demo_person.h"

#include "demo_claims.h"

#include <string.h>

#define YEARS_BACK 5
#define COACH_CASELOAD 80

void cl_demo_walk_init(ClDemoWalk *walk, int seekers, int organisations, ClDate today) {
  ClDemoRandom random = {(guint64)seekers << 32 ^ (guint64)(guint32)today};
  *walk = (ClDemoWalk){
      .seekers = seekers, .organisations = organisations, .today = today, .seed = cl_demo_next(&random)};
}

/* ---- standing -------------------------------------------------------------------- */

/* Registered over the last years, more of them lately. */
static ClDate registration(const ClDemoWalk *walk, int number, ClDemoRandom *random) {
  gint64 before = walk->seekers - number, all = walk->seekers;
  gint64 span = YEARS_BACK * 365;
  gint64 even = span * before / all, skewed = even * before / all;
  return walk->today - 12 - (ClDate)((even + skewed) / 2) - cl_demo_below(random, 21);
}

static void choose_exit(ClDemoPerson *person, ClDate today, ClDemoRandom *random) {
  static const char *const reasons[] = {
      "Found work", "Moved away", "Programme completed", "Transferred to another provider",
      "Health",     "No contact", "Full-time study"};
  int tenure = today - person->registered;
  gboolean over = person->programme_end != CL_DATE_NONE && person->programme_end < today;
  int likely = over ? 920 : tenure > 1000 ? 620 : tenure > 400 ? 300 : tenure > 90 ? 70 : 0;
  if (!cl_demo_chance(random, person->coached ? likely / 3 : likely)) /* a coach keeps the live ones */
    return;
  person->status = "exited";
  if (over && cl_demo_chance(random, 700)) {
    person->exit = person->programme_end;
    person->exit_reason = "Programme completed";
    return;
  }
  int latest = over ? person->programme_end - person->registered : tenure;
  person->exit = person->registered + cl_demo_between(random, MIN(60, latest), latest);
  person->exit_reason = CL_DEMO_PICK(random, reasons);
}

static void choose_standing(ClDemoPerson *person, ClDate today, ClDemoRandom *random) {
  static const int programmes[] = {60, 25, 15}, genders[] = {48, 48, 4};
  static const int benchmarks[] = {800, 1500, 1500, 2300, 3000};
  person->programme = CL_DEMO_WEIGHTED(random, programmes);
  person->gender = CL_DEMO_WEIGHTED(random, genders);
  person->born =
      person->registered - 365 * 17 - cl_demo_below(random, 365 * 24) - cl_demo_below(random, 365 * 24);
  person->status = "commenced";
  person->sanction = "none";
  if (person->programme == CL_DEMO_RESTART)
    person->programme_end =
        person->registered + 364 - (cl_demo_chance(random, 150) ? cl_demo_below(random, 120) : 0);
  choose_exit(person, today, random);
  if (person->exit == CL_DATE_NONE && cl_demo_chance(random, 40))
    person->status = "suspended";
  if (person->programme == CL_DEMO_DES)
    person->benchmark = CL_DEMO_PICK(random, benchmarks);
  if (person->programme == CL_DEMO_RESTART) {
    static const char *const sanctions[] = {"pending_attend", "under_attend", "pending_comply",
                                            "under_comply"};
    person->allow_mandatory = cl_demo_chance(random, 450);
    if (person->allow_mandatory && person->exit == CL_DATE_NONE && cl_demo_chance(random, 90))
      person->sanction = CL_DEMO_PICK(random, sanctions);
  }
}

/* ---- placements -------------------------------------------------------------------- */

static gboolean is_tracked(const ClDemoPlacement *placement) {
  return g_str_equal(placement->type, "vacancy") || g_str_equal(placement->type, "apprenticeship");
}

static void describe_job(ClDemoPerson *person, ClDemoPlacement *placement, ClDemoRandom *random) {
  static const char *const types[] = {"vacancy",         "education",      "vacancy_and_education",
                                      "self_employment", "apprenticeship", "pre_existing"};
  static const int weights[] = {72, 9, 5, 4, 6, 4};
  static const int lowest_pay[] = {2410, 1144, 1720};
  placement->type = types[CL_DEMO_WEIGHTED(random, weights)];
  gboolean course = g_str_equal(placement->type, "education");
  placement->do_not_track = course || g_str_equal(placement->type, "vacancy_and_education");
  placement->title = course ? cl_demo_course(random) : cl_demo_job_title(random);
  placement->benchmark = person->benchmark;
  int hours = (person->benchmark ? person->benchmark : 1600) + 50 * cl_demo_below(random, 30);
  placement->hours = course ? 1000 : MIN(hours, 3800);
  if (!course)
    placement->pay_rate =
        lowest_pay[person->programme] + 5 * (cl_demo_below(random, 160) * cl_demo_below(random, 160) / 80);
  placement->source = person->programme == CL_DEMO_DES && cl_demo_chance(random, 720) ? "ess" : "manual";
}

static void end_placement(ClDemoPlacement *placement, ClDate next, ClDate today, ClDemoRandom *random) {
  static const char *const reasons[] = {"Contract ended",   "Resigned",   "Dismissed",
                                        "Better job",       "Health",     "Redundancy",
                                        "Course completed", "Moved away", "No longer contactable"};
  static const int shortest[] = {6, 80, 200}, longest[] = {79, 199, 520}, weights[] = {16, 14, 24, 46};
  int length = CL_DEMO_WEIGHTED(random, weights);
  ClDate end = length == 3 ? CL_DATE_NONE
                           : placement->start + cl_demo_between(random, shortest[length], longest[length]);
  if (next != CL_DATE_NONE && (end == CL_DATE_NONE || end > next) && cl_demo_chance(random, 820))
    end = next - cl_demo_below(random, MAX(1, MIN(40, next - placement->start)));
  if (end != CL_DATE_NONE && end < placement->start)
    end = placement->start;
  if (placement->start > today) {
    placement->status = "pending";
    return;
  }
  if (cl_demo_chance(random, 15)) {
    placement->status = "withdrawn";
    return;
  }
  placement->status = "commenced";
  if (end == CL_DATE_NONE || end > today)
    return;
  placement->status = "ended";
  placement->end = end;
  placement->end_reason =
      g_str_equal(placement->type, "education") ? "Course completed" : CL_DEMO_PICK(random, reasons);
}

/* Courses are with training organisations where there is one near. */
static int choose_organisation(const ClDemoWalk *walk, gboolean course, ClDemoRandom *random) {
  int first = cl_demo_below(random, walk->organisations);
  for (int i = 0; i < 60 && course; i++)
    if (cl_demo_is_training((first + i) % walk->organisations))
      return (first + i) % walk->organisations;
  return first;
}

static void make_placements(ClDemoWalk *walk, ClDemoPerson *person, ClDemoRandom *random) {
  ClDate from = person->registered + 4, to = person->exit != CL_DATE_NONE ? person->exit : walk->today + 20;
  if (person->programme_end != CL_DATE_NONE)
    to = MIN(to, person->programme_end);
  int n = person->n_placements, slot = MAX(1, (to - from) / MAX(1, n));
  for (int i = 0; i < n; i++) {
    ClDemoPlacement *placement = &person->placements[i];
    *placement = (ClDemoPlacement){
        .organisation = -1, .end = CL_DATE_NONE, .anchor_date = CL_DATE_NONE, .support_due = CL_DATE_NONE};
    placement->start = from + i * slot + cl_demo_below(random, MAX(1, slot * 4 / 5));
    describe_job(person, placement, random);
    if (!g_str_equal(placement->type, "self_employment"))
      placement->organisation = choose_organisation(walk, g_str_equal(placement->type, "education"), random);
  }
  for (int i = 0; i < n; i++)
    end_placement(&person->placements[i], i + 1 < n ? person->placements[i + 1].start : CL_DATE_NONE,
                  walk->today, random);
}

static void anchor_at(ClDemoPlacement *placement, ClDate anchor) {
  placement->anchored = TRUE;
  placement->anchor_date = anchor;
}

/* The latest tracked placement mostly holds the anchor; one soon after it may share it. */
static void choose_anchor(ClDemoPerson *person, ClDate today, ClDemoRandom *random) {
  int tracked[CL_DEMO_PLACEMENTS_MAX], n = 0;
  for (int i = 0; i < person->n_placements; i++)
    if (is_tracked(&person->placements[i]) && person->placements[i].start <= today &&
        !g_str_equal(person->placements[i].status, "withdrawn"))
      tracked[n++] = i;
  if (!n || cl_demo_chance(random, 70))
    return;
  int at = cl_demo_chance(random, 640) ? n - 1 : cl_demo_below(random, n);
  ClDemoPlacement *first = &person->placements[tracked[at]];
  ClDate anchor = first->start + (cl_demo_chance(random, 850) ? 0 : cl_demo_below(random, 5));
  person->anchor = MIN(anchor, today);
  anchor_at(first, person->anchor);
  for (int i = 0; i < at; i++)
    if (cl_demo_chance(random, 500))
      anchor_at(&person->placements[tracked[i]], person->placements[tracked[i]].start);
  if (at + 1 < n && person->placements[tracked[at + 1]].start - person->anchor <= 90 &&
      cl_demo_chance(random, 600))
    anchor_at(&person->placements[tracked[at + 1]], person->anchor);
}

static void add_support(ClDemoPerson *person, ClDate today, ClDemoRandom *random) {
  static const char *const frequencies[] = {"weekly", "fortnightly", "monthly", "monthly", "quarterly"};
  static const char *const non_pay[] = {
      "Recent history with the employer", "Wage subsidy placement", "Hours below the benchmark",
      "Job seeker exited before the claim became available", "Claimed by another provider"};
  for (int i = 0; i < person->n_placements; i++) {
    ClDemoPlacement *placement = &person->placements[i];
    if (is_tracked(placement) && cl_demo_chance(random, 45))
      placement->non_pay_reason = CL_DEMO_PICK(random, non_pay);
    if (!g_str_equal(placement->status, "commenced") || person->exit != CL_DATE_NONE ||
        !cl_demo_chance(random, 560))
      continue;
    placement->support_frequency = CL_DEMO_PICK(random, frequencies);
    placement->support_due = today - 18 + cl_demo_below(random, 48);
    placement->support_due = MAX(placement->support_due, placement->start);
  }
}

/* ---- what follows from the placements ------------------------------------------------- */

static gboolean has_active(const ClDemoPerson *person) {
  for (int i = 0; i < person->n_placements; i++)
    if (g_str_equal(person->placements[i].status, "commenced"))
      return TRUE;
  return FALSE;
}

static void choose_phase(ClDemoPerson *person, ClDate today, ClDemoRandom *random) {
  static const char *const levels[] = {"flexible", "medium", "medium", "high"};
  gboolean active = has_active(person);
  if (person->programme == CL_DEMO_DES) {
    ClDate half_year = person->anchor == CL_DATE_NONE ? CL_DATE_NONE : person->anchor + 182;
    if (active && half_year != CL_DATE_NONE && half_year < today && cl_demo_chance(random, 560)) {
      person->phase = "os";
      person->os_start = half_year + cl_demo_below(random, MIN(30, today - half_year));
      person->os_level = CL_DEMO_PICK(random, levels);
    } else if (active)
      person->phase = "pps";
    else if (cl_demo_chance(random, 40))
      person->phase = "work_assist";
    else
      person->phase =
          today - person->registered > 540 ? "extended_employment_assistance" : "employment_assistance";
  } else if (person->programme == CL_DEMO_IES) {
    person->stage = person->exit != CL_DATE_NONE ? "closed"
                    : active                     ? "outcomes"
                    : person->n_placements       ? "active"
                                                 : "intake";
    for (int i = 0; i < person->n_placements && active; i++)
      if (g_str_equal(person->placements[i].status, "commenced"))
        person->outcome_date = person->placements[i].start;
  }
  if (!person->n_placements && person->exit == CL_DATE_NONE &&
      cl_demo_chance(random, today - person->registered < 60 ? 700 : 120))
    person->status = "referred";
}

/* ---- how many ---------------------------------------------------------------------------- */

/* Placements due among the first `n` persons: 2 each in all, more for those who came early. */
static gint64 placements_due(const ClDemoWalk *walk, gint64 n) {
  return (28 * n * walk->seekers - 8 * n * n) / (10 * walk->seekers);
}

static int choose_count(const ClDemoWalk *walk, ClDemoRandom *random) {
  static const int early[] = {7, 14, 22, 23, 19, 15}, late[] = {34, 32, 18, 10, 4, 2};
  gboolean is_late = cl_demo_below(random, walk->seekers) < walk->next;
  int n = is_late ? CL_DEMO_WEIGHTED(random, late) : CL_DEMO_WEIGHTED(random, early);
  gint64 owed = placements_due(walk, walk->next + 1) - walk->placements;
  gint64 left = walk->seekers - walk->next - 1;
  gint64 least = owed - MIN(12, 2 * left), most = owed + MIN(12, left);
  return (int)CLAMP(CLAMP(n, least, most), 0, CL_DEMO_PLACEMENTS_MAX);
}

static gboolean is_coached(const ClDemoWalk *walk, int number) {
  gint64 caseload = MIN(COACH_CASELOAD, (walk->seekers + 1) / 2);
  return number * caseload % walk->seekers < caseload;
}

gboolean cl_demo_walk_next(ClDemoWalk *walk, ClDemoPerson *person) {
  if (walk->next >= walk->seekers)
    return FALSE;
  ClDemoRandom random = {walk->seed + (guint64)walk->next * 0xd1342543de82ef95u};
  *person = (ClDemoPerson){.number = walk->next,
                           .exit = CL_DATE_NONE,
                           .os_start = CL_DATE_NONE,
                           .anchor = CL_DATE_NONE,
                           .programme_end = CL_DATE_NONE,
                           .outcome_date = CL_DATE_NONE};
  person->seed = cl_demo_next(&random);
  person->coached = is_coached(walk, walk->next);
  person->registered = registration(walk, walk->next, &random);
  person->n_placements = choose_count(walk, &random);
  choose_standing(person, walk->today, &random);
  make_placements(walk, person, &random);
  choose_anchor(person, walk->today, &random);
  add_support(person, walk->today, &random);
  choose_phase(person, walk->today, &random);
  cl_demo_make_claims(walk, person, &random);
  walk->placements += person->n_placements;
  walk->claims += person->n_claims;
  walk->next++;
  return TRUE;
}
