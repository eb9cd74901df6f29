/* The permissions beside the actions: sight of each kind, and the few things that are no action on a record. */
#include <caseload/catalogue.h>
#include <caseload/config.h>

static const ClPermission others[] = {
  { "bulk", "Can do bulk actions" },
  { "run.undo", "Undo bulk actions" },
  { "run.view_all", "Can see everybody's bulk actions" },
  { "export", "Can export" },
  { "import", "Can import" },
  { "roll", "Undo what the day brought" },
  { "tracker.create_automation", "Process Automation Trackers (Create)" },
  { "tracker.edit_automation", "Process Automation Trackers (Edit)" },
  { "tracker.pre_authorise", "Process Automation Trackers (Pre-Authorise)" },
  { "tracker.process", "Process Automation Trackers (Process)" },
  { "tracker.reopen", "Can open trackers again" },
  { "claim.all_tickets", "Can change all claims of the claims unit" },
  { "saved_search.share", "Can share saved views" },
  { "store.backup", "Can make backups" },
  { "user.admin", "Can manage users" },
};

static ClPermission *make_table(void) {
  const ClKind *const *kinds = cl_catalogue_kinds();
  GArray *table = g_array_new(TRUE, TRUE, sizeof(ClPermission));
  for (guint i = 0; kinds[i]; i++) {
    ClPermission sight = { g_strconcat("view.", kinds[i]->plural, NULL),
                           g_strconcat("Can see ", kinds[i]->label_plural, NULL) };
    g_array_append_val(table, sight);
  }
  g_array_append_vals(table, others, G_N_ELEMENTS(others));
  return (ClPermission *)(void *)g_array_free(table, FALSE);
}

const ClPermission *cl_permissions(void) {
  static ClPermission *table;
  if (g_once_init_enter(&table))
    g_once_init_leave(&table, make_table());
  return table;
}
