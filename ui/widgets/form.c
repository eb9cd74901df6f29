/* Fields, their values and keys; drawing is in form_draw.c. */
#include "form_private.h"

#include "../app.h"
#include "../pointer.h"
#include "../term.h"

#include <caseload/clock.h>
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
  g_free(entry->chosen);
  g_free(entry->label);
  g_free(entry->names);
  g_clear_pointer(&entry->undo, g_ptr_array_unref);
  g_clear_pointer(&entry->redo, g_ptr_array_unref);
}

gboolean form_is_chosen(const FormField *field) {
  return field->type == FORM_CHOICE || field->type == FORM_REF || field->type == FORM_BOOL;
}

gboolean form_can_focus(const Entry *entry) {
  return entry->field.type != FORM_FIXED && !entry->hidden;
}

static void focus_first(Form *form) {
  for (form->focus = 0; form->focus + 1 < form->entries->len; form->focus++)
    if (form_can_focus(entry_at(form, form->focus)))
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
  g_free(form->choices);
  g_free(form->noted);
  g_free(form->note_text);
  g_free(form);
}

/* ---- what is asked ------------------------------------------------------------------ */

void form_set_adapt(Form *form, FormAdapt adapt, gpointer data) {
  form->adapt = adapt;
  form->adapt_data = data;
}

void form_set_note(Form *form, FormNote note, gpointer data) {
  form->note = note;
  form->note_data = data;
}

const char *form_note(Form *form) {
  if (!form->note)
    return NULL;
  g_autoptr(GString) all = g_string_new(NULL);
  for (gsize i = 0; i < form->entries->len; i++)
    g_string_append_printf(all, "%s\n", form_entry_text(entry_at(form, i)));
  if (g_strcmp0(all->str, form->noted) != 0) {
    g_free(form->noted);
    g_free(form->note_text);
    form->noted = g_strdup(all->str);
    form->note_text = form->note(form, form->note_data);
  }
  return form->note_text;
}

void form_ask(Form *form, const char *id, gboolean asked, gboolean required) {
  Entry *entry = entry_of(form, id);
  if (!entry)
    return;
  entry->hidden = !asked;
  entry->field.required = required;
}

void form_offer(Form *form, const char *id, const FormChoice *choices, const char *help) {
  Entry *entry = entry_of(form, id);
  if (!entry)
    return;
  entry->field.choices = choices;
  entry->field.help = help;
}

void form_know(Form *form, const char *id, const FormChoice *choices, gboolean several) {
  Entry *entry = entry_of(form, id);
  if (!entry || entry->field.type != FORM_TEXT)
    return;
  entry->field.choices = choices;
  entry->field.several = several;
}

void form_make_day(Form *form, const char *id) {
  Entry *entry = entry_of(form, id);
  if (!entry || entry->field.type != FORM_TEXT)
    return;
  entry->field.type = FORM_DATE;
  entry->field.remark = NULL;
}

void form_call(Form *form, const char *id, const char *label) {
  Entry *entry = entry_of(form, id);
  if (entry)
    entry->field.label = label;
}

gboolean form_is_asked(const Form *form, const char *id) {
  const Entry *entry = entry_of(form, id);
  return entry && !entry->hidden;
}

void form_adapt(Form *form) {
  if (!form->adapt)
    return;
  g_autoptr(GString) choices = g_string_new(NULL);
  for (gsize i = 0; i < form->entries->len; i++)
    if (form_is_chosen(&entry_at(form, i)->field) || entry_at(form, i)->field.type == FORM_FIXED)
      g_string_append_printf(choices, "%s\n", form_entry_text(entry_at(form, i)));
  if (g_strcmp0(choices->str, form->choices) == 0)
    return;
  g_free(form->choices);
  form->choices = g_strdup(choices->str);
  form->adapt(form, form->adapt_data);
}

const char *form_choice_label(const FormField *field, const char *id) {
  for (const FormChoice *choice = field->choices; id && choice && choice->id; choice++)
    if (strcmp(choice->id, id) == 0)
      return choice->label;
  return id ? id : "";
}

const char *form_entry_text(const Entry *entry) {
  if (entry->emptied)
    return "";
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
  entry->emptied = FALSE;
  line_set(&entry->line, label ? label : "");
  if (entry->field.type != FORM_REF || !entry->value)
    return;
  g_free(entry->chosen);
  g_free(entry->label);
  entry->chosen = g_strdup(entry->value);
  entry->label = g_strdup(label ? label : "");
}

static void chosen_free(gpointer data) {
  Chosen *chosen = data;
  g_free(chosen->value);
  g_free(chosen->text);
  g_free(chosen);
}

/* The present value goes to what can be put back. */
static void push_chosen(const Entry *entry, GPtrArray **onto) {
  if (!*onto)
    *onto = g_ptr_array_new_with_free_func(chosen_free);
  Chosen *chosen = g_new0(Chosen, 1);
  chosen->value = g_strdup(entry->value);
  chosen->text = g_strdup(line_get(&entry->line));
  g_ptr_array_add(*onto, chosen);
}

void form_choose_value(Entry *entry, const char *id, const char *label) {
  push_chosen(entry, &entry->undo);
  g_clear_pointer(&entry->redo, g_ptr_array_unref);
  set_value(entry, id, label);
}

static gboolean step_chosen(Entry *entry, GPtrArray **from, GPtrArray **onto) {
  if (!*from || (*from)->len == 0)
    return FALSE;
  push_chosen(entry, onto);
  Chosen *chosen = g_ptr_array_steal_index(*from, (*from)->len - 1);
  set_value(entry, chosen->value, chosen->text);
  chosen_free(chosen);
  return TRUE;
}

typedef void (*SetValue)(Entry *entry, const char *id, const char *label);

/* By set_value() or form_choose_value(), as the type wants it; FALSE for what is only typed. */
static gboolean put_chosen(Entry *entry, const char *text, const char *label, SetValue set) {
  if (!form_is_chosen(&entry->field))
    return FALSE;
  if (entry->field.type == FORM_REF && !label)
    set(entry, NULL, text);
  else
    set(entry, text, label ? label : form_choice_label(&entry->field, text));
  return TRUE;
}

void form_put(Form *form, const char *id, const char *text, const char *label) {
  Entry *entry = entry_of(form, id);
  if (!entry || !form_can_focus(entry))
    return;
  if (!put_chosen(entry, text, label, form_choose_value))
    line_replace(&entry->line, 0, strlen(line_get(&entry->line)), text);
  entry->emptied = form->blank && !*text;
  form_entry_changed(form, entry);
}

/* What the terminal shows only spelt otherwise must not be written back in that spelling. */
static gboolean is_unshowable(const Entry *entry) {
  return !term_is_utf8() && !form_is_chosen(&entry->field) && !g_str_is_ascii(line_get(&entry->line));
}

void form_set(Form *form, const char *id, const char *text, const char *label) {
  Entry *entry = entry_of(form, id);
  if (!entry)
    return;
  if (!put_chosen(entry, text, label, set_value))
    line_set(&entry->line, text);
  entry->emptied = FALSE;
  entry->line.read_only = is_unshowable(entry);
  g_clear_pointer(&entry->undo, g_ptr_array_unref);
  g_clear_pointer(&entry->redo, g_ptr_array_unref);
  g_free(entry->original);
  entry->original = g_strdup(form_entry_text(entry));
}

gboolean form_is_changed(const Form *form, const char *id) {
  for (gsize i = 0; i < form->entries->len; i++) {
    const Entry *entry = entry_at(form, i);
    if ((!id || strcmp(entry->field.id, id) == 0) &&
        (entry->emptied || strcmp(form_entry_text(entry), entry->original) != 0))
      return TRUE;
  }
  return FALSE;
}

void form_turn_secret(Form *form, const char *id) {
  Entry *entry = entry_of(form, id);
  if (entry && entry->field.type == FORM_SECRET)
    entry->line.revealed = !entry->line.revealed;
}

void form_set_blank(Form *form) {
  form->blank = TRUE;
}

gboolean form_is_emptied(const Form *form, const char *id) {
  const Entry *entry = entry_of(form, id);
  return entry && entry->emptied;
}

/* ---- focus ------------------------------------------------------------------------ */

void form_leave(Form *form) {
  Entry *entry = form->focus < form->entries->len ? entry_at(form, form->focus) : NULL;
  if (!entry || !entry->field.left || entry->value || entry->emptied || !*line_get(&entry->line))
    return;
  g_autofree char *typed = g_strdup(line_get(&entry->line));
  entry->field.left(form->owner->app, typed, entry->field.left_data);
}

void form_focus(Form *form, const char *id) {
  for (gsize i = 0; i < form->entries->len; i++)
    if (strcmp(entry_at(form, i)->field.id, id) == 0)
      form->focus = i;
}

const char *form_get_focus(const Form *form) {
  return form->focus < form->entries->len ? entry_at(form, form->focus)->field.id : NULL;
}

static gsize count_asked(const Form *form, gsize before) {
  gsize n = 0;
  for (gsize i = 0; i < before; i++)
    n += !entry_at(form, i)->hidden;
  return n;
}

gsize form_count(const Form *form) {
  return count_asked(form, form->entries->len);
}

gsize form_position(const Form *form) {
  return count_asked(form, form->focus);
}

/* The next field that can be typed in, around the end. */
static void move_focus(Form *form, int step) {
  gssize n = (gssize)form->entries->len, at = (gssize)form->focus;
  form_leave(form);
  form_adapt(form);
  g_string_truncate(form->typed, 0);
  for (gssize tried = 0; tried < n; tried++) {
    at = (at + step + n) % n;
    if (form_can_focus(entry_at(form, (gsize)at))) {
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
        if (g_strcmp0(entry->value, choice->id) != 0)
          form_choose_value(entry, choice->id, choice->label);
        return;
      }
    }
    g_string_truncate(form->typed, 0);
  }
}

/* Ctrl-Z and Ctrl-Y of a chosen value. */
static gboolean undo_key(Entry *entry, Key key) {
  if (key == K_CTRL('z'))
    return step_chosen(entry, &entry->undo, &entry->redo);
  return key == K_CTRL('y') && step_chosen(entry, &entry->redo, &entry->undo);
}

static gboolean choice_key(Form *form, Entry *entry, Key key) {
  if (key == K_BACKSPACE || key == K_DELETE) {
    g_string_truncate(form->typed, 0);
    if (entry->value)
      form_choose_value(entry, NULL, "");
    return TRUE;
  }
  if (undo_key(entry, key))
    return TRUE;
  if (!key_is_text(key))
    return FALSE;
  if (entry->field.type == FORM_CHOICE && !(key == ' ' && form->typed->len == 0)) {
    type_ahead(form, entry, key);
  } else if (entry->field.type == FORM_BOOL) {
    gboolean yes = entry->value && strcmp(entry->value, "yes") == 0;
    if (key == 'y' || key == 'Y' || (key == ' ' && !yes))
      form_choose_value(entry, "yes", "Yes");
    else if (key == 'n' || key == 'N' || key == ' ')
      form_choose_value(entry, "no", "No");
  }
  return TRUE;
}

/* A reference holds its record as long as the words for it stand there unchanged. */
static gboolean ref_key(Entry *entry, const Event *event) {
  g_autofree char *before = g_strdup(line_get(&entry->line));
  gboolean undo = event->type == EVENT_KEY && event->key == K_CTRL('z');
  if (undo && entry->line.undo->len == 0 && undo_key(entry, event->key))
    return TRUE;
  if (event->type == EVENT_KEY && event->key == K_CTRL('y') && entry->line.redo->len == 0 &&
      undo_key(entry, event->key))
    return TRUE;
  gboolean used = line_key(&entry->line, event);
  if (strcmp(before, line_get(&entry->line)) == 0)
    return used;
  g_clear_pointer(&entry->value, g_free);
  if (entry->label && *entry->label && strcmp(entry->label, line_get(&entry->line)) == 0)
    entry->value = g_strdup(entry->chosen);
  return used;
}

/* Keys that tell a field to make its records empty are not for the line. */
static gboolean is_empty_key(const Form *form, const Entry *entry, const Event *event) {
  return form->blank && event->type == EVENT_KEY && event->key == K_DELETE && !entry->emptied &&
         !*form_entry_text(entry);
}

static gboolean is_motion(Key key) {
  return key == K_LEFT || key == K_RIGHT || key == K_HOME || key == K_END;
}

/* What was typed or pasted and not taken is not lost without a word. */
static gboolean type_into(const Form *form, Entry *entry, const Event *event) {
  gsize before = entry->line.text->len;
  gboolean typing = event->type == EVENT_PASTE ? *event->text : key_is_text(event->key);
  gboolean used = line_key(&entry->line, event);
  if (!used || !typing || entry->line.text->len != before)
    return used;
  if (entry->line.read_only)
    app_say(form->owner->app, "This cannot be changed here: %s.", FORM_UNSHOWABLE);
  else if (entry->line.max > 0)
    app_say(form->owner->app, "%s takes at most %d letters; what was %s was not added.", entry->field.label,
            entry->line.max, event->type == EVENT_PASTE ? "pasted" : "typed");
  return used;
}

gboolean form_key(Form *form, const Event *event) {
  if (form->focus >= form->entries->len)
    return event->type == EVENT_PASTE || key_is_text(event->key);
  Entry *entry = entry_at(form, form->focus);
  FormFieldType type = entry->field.type;
  gboolean used = FALSE, emptied = entry->emptied;
  g_autofree char *before = g_strdup(form_entry_text(entry));
  if (is_empty_key(form, entry, event))
    return FALSE;
  if (event->type == EVENT_KEY && event->key == K_TAB && form_names_files(&entry->field))
    return form_complete_files(form, entry);
  if (type == FORM_FIXED)
    return event->type == EVENT_KEY && key_is_text(event->key);
  if (type == FORM_CHOICE || type == FORM_BOOL) {
    used = event->type == EVENT_KEY && choice_key(form, entry, event->key);
  } else {
    used = type == FORM_REF ? ref_key(entry, event) : type_into(form, entry, event);
  }
  if (used && (event->type == EVENT_PASTE || !is_motion(event->key)))
    entry->emptied = FALSE;
  if (entry->emptied != emptied || strcmp(before, form_entry_text(entry)) != 0)
    form_entry_changed(form, entry);
  form_adapt(form);
  return used;
}

gboolean form_command(Form *form, Verb verb) {
  gsize clicked = 0;
  if (form->entries->len == 0)
    return FALSE;
  switch (verb) {
  case VERB_NEXT:
  case VERB_OPEN:
    move_focus(form, 1);
    return TRUE;
  case VERB_CLICK:
    if (!pointer_is_on(form, &clicked))
      return FALSE;
    if (form_can_focus(entry_at(form, clicked))) {
      form_leave(form);
      form->focus = clicked;
    }
    return TRUE;
  case VERB_UNDO:
  case VERB_REDO:
    return form_key(form, &(Event){.type = EVENT_KEY, .key = verb == VERB_UNDO ? K_CTRL('z') : K_CTRL('y')}) || TRUE;
  case VERB_DOWN:
    if (!form_open_choices(form))
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
  case VERB_EMPTY:
    form_put(form, entry_at(form, form->focus)->field.id, "", NULL);
    return TRUE;
  case VERB_CHOICES:
    form_open_choices(form);
    return TRUE;
  default:
    return FALSE;
  }
}
