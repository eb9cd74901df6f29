/* A believable organisation for trying the program, identical for the same size and day. */
#pragma once

#include "session.h"

/* Fills an empty store: sites, users (coach, finance, manager, compliance, supervisor, admin,
 * viewer and more, passphrase "demo"), organisations, `seekers` job seekers with 2 placements and
 * 5 claims each on average, saved searches, notices. `progress` (may be NULL) gets 0 … 100. */
gboolean cl_demo_fill(ClStore *store, const ClConfig *config, int seekers,
                      void (*progress)(int percent, gpointer data), gpointer data, GError **error);
#define CL_DEMO_SEEKERS 2000
