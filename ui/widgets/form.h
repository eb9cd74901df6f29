/* A form: labelled fields below each other, needed ones marked "*", errors in words beside or
 * under the field, scrolling when taller than its area. Knows fields and keys, not kinds.
 *
 * Keys (scope "form" of bindings.c): Tab Shift-Tab Enter Up Down fields, F4 choices, F2 or Ctrl-S is the
 * owner's (VERB_SAVE), Space toggles a yes/no; typing letters in a choice finds it. */
#pragma once

#include "../view.h"
#include "line.h"
#include "picker.h"

typedef enum {
  FORM_TEXT,
  FORM_LINES,
  FORM_CHOICE, /* `choices`; text is the choice's id */
  FORM_REF,    /* `source`; text is what the person typed or the chosen record's id (form_get) */
  FORM_DATE,   /* text as typed; the weekday or what is wrong is shown behind; F4 is a calendar */
  FORM_BOOL,   /* "yes", "no" or "" */
  FORM_SECRET,
  FORM_FILES,  /* names of files with blanks between them; Tab completes, F4 shows the folder */
  FORM_TARGET, /* the name of one file or folder to write to, in the same way */
  FORM_FIXED, /* shown, not edited */
} FormFieldType;

typedef struct {
  const char *id, *label;
} FormChoice;

typedef struct {
  const char *id;
  const char *label;
  const char *help; /* shown below while the field has the focus; may be NULL */
  FormFieldType type;
  gboolean required;
  gboolean keep;             /* it cannot be made empty in many records either */
  int width;                 /* columns of the input, 0 = by type */
  int max;                   /* characters, 0 = any */
  /* FORM_CHOICE, and FORM_TEXT where what it may hold is known (its text is the choice's id, or typed): ends with id NULL;
   * borrowed for the form's life. */
  const FormChoice *choices;
  gboolean several; /* FORM_TEXT with choices: takes several ids, with commas between them */
  /* FORM_REF: makes the source of the picker that F4 opens; the picker frees it. FORM_TEXT: texts that can be taken
   * over; NULL = none. */
  PickerSource *(*source)(App *app, gpointer data);
  gpointer source_data;
  /* FORM_TEXT with a source: what a chosen item does. */
  void (*take)(App *app, const char *id, gpointer data);
  /* FORM_REF: "New organisation…", the last line of that picker, and what it does: opens the form of a new record
   * with what was searched for, and calls form_put() once it is there. NULL: none. */
  const char *create_label;
  const char *create_refusal; /* why not: the line is dimmed; NULL = it can be chosen */
  void (*create)(App *app, const char *typed, gpointer data);
  /* FORM_REF: something was typed and nothing chosen, and the cursor leaves the field: may find the record that was
   * meant, and form_put() it. NULL: the text stays as it is. */
  void (*left)(App *app, const char *typed, gpointer data);
  gpointer left_data;
  /* A remark shown behind the field for the text typed ("Monday", "40 of 80"), or an error: *wrong set.
   * NULL for none. The caller frees. May be NULL; dates have one of their own. */
  char *(*remark)(App *app, const char *text, gboolean *wrong, gpointer data);
  gpointer remark_data;
} FormField;

typedef struct Form Form;

/* Which fields are asked may follow from what was chosen in others. Called with the form whenever a choice is
 * another than before; says so field by field with form_ask(). */
typedef void (*FormAdapt)(Form *form, gpointer data);
void form_set_adapt(Form *form, FormAdapt adapt, gpointer data);
/* A line below the fields about what stands in them, made anew when that has changed; NULL for none. */
typedef char *(*FormNote)(Form *form, gpointer data);
void form_set_note(Form *form, FormNote note, gpointer data);
/* A field that is not asked is out of sight; what was typed there stays, and form_is_asked() tells. */
void form_ask(Form *form, const char *id, gboolean asked, gboolean required);
/* What it is called from now on; borrowed. */
void form_call(Form *form, const char *id, const char *label);
gboolean form_is_asked(const Form *form, const char *id);

/* Offers these choices from now on (borrowed, like the help); what is chosen already stays. */
void form_offer(Form *form, const char *id, const FormChoice *choices, const char *help);

/* What a text field may hold is known from now on (borrowed): F4 offers it, or ticks several; what is typed counts too. */
void form_know(Form *form, const char *id, const FormChoice *choices, gboolean several);
/* A text field is a day from now on: F4 is a calendar. */
void form_make_day(Form *form, const char *id);

/* A form for many records: an empty field means nothing, and a field can be told to make them empty. */
void form_set_blank(Form *form);
gboolean form_is_emptied(const Form *form, const char *id);

/* Copies the field descriptions (not the strings they point to). `owner` is the view that holds the form. */
Form *form_new(View *owner, const FormField *fields, gsize n_fields);
void form_free(Form *form);
/* The text of a field: for choices the id, for references the id if one was chosen or the text
 * typed, for dates and text what was typed. Borrowed. "" for empty. */
const char *form_get(const Form *form, const char *id);
/* Sets a field; for references `label` is shown instead of the id (else NULL). Does not count as typing. */
void form_set(Form *form, const char *id, const char *text, const char *label);
/* The same as if a person had typed or chosen it. */
void form_put(Form *form, const char *id, const char *text, const char *label);
/* TRUE when a person changed this field (or, id NULL, any) since form_set(). */
gboolean form_is_changed(const Form *form, const char *id);
/* Shows what is typed into a secret field, or hides it again. */
void form_turn_secret(Form *form, const char *id);
/* Errors in words; a NULL id stands above the form. */
void form_set_error(Form *form, const char *id, const char *text);
void form_clear_errors(Form *form);
/* "2 fields to correct: Due, Type." while errors stand beside fields; else NULL. The caller frees. */
char *form_error_words(const Form *form);
/* What the save key is called: "Save (2 to mend)" counts what is wrong and what is needed and empty; NULL when nothing
 * is. `word`: "Save". The caller frees. */
char *form_save_label(const Form *form, const char *word);
/* Why the verb does nothing in the focused field; NULL when it does something. The caller frees. */
char *form_refusal(const Form *form, Verb verb);
/* How many needed fields are empty. */
int form_needed(const Form *form);
/* Takes all of `problems`, puts the cursor on the first wrong field; returns how many there are. */
int form_take_problems(Form *form, const ClProblems *problems);
/* Fields were changed since then: the errors beside others may hold no longer. */
gboolean form_is_outdated(const Form *form);
/* What is wrong now: errors that stand and hold no longer go; new ones wait until it is tried again. */
void form_renew_errors(Form *form, const ClProblems *problems);
void form_focus(Form *form, const char *id);
/* As if the cursor left its field: before what was typed is read. */
void form_leave(Form *form);
/* The focused field's id. */
const char *form_get_focus(const Form *form);
/* Of the fields that are asked: how many, and the focused one's place among them, from 0. */
gsize form_count(const Form *form);
gsize form_position(const Form *form);
/* To be called from the owner's ops->key and ops->command. */
gboolean form_key(Form *form, const Event *event);
gboolean form_command(Form *form, Verb verb);
void form_draw(Form *form, Area area, gboolean focus);
/* Rows that the form would like to have in `columns`. */
int form_rows(const Form *form, int columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Form, form_free)
