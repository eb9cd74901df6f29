/* The kinds, each defined in the file of its name. Internal. */
#pragma once

#include <caseload/catalogue.h>

#include "rules/fields.h"

extern const ClKind cl_kind_job_seeker, cl_kind_placement, cl_kind_claim, cl_kind_organisation, cl_kind_contact, cl_kind_site,
    cl_kind_user, cl_kind_saved_search, cl_kind_run, cl_kind_history, cl_kind_notification, cl_kind_support_contact, cl_kind_wage,
    cl_kind_break, cl_kind_setting, cl_kind_fee, cl_kind_activity, cl_kind_tracker, cl_kind_milestone, cl_kind_address, cl_kind_document;

/* As they are until the programmes' files were read (programme_words.c). */
extern const ClChoice cl_choices_programme[], cl_choices_phase[], cl_choices_placement_type[], cl_choices_claim_type[];
extern const ClChoice cl_choices_os_level[];

/* The kinds as cl_catalogue_kinds() gives them, and the table that the i-th was copied from. What the configuration
 * says of them (words, choices, ages) is put in when it is read, before any thread is started. */
ClKind *const *cl_catalogue_own(void);
const ClKind *cl_catalogue_table(gsize i);
/* A list that was put in lives on, and is given back: whoever looked at it may still do so when another one comes. */
gpointer cl_catalogue_keep(gpointer list);

/* "programmes/des.yaml:14:23" without the folders. */
#define CL_PLACE_NAME "substr(@.place, length(rtrim(@.place, replace(@.place, '/', ''))) + 1)"

/* How often; of schedules and fees. */
extern const ClChoice cl_choices_frequency[], cl_choices_contact_who[], cl_choices_contact_result[], cl_choices_contact_method[],
    cl_choices_sanction[];

/* The types of trackers are data (trackers.yaml): set when the configuration is read, before any thread is started. */
#define CL_TRACKER_TYPES_MAX 40
struct ClTrackerTypes;
void cl_tracker_kind_set_types(const struct ClTrackerTypes *types); /* copies what it keeps */
const ClChoice *cl_tracker_kind_types(void);

/* When the milestones would be reached with such a tracker (effects/milestone.c). */
char *cl_tracker_foretells(ClSession *session, const ClRecord *typed);

/* So are the types of documents (config.yaml). */
#define CL_DOCUMENT_TYPES_MAX 60
void cl_document_kind_set_types(const char *const *ids, const char *const *labels);
extern const ClField cl_param_document_type; /* of the files that an action attaches */

/* How many documents are attached to a record, and whether there is any; `column` is the document's, as text. */
#define CL_DOCUMENTS_OF(column) "FROM document d WHERE d." column " = @.id AND d.archived = 0"
#define CL_FIELD_DOCUMENTS(column) \
  { .id = "documents", .label = "Documents", .type = CL_TYPE_INT, .width = 9, .sql = "(SELECT count(*) " CL_DOCUMENTS_OF(column) ")", \
    .help = "How many documents are attached." }
#define CL_FIELD_EVIDENCE(column) \
  { .id = "evidence", .label = "Evidence", .type = CL_TYPE_BOOL, .width = 8, .sql = "EXISTS (SELECT 1 " CL_DOCUMENTS_OF(column) ")", \
    .help = "Is any document attached? evidence:no finds where it is missing." }
/* An address in one line; `a` is "@." or an alias with its dot. */
#define CL_ADDRESS_WORDS(a) "coalesce(" a "lines || ', ', '') || coalesce(" a "town || ' ', '') || " a "postcode"

/* What a person is called, in the order of her name; letters of East Asia stand without a blank. `a` as above. */
#define CL_PERSON_NAME(a) \
  "CASE WHEN " a "name_order = 'family_first' THEN " a "family_name || CASE WHEN unicode(" a "family_name) > 11903 AND unicode(" a \
  "given_name) > 11903 THEN '' ELSE ' ' END || " a "given_name ELSE " a "given_name || ' ' || " a "family_name END"

/* The fields every record has, put at the head and the tail of each table. */
#define CL_FIELD_ID \
  { .id = "id", .label = "ID", .type = CL_TYPE_INT, .width = 8, .help = "The record's number in this store." }
#define CL_FIELDS_TRAIL \
  { .id = "created_at", .label = "Created", .type = CL_TYPE_TIME }, \
  { .id = "created_by", .label = "Created by", .type = CL_TYPE_REF, .ref = "user" }, \
  { .id = "updated_at", .label = "Changed", .type = CL_TYPE_TIME }, \
  { .id = "updated_by", .label = "Changed by", .type = CL_TYPE_REF, .ref = "user" }

/* Rows that belong to a job seeker are seen by whoever sees the job seeker. */
#define CL_SEEKER_OWN "SELECT id FROM job_seeker WHERE case_manager = :me AND archived = 0"
#define CL_SEEKER_SITE "SELECT id FROM job_seeker WHERE site = :site AND archived = 0"

/* Rows that belong to a placement. */
#define CL_PLACEMENT_OWN "SELECT id FROM placement WHERE job_seeker IN (" CL_SEEKER_OWN ")"
#define CL_PLACEMENT_SITE "SELECT id FROM placement WHERE job_seeker IN (" CL_SEEKER_SITE ")"

/* Outcome Start date on or after, by programme (`programme`: of the placement's person): earlier placements are left out of
 * every list and count. Most placements are later than the latest of these days. */
#define CL_PLACEMENT_SHOWN(a, programme) "(" a "start_date >= :placed_last OR " a "start_date >= cl_day_of(:placed, " programme "))"

/* Claims that still need work; word for word the WHERE of the index claim_open. */
#define CL_CLAIM_OPEN(a) a "state <> 'claimed' AND " a "state <> 'non_payable' AND " a "state <> 'cancelled'"
/* Claims with the central claims unit; word for word the WHERE of the index claim_unit. */
#define CL_CLAIM_UNIT(a) a "state <> 'tracking' AND " CL_CLAIM_OPEN(a)

/* Hours of the wage histories in a claim's period; placements that share the anchor are counted together. */
#define CL_CLAIM_WORKED(a) \
  "(SELECT sum(w.hours) FROM placement p JOIN wage w ON w.placement = p.id AND w.archived = 0 WHERE p.job_seeker = " a "job_seeker " \
  "AND w.pay_from BETWEEN " a "period_start AND " a "period_end AND p.archived = 0 AND (p.id = " a "placement OR (p.anchored = 1 AND " \
  "p.anchor_date = (SELECT q.anchor_date FROM placement q WHERE q.id = " a "placement AND q.anchored = 1))))"
/* Whole weeks of a claim's period before a day, permissible breaks left out. */
#define CL_CLAIM_WEEKS(a, day) \
  "((" day " - " a "period_start - (SELECT coalesce(sum(max(0, min(b.date_to + 1, " day ") - max(b.date_from, " a "period_start))), 0) " \
  "FROM break b WHERE b.placement = " a "placement AND b.archived = 0)) / 7)"
/* Hours that were to be worked in the period up to today. */
#define CL_CLAIM_EXPECTED(a) \
  "(" a "hours_needed * max(0, " CL_CLAIM_WEEKS(a, "min(:today, " a "period_end + 1)") ") / max(1, " \
  CL_CLAIM_WEEKS(a, a "period_end + 1") "))"
