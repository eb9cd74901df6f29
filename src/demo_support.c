/* The last contacts of running support schedules, and the payslips of jobs that began lately. */
#include "demo_support.h"

#include "rules/support.h"

#include <string.h>

#define CONTACTS_MOST 2
#define WEEKS_MOST 9

enum { S_PLACEMENT, S_DATE, S_WHO, S_RESULT, S_METHOD, S_COMMENT, S_NEXT };
static const char *const contact_fields[] = {"placement", "contact_date", "who", "result", "method", "comment", "next_due", NULL};

static gboolean add_contacts(ClDemoSheet *sheet, ClId id, const ClDemoPlacement *placement, ClDate today, ClDemoRandom *random,
                             GError **error) {
  static const char *const methods[] = {"phone", "phone", "phone", "in_person", "email", "sms"};
  static const char *const said[] = {"Going well, likes the team.", "Late twice; bus times talked through.",
                                     "Employer is content.", "Asked for more hours.", "Supervisor changes next month."};
  static const char *const tried[] = {"No answer, message left.", "Phone switched off."};
  static const ClSupportRules rules = {0};
  if (placement->support_due == CL_DATE_NONE || !placement->support_frequency)
    return TRUE;
  int days = cl_rules_interval_days(placement->support_frequency);
  ClDate day = MIN(placement->support_due - days, today - 1);
  for (int i = 0; i < CONTACTS_MOST && day >= placement->start; i++, day -= days) {
    gboolean successful = cl_demo_chance(random, 820);
    cl_demo_sheet_empty(sheet);
    cl_demo_sheet_int(sheet, S_PLACEMENT, id);
    cl_demo_sheet_date(sheet, S_DATE, day);
    cl_demo_sheet_text(sheet, S_WHO, cl_demo_chance(random, 700) ? "job_seeker" : "employer");
    cl_demo_sheet_text(sheet, S_RESULT, successful ? "successful" : "unsuccessful");
    cl_demo_sheet_text(sheet, S_METHOD, CL_DEMO_PICK(random, methods));
    cl_demo_sheet_text(sheet, S_COMMENT, successful ? CL_DEMO_PICK(random, said) : CL_DEMO_PICK(random, tried));
    cl_demo_sheet_date(sheet, S_NEXT, cl_rules_add_interval(day, placement->support_frequency, &rules));
    if (!cl_demo_sheet_write(sheet, error))
      return FALSE;
  }
  return TRUE;
}

enum { W_PLACEMENT, W_FROM, W_TO, W_HOURS, W_GROSS };
static const char *const wage_fields[] = {"placement", "pay_from", "pay_to", "hours", "gross", NULL};

static gboolean add_wages(ClDemoSheet *sheet, ClId id, const ClDemoPlacement *placement, ClDate today, ClDemoRandom *random, GError **error) {
  gboolean recent = placement->start > today - 140 && placement->start < today;
  if (!recent || placement->do_not_track || !placement->pay_rate || !cl_demo_chance(random, 300))
    return TRUE;
  ClDate end = placement->end == CL_DATE_NONE ? today : MIN(today, placement->end);
  ClDate day = placement->start;
  for (int i = 0; i < WEEKS_MOST && day + 6 < end; i++, day += 7) {
    int hours = MAX(100, placement->hours - 300 + 50 * cl_demo_below(random, 11));
    cl_demo_sheet_empty(sheet);
    cl_demo_sheet_int(sheet, W_PLACEMENT, id);
    cl_demo_sheet_date(sheet, W_FROM, day);
    cl_demo_sheet_date(sheet, W_TO, day + 6);
    cl_demo_sheet_int(sheet, W_HOURS, hours);
    cl_demo_sheet_int(sheet, W_GROSS, (gint64)hours * placement->pay_rate / 100);
    if (!cl_demo_sheet_write(sheet, error))
      return FALSE;
  }
  return TRUE;
}

typedef gboolean (*Add)(ClDemoSheet *sheet, ClId id, const ClDemoPlacement *placement, ClDate today, ClDemoRandom *random, GError **error);

static gboolean add_all(ClSession *session, ClDemoWalk walk, ClId first_placement, ClId run, const char *kind, const char *const *fields,
                        Add add, GError **error) {
  g_auto(ClDemoSheet) sheet = {0};
  g_autofree ClDemoPerson *person = g_new(ClDemoPerson, 1);
  if (!cl_demo_sheet_join(&sheet, session, kind, fields, run, error))
    return FALSE;
  while (cl_demo_walk_next(&walk, person)) {
    ClDemoRandom random = {person->seed ^ 0x5eed5};
    ClId first = first_placement + walk.placements - person->n_placements;
    for (int i = 0; i < person->n_placements; i++)
      if (!add(&sheet, first + i, &person->placements[i], walk.today, &random, error))
        return FALSE;
  }
  return cl_demo_sheet_finish(&sheet, error);
}

gboolean cl_demo_add_support(ClSession *session, ClDemoWalk *walk, ClId first_placement, ClId run, GError **error) {
  return add_all(session, *walk, first_placement, run, "support_contact", contact_fields, add_contacts, error) &&
         add_all(session, *walk, first_placement, run, "wage", wage_fields, add_wages, error);
}
