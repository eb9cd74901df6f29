/* What follows from a change: in the same record before the rules are asked ("prepare"), and in other
 * records after it was written ("follow"), in the same transaction, run, history and undo. One table for
 * each kind (src/effects/). Works the same for one record, for a bulk run and for an import. Internal. */
#pragma once

#include "gate.h"
#include "plan.h"

typedef struct {
  const char *kind;   /* kind id; NULL ends the table */
  const char *action; /* of this action only; NULL: of whatever writes the fields */
  const char *param;  /* only where this parameter, no field of the record, was given; NULL: always */
  const char *fields; /* blank-separated: when one of them changes; NULL: always */
  /* SQL over "@.": only of records for which it holds, whatever is written. The others of a bulk run are
   * still written all at once. NULL: all. */
  const char *where;
  /* `before` is the record as it is (or as a new one begins). `plan` is NULL in an import. */
  void (*prepare)(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems);
  /* Why an undo may not put the record back like that, asked where one of `fields` would change; NULL when it may.
   * The caller frees. */
  char *(*restore)(ClSession *session, const ClRecord *now, const ClRecord *then);
  /* What the command leaves open, a question in words that the action's parameter `answer` (a choice) answers; NULL when
   * nothing is open. Asked of one record, once nothing is wrong with it. *otherwise is the choice that counts when nobody
   * answers. The caller frees. */
  char *(*ask)(ClSession *session, const ClPlan *plan, const ClRecord *before, const ClRecord *after, const char **otherwise);
  const char *answer;
  /* `before` is NULL for a new record. Writes by cl_effects_create() and cl_effects_update(). */
  gboolean (*follow)(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error);
  /* What leaves the building, in words (cl_command_leaves). */
  char *(*leaves)(ClSession *session, const ClPlan *plan, const ClRecord *record, GError **error);
} ClEffect;

extern const ClEffect cl_effects_claim[], cl_effects_job_seeker[], cl_effects_placement[], cl_effects_anchor[], cl_effects_setting[], cl_effects_user[], cl_effects_fee[], cl_effects_wage[], cl_effects_activity[],
    cl_effects_tracker[], cl_effects_milestone[], cl_effects_document[], cl_effects_document_out[], cl_effects_notice[], cl_effects_letter[];

void cl_effects_prepare(ClSession *session, const ClKind *kind, const ClPlan *plan, const ClRecord *before, ClRecord *after,
                        ClProblems *problems);
/* Do undos of this kind have to be asked for record by record? */
gboolean cl_effects_restrain(const ClKind *kind);
/* Why an undo may not turn `now` into `then`, or NULL. The caller frees. */
char *cl_effects_restore_problem(ClSession *session, const ClRecord *now, const ClRecord *then);
/* To be called once a record was written. `action` NULL in an import. */
gboolean cl_effects_follow(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error);
/* What would follow in other records, in words ("4 claims made"), or NULL: found by doing it and giving it
 * up. The caller frees. */
char *cl_effects_foresee(ClSession *session, const ClPlan *plan, const ClRecord *before, const ClRecord *after);
/* The same, what would be written into each of them, a line each ("13 weeks: Due 05/05/2024 → 18/06/2024"), at most
 * `most`. char*, to be unreffed. */
GPtrArray *cl_effects_foresee_lines(ClSession *session, const ClPlan *plan, const ClRecord *before, const ClRecord *after, guint most);
/* The first question that is open: its words, in *answer the parameter, in *otherwise the choice that counts without an
 * answer. NULL for none. The caller frees. */
char *cl_effects_question(ClSession *session, const ClPlan *plan, const ClRecord *before, const ClRecord *after, const char **answer,
                          const char **otherwise);
/* Does something follow from the action itself? Then writing nothing new does not mean that nothing happens. */
gboolean cl_effects_has_action(const ClPlan *plan);
/* Must each record that the plan changes be looked at by itself? Appends to `where` the condition (over
 * "@.") for those that must, when it is not all of them. */
typedef enum { CL_EFFECTS_NONE, CL_EFFECTS_SOME, CL_EFFECTS_ALL } ClEffectsReach;
ClEffectsReach cl_effects_reach(const ClPlan *plan, GString *where);

/* What the action would take out, in words. The caller frees. */
char *cl_effects_leaves(ClSession *session, const ClPlan *plan, const ClRecord *record, GError **error);

/* For `follow`: writes another record in the name of the one that caused it, and what follows from that. */
gboolean cl_effects_create(ClGate *gate, ClRecord *record, GError **error);
gboolean cl_effects_update(ClGate *gate, const ClRecord *before, const ClRecord *after, GError **error);
/* Living records of a kind that the session may see; `condition` is SQL with ?1. Transfer full. */
GPtrArray *cl_effects_load(ClSession *session, const char *kind, const char *condition, gint64 value, GError **error);
/* A notice to somebody; not to the one who acts. */
gboolean cl_effects_notify(ClGate *gate, ClId recipient, const char *type, const char *text, const ClRecord *about, GError **error);

/* References within a field that has changed (the contact of another organisation) are emptied, unless they changed too. */
void cl_effects_clear_within(const ClRecord *before, ClRecord *after);

/* Values of a record, by field id. */
gint64 cl_effects_int(const ClRecord *record, const char *field, gint64 fallback);
const char *cl_effects_text(const ClRecord *record, const char *field); /* NULL when empty */
gboolean cl_effects_is(const ClRecord *record, const char *field, const char *text);
ClDate cl_effects_date(const ClRecord *record, const char *field);
void cl_effects_set_date(ClRecord *record, const char *field, ClDate date); /* CL_DATE_NONE empties */
/* Did the field change? A new record changed everything that is not empty. */
gboolean cl_effects_changed(const ClRecord *before, const ClRecord *after, const char *field);
