/* Documents of the demo. Internal. */
#pragma once

#include "demo_sheet.h"

/* Part of a run that is there. */
gboolean cl_demo_add_documents(ClSession *session, ClId run, GError **error);
