/* What follows for users: roles are kept by their ids, however they were written. */
#include "effects.h"

#include "checks.h"

static void prepare_roles(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  const char *words = cl_effects_text(after, "roles");
  g_autofree char *ids = words ? cl_user_clean_roles(cl_session_get_config(session), words, NULL) : NULL;
  if (ids)
    cl_value_set_text(cl_record_value(after, "roles"), ids);
}

const ClEffect cl_effects_user[] = {
  { .kind = "user", .fields = "roles", .prepare = prepare_roles },
  { NULL }
};
