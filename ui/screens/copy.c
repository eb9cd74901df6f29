/* What was sent last decides what comes next. Whether the terminal keeps it nobody tells, so the words say
 * no more than that it was sent. */
#include "copy.h"

#include "../app.h"

enum { PART_ROW, PART_NAME, PART_ID, PARTS };

static struct {
  const ClKind *kind;
  ClId id;
  int part;
} last;

static char *part_text(App *app, const ClKind *kind, ClId id, const char *row, int part) {
  if (part == PART_ROW)
    return g_strdup(row);
  return part == PART_NAME ? cl_record_dup_name(app_get_session(app), kind, id)
                           : g_strdup_printf("%" G_GINT64_FORMAT, id);
}

void copy_record(App *app, const ClKind *kind, ClId id, const char *row) {
  static const char *const names[] = {"Row", "Name", "ID"};
  int first = row ? PART_ROW : PART_NAME;
  int part = last.kind == kind && last.id == id ? (last.part + 1) % PARTS : first;
  int next = part + 1 < PARTS ? part + 1 : first;
  part = MAX(part, first);
  g_autofree char *text = part_text(app, kind, id, row, part);
  last.kind = kind;
  last.id = id;
  last.part = part;
  term_copy(text ? text : "");
  app_say(app, "%s sent to the terminal's clipboard. Once more sends the %s.", names[part],
          next == PART_ROW ? "row" : next == PART_NAME ? "name" : "ID");
}
