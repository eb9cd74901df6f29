/* Fields, their values and keys; drawing is in form_draw.c. */
#include "form_private.h"

#include "../app.h"

#include <caseload/text.h>
#include <string.h>

static Entry *entry_at(const Form *form, gsize i) {
  return &g_array_index(form->entries, Entry, i);
}

static Entry *entry_of(const Form *form, const char *id) {
  for (gsize i = 0; i < form->entries->len; i++)
    if (strcmp(entry_at(form, i)->field.id, id) == 0)
      return entry_at(form, i);
  return NULL;
}

static void entry_clear(gpointer data) {
  Entry *entry = data;
  line_clear(&entry->line);
  g_free(entry->value);
  g_free(entry->error);
  g_free(entry->original);
}

/* TRUE when the value is chosen (an id), not only typed. */
static gboolean is_chosen(const FormField *field) {
  return field->type == FORM_CHOICE || field->type == FORM_REF || field->type == FORM_BOOL;
}

static gboolean can_focus(const Entry *entry) {
  return entry->field.type != FORM_FIXED;
}

static void focus_first(Form *form) {
  for (form->focus = 0; form->focus + 1 < form->entries->len; form->focus++)
    if (can_focus(entry_at(form, form->focus)))
      return;
}

Form *form_new(View *owner, const FormField *fields, gsize n_fields) {
  Form *form = g_new0(Form, 1);
  form->owner = owner;
  form->entries = g_array_new(FALSE, TRUE, sizeof(Entry));
  g_array_set_clear_func(form->entries, entry_clear);
  form->typed = g_string_new(NULL);
  for (gsize i = 0; i < n_fields; i++) {
    Entry entry = {.field = fields[i], .original = g_strdup("")};
    line_init(&entry.line, "");
    entry.line.lines = fields[i].type == FORM_LINES;
    entry.line.secret = fields[i].type == FORM_SECRET;
    entry.line.max = fields[i].max;
    g_array_append_val(form->entries, entry);
  }
  focus_first(form);
  return form;
}

void form_free(Form *form) {
  if (!form)
    return;
  g_array_unref(form->entries);
  g_string_free(form->typed, TRUE);
  g_free(form->error);
  g_free(form);
}

const char *form_choice_label(const FormField *field, const char *id) {
  for (const FormChoice *choice = field->choices; id && choice && choice->id; choice++)
    if (strcmp(choice->id, id) == 0)
      return choice->label;
  return id ? id : "";
}

const char *form_entry_text(const Entry *entry) {
  if (entry->value)
    return entry->value;
  return entry->field.type == FORM_CHOICE || entry->field.type == FORM_BOOL ? "" : line_get(&entry->line);
}

const char *form_get(const Form *form, const char *id) {
  const Entry *entry = entry_of(form, id);
  return entry ? form_entry_text(entry) : "";
}

/* Gives a chosen field its id and the words that stand for it. */
static void set_value(Entry *entry, const char *id, const char *label) {
  g_free(entry->value);
  entry->value = id && *id ? g_strdup(id) : NULL;
  line_set(&entry->line, label ? label : "");
}

static void put(Entry *entry, const char *text, const char *label) {
  if (entry->field.type == FORM_REF && !label)
    set_value(entry, NULL, text);
  else if (is_chosen(&entry->field))
    set_value(entry, text, label ? label : form_choice_label(&entry->field, text));
  else
    line_set(&entry->line, text);
}

void form_put(Form *form, const char *id, const char *text, const char *label) {
  Entry *entry = entry_of(form, id);
  if (!entry || !can_focus(entry))
    return;
  put(entry, text, label);
  g_clear_pointer(&entry->error, g_free);
}

void form_set(Form *form, const char *id, const char *text, const char *label) {
  Entry *entry = entry_of(form, id);
  if (!entry)
    return;
  put(entry, text, label);
  g_free(entry->original);
  entry->original = g_strdup(form_entry_text(entry));
}

gboolean form_is_changed(const Form *form, const char *id) {
  for (gsize i = 0; i < form->entries->len; i++) {
    const Entry *entry = entry_at(form, i);
    if ((!id || strcmp(entry->field.id, id) == 0) && strcmp(form_entry_text(entry), entry->original) != 0)
      return TRUE;
  }
  return FALSE;
}

/* ---- errors ---------------------------------------------------------------------- */

void form_set_error(Form *form, const char *id, const char *text) {
  Entry *entry = id ? entry_of(form, id) : NULL;
  char **where = entry ? &entry->error : &form->error;
  if (*where)
    return;
  *where = g_strdup(text);
}

void form_clear_errors(Form *form) {
  g_clear_pointer(&form->error, g_free);
  for (gsize i = 0; i < form->entries->len; i++)
    g_clear_pointer(&entry_at(form, i)->error, g_free);
}

int form_take_problems(Form *form, const ClProblems *problems) {
  form_clear_errors(form);
  for (gsize i = 0; i < problems->n; i++)
    form_set_error(form, problems->v[i].field, problems->v[i].text);
  for (gsize i = 0; i < form->entries->len; i++)
    if (entry_at(form, i)->error && can_focus(entry_at(form, i))) {
      form->focus = i;
      break;
    }
  return (int)problems->n;
}

/* ---- focus ------------------------------------------------------------------------ */

void form_focus(Form *form, const char *id) {
  for (gsize i = 0; i < form->entries->len; i++)
    if (strcmp(entry_at(form, i)->field.id, id) == 0)
      form->focus = i;
}

const char *form_get_focus(const Form *form) {
  return form->focus < form->entries->len ? entry_at(form, form->focus)->field.id : NULL;
}

gsize form_count(const Form *form) {
  return form->entries->len;
}

gsize form_position(const Form *form) {
  return form->focus;
}

/* The next field that can be typed in, around the end. */
static void move_focus(Form *form, int step) {
  gssize n = (gssize)form->entries->len, at = (gssize)form->focus;
  g_string_truncate(form->typed, 0);
  for (gssize tried = 0; tried < n; tried++) {
    at = (at + step + n) % n;
    if (can_focus(entry_at(form, (gsize)at))) {
      form->focus = (gsize)at;
      return;
    }
  }
}

static void page_focus(Form *form, int step) {
  for (int i = 0; i < 8; i++) {
    gsize before = form->focus;
    move_focus(form, step);
    if ((step > 0) != (form->focus > before)) {
      form->focus = before;
      return;
    }
  }
}

/* ---- choices ------------------------------------------------------------------------ */

static void picked(App *app, const PickerItem *item, gpointer data) {
  Form *form = data;
  Entry *entry = entry_at(form, form->picking);
  if (!item)
    return;
  set_value(entry, item->id, *item->id ? item->label : "");
  g_clear_pointer(&entry->error, g_free);
  app_repaint(app);
}

static void add_choices(GPtrArray *items, const FormField *field) {
  for (const FormChoice *choice = field->choices; choice && choice->id; choice++)
    g_ptr_array_add(items, picker_item_new(choice->id, choice->label, NULL));
  if (!field->required)
    g_ptr_array_add(items, picker_item_new("", "(none)", NULL));
}

static gboolean open_choices(Form *form) {
  App *app = form->owner->app;
  Entry *entry = entry_at(form, form->focus);
  PickerSource *source = NULL;
  if (entry->field.type == FORM_REF && entry->field.source) {
    source = entry->field.source(app, entry->field.source_data);
  } else if (entry->field.type == FORM_CHOICE) {
    GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)picker_item_free);
    add_choices(items, &entry->field);
    source = picker_source_new_fixed(items);
  }
  if (!source)
    return FALSE;
  form->picking = form->focus;
  View *picker = picker_view_new(app, entry->field.label, source, entry->value, picked, form);
  if (entry->field.type == FORM_REF && !entry->value && *line_get(&entry->line))
    picker_view_search(picker, line_get(&entry->line));
  app_push(app, picker);
  return TRUE;
}

/* Letters typed in a choice: the first label that begins so. */
static void type_ahead(Form *form, Entry *entry, Key key) {
  char letter[8] = "";
  letter[g_unichar_to_utf8(key, letter)] = '\0';
  for (int again = 0; again < 2; again++) {
    g_string_append(form->typed, letter);
    g_autofree char *folded = cl_text_fold(form->typed->str);
    for (const FormChoice *choice = entry->field.choices; choice && choice->id; choice++) {
      g_autofree char *label = cl_text_fold(choice->label);
      if (g_str_has_prefix(label, folded)) {
        set_value(entry, choice->id, choice->label);
        return;
      }
    }
    g_string_truncate(form->typed, 0);
  }
}

static gboolean choice_key(Form *form, Entry *entry, Key key) {
  if (key == K_BACKSPACE || key == K_DELETE) {
    g_string_truncate(form->typed, 0);
    set_value(entry, NULL, "");
    return TRUE;
  }
  if (!key_is_text(key))
    return FALSE;
  if (entry->field.type == FORM_CHOICE && !(key == ' ' && form->typed->len == 0)) {
    type_ahead(form, entry, key);
  } else if (entry->field.type == FORM_BOOL) {
    gboolean yes = entry->value && strcmp(entry->value, "yes") == 0;
    if (key == 'y' || key == 'Y' || (key == ' ' && !yes))
      set_value(entry, "yes", "Yes");
    else if (key == 'n' || key == 'N' || key == ' ')
      set_value(entry, "no", "No");
  }
  return TRUE;
}

gboolean form_key(Form *form, const Event *event) {
  if (form->focus >= form->entries->len)
    return event->type == EVENT_PASTE || key_is_text(event->key);
  Entry *entry = entry_at(form, form->focus);
  FormFieldType type = entry->field.type;
  gboolean used = FALSE;
  if (type == FORM_FIXED)
    return event->type == EVENT_KEY && key_is_text(event->key);
  if (type == FORM_CHOICE || type == FORM_BOOL) {
    used = event->type == EVENT_KEY && choice_key(form, entry, event->key);
  } else {
    g_autofree char *before = g_strdup(line_get(&entry->line));
    used = line_key(&entry->line, event);
    if (type == FORM_REF && strcmp(before, line_get(&entry->line)) != 0)
      g_clear_pointer(&entry->value, g_free);
  }
  if (used && (event->type == EVENT_PASTE || key_is_text(event->key) || event->key == K_BACKSPACE))
    g_clear_pointer(&entry->error, g_free);
  return used;
}

gboolean form_command(Form *form, Verb verb) {
  if (form->entries->len == 0)
    return FALSE;
  switch (verb) {
  case VERB_NEXT:
  case VERB_OPEN:
    move_focus(form, 1);
    return TRUE;
  case VERB_DOWN:
    if (!open_choices(form))
      move_focus(form, 1);
    return TRUE;
  case VERB_PREVIOUS:
  case VERB_UP:
    move_focus(form, -1);
    return TRUE;
  case VERB_PAGE_DOWN:
  case VERB_PAGE_UP:
    page_focus(form, verb == VERB_PAGE_DOWN ? 1 : -1);
    return TRUE;
  case VERB_CHOICES:
    if (!open_choices(form))
      app_say(form->owner->app, "This field has no list: type its value.");
    return TRUE;
  default:
    return FALSE;
  }
}
