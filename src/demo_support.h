/* Support contacts and wage histories of the demo. Internal. */
#pragma once

#include "demo_person.h"
#include "demo_sheet.h"

/* Writes them for the persons of `walk` (from its beginning), whose first placement has the id
 * `first_placement`; as part of the run `run`. */
gboolean cl_demo_add_support(ClSession *session, ClDemoWalk *walk, ClId first_placement, ClId run, GError **error);
