/* Clicks and the wheel, turned into verbs. */
#include "pointer.h"

#include "draw.h"

#include <string.h>

#define DOUBLE_US 400000 /* between the clicks of a double click */
#define WHEEL_ROWS 3

static struct {
  Spot spot; /* while a click is being handled */
  Spot last;
  gint64 last_at;
} pointer;

gboolean pointer_is_on(gconstpointer owner, gsize *index) {
  *index = pointer.spot.index;
  return pointer.spot.owner == owner && owner;
}

/* The view's own answer; what it does not take is nobody's. */
static gboolean tell(App *app, Verb verb) {
  View *top = app_top(app);
  g_autofree char *refusal = top->ops->refusal ? top->ops->refusal(top, verb) : NULL;
  if (refusal)
    app_say(app, "%s", refusal);
  else if (!top->ops->command || !top->ops->command(top, verb))
    return FALSE;
  app_repaint(app);
  return TRUE;
}

/* What Space does there, where that is marking or ticking. */
static void mark(App *app) {
  const BoundKey *space = keymap_find(app_get_keymap(app), app_top(app)->ops->name, ' ');
  if (space && (space->verb == VERB_MARK || strcmp(space->id, "tick") == 0))
    tell(app, space->verb);
}

static void click_row(App *app, const Spot *spot, gint64 now) {
  gboolean again = spot->owner == pointer.last.owner && spot->index == pointer.last.index &&
                   spot->kind == pointer.last.kind && now - pointer.last_at < DOUBLE_US;
  if (!tell(app, VERB_CLICK))
    return;
  if (spot->kind == SPOT_MARGIN) {
    mark(app);
  } else if (again) {
    tell(app, VERB_OPEN);
    pointer.last_at = 0;
    return;
  }
  pointer.last = *spot;
  pointer.last_at = now;
}

static void click(App *app, int y, int x) {
  if (!draw_spot_at(y, x, &pointer.spot))
    return;
  switch (pointer.spot.kind) {
  case SPOT_COMMAND:
    app_do(app, pointer.spot.owner);
    break;
  case SPOT_HEAD:
    tell(app, VERB_SORT_CLICKED);
    break;
  default:
    click_row(app, &pointer.spot, g_get_monotonic_time());
  }
  pointer.spot = (Spot){.owner = NULL};
}

void pointer_event(App *app, const Event *event) {
  if (event->pointer == POINTER_CLICK)
    click(app, event->y, event->x);
  else if (event->pointer != POINTER_OTHER)
    for (int i = 0; i < WHEEL_ROWS; i++)
      tell(app, event->pointer == POINTER_WHEEL_UP ? VERB_UP : VERB_DOWN);
}
