/* The claims of one invented person. Internal. */
#pragma once

#include "demo_person.h"

/* Fills person->claims: outcome periods of tracked placements, support and service fees, and as many fees
 * more or less as the sum needs to end at exactly five a person. */
void cl_demo_make_claims(const ClDemoWalk *walk, ClDemoPerson *person, ClDemoRandom *random);
