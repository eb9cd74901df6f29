/* What F4 opens in a field: the choices, ticks where it takes several, a calendar, records, files. */
#include "form_private.h"

#include "../app.h"
#include "calendar.h"
#include "chooser.h"

#include <caseload/clock.h>
#include <caseload/text.h>
#include <string.h>

static Entry *entry_at(const Form *form, gsize i) {
  return &g_array_index(form->entries, Entry, i);
}

static void picked(App *app, const PickerItem *item, gpointer data) {
  Form *form = data;
  Entry *entry = entry_at(form, form->picking);
  if (!item)
    return;
  if (entry->field.take) {
    entry->field.take(app, item->id, entry->field.source_data);
    return;
  }
  if (!form_is_chosen(&entry->field)) {
    form_put(form, entry->field.id, entry->field.choices ? item->id : item->label, NULL);
    app_repaint(app);
    return;
  }
  form_choose_value(entry, item->id, *item->id ? item->label : "");
  entry->emptied = form->blank && !*item->id;
  form_entry_changed(form, entry);
  form_adapt(form);
  app_repaint(app);
}

/* "caseworker, finance" of what is ticked. */
static void ticked(App *app, const GPtrArray *items, gpointer data) {
  Form *form = data;
  GString *text = g_string_new(NULL);
  for (guint i = 0; items && i < items->len; i++) {
    const ChooserItem *item = items->pdata[i];
    if (item->ticked)
      g_string_append_printf(text, "%s%s", text->len ? ", " : "", item->id);
  }
  if (items)
    form_put(form, entry_at(form, form->picking)->field.id, text->str, NULL);
  g_string_free(text, TRUE);
  app_repaint(app);
}

/* Is the id, or what it is called, among the words between the commas? */
static gboolean is_among(const FormChoice *choice, const char *text) {
  g_auto(GStrv) words = g_strsplit(text, ",", -1);
  g_autofree char *label = cl_text_fold(choice->label);
  for (char **word = words; *word; word++) {
    g_autofree char *folded = cl_text_fold(g_strstrip(*word));
    if (strcmp(folded, choice->id) == 0 || strcmp(folded, label) == 0)
      return TRUE;
  }
  return FALSE;
}

static void open_ticks(Form *form, const Entry *entry) {
  GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)chooser_item_free);
  for (const FormChoice *choice = entry->field.choices; choice->id; choice++)
    g_ptr_array_add(items, chooser_item_new(choice->id, choice->label, is_among(choice, line_get(&entry->line))));
  form->picking = form->focus;
  app_push(form->owner->app, chooser_view_new(form->owner->app, entry->field.label, items, NULL, ticked, form));
}

static void date_picked(App *app, ClDate date, gpointer data) {
  Form *form = data;
  char text[12];
  form_put(form, entry_at(form, form->picking)->field.id, cl_date_to_text(date, app_get_locale(app)->order, text),
           NULL);
  app_repaint(app);
}

static gboolean open_calendar(Form *form, const Entry *entry) {
  App *app = form->owner->app;
  ClDate date = CL_DATE_NONE;
  if (!cl_date_parse(line_get(&entry->line), app_get_locale(app)->order, cl_clock_today(), &date, NULL))
    date = CL_DATE_NONE;
  form->picking = form->focus;
  app_push(app, calendar_view_new(app, entry->field.label, date, date_picked, form));
  return TRUE;
}

static void add_choices(GPtrArray *items, const FormField *field, gboolean blank) {
  for (const FormChoice *choice = field->choices; choice && choice->id; choice++)
    g_ptr_array_add(items, picker_item_new(choice->id, choice->label, NULL));
  if (!field->required && !field->keep)
    g_ptr_array_add(items, picker_item_new("", blank ? "(make empty)" : "(none)", NULL));
}

gboolean form_open_choices(Form *form) {
  App *app = form->owner->app;
  Entry *entry = entry_at(form, form->focus);
  PickerSource *source = NULL;
  if (entry->field.type == FORM_DATE)
    return open_calendar(form, entry);
  if (form_names_files(&entry->field)) {
    form_choose_files(form);
    return TRUE;
  }
  if (entry->field.choices && entry->field.several) {
    open_ticks(form, entry);
    return TRUE;
  }
  if (entry->field.source) {
    source = entry->field.source(app, entry->field.source_data);
  } else if (entry->field.choices) {
    GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)picker_item_free);
    add_choices(items, &entry->field, form->blank);
    source = picker_source_new_fixed(items);
  }
  if (!source)
    return FALSE;
  form->picking = form->focus;
  View *picker = picker_view_new(app, entry->field.label, source, form_entry_text(entry), picked, form);
  if (entry->field.create)
    picker_view_offer(picker, entry->field.create_label, entry->field.create_refusal, entry->field.create,
                      entry->field.source_data);
  if (entry->field.source && !entry->value && *line_get(&entry->line))
    picker_view_search(picker, line_get(&entry->line));
  app_push(app, picker);
  return TRUE;
}
