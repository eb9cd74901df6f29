/* The fee table: what claims are worth, by type, phase, level and the day from which it holds. The programmes' files
 * bring rows, others are added here; claims there are keep the amount they were made with. */
#include "kinds.h"

/* The day from which a newer row holds; NULL when there is none. */
#define UNTIL "(SELECT min(f.from_date) FROM fee f WHERE f.archived = 0 AND f.programme = @.programme AND f.claim = @.claim AND " \
              "f.phase IS @.phase AND f.level IS @.level AND f.from_date > @.from_date)"
#define DAY(date) "date(" date " * 86400, 'unixepoch')"

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "programme", .label = "Programme", .type = CL_TYPE_CHOICE, .choices = cl_choices_programme, .width = 9,
    .flags = CL_FIELD_CREATE | CL_FIELD_REQUIRED | CL_FIELD_LIST | CL_FIELD_GROUP, .fallback = "first" },
  { .id = "claim", .label = "Claim", .type = CL_TYPE_CHOICE, .choices = cl_choices_claim_type, .width = 20,
    .said = CL_SAID_CLAIM_TYPES, .programme_sql = "@.programme",
    .flags = CL_FIELD_CREATE | CL_FIELD_REQUIRED | CL_FIELD_LIST, .help = "The type of claim, with its period." },
  { .id = "phase", .label = "Phase", .type = CL_TYPE_CHOICE, .choices = cl_choices_phase, .width = 14,
    .said = CL_SAID_PHASES, .programme_sql = "@.programme", .flags = CL_FIELD_CREATE | CL_FIELD_LIST,
    .help = "Only for people in this phase; empty for all." },
  { .id = "level", .label = "OS level", .type = CL_TYPE_CHOICE, .choices = cl_choices_os_level, .width = 9,
    .flags = CL_FIELD_CREATE | CL_FIELD_LIST, .help = "Only for people of this Ongoing Support level; empty for all." },
  { .id = "from_date", .label = "From", .type = CL_TYPE_DATE, .flags = CL_FIELD_CREATE | CL_FIELD_REQUIRED | CL_FIELD_LIST,
    .help = "Claims due on this day or later are worth it, until a newer row begins." },
  { .id = "amount", .label = "Amount", .type = CL_TYPE_MONEY, .min = 0, .max = 10000000000, .width = 11,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST, .help = "Of claims made from now on; those there are keep theirs." },
  { .id = "comes_from", .label = "Comes from", .type = CL_TYPE_TEXT, .width = 18, .flags = CL_FIELD_LIST,
    .sql = "CASE WHEN NOT @.changed THEN " CL_PLACE_NAME " WHEN @.standard IS NULL THEN 'added here' ELSE 'changed here' END",
    .help = "The place in the programme's file (file:line:column), or here." },
  { .id = "affects", .label = "Affects", .type = CL_TYPE_INT, .width = 9, .flags = CL_FIELD_LIST | CL_FIELD_LATE, .opens = "records",
    .sql = "(SELECT count(*) FROM claim c JOIN job_seeker j ON j.id = c.job_seeker WHERE c.archived = 0 AND c.state = 'tracking' AND "
           "c.type = @.claim AND j.programme = @.programme AND c.due >= @.from_date AND c.due < coalesce(" UNTIL ", 9e9) AND (@.phase IS NULL OR j.phase = @.phase) AND "
           "(@.level IS NULL OR j.os_level = @.level))",
    .help = "How many claims in Tracking are of this type and due while it holds; counted in the background. o opens them." },
  { .id = "records", .label = "Those records", .type = CL_TYPE_TEXT, .width = 30,
    .sql = "'claims state=tracking type=' || @.claim || ' job_seeker.programme=' || @.programme || ' due>=' || " DAY("@.from_date")
           " || coalesce(' due<' || " DAY(UNTIL) ", '') || coalesce(' job_seeker.phase=' || @.phase, '') || "
           "coalesce(' job_seeker.os_level=' || @.level, '')",
    .help = "Kind and filter of the claims that it is about." },
  { .id = "changed_by", .label = "Set by", .type = CL_TYPE_REF, .ref = "user", .width = 18,
    .sql = "CASE WHEN @.changed THEN @.updated_by END" },
  { .id = "changed_at", .label = "Set at", .type = CL_TYPE_TIME, .sql = "CASE WHEN @.changed THEN @.updated_at END" },
  { .id = "standard", .label = "In the file", .type = CL_TYPE_MONEY, .width = 11 },
  { .id = "place", .label = "Stands at", .type = CL_TYPE_TEXT, .width = 20 },
  { .id = "changed", .label = "Changed here", .type = CL_TYPE_BOOL, .width = 7, .fallback = "yes" },
  CL_FIELDS_TRAIL,
  { NULL }
};

const ClKind cl_kind_fee = {
  .code = 25, .id = "fee", .plural = "fees", .label = "Fee", .noun = "fee", .label_plural = "Fee table", .nouns = "fees",
  .help = "What claims are worth, from which day.", .fields = fields,
  .name_sql = "cl_label('fee', 'claim', @.claim, @.programme) || ', ' || cl_label('fee', 'programme', @.programme, NULL) || ' from ' || date(@.from_date * 86400, 'unixepoch')",
  .default_sort = "programme,claim,from_date", .archives = TRUE, .reserved = TRUE,
};
