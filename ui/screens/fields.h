/* A form made from the catalogue: which fields, their inputs, their choices, the picker of each reference,
 * what is wrong as one types; and the way back, from the form to the values of a command. Shared by the
 * forms of one record, the questions of an action and the preparation of a run. */
#pragma once

#include "../widgets/form.h"

typedef enum {
  FIELDS_BLANK = 1 << 0,   /* for many records: nothing is needed, an empty field stays as it is */
  FIELDS_COMMENT = 1 << 1, /* ends with the comment, when the action must or may have one */
  FIELDS_CONTEXT = 1 << 2, /* begins with what identifies the record and cannot be changed here */
} FieldsFlags;

typedef struct FieldForm FieldForm;

/* `owner` holds the form; `only` (may be NULL) names the fields to ask, blank-separated. */
FieldForm *field_form_new(View *owner, const ClAction *action, const char *only, guint flags);
void field_form_free(FieldForm *fields);
Form *field_form_get_form(FieldForm *fields);
/* Shows a record's values; what a person typed meanwhile is replaced. */
void field_form_fill(FieldForm *fields, const ClRecord *record);
/* Values of the command that are not asked, char* field id → char* text; borrowed while the form lives. */
void field_form_give(FieldForm *fields, GHashTable *given);
/* Puts a record into a reference, as if it had been there from the start. */
void field_form_set_ref(FieldForm *fields, const char *field_id, ClId id);
/* The values to hand to a command: char* field id → char* text. What a person changed, and unless `changed` also
 * what stands there. The caller unrefs. */
GHashTable *field_form_dup_set(FieldForm *fields, gboolean changed);
/* What a person typed or chose and did not save, the comment ("comment") too: char* field id → char* text. The
 * caller unrefs. */
GHashTable *field_form_dup_typed(FieldForm *fields);
/* Puts such values into the form as if they had been typed there. */
void field_form_take_typed(FieldForm *fields, GHashTable *typed);
/* "Given name Nia, Phone 0491…": what such values are. The caller frees. */
char *field_form_typed_words(FieldForm *fields, GHashTable *typed);
/* The comment, or NULL. Borrowed. */
const char *field_form_get_comment(FieldForm *fields);
/* Writes beside each field that `theirs` holds otherwise than `mine` what it is now. */
void field_form_show_theirs(FieldForm *fields, const ClRecord *mine, const ClRecord *theirs);
/* What is nearly called as the new record would be, for a warning; NULL: nothing. The caller frees. */
char *field_form_alike(FieldForm *fields);
/* "2 fields to correct: Due, Type." The caller frees. */
char *field_form_problem_words(FieldForm *fields, const ClProblems *problems);
/* Enter in the last field: nothing is left but to go. */
gboolean field_form_is_last_enter(FieldForm *fields, const Event *event);
/* For ops->command: F4 in a field that takes several records adds to what is there. */
/* Why a verb does nothing in the focused field, for ops->refusal; NULL when it does something. */
char *field_form_refusal(const FieldForm *fields, Verb verb);
gboolean field_form_command(FieldForm *fields, Verb verb);
/* For ops->may_close: TRUE when nothing was typed; else asks, once, and closes the owner when told to. */
gboolean field_form_may_close(FieldForm *fields);
/* For ops->key: hands the event to the form and sees to the draft. */
gboolean field_form_key(FieldForm *fields, const Event *event);
/* Keeps what is typed from now on as a draft; see drafts.h for the arguments. */
void field_form_keep_draft(FieldForm *fields, ClId record, gint64 version, const char *source);
/* NULL until field_form_keep_draft(). Borrowed. */
struct DraftKeeper *field_form_get_keeper(FieldForm *fields);
/* For ops->news. */
void field_form_news(FieldForm *fields, guint bits);
/* What was typed has been saved. */
void field_form_saved(FieldForm *fields);
