/* The Form struct, for form*.c only. */
#pragma once

#include "form.h"

#define FORM_TEXT_ROWS 3 /* of a FORM_LINES field */

/* Why a text with other letters than ASCII cannot be changed in a terminal that has no others. */
#define FORM_UNSHOWABLE "it has letters that this terminal cannot show"

typedef struct {
  FormField field;
  Line line;
  char *value; /* chosen id of a choice, reference or yes/no; NULL = none */
  char *error;
  char *original; /* form_get() right after form_set() */
  char *chosen, *label;   /* of a reference: the id chosen last and the words for it */
  GPtrArray *undo, *redo; /* of Chosen*; NULL = none yet */
  gboolean emptied;       /* make it empty in all records */
  gboolean hidden;        /* not asked, as things stand */
  char *names;            /* of files: what the last one could become */
} Entry;

/* What a chosen field held before. */
typedef struct {
  char *value, *text;
} Chosen;

struct Form {
  View *owner;
  GArray *entries; /* of Entry */
  gsize focus;
  int top;        /* first row in sight */
  char *error;    /* about the whole */
  GString *typed; /* letters typed ahead in a choice */
  gsize picking;  /* the entry whose picker is open */
  gboolean blank; /* for many records */
  FormAdapt adapt;
  gpointer adapt_data;
  gboolean tried, outdated; /* errors of a try stand; something was changed since, so that they may hold no longer */
  FormNote note;
  gpointer note_data;
  char *noted, *note_text; /* for what stood in the fields then, and the note itself */
  char *choices; /* what was chosen when it was adapted last */
};

/* TRUE when the value is chosen (an id), not only typed. */
gboolean form_is_chosen(const FormField *field);
/* Gives a chosen field another value, as a step that can be taken back. */
void form_choose_value(Entry *entry, const char *id, const char *label);
/* form_choices.c: what F4 opens; FALSE when the field has nothing to choose from. */
gboolean form_open_choices(Form *form);

/* The label of a choice's id, "" for none. */
const char *form_choice_label(const FormField *field, const char *id);
/* Asks what is asked if a choice has changed since. */
void form_adapt(Form *form);
/* The note about what stands in the fields now; NULL for none. Borrowed. */
const char *form_note(Form *form);
/* What form_get() gives for an entry. */
const char *form_entry_text(const Entry *entry);
/* It takes keys, as things stand. */
gboolean form_can_focus(const Entry *entry);
/* A person has changed what stands there: what was wrong with it is gone. */
void form_entry_changed(Form *form, Entry *entry);
/* form_files.c: is it a field of files, does Tab complete it (or show what it could become), and the list of a folder. */
gboolean form_names_files(const FormField *field);
gboolean form_complete_files(Form *form, Entry *entry);
void form_choose_files(Form *form);
