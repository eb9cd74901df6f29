/* Documents: files that prove something, kept with the person, the organisation or the record that they are about.
 * What they hold lies in the store, once per content (store/contents.c); the types come from config.yaml. */
#include "kinds.h"

#include <caseload/record.h>

static ClChoice types[CL_DOCUMENT_TYPES_MAX + 1];

void cl_document_kind_set_types(const char *const *ids, const char *const *labels) {
  gsize n = 0;
  for (; ids[n] && n < CL_DOCUMENT_TYPES_MAX; n++)
    types[n] = (ClChoice){ .id = g_intern_string(ids[n]), .label = g_intern_string(labels[n]) };
  types[n] = (ClChoice){ NULL };
}

const ClField cl_param_document_type = { .id = "document_type", .label = "Document type", .type = CL_TYPE_CHOICE, .choices = types,
                                         .help = "Of the files; empty: DMA paperwork for monitoring, else Other." };

static const ClChoice owners[] = {
  { "job_seeker", "Job seeker" }, { "tracker", "Tracker" }, { "claim", "Claim" }, { "placement", "Placement" },
  { "activity", "Activity" }, { "organisation", "Organisation" }, { NULL }
};

/* Of several records that a document belongs to, the one closest to the work. */
#define OWNER_KIND \
  "CASE WHEN @.tracker IS NOT NULL THEN 'tracker' WHEN @.claim IS NOT NULL THEN 'claim' WHEN @.activity IS NOT NULL THEN 'activity' " \
  "WHEN @.placement IS NOT NULL THEN 'placement' WHEN @.job_seeker IS NOT NULL THEN 'job_seeker' ELSE 'organisation' END"

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "title", .label = "Title", .type = CL_TYPE_TEXT, .max = 200, .width = 28,
    .flags = CL_FIELD_OWN | CL_FIELD_LIST | CL_FIELD_SEARCH, .help = "What people call it; empty: as the file." },
  { .id = "type", .label = "Document type", .type = CL_TYPE_CHOICE, .choices = types, .width = 18,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST },
  { .id = "job_seeker", .label = "Participant", .type = CL_TYPE_REF, .ref = "job_seeker", .width = 22,
    .flags = CL_FIELD_CREATE | CL_FIELD_LIST, .help = "Whose document it is; follows from the record that it belongs to." },
  { .id = "file_name", .label = "File", .type = CL_TYPE_TEXT, .width = 20, .flags = CL_FIELD_SEARCH },
  { .id = "size", .label = "Size", .type = CL_TYPE_INT, .width = 10, .flags = CL_FIELD_LIST, .help = "In bytes." },
  { .id = "tracker", .label = "Tracker", .type = CL_TYPE_REF, .ref = "tracker", .width = 20, .flags = CL_FIELD_OWN },
  { .id = "claim", .label = "Claim", .type = CL_TYPE_REF, .ref = "claim", .width = 20, .flags = CL_FIELD_OWN },
  { .id = "placement", .label = "Placement", .type = CL_TYPE_REF, .ref = "placement", .width = 20, .flags = CL_FIELD_OWN },
  { .id = "activity", .label = "Activity", .type = CL_TYPE_REF, .ref = "activity", .width = 20, .flags = CL_FIELD_OWN },
  { .id = "organisation", .label = "Organisation", .type = CL_TYPE_REF, .ref = "organisation", .width = 20, .flags = CL_FIELD_OWN },
  { .id = "owner_kind", .label = "Belongs to", .type = CL_TYPE_CHOICE, .choices = owners, .width = 12, .sql = OWNER_KIND,
    .flags = CL_FIELD_LIST, .help = "What kind of record it is attached to." },
  { .id = "owner_id", .label = "Belongs to ID", .type = CL_TYPE_INT, .width = 8,
    .sql = "coalesce(@.tracker, @.claim, @.activity, @.placement, @.job_seeker, @.organisation)" },
  { .id = "added_at", .label = "Added", .type = CL_TYPE_TIME, .sql = "@.created_at", .flags = CL_FIELD_LIST },
  { .id = "added_by", .label = "Added by", .type = CL_TYPE_REF, .ref = "user", .width = 18, .sql = "@.created_by" },
  { .id = "sha256", .label = "SHA-256", .type = CL_TYPE_TEXT, .width = 16,
    .help = "Of the content: the same content is kept once, and checked against this whenever it is read." },
  { .id = "description", .label = "Description", .type = CL_TYPE_TEXT, .max = 2000, .flags = CL_FIELD_OWN | CL_FIELD_LINES | CL_FIELD_SEARCH },
  CL_FIELDS_TRAIL,
  { NULL }
};

static void check(const ClRecord *record, ClProblems *problems) {
  if (!cl_record_value(record, "job_seeker")->tag && !cl_record_value(record, "organisation")->tag)
    cl_problems_add(problems, "job_seeker", "Whose is it? Name a participant, a record of theirs, or an organisation.");
}

/* Of people and records that one sees; those of organisations only, everybody. */
#define SEEN(seekers) \
  "(@.job_seeker IN (" seekers ") OR @.job_seeker IS NULL OR @.tracker IN (SELECT id FROM tracker WHERE assignee = :me) " \
  "OR @.activity IN (SELECT id FROM activity WHERE owner = :me))"

const ClKind cl_kind_document = {
  .code = 26, .id = "document", .plural = "documents", .label = "Document", .noun = "document", .label_plural = "Documents",
  .help = "Files attached to people, their records and organisations.", .fields = fields, .name_sql = "@.title",
  .default_sort = "-created_at", .own_sql = SEEN(CL_SEEKER_OWN), .site_sql = SEEN(CL_SEEKER_SITE), .archives = TRUE,
  .quick_sql = "@.job_seeker", .quick_kind = "job_seeker", .find_columns = "type file_name job_seeker", .check = check,
  .checked = "job_seeker organisation",
};
