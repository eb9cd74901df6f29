/* Sites, users, organisations and shared searches of the demo. */
#include "demo_office.h"

#include "store/user_sql.h"

#include <string.h>

#define SEEKERS_A_WORKER 80
#define SEEKERS_AN_ORGANISATION 20

/* ---- sites ------------------------------------------------------------------------ */

static const struct {
  const char *name, *region, *phone;
  ClDemoProgramme programme;
} sites[CL_DEMO_SITES] = {
    {"Northside", "Melbourne North", "(03) 5550 0110", CL_DEMO_DES},
    {"Riverside", "Western Sydney", "(02) 5550 0120", CL_DEMO_DES},
    {"Harbour View", "Newcastle and Hunter", "(02) 5550 0130", CL_DEMO_DES},
    {"Wattle Park", "Adelaide South", "(08) 5550 0140", CL_DEMO_DES},
    {"Castlegate", "Yorkshire", "01632 960150", CL_DEMO_RESTART},
    {"Canal Street", "Greater Manchester", "01632 960160", CL_DEMO_RESTART},
    {"Lakeshore", "Toronto", "(416) 555-0170", CL_DEMO_IES},
    {"Rideau", "Ottawa", "(613) 555-0180", CL_DEMO_IES},
};

static gboolean add_sites(ClDemoOffice *office, GError **error) {
  enum { NAME, REGION, PHONE };
  static const char *const fields[] = {"name", "region", "phone", NULL};
  g_auto(ClDemoSheet) sheet = {0};
  if (!cl_demo_sheet_open(&sheet, office->session, "site", fields, error))
    return FALSE;
  for (int i = 0; i < CL_DEMO_SITES; i++) {
    cl_demo_sheet_empty(&sheet);
    cl_demo_sheet_text(&sheet, NAME, sites[i].name);
    cl_demo_sheet_text(&sheet, REGION, sites[i].region);
    cl_demo_sheet_text(&sheet, PHONE, sites[i].phone);
    if (!(office->sites[i] = cl_demo_sheet_write(&sheet, error)))
      return FALSE;
    if (!office->coach_sites[sites[i].programme])
      office->coach_sites[sites[i].programme] = office->sites[i];
  }
  return cl_demo_sheet_finish(&sheet, error);
}

/* ---- users ------------------------------------------------------------------------ */

typedef struct {
  const char *login, *name, *role, *ess_identifier;
  int site; /* -1 none */
  int capacity;
} Staff;

enum { LOGIN, USER_NAME, EMAIL, SITE, ROLES, ESS_IDENTIFIER, CAPACITY, ACTIVE };
static const char *const user_fields[] = {"login",          "name",     "email",  "site", "roles",
                                          "ess_identifier", "capacity", "active", NULL};

static ClId add_user(ClDemoOffice *office, ClDemoSheet *sheet, const Staff *staff, const char *hash,
                     GError **error) {
  g_autofree char *email = g_strdup_printf("%s@caseload.example.org", staff->login);
  cl_demo_sheet_empty(sheet);
  cl_demo_sheet_text(sheet, LOGIN, staff->login);
  cl_demo_sheet_text(sheet, USER_NAME, staff->name);
  cl_demo_sheet_text(sheet, EMAIL, email);
  if (staff->site >= 0)
    cl_demo_sheet_int(sheet, SITE, office->sites[staff->site]);
  cl_demo_sheet_text(sheet, ROLES, staff->role);
  cl_demo_sheet_text(sheet, ESS_IDENTIFIER, staff->ess_identifier);
  if (staff->capacity)
    cl_demo_sheet_int(sheet, CAPACITY, staff->capacity);
  cl_demo_sheet_int(sheet, ACTIVE, 1);
  ClId id = cl_demo_sheet_write(sheet, error);
  return id && cl_user_sql_set_passphrase(cl_session_get_store(office->session), id, hash, 0, error) ? id : 0;
}

static gboolean add_named_users(ClDemoOffice *office, ClDemoSheet *sheet, const char *hash, GError **error) {
  static const Staff staff[] = {
      {"coach", "Miriam Okafor", "caseworker", "MO1001", 0, 90},
      {"finance", "Dev Patel", "finance", "DP1002", 0, 0},
      {"manager", "Ingrid Sørensen", "manager", "IS1003", 1, 0},
      {"compliance", "Tomás Ó Briain", "compliance", "TB1004", 4, 0},
      {"supervisor", "Grace Thompson", "supervisor", "GT1005", 0, 0},
      {"viewer", "Paul Lefèvre", "viewer", NULL, 6, 0},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(staff); i++) {
    ClId id = add_user(office, sheet, &staff[i], hash, error);
    if (!id)
      return FALSE;
    ClId *kept = g_str_equal(staff[i].login, "coach")        ? &office->coach
                 : g_str_equal(staff[i].login, "finance")    ? &office->finance
                 : g_str_equal(staff[i].login, "manager")    ? &office->manager
                 : g_str_equal(staff[i].login, "supervisor") ? &office->supervisor
                                                             : NULL;
    if (kept)
      *kept = id;
  }
  return TRUE;
}

static void keep_worker(ClDemoOffice *office, ClId id, int site) {
  ClDemoProgramme p = sites[site].programme;
  if (office->n_workers[p] == office->space[p]) {
    office->space[p] = MAX(16, 2 * office->space[p]);
    office->workers[p] = g_realloc(office->workers[p], office->space[p] * sizeof *office->workers[p]);
  }
  office->workers[p][office->n_workers[p]].id = id;
  office->workers[p][office->n_workers[p]++].site = office->sites[site];
}

static gboolean add_workers(ClDemoOffice *office, ClDemoSheet *sheet, const char *hash, GError **error) {
  /* Sixty of a hundred in Australia, 25 in Britain, 15 in Ontario, and each among the first six. */
  static const int turns[] = {0, 4, 1, 6, 2, 3, 5, 0, 1, 7, 2, 4, 3, 0, 5, 1, 6, 2, 3, 4};
  ClDemoRandom random = {7};
  g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  int n = MAX(6, office->seekers / SEEKERS_A_WORKER);
  for (int i = 0; i < n; i++) {
    ClDemoName name;
    char given[32], family[64], ess[8];
    cl_demo_staff_name(&random, &name);
    cl_demo_ascii(name.given, given, sizeof given);
    cl_demo_ascii(name.family, family, sizeof family);
    char *login = g_strdup_printf("%.1s%s", given, family);
    for (int again = 2; g_hash_table_contains(taken, login); again++) {
      g_free(login);
      login = g_strdup_printf("%.1s%s%d", given, family, again);
    }
    g_hash_table_add(taken, login);
    g_autofree char *full = g_strdup_printf("%s %s", name.given, name.family);
    g_snprintf(ess, sizeof ess, "%c%c%04d", 'A' + i / 10000 % 26, g_ascii_toupper(*family), i % 10000);
    int site = turns[i % G_N_ELEMENTS(turns)];
    ClId id = add_user(office, sheet, &(Staff){login, full, "caseworker", ess, site, 80 + 10 * (i % 3)}, hash,
                       error);
    if (!id)
      return FALSE;
    keep_worker(office, id, site);
  }
  return TRUE;
}

static gboolean add_users(ClDemoOffice *office, const char *hash, GError **error) {
  g_auto(ClDemoSheet) sheet = {0};
  return cl_demo_sheet_open(&sheet, office->session, "user", user_fields, error) &&
         add_named_users(office, &sheet, hash, error) && add_workers(office, &sheet, hash, error) &&
         cl_demo_sheet_finish(&sheet, error);
}

/* ---- organisations ------------------------------------------------------------------ */

static gboolean add_organisations(ClDemoOffice *office, GError **error) {
  enum { NAME, OWNER, STATUS, TYPE, CATEGORY, UKPRN, WEBSITE };
  static const char *const fields[] = {"name",     "owner", "status",  "type",
                                       "category", "ukprn", "website", NULL};
  static const char *const statuses[] = {"confirmed", "prospect", "inactive"};
  static const int weights[] = {74, 19, 7};
  g_auto(ClDemoSheet) sheet = {0};
  if (!cl_demo_sheet_open(&sheet, office->session, "organisation", fields, error))
    return FALSE;
  office->n_organisations = MAX(12, office->seekers / SEEKERS_AN_ORGANISATION);
  for (int i = 0; i < office->n_organisations; i++) {
    ClDemoRandom random = {(guint64)i * 31 + 5};
    char name[160], slug[160], site[200], ukprn[12];
    gboolean training = cl_demo_is_training(i);
    int p = cl_demo_below(&random, 3);
    cl_demo_organisation(i, name, sizeof name);
    cl_demo_ascii(name, slug, sizeof slug);
    g_snprintf(site, sizeof site, "https://www.%s.example.org", slug);
    g_snprintf(ukprn, sizeof ukprn, "100%05d", i % 100000);
    cl_demo_sheet_empty(&sheet);
    cl_demo_sheet_text(&sheet, NAME, name);
    cl_demo_sheet_int(&sheet, OWNER,
                      i % 9 == 0 ? office->coach
                                 : office->workers[p][cl_demo_below(&random, office->n_workers[p])].id);
    cl_demo_sheet_text(&sheet, STATUS, statuses[CL_DEMO_WEIGHTED(&random, weights)]);
    cl_demo_sheet_text(&sheet, TYPE,
                       training       ? "training"
                       : i % 23 == 7  ? "referrer"
                       : i % 41 == 11 ? "other"
                                      : "employer");
    cl_demo_sheet_text(&sheet, CATEGORY, cl_demo_industry(i));
    if (training && p == CL_DEMO_RESTART)
      cl_demo_sheet_text(&sheet, UKPRN, ukprn);
    if (cl_demo_chance(&random, 600))
      cl_demo_sheet_text(&sheet, WEBSITE, site);
    ClId id = cl_demo_sheet_write(&sheet, error);
    if (!id)
      return FALSE;
    if (i == 0)
      office->first_organisation = id;
  }
  return cl_demo_sheet_finish(&sheet, error);
}

/* ---- addresses ----------------------------------------------------------------------- */

static gboolean add_addresses(ClDemoOffice *office, GError **error) {
  enum { ORGANISATION, POSTCODE, LINES, TOWN };
  static const char *const fields[] = {"organisation", "postcode", "lines", "town", NULL};
  g_auto(ClDemoSheet) sheet = {0};
  if (!cl_demo_sheet_open(&sheet, office->session, "address", fields, error))
    return FALSE;
  for (int i = 0; i < office->n_organisations; i++) {
    ClDemoRandom random = {(guint64)i * 71 + 3};
    ClDemoWhere where;
    cl_demo_where(&random, (ClDemoProgramme)cl_demo_below(&random, 3), &where);
    char *town = strrchr(where.address, ','); /* "12 High Street, Leeds" */
    if (town)
      *town++ = '\0';
    cl_demo_sheet_empty(&sheet);
    cl_demo_sheet_int(&sheet, ORGANISATION, office->first_organisation + i);
    cl_demo_sheet_text(&sheet, POSTCODE, where.postcode);
    cl_demo_sheet_text(&sheet, LINES, where.address);
    cl_demo_sheet_text(&sheet, TOWN, town ? town + strspn(town, " ") : NULL);
    if (!cl_demo_sheet_write(&sheet, error))
      return FALSE;
  }
  return cl_demo_sheet_finish(&sheet, error);
}

/* ---- contacts ------------------------------------------------------------------------ */

/* One or two people at each organisation. */
static gboolean add_contacts(ClDemoOffice *office, GError **error) {
  enum { NAME, ORGANISATION, OWNER, ROLE, PHONE, MAIL };
  static const char *const fields[] = {"name", "organisation", "owner", "role", "phone", "email", NULL};
  static const char *const roles[] = {"Owner", "Payroll", "Site manager", "Human resources", "Foreman", "Reception"};
  g_auto(ClDemoSheet) sheet = {0};
  if (!cl_demo_sheet_open(&sheet, office->session, "contact", fields, error))
    return FALSE;
  for (int i = 0; i < office->n_organisations; i++) {
    ClDemoRandom random = {(guint64)i * 53 + 11};
    char firm[160], slug[160];
    cl_demo_organisation(i, firm, sizeof firm);
    cl_demo_ascii(firm, slug, sizeof slug);
    for (int n = 1 + cl_demo_below(&random, 2); n > 0; n--) {
      ClDemoName name;
      ClDemoWhere where;
      char given[160];
      cl_demo_staff_name(&random, &name);
      cl_demo_where(&random, (ClDemoProgramme)cl_demo_below(&random, 3), &where);
      cl_demo_ascii(name.given, given, sizeof given);
      g_autofree char *full = g_strdup_printf("%s %s", name.given, name.family);
      g_autofree char *email = g_strdup_printf("%s@%s.example.org", given, slug);
      cl_demo_sheet_empty(&sheet);
      cl_demo_sheet_text(&sheet, NAME, full);
      cl_demo_sheet_int(&sheet, ORGANISATION, office->first_organisation + i);
      cl_demo_sheet_int(&sheet, OWNER, office->coach);
      cl_demo_sheet_text(&sheet, ROLE, roles[cl_demo_below(&random, G_N_ELEMENTS(roles))]);
      cl_demo_sheet_text(&sheet, PHONE, where.phone);
      cl_demo_sheet_text(&sheet, MAIL, email);
      if (!cl_demo_sheet_write(&sheet, error))
        return FALSE;
    }
  }
  return cl_demo_sheet_finish(&sheet, error);
}

/* ---- searches ------------------------------------------------------------------------ */

gboolean cl_demo_office_add_searches(ClDemoOffice *office, GError **error) {
  enum { NAME, KIND, FILTER, SORT, OWNER, SHARED };
  static const char *const fields[] = {"name", "kind", "filter", "sort", "owner", "shared", NULL};
  static const struct {
    const char *name, *kind, *filter, *sort;
  } searches[] = {
      {"overdue", "claims", "state:overdue", "due"},
      {"old-overdue", "claims", "state:overdue due:..today-1y", "due"},
      {"with-ccu", "claims", "state:to_do,in_progress,follow_up,awaiting_info,review_added_info", "due"},
      {"due-this-month", "claims", "state:tracking due:month-start..month-end", "due"},
      {"os-pps-active", "job-seekers", "phase:os,pps job_status:active status:commenced", "name"},
      {"not-placed", "job-seekers", "job_status:not_placed status:commenced", "name"},
      {"no-case-manager", "job-seekers", "case_manager:none", "name"},
      {"anchored-no-support", "placements",
       "anchor_relation:anchor phase:os,pps status:commenced in_support_tracker:no", "-start_date"},
      {"support-due", "placements", "in_support_tracker:yes support_due:..today", "support_due"},
      {"off-outcome-tracker", "placements", "on_outcome_tracker:no status:commenced", "-start_date"},
      {"to-confirm", "organisations", "status:prospect", "name"},
  };
  g_auto(ClDemoSheet) sheet = {0};
  if (!cl_demo_sheet_open(&sheet, office->session, "saved_search", fields, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS(searches); i++) {
    cl_demo_sheet_empty(&sheet);
    cl_demo_sheet_text(&sheet, NAME, searches[i].name);
    cl_demo_sheet_text(&sheet, KIND, searches[i].kind);
    cl_demo_sheet_text(&sheet, FILTER, searches[i].filter);
    cl_demo_sheet_text(&sheet, SORT, searches[i].sort);
    cl_demo_sheet_int(&sheet, OWNER, office->supervisor);
    cl_demo_sheet_int(&sheet, SHARED, 1);
    if (!cl_demo_sheet_write(&sheet, error))
      return FALSE;
  }
  return cl_demo_sheet_finish(&sheet, error);
}

/* ---- all of it ------------------------------------------------------------------------ */

gboolean cl_demo_office_fill(ClDemoOffice *office, ClSession *session, int seekers, const char *hash,
                             GError **error) {
  *office = (ClDemoOffice){.session = session, .seekers = seekers};
  return add_sites(office, error) && add_users(office, hash, error) && add_organisations(office, error) &&
         add_addresses(office, error) && add_contacts(office, error);
}

void cl_demo_office_clear(ClDemoOffice *office) {
  if (!office)
    return;
  for (int p = 0; p < 3; p++)
    g_free(office->workers[p]);
  *office = (ClDemoOffice){0};
}
