/* A session for nobody: the rights of a role before there is a user who could sign in. Only for making the
 * first user of an empty store. Internal. */
#pragma once

#include <caseload/session.h>

ClSession *cl_session_for_setup(ClStore *store, const ClConfig *config, const ClRole *role);
