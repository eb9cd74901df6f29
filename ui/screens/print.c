/* A record on paper: what it holds, all that refers to it and its timeline, as a page for the desktop's viewer. */
#include "export.h"

#include "../app.h"
#include "leave.h"
#include "viewer.h"

#include <caseload/exchange.h>

typedef struct {
  const ClKind *kind;
  ClId id;
} Printed;

static void may_leave(App *app, gpointer data) {
  const Printed *printed = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_strconcat(printed->kind->id, cl_export_format_ending(CL_EXPORT_HTML), NULL);
  g_autofree char *path = viewer_path(name, &error);
  if (path && cl_print_record(app_get_session(app), printed->kind, printed->id, path, "the desktop's viewer", &error))
    viewer_show(app, path);
  else
    app_say_gerror(app, &error);
}

void export_print_record(App *app, const ClKind *kind, ClId id) {
  Printed printed = {kind, id};
  g_autofree char *name = cl_record_dup_name(app_get_session(app), kind, id);
  g_autofree char *text = g_strdup_printf("What: %s, %s, with all that refers to it and its timeline\nTo: " LEAVE_TO_VIEWER, kind->noun, name);
  leave_open(app, "Print", text, 1, may_leave, g_memdup2(&printed, sizeof printed), g_free);
}
