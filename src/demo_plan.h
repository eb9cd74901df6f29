/* Action plans of the demo: activities, the trackers that go with them and with jobs, milestones. Internal. */
#pragma once

#include "demo_person.h"
#include "demo_sheet.h"

/* What the pass needs to know of what stands already. */
typedef struct {
  ClSession *session;
  ClId run; /* the run of which the records are a part */
  ClId first_seeker, first_organisation;
  int seekers, organisations;
  ClDate today;
} ClDemoPlanPass;

gboolean cl_demo_add_plans(const ClDemoPlanPass *pass, GError **error);
