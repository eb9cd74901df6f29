/* A programme from inside. Internal. */
#pragma once

#include <caseload/catalogue.h>
#include <caseload/programme.h>

#include "config/tree.h"
#include "rules/outcome.h"
#include "rules/support.h"

typedef struct {
  char *id, *label; /* of an Ongoing Support level: id and how often */
} ClPair;

/* An amount that holds for participants whose programme began on `from` or later. */
typedef struct {
  ClDate from;
  gint64 amount; /* minor units */
} ClThreshold;

/* A milestone that jobs ("earnings") or self-employment ("self_employment") count towards. */
typedef struct {
  char *name, *kind;
  GArray *thresholds; /* ClThreshold, by `from`; empty for self-employment */
} ClMilestoneRule;

struct ClProgramme {
  char *id, *name, *person, *people, *currency;
  gboolean placement_creation;
  ClDate outcome_start;
  int length_days;  /* 0: a programme's end is not known beforehand */
  int outcome_days; /* after the end, that an outcome still counts */
  char **needs; /* fields that its people cannot be without */
  GPtrArray *phases; /* ClPair* */
  GPtrArray *claims; /* ClPair*: type and label of each of `periods` */
  GPtrArray *types;  /* ClPlacementType* */
  GArray *periods;   /* ClPeriodRule */
  GPtrArray *fees;   /* ClFee* */
  GHashTable *places; /* name of a setting → "des.yaml:71:14", where the file says it */
  GPtrArray *levels; /* ClPair*: level, frequency */
  GPtrArray *milestones; /* ClMilestoneRule* */
  char *frequency;
  ClSupportRules support;
};

extern const char *const cl_frequencies[]; /* ends with NULL */

ClProgramme *cl_programme_new(void);
void cl_programme_free(ClProgramme *programme);
void cl_fee_free(ClFee *fee);
ClProgramme *cl_programme_copy(const ClProgramme *programme);
/* Reads one file's tree; mistakes are added. Always returns a programme. */
ClProgramme *cl_programme_read(const ClTree *root, ClMistakes *mistakes);
/* Reads all of them: those built in, unless `folder` (NULL = none) has a file for them, then the others of `folder`. */
GPtrArray *cl_programmes_read(const char *folder, GPtrArray *mistakes);
/* Only those that `words` (may be NULL: all) names, in that order; a word that is none is a mistake. */
void cl_programmes_choose(GPtrArray **programmes, const ClTree *words, ClMistakes *mistakes);
/* What they call things, into the catalogue: choices, and the word for the people helped where all agree. To be called
 * before any thread is started. */
void cl_programmes_put_words(const GPtrArray *programmes);
/* The phases or types that the programme has, ClChoice in its words. To be unreffed. */
GArray *cl_programme_list_choices(const ClProgramme *programme, ClSaid said);
/* A label within a sentence: "Participant" is "participant", "ESS ID" stays. The caller frees. */
char *cl_word_inside(const char *word);
/* Writes a setting into the programme; FALSE for an unknown name or a value that does not fit. */
gboolean cl_programme_set(ClProgramme *programme, const char *name, const char *value);
/* The amount for somebody whose programme began on `start`: the newest from then or before, else the oldest; 0
 * where the milestone has none. */
gint64 cl_milestone_rule_threshold(const ClMilestoneRule *rule, ClDate start);
/* Does the programme have a milestone of this kind? */
gboolean cl_programme_has_milestone(const ClProgramme *programme, const char *kind);
/* "968.00" to 96800; FALSE when it is no amount of money. */
gboolean cl_programme_parse_money(const char *text, gint64 *amount);

/* What a session keeps of the programmes as they hold in its store. */
typedef struct {
  gint64 stamp;       /* of the settings they were made from */
  GPtrArray *current; /* ClProgramme*; NULL = not made yet */
} ClProgrammes;
/* Brings the rows of settings and fees in the store to what the files say now; what was changed here stays. Does nothing
 * when they say it already, or the store cannot be written now. */
void cl_programmes_keep(ClSession *session);
void cl_programmes_clear(ClProgrammes *programmes);
ClProgrammes *cl_session_get_programmes(ClSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClProgramme, cl_programme_free)
