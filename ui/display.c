/* The switches of the screen, where they come from and where they are kept. */
#include "display.h"

#include <caseload/preference.h>
#include <glib/gstdio.h>
#include <string.h>

#define PREFERENCE "display"

const DisplaySwitch display_switches[] = {
    {"screen-reader", "Screen reader", "One column, no boxes, no mouse; what changes is told in the bottom line.",
     's', G_STRUCT_OFFSET(TermOptions, plain)},
    {"contrast", "High contrast", "The terminal's own two colours, with bold and reverse.", 'c',
     G_STRUCT_OFFSET(TermOptions, contrast)},
    {"no-colour", "No colour", "Bold, underline and reverse alone; signs and words say the same.", 'n',
     G_STRUCT_OFFSET(TermOptions, no_color)},
    {"ascii", "ASCII lines", "Boxes and charts of + - | and #, for terminals that draw the others wrong.", 'a',
     G_STRUCT_OFFSET(TermOptions, ascii)},
    {"no-mouse", "No mouse", "Clicks are left to the terminal, for selecting text.", 'm',
     G_STRUCT_OFFSET(TermOptions, no_mouse)},
    {"desktop-notices", "Desktop notices", "The desktop tells when a bulk action has ended or a notice came; no names (OSC 9).",
     'd', G_STRUCT_OFFSET(TermOptions, notices)},
    {NULL},
};

static gboolean *value_of(const DisplaySwitch *item, TermOptions *options) {
  return (gboolean *)(gpointer)((char *)options + item->offset);
}

gboolean display_switch_get(const DisplaySwitch *item, const TermOptions *options) {
  return *(const gboolean *)(gconstpointer)((const char *)options + item->offset);
}

static void options_from_text(const char *text, TermOptions *options) {
  g_auto(GStrv) words = g_strsplit_set(text, " \n", -1);
  for (const DisplaySwitch *item = display_switches; item->word; item++)
    *value_of(item, options) = g_strv_contains((const char *const *)words, item->word);
}

static char *options_to_text(const TermOptions *options) {
  GString *text = g_string_new(NULL);
  for (const DisplaySwitch *item = display_switches; item->word; item++)
    if (display_switch_get(item, options))
      g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", item->word);
  return g_string_free(text, FALSE);
}

static char *file_path(void) {
  return g_build_filename(g_get_user_config_dir(), "caseload", "display", NULL);
}

static gboolean is_set(const char *variable) {
  const char *value = g_getenv(variable);
  return value && *value;
}

void display_init(Display *display, const ClConfig *config, const TermOptions *options) {
  const ClScreenDefaults *defaults = cl_config_get_screen(config);
  g_autofree char *path = file_path(), *text = NULL;
  *display = (Display){.forced = *options,
                       .chosen = {.plain = defaults->screen_reader,
                                  .contrast = defaults->contrast,
                                  .no_color = defaults->no_colour,
                                  .ascii = defaults->ascii,
                                  .no_mouse = defaults->no_mouse,
                                  .notices = defaults->desktop_notices}};
  display->forced.no_color |= is_set("NO_COLOR");
  display->forced.plain |= is_set("ACCESSIBLE") && strcmp(g_getenv("ACCESSIBLE"), "0") != 0;
  display->remembered = g_file_get_contents(path, &text, NULL, NULL);
  if (display->remembered)
    options_from_text(text, &display->chosen);
}

TermOptions display_get(const Display *display) {
  TermOptions all = display->chosen;
  for (const DisplaySwitch *item = display_switches; item->word; item++)
    *value_of(item, &all) |= display_switch_get(item, &display->forced);
  return all;
}

gboolean display_take_preference(Display *display, ClSession *session) {
  const char *text = cl_preference_get(session, PREFERENCE);
  TermOptions before = display->chosen;
  if (text)
    options_from_text(text, &display->chosen);
  return memcmp(&before, &display->chosen, sizeof before) != 0;
}

/* A home that cannot be written to costs no more than being asked again. */
void display_remember(Display *display, ClSession *session) {
  g_autofree char *text = options_to_text(&display->chosen), *line = g_strconcat(text, "\n", NULL);
  g_autofree char *path = file_path(), *folder = g_path_get_dirname(path);
  if (g_mkdir_with_parents(folder, 0700) == 0)
    g_file_set_contents_full(path, line, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
  display->remembered = TRUE;
  if (session)
    cl_preference_set(session, PREFERENCE, text);
}

void display_toggle(Display *display, const DisplaySwitch *item, ClSession *session) {
  gboolean *value = value_of(item, &display->chosen);
  *value = !*value;
  display_remember(display, session);
}
