/* A session for nobody: the rights of a role before there is a user who could sign in. Only for making the
 * first user of an empty store. Internal. */
#pragma once

#include <caseload/session.h>

ClSession *cl_session_for_setup(ClStore *store, const ClConfig *config, const ClRole *role);
/* The program's own: sees every record, acts in nobody's name, has no permission that a command asks for. */
ClSession *cl_session_for_program(ClStore *store, const ClConfig *config);
