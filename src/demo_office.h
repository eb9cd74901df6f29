/* The demo's office: sites, people who work there, organisations; what the caseload's passes need to know
 * of them. Internal. */
#pragma once

#include "demo_names.h"
#include "demo_sheet.h"

#define CL_DEMO_SITES 8

typedef struct {
  ClSession *session;
  int seekers;
  ClId sites[CL_DEMO_SITES];
  ClId coach, finance, manager, supervisor;
  struct {
    ClId id, site;
  } * workers[3]; /* by programme: caseworkers beside the coach */
  int n_workers[3], space[3];
  ClId coach_sites[3]; /* by programme: where the coach's people go */
  ClId first_organisation;
  int n_organisations;
} ClDemoOffice;

/* `hash`: the Argon2id string that every demo user gets. */
gboolean cl_demo_office_fill(ClDemoOffice *office, ClSession *session, int seekers, const char *hash,
                             GError **error);
void cl_demo_office_clear(ClDemoOffice *office);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ClDemoOffice, cl_demo_office_clear)
/* Searches that everybody shares. */
gboolean cl_demo_office_add_searches(ClDemoOffice *office, GError **error);
