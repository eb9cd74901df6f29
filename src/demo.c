/* The demo caseload: an office, then its job seekers, their placements, their claims, each kind in a pass
 * of its own over the same invented persons, so that memory stays small and rows are written in order.
 * The clock stands still and identifiers follow from the size, so that a day and a size always give the
 * same store. */
#include <caseload/demo.h>
#include <caseload/preference.h>
#include <caseload/task.h>
#include <caseload/text.h>

#include "demo_documents.h"
#include "demo_office.h"
#include "demo_person.h"
#include "demo_plan.h"
#include "demo_support.h"
#include "store/roll_sql.h"
#include "store/user_sql.h"

#define PASSPHRASE "demo"
#define ADMINISTRATOR "admin"

typedef struct {
  ClDemoOffice *office;
  ClDate today;
  void (*progress)(int percent, gpointer data);
  gpointer data;
  gint64 written, total;
  int percent;
  ClId first_seeker, first_placement, coached_seeker, coached_claim;
  ClId placements_run;
  gint64 coach_overdue, unassigned;
} Fill;

static void count_written(Fill *fill) {
  int percent = (int)(++fill->written * 100 / fill->total);
  if (percent == fill->percent || !fill->progress)
    return;
  fill->percent = percent;
  fill->progress(percent, fill->data);
}

static void start_walk(const Fill *fill, ClDemoWalk *walk) {
  cl_demo_walk_init(walk, fill->office->seekers, fill->office->n_organisations, fill->today);
}

/* ---- job seekers ------------------------------------------------------------------- */

enum {
  ESS_ID,
  GIVEN_NAME,
  FAMILY_NAME,
  NAME_ORDER,
  BORN,
  GENDER,
  PHONE,
  MOBILE,
  EMAIL,
  ADDRESS,
  POSTCODE,
  NATIONAL_ID,
  PROGRAMME,
  SITE,
  CASE_MANAGER,
  PHASE,
  STATUS,
  EXIT_DATE,
  EXIT_REASON,
  OS_START,
  OS_LEVEL,
  ANCHOR_DATE,
  BENCHMARK,
  ALLOW_MANDATORY,
  SANCTION,
  PROGRAMME_START,
  PROGRAMME_END,
  STAGE,
  OUTCOME_DATE,
  NOTES
};
static const char *const seeker_fields[] = {"ess_id",
                                            "given_name",
                                            "family_name",
                                            "name_order",
                                            "date_of_birth",
                                            "gender",
                                            "phone",
                                            "mobile",
                                            "email",
                                            "address",
                                            "postcode",
                                            "national_id",
                                            "programme",
                                            "site",
                                            "case_manager",
                                            "phase",
                                            "status",
                                            "exit_date",
                                            "exit_reason",
                                            "os_start_date",
                                            "os_level",
                                            "anchor_date",
                                            "benchmark_hours",
                                            "allow_mandatory",
                                            "sanction_status",
                                            "programme_start",
                                            "programme_end",
                                            "stage",
                                            "outcome_date",
                                            "notes",
                                            NULL};

static void set_contact(ClDemoSheet *sheet, const ClDemoPerson *person, ClDemoRandom *random) {
  ClDemoName name;
  ClDemoWhere where;
  char given[40], family[60], text[140];
  cl_demo_name(random, person->gender, &name);
  cl_demo_where(random, person->programme, &where);
  cl_demo_sheet_text(sheet, GIVEN_NAME, name.given);
  cl_demo_sheet_text(sheet, FAMILY_NAME, name.family);
  cl_demo_sheet_text(sheet, NAME_ORDER, cl_text_family_first(name.given, name.family) ? "family_first" : NULL);
  if (cl_demo_chance(random, 450))
    cl_demo_sheet_text(sheet, PHONE, where.phone);
  if (cl_demo_chance(random, 900))
    cl_demo_sheet_text(sheet, MOBILE, where.mobile);
  cl_demo_sheet_text(sheet, ADDRESS, where.address);
  cl_demo_sheet_text(sheet, POSTCODE, where.postcode);
  cl_demo_ascii(name.given, given, sizeof given);
  cl_demo_ascii(name.family, family, sizeof family);
  g_snprintf(text, sizeof text, "%s.%s%d@example.org", *given ? given : "js", *family ? family : "x",
             person->number + 1);
  if (cl_demo_chance(random, 780))
    cl_demo_sheet_text(sheet, EMAIL, text);
  if (person->programme == CL_DEMO_RESTART) {
    g_snprintf(text, sizeof text, "QQ %02d %02d %02d C", cl_demo_below(random, 100),
               cl_demo_below(random, 100), cl_demo_below(random, 100));
    cl_demo_sheet_text(sheet, NATIONAL_ID, text);
  }
}

static void set_place(Fill *fill, ClDemoSheet *sheet, const ClDemoPerson *person, ClDemoRandom *random) {
  ClDemoOffice *office = fill->office;
  ClDemoProgramme p = person->programme;
  int worker = cl_demo_below(random, office->n_workers[p]);
  cl_demo_sheet_int(sheet, SITE, person->coached ? office->coach_sites[p] : office->workers[p][worker].site);
  if (person->coached)
    cl_demo_sheet_int(sheet, CASE_MANAGER, office->coach);
  else if (cl_demo_chance(random, 990))
    cl_demo_sheet_int(sheet, CASE_MANAGER, office->workers[p][worker].id);
  else if (!g_str_equal(person->status, "exited"))
    fill->unassigned++;
}

static void set_seeker(Fill *fill, ClDemoSheet *sheet, const ClDemoPerson *person) {
  static const char *const programmes[] = {"des", "restart", "ies"}, *const genders[] = {"female", "male",
                                                                                         "non_binary"};
  static const char *const notes[] = {
      "Prefers to be called in the afternoon.", "Interpreter needed.\nBook two days ahead.",
      "No car; buses until 19:00.", "School hours only.", "Forklift licence expires soon."};
  ClDemoRandom random = {person->seed};
  char ess_id[16];
  g_snprintf(ess_id, sizeof ess_id, "JS%07d", person->number + 1);
  cl_demo_sheet_empty(sheet);
  cl_demo_sheet_text(sheet, ESS_ID, ess_id);
  set_contact(sheet, person, &random);
  set_place(fill, sheet, person, &random);
  cl_demo_sheet_int(sheet, BORN, person->born);
  cl_demo_sheet_text(sheet, GENDER, cl_demo_chance(&random, 15) ? "not_stated" : genders[person->gender]);
  cl_demo_sheet_text(sheet, PROGRAMME, programmes[person->programme]);
  cl_demo_sheet_text(sheet, PHASE, person->phase);
  cl_demo_sheet_text(sheet, STATUS, person->status);
  cl_demo_sheet_date(sheet, EXIT_DATE, person->exit);
  cl_demo_sheet_text(sheet, EXIT_REASON, person->exit_reason);
  cl_demo_sheet_date(sheet, OS_START, person->os_start);
  cl_demo_sheet_text(sheet, OS_LEVEL, person->os_level);
  cl_demo_sheet_date(sheet, ANCHOR_DATE, person->anchor);
  if (person->benchmark)
    cl_demo_sheet_int(sheet, BENCHMARK, person->benchmark);
  cl_demo_sheet_int(sheet, ALLOW_MANDATORY, person->allow_mandatory);
  cl_demo_sheet_text(sheet, SANCTION, person->sanction);
  cl_demo_sheet_date(sheet, PROGRAMME_START, person->registered);
  cl_demo_sheet_date(sheet, PROGRAMME_END, person->programme_end);
  cl_demo_sheet_text(sheet, STAGE, person->stage);
  cl_demo_sheet_date(sheet, OUTCOME_DATE, person->outcome_date);
  if (cl_demo_chance(&random, 60))
    cl_demo_sheet_text(sheet, NOTES, CL_DEMO_PICK(&random, notes));
}

static gboolean add_seekers(Fill *fill, GError **error) {
  g_auto(ClDemoSheet) sheet = {0};
  g_autofree ClDemoPerson *person = g_new(ClDemoPerson, 1);
  ClDemoWalk walk;
  start_walk(fill, &walk);
  if (!cl_demo_sheet_open(&sheet, fill->office->session, "job_seeker", seeker_fields, error))
    return FALSE;
  while (cl_demo_walk_next(&walk, person)) {
    set_seeker(fill, &sheet, person);
    ClId id = cl_demo_sheet_write(&sheet, error);
    if (!id)
      return FALSE;
    if (!fill->first_seeker)
      fill->first_seeker = id;
    if (person->coached)
      fill->coached_seeker = id;
    count_written(fill);
  }
  return cl_demo_sheet_finish(&sheet, error);
}

/* ---- placements ----------------------------------------------------------------------- */

enum {
  P_JOB_SEEKER,
  P_TYPE,
  P_ORGANISATION,
  P_TITLE,
  P_START,
  P_END,
  P_END_REASON,
  P_HOURS,
  P_PAY,
  P_BENCHMARK,
  P_STATUS,
  P_ANCHORED,
  P_ANCHOR_DATE,
  P_NON_PAY,
  P_DO_NOT_TRACK,
  P_SUPPORT_START,
  P_FREQUENCY,
  P_SUPPORT_DUE,
  P_SOURCE
};
static const char *const placement_fields[] = {
    "job_seeker",  "type",           "organisation", "job_title",         "start_date",  "end_date",
    "end_reason",  "hours",          "pay_rate",     "benchmark_hours",   "status",      "anchored",
    "anchor_date", "non_pay_reason", "do_not_track", "support_start", "support_frequency", "support_due", "source",
    NULL};

static void set_placement(Fill *fill, ClDemoSheet *sheet, const ClDemoPerson *person,
                          const ClDemoPlacement *placement) {
  cl_demo_sheet_empty(sheet);
  cl_demo_sheet_int(sheet, P_JOB_SEEKER, fill->first_seeker + person->number);
  cl_demo_sheet_text(sheet, P_TYPE, placement->type);
  if (placement->organisation >= 0)
    cl_demo_sheet_int(sheet, P_ORGANISATION, fill->office->first_organisation + placement->organisation);
  cl_demo_sheet_text(sheet, P_TITLE, placement->title);
  cl_demo_sheet_date(sheet, P_START, placement->start);
  cl_demo_sheet_date(sheet, P_END, placement->end);
  cl_demo_sheet_text(sheet, P_END_REASON, placement->end_reason);
  cl_demo_sheet_int(sheet, P_HOURS, placement->hours);
  if (placement->pay_rate)
    cl_demo_sheet_int(sheet, P_PAY, placement->pay_rate);
  if (placement->benchmark)
    cl_demo_sheet_int(sheet, P_BENCHMARK, placement->benchmark);
  cl_demo_sheet_text(sheet, P_STATUS, placement->status);
  cl_demo_sheet_int(sheet, P_ANCHORED, placement->anchored);
  cl_demo_sheet_date(sheet, P_ANCHOR_DATE, placement->anchor_date);
  cl_demo_sheet_text(sheet, P_NON_PAY, placement->non_pay_reason);
  cl_demo_sheet_int(sheet, P_DO_NOT_TRACK, placement->do_not_track);
  cl_demo_sheet_date(sheet, P_SUPPORT_START, placement->support_frequency ? placement->start : CL_DATE_NONE);
  cl_demo_sheet_text(sheet, P_FREQUENCY, placement->support_frequency);
  cl_demo_sheet_date(sheet, P_SUPPORT_DUE, placement->support_due);
  cl_demo_sheet_text(sheet, P_SOURCE, placement->source);
}

static gboolean add_placements(Fill *fill, GError **error) {
  g_auto(ClDemoSheet) sheet = {0};
  g_autofree ClDemoPerson *person = g_new(ClDemoPerson, 1);
  ClDemoWalk walk;
  start_walk(fill, &walk);
  if (!cl_demo_sheet_open(&sheet, fill->office->session, "placement", placement_fields, error))
    return FALSE;
  while (cl_demo_walk_next(&walk, person))
    for (int i = 0; i < person->n_placements; i++) {
      set_placement(fill, &sheet, person, &person->placements[i]);
      ClId id = cl_demo_sheet_write(&sheet, error);
      if (!id)
        return FALSE;
      if (!fill->first_placement)
        fill->first_placement = id;
      count_written(fill);
    }
  fill->placements_run = sheet.run;
  return cl_demo_sheet_finish(&sheet, error);
}

static gboolean add_support(Fill *fill, GError **error) {
  ClDemoWalk walk;
  start_walk(fill, &walk);
  return cl_demo_add_support(fill->office->session, &walk, fill->first_placement, fill->placements_run, error);
}

static gboolean add_plans(const Fill *fill, GError **error) {
  const ClDemoPlanPass pass = {.session = fill->office->session, .run = fill->placements_run, .first_seeker = fill->first_seeker,
                               .first_organisation = fill->office->first_organisation, .seekers = fill->office->seekers,
                               .organisations = fill->office->n_organisations, .today = fill->today};
  return cl_demo_add_plans(&pass, error) && cl_demo_add_documents(pass.session, pass.run, error);
}

/* ---- claims --------------------------------------------------------------------------- */

enum {
  C_JOB_SEEKER,
  C_PLACEMENT,
  C_TYPE,
  C_FROM,
  C_TO,
  C_DUE,
  C_EXPIRY,
  C_STATE,
  C_OUTCOME,
  C_PSV,
  C_AMOUNT,
  C_ACTUAL,
  C_CLAIM_ID,
  C_ASSIGNEE,
  C_SUBMITTED,
  C_SUBMITTED_BY,
  C_HOURS,
  C_COMMENT
};
static const char *const claim_fields[] = {
    "job_seeker",   "placement", "type",         "period_start", "period_end", "due",
    "expiry",       "state",     "outcome_type", "psv",          "amount",     "actual_amount",
    "ess_claim_id", "assignee",  "submitted_at", "submitted_by", "hours_needed",
    "comment",      NULL};

static void set_claim(Fill *fill, ClDemoSheet *sheet, const ClDemoPerson *person, const ClDemoClaim *claim,
                      gint64 first_placement, gint64 number) {
  char claim_id[16];
  g_snprintf(claim_id, sizeof claim_id, "CL%08" G_GINT64_FORMAT, number);
  cl_demo_sheet_empty(sheet);
  cl_demo_sheet_int(sheet, C_JOB_SEEKER, fill->first_seeker + person->number);
  if (claim->placement >= 0)
    cl_demo_sheet_int(sheet, C_PLACEMENT, first_placement + claim->placement);
  cl_demo_sheet_text(sheet, C_TYPE, claim->type);
  cl_demo_sheet_date(sheet, C_FROM, claim->from);
  cl_demo_sheet_date(sheet, C_TO, claim->to);
  cl_demo_sheet_date(sheet, C_DUE, claim->due);
  cl_demo_sheet_date(sheet, C_EXPIRY, claim->expiry);
  cl_demo_sheet_text(sheet, C_STATE, claim->state);
  cl_demo_sheet_text(sheet, C_OUTCOME, claim->outcome);
  cl_demo_sheet_int(sheet, C_PSV, claim->psv);
  if (claim->amount)
    cl_demo_sheet_int(sheet, C_AMOUNT, claim->amount);
  if (claim->actual)
    cl_demo_sheet_int(sheet, C_ACTUAL, claim->actual);
  if (claim->numbered)
    cl_demo_sheet_text(sheet, C_CLAIM_ID, claim_id);
  if (claim->assignee)
    cl_demo_sheet_int(sheet, C_ASSIGNEE,
                      claim->assignee == CL_DEMO_FINANCE ? fill->office->finance : fill->office->manager);
  if (claim->submitted_at) {
    cl_demo_sheet_int(sheet, C_SUBMITTED, claim->submitted_at);
    cl_demo_sheet_int(sheet, C_SUBMITTED_BY, person->coached ? fill->office->coach : fill->office->supervisor);
  }
  if (claim->hours)
    cl_demo_sheet_int(sheet, C_HOURS, claim->hours);
  cl_demo_sheet_text(sheet, C_COMMENT, claim->comment);
}

static gboolean is_open(const ClDemoClaim *claim) {
  static const char *const resolved[] = { "claimed", "non_payable", "cancelled", NULL };
  return !g_strv_contains(resolved, claim->state);
}

static gboolean add_claims(Fill *fill, GError **error) {
  g_auto(ClDemoSheet) sheet = {0};
  g_autofree ClDemoPerson *person = g_new(ClDemoPerson, 1);
  ClDemoWalk walk;
  start_walk(fill, &walk);
  if (!cl_demo_sheet_open(&sheet, fill->office->session, "claim", claim_fields, error))
    return FALSE;
  while (cl_demo_walk_next(&walk, person))
    for (int i = 0; i < person->n_claims; i++) {
      gint64 number = walk.claims - person->n_claims + i + 1;
      const ClDemoClaim *claim = &person->claims[i];
      set_claim(fill, &sheet, person, claim, fill->first_placement + walk.placements - person->n_placements,
                number);
      ClId id = cl_demo_sheet_write(&sheet, error);
      if (!id)
        return FALSE;
      if (person->coached && is_open(claim) && claim->due < fill->today) {
        fill->coach_overdue++;
        fill->coached_claim = id;
      }
      count_written(fill);
    }
  return cl_demo_sheet_finish(&sheet, error);
}

/* ---- notices --------------------------------------------------------------------------- */

enum { N_TEXT, N_TYPE, N_RECIPIENT, N_KIND, N_RECORD };

static gboolean add_notice(ClDemoSheet *sheet, ClId to, const char *type, const char *text, const char *kind,
                           ClId record, GError **error) {
  cl_demo_sheet_empty(sheet);
  cl_demo_sheet_text(sheet, N_TEXT, text);
  cl_demo_sheet_text(sheet, N_TYPE, type);
  cl_demo_sheet_int(sheet, N_RECIPIENT, to);
  cl_demo_sheet_text(sheet, N_KIND, record ? kind : NULL);
  if (record)
    cl_demo_sheet_int(sheet, N_RECORD, record);
  return cl_demo_sheet_write(sheet, error) != 0;
}

static gboolean add_notices(Fill *fill, GError **error) {
  static const char *const fields[] = {"text", "type", "recipient", "record_kind", "record", NULL};
  ClDemoOffice *office = fill->office;
  g_auto(ClDemoSheet) sheet = {0};
  g_autofree char *seeker =
      cl_record_dup_name(office->session, cl_kind_find("job_seeker"), fill->coached_seeker);
  g_autofree char *assigned = g_strdup_printf("Grace Thompson assigned %s to you.", seeker);
  g_autofree char *overdue =
      g_strdup_printf("Claims of your caseload that are overdue: %" G_GINT64_FORMAT ".", fill->coach_overdue);
  g_autofree char *nobody =
      g_strdup_printf("Job seekers without a case manager: %" G_GINT64_FORMAT ".", fill->unassigned);
  return cl_demo_sheet_open(&sheet, office->session, "notification", fields, error) &&
         add_notice(&sheet, office->coach, "notice",
                    "Welcome to the demo caseload. Nothing here is about real people.", NULL, 0, error) &&
         add_notice(&sheet, office->coach, "assigned", assigned, "job_seeker", fill->coached_seeker, error) &&
         add_notice(&sheet, office->coach, "claim_overdue", overdue, "claim", fill->coached_claim, error) &&
         add_notice(&sheet, office->supervisor, "notice", nobody, NULL, 0, error) &&
         add_notice(&sheet, office->supervisor, "notice",
                    "The monthly review of old overdue claims is this week.", NULL, 0, error) &&
         cl_demo_sheet_finish(&sheet, error);
}

/* ---- all of it -------------------------------------------------------------------------- */

/* The role that may manage users: “administrator”, or whatever the configuration calls it. */
static const char *administrator_role(const ClConfig *config) {
  const ClRole *known = cl_config_get_role(config, "administrator");
  if (known && g_hash_table_contains(known->may, "user.admin"))
    return known->id;
  const GPtrArray *roles = cl_config_get_roles(config);
  for (guint i = 0; i < roles->len; i++) {
    const ClRole *role = g_ptr_array_index(roles, i);
    if (g_hash_table_contains(role->may, "user.admin"))
      return role->id;
  }
  return "administrator";
}

/* The demo is made as the day brought it. */
static gboolean mark_rolled(ClSession *session, ClDate today, GError **error) {
  g_autoptr(ClGate) gate = cl_gate_open_trial(session, error);
  return gate && cl_roll_sql_set_last(cl_session_get_store(session), today, error) &&
         cl_gate_keep(g_steal_pointer(&gate), error);
}

/* Those who are likely to look around begin with the first steps on home. */
static gboolean show_tasks(ClStore *store, const ClConfig *config, GError **error) {
  static const char *const users[] = {"coach", "finance", "manager", "compliance", "supervisor", "viewer"};
  for (gsize i = 0; i < G_N_ELEMENTS(users); i++) {
    g_autoptr(ClSession) session = cl_session_for_user(store, config, users[i], error);
    if (!session)
      return FALSE;
    cl_tasks_show(session, TRUE);
    cl_preferences_save(session, 0);
  }
  return TRUE;
}

static gboolean fill_store(Fill *fill, ClStore *store, const ClConfig *config, int seekers, GError **error) {
  g_auto(ClUserRow) admin = {0};
  if (!cl_user_add_first(store, config, ADMINISTRATOR, "Aroha Rangi", administrator_role(config), PASSPHRASE,
                         error) ||
      !cl_user_sql_find(store, ADMINISTRATOR, &admin, error))
    return FALSE;
  g_autoptr(ClSession) session = cl_session_for_user(store, config, ADMINISTRATOR, error);
  g_auto(ClDemoOffice) office = {0};
  fill->office = &office;
  return session && cl_demo_office_fill(&office, session, seekers, admin.passphrase, error) &&
         add_seekers(fill, error) && add_placements(fill, error) && add_claims(fill, error) &&
         cl_demo_office_add_searches(&office, error) && add_notices(fill, error) &&
         add_support(fill, error) && add_plans(fill, error) && mark_rolled(session, fill->today, error) &&
         show_tasks(store, config, error);
}

gboolean cl_demo_fill(ClStore *store, const ClConfig *config, int seekers,
                      void (*progress)(int percent, gpointer data), gpointer data, GError **error) {
  Fill fill = {.today = cl_clock_today(),
               .progress = progress,
               .data = data,
               .total = (gint64)seekers * 8,
               .percent = -1};
  gboolean frozen = cl_clock_is_frozen();
  if (!frozen)
    cl_clock_freeze(fill.today);
  cl_uuid_seed((guint64)seekers << 20 ^ (guint64)(guint32)fill.today);
  gboolean good = fill_store(&fill, store, config, seekers, error);
  cl_uuid_seed(0);
  if (!frozen)
    cl_clock_freeze(CL_DATE_NONE);
  if (good)
    cl_store_optimize(store);
  return good;
}
