/* Each switch takes effect at once and is remembered; the window stays until Esc. */
#include "display.h"

#include "../app.h"
#include "../widgets/menu.h"

static View *view_at(App *app, int row);

static void chosen(App *app, int choice, gpointer data) {
  const DisplaySwitch *item = choice >= 0 ? &display_switches[choice] : NULL;
  if (!item)
    return;
  app_toggle_display(app, item);
  const TermOptions now = display_get(app_get_display(app));
  app_push(app, view_at(app, choice));
  app_say(app, "%s: %s. Esc closes.", item->label, display_switch_get(item, &now) ? "on" : "off");
}

static View *view_at(App *app, int row) {
  const Display *display = app_get_display(app);
  const TermOptions now = display_get(display);
  MenuItem items[8] = {{0}};
  gsize n = 0;
  for (const DisplaySwitch *item = display_switches; item->word; item++, n++)
    items[n] = (MenuItem){.label = item->label,
                          .key = item->key,
                          .detail = display_switch_get(item, &now) ? "on" : "off",
                          .help = item->help,
                          .refusal = display_switch_get(item, &display->forced)
                                         ? "on: an option or a variable (NO_COLOR, ACCESSIBLE) asks for it"
                                         : NULL};
  View *view = menu_view_new(app, "Display", "Enter or the letter switches; it is remembered.", items, n, chosen, NULL);
  menu_view_go(view, row);
  return view;
}

View *display_view_new(App *app) {
  return view_at(app, 0);
}
