/* One record with all its fields, and its history. */
#pragma once

#include "catalogue.h"
#include "session.h"

struct ClRecord {
  const ClKind *kind;
  ClId id;         /* 0 for a record not yet created */
  gint64 version;
  ClValue *values; /* one per field of the kind, in table order */
};

/* Reads a record that the session may see; CL_ERROR_NOT_FOUND otherwise. */
ClRecord *cl_record_load(ClSession *session, const ClKind *kind, ClId id, GError **error);
/* An unsaved record with the fields' fallbacks. */
ClRecord *cl_record_new(ClSession *session, const ClKind *kind);
/* The caller frees. */
ClRecord *cl_record_copy(const ClRecord *record);
/* NULL is fine. */
void cl_record_free(ClRecord *record);
/* The value of a field, to be read or set; NULL when the kind has no such field. Borrowed. */
ClValue *cl_record_value(const ClRecord *record, const char *field_id);
/* What such a record asks of a field: by its flags, or by what stands in other fields. */
ClAsk cl_record_asks(ClSession *session, const ClRecord *record, const ClField *field);
/* What such a record calls a field: its label, or another word. Borrowed. */
const char *cl_record_label(ClSession *session, const ClRecord *record, const ClField *field);
/* What such a record calls a choice where its programme gives the choices: NULL when the programme lacks it. Else, and
 * where the programme is not known, the choice's label. Borrowed. */
const char *cl_record_choice_label(ClSession *session, const ClRecord *record, const ClField *field, const ClChoice *choice);
/* "Restart has no phases.", "IES has no placement type “Vacancy”; it has …": why a choice cannot be, or NULL. The caller
 * frees. */
char *cl_record_choice_problem(ClSession *session, const ClRecord *record, const ClField *field, const char *choice);
/* Gives values whose words the programmes make those of the record's programme. */
void cl_record_put_words(ClSession *session, ClRecord *record);
/* What the record is called ("Zoë Müller", "13 weeks, Zoë Müller"). The caller frees. */
char *cl_record_dup_name(ClSession *session, const ClKind *kind, ClId id);
/* The records that one (a notice) is about, the first of them first, whether the session may see them or not: none for
 * a kind that is about no others. The caller frees. */
ClIds *cl_record_about(ClSession *session, const ClRecord *record);
/* Finds the record that a reference's text means: an id, a KEY field's value (ESS ID, sign-in name), or a
 * unique name among those visible. 0 with a sentence (CL_ERROR_INVALID) when none or several fit. */
ClId cl_record_find_ref(ClSession *session, const ClKind *kind, const char *text, GError **error);

/* One line of history, newest first. */
typedef struct {
  ClId id, run;
  gint64 at;
  char *who, *role, *action; /* full name, role id, action id */
  const ClKind *kind;        /* of the record that was changed; NULL for one this program does not know */
  ClId record;
  char *record_name;         /* of a timeline; else NULL */
  const ClField *field;      /* NULL: the record was created, archived or brought back */
  char *field_id;
  ClValue before, after;     /* references carry the name */
  char *began;               /* of a creation: with which values, where the kind says which count; else NULL */
  char *reason;
  gboolean undone;
} ClChange;
/* The last `limit` changes of a record (0 = all). GPtrArray of ClChange*. */
GPtrArray *cl_history_load(ClSession *session, const ClKind *kind, ClId id, gsize limit, GError **error);
/* What happened to a record and to those that refer to it (the kind's relations) as far as the session sees
 * them, newest first: at most `limit` changes older than the change `before` (0 = the newest), however many records
 * refer to it. GPtrArray of ClChange*. */
GPtrArray *cl_timeline_load(ClSession *session, const ClKind *kind, ClId id, ClId before, gsize limit, GError **error);
/* Why this one change cannot be taken back by itself, or NULL: what made it more than a field's new value, what
 * followed from it, who changed the field since, rights. The caller frees. */
char *cl_change_undo_refusal(ClSession *session, ClId change);
/* Would it take back all that its run did, because other records followed from it? */
gboolean cl_change_undo_is_wide(ClSession *session, ClId change);
/* "Address is 1 First Street again.": what taking it back does to the field; NULL for no change of a field. The caller
 * frees. */
char *cl_change_dup_put_back(ClSession *session, ClId change);
/* Gives the field the value that it had before this change, through the gate, as a run of its own that can be
 * undone. The run's number, 0 on failure. */
ClId cl_change_undo(ClSession *session, ClId change, GError **error);
/* What a run changed, what it was about first, then what followed from that: at most `limit` changes of records that the
 * session may see, with their names. GPtrArray of ClChange*. */
GPtrArray *cl_run_changes(ClSession *session, ClId run, gsize limit, GError **error);
/* "State: Non Payable → Tracking", "put away": what taking the change back does. The caller frees. */
char *cl_change_dup_undo_words(const ClChange *change, const ClLocale *locale);
/* "State: Tracking → Non Payable". The caller frees. */
char *cl_change_dup_words(const ClChange *change, const ClLocale *locale);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClRecord, cl_record_free)
