/* Programmes: what differs by contract, read from data/programmes/ (built in), or from the folder
 * "programmes" beside config.yaml. What an administrator sets in the store (kind "setting") wins over the
 * file. */
#pragma once

#include "config.h"
#include "types.h"

typedef struct {
  char *id, *label;
  char **needs; /* fields of a placement */
  gboolean outcome_tracker, support_tracker, needs_support;
} ClPlacementType;

typedef struct {
  char *claim;         /* claim type */
  char *phase, *level; /* for people in this phase, of this Ongoing Support level; NULL: of any */
  ClDate from;
  gint64 amount; /* minor units */
  char *place;   /* "des.yaml:98:5"; NULL when it was added here */
} ClFee;

typedef struct ClProgramme ClProgramme;

/* The programmes of a configuration as the files give them: ClProgramme*, borrowed. */
const GPtrArray *cl_config_get_programmes(const ClConfig *config);
/* By id; NULL when there is none. */
const ClProgramme *cl_config_get_programme(const ClConfig *config, const char *id);
/* As it holds in the session's store now, settings included. NULL when there is none of that id. Borrowed
 * until the settings change. */
const ClProgramme *cl_session_get_programme(ClSession *session, const char *id);
/* The programme of a job seeker; never NULL (the first, where theirs is not known). */
const ClProgramme *cl_session_get_programme_of(ClSession *session, ClId job_seeker);

/* "des", as kept with each job seeker. */
const char *cl_programme_get_id(const ClProgramme *programme);
/* "DES", as people know it. */
const char *cl_programme_get_name(const ClProgramme *programme);
/* "Job seeker", "Participant", "Client"; and of several. */
const char *cl_programme_get_person(const ClProgramme *programme, gboolean several);
/* Is this a field that its people cannot be without? */
gboolean cl_programme_needs(const ClProgramme *programme, const char *field);
/* Does it tell phases? */
gboolean cl_programme_has_phases(const ClProgramme *programme);
/* The programme, as its file says it, of the person that a record (with a field "job_seeker") is about; NULL where that is
 * not known. */
const ClProgramme *cl_programme_of_person(ClSession *session, const ClRecord *record);
/* NULL for a type that the programme does not know. */
const ClPlacementType *cl_programme_get_placement_type(const ClProgramme *programme, const char *id);
/* What a claim of that type is worth on a day for somebody in that phase, of that level (NULL = none), minor units; 0
 * when the fee table has none. */
gint64 cl_programme_get_fee(const ClProgramme *programme, const char *claim, const char *phase, const char *level, ClDate day);
/* "monthly"; NULL: people of this level have no Ongoing Support fees. */
const char *cl_programme_get_os_frequency(const ClProgramme *programme, const char *level);
/* How often people are called unless chosen otherwise: "fortnightly". */
const char *cl_programme_get_support_frequency(const ClProgramme *programme);
/* Placements that start before this day are left out of lists. */
ClDate cl_programme_get_outcome_start(const ClProgramme *programme);
/* The day a person's programme ends that began on `start` (Restart: 365 days on); CL_DATE_NONE where the
 * programme file gives no length. */
ClDate cl_programme_get_end(const ClProgramme *programme, ClDate start);
/* The last day on which an outcome still counts, for a person whose programme ends on `end`. */
ClDate cl_programme_get_outcome_end(const ClProgramme *programme, ClDate end);
/* May placements be created? */
gboolean cl_programme_allows_placements(const ClProgramme *programme);

/* A setting that can be changed in the program: its name ("support.frequency"), the heading it stands under, label,
 * what it means, and what it may hold. */
typedef enum { CL_SET_BOOL, CL_SET_DATE, CL_SET_WHOLE, CL_SET_CHOICE } ClSetType;
typedef struct {
  char *name, *section, *label, *help;
  ClSetType type;
  const char *const *choices; /* CHOICE; NULL-terminated */
} ClProgrammeSetting;
/* All settings of a programme, in order; ClProgrammeSetting*, to be unreffed. */
GPtrArray *cl_programme_list_settings(const ClProgramme *programme);
/* What a setting of that name is and, of a CHOICE, may be; FALSE for an unknown name. */
gboolean cl_programme_setting_find(const ClProgramme *programme, const char *name, ClSetType *type, const char *const **choices);
/* The values of settings that do not speak for themselves, and what they mean; ends with id NULL. */
extern const ClChoice cl_programme_meanings[];
/* What a value of a setting means in a few words ("Contact day"); the value itself where there is nothing to say. */
const char *cl_programme_value_words(const char *value);
/* The value as it is kept ("weekly", "yes", "2024-07-01") of what a person wrote: other letters, its words, a day in her own
 * order. A copy of the text where it is none. The caller frees. */
char *cl_programme_setting_clean(const ClProgramme *programme, const char *name, const char *text, ClDateOrder order);
/* The value as text ("fortnightly", "yes", "2000-01-01"); NULL for an unknown name. The caller frees. */
char *cl_programme_get_setting(const ClProgramme *programme, const char *name);
/* Where the file says it, "des.yaml:71:14"; NULL where it does not and the default holds. Borrowed. */
const char *cl_programme_get_place(const ClProgramme *programme, const char *name);
/* Why a value does not fit, a sentence to free; or NULL. */
char *cl_programme_setting_problem(const ClProgramme *programme, const char *name, const char *value);
