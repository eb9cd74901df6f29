/* See forgot.h. It says nothing of who is known here. */
#include "forgot.h"

#include "../app.h"
#include "../widgets/menu.h"

void forgot_open(App *app) {
  static const MenuItem items[] = {{.label = "Close", .detail = "Esc"}};
  const char *right = cl_config_permission_name(app_get_config(app), "user.admin");
  g_autofree char *text = g_strdup_printf(
      "Passphrases are kept nowhere, so nobody can tell you yours. Somebody with the right “%s” sets a new one on this "
      "laptop: 0, Users, your name, x p; or `caseload user passphrase NAME`. Your records and drafts stay.\n"
      "If it was the last such passphrase, only a backup from a time when one was known helps: `caseload restore FILE`.",
      right);
  app_push(app, menu_view_new(app, "Forgot passphrase", text, items, G_N_ELEMENTS(items), NULL, NULL));
}
