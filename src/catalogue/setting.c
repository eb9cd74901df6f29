/* Settings of programmes: one row for each, with its value, where it comes from and how many records it is about. The
 * rows follow the programmes' files (programme_keep.c); a value set here wins over the file's until it is put back. */
#include "kinds.h"

#include <caseload/programme.h>
#include <caseload/record.h>
#include <caseload/session.h>

/* How many records the setting is about. */
#define PLACEMENTS(condition) "(SELECT count(*) FROM placement p JOIN job_seeker j ON j.id = p.job_seeker WHERE p.archived = 0 " \
                              "AND j.programme = @.programme AND " CL_PLACEMENT_SHOWN("p.", "j.programme") condition ")"
#define LEVEL "(SELECT count(*) FROM job_seeker j WHERE j.archived = 0 AND j.programme = @.programme AND j.phase = 'os' " \
              "AND @.name = 'ongoing_support.' || j.os_level)"
/* Does the value fit what `choices` says? One that somebody damaged does not count. */
#define USABLE "(CASE WHEN @.choices = 'a whole number' THEN @.value BETWEEN '1' AND '999' AND CAST(@.value AS INTEGER) BETWEEN 1 AND 365 " \
               "WHEN @.choices LIKE 'a day%' THEN date(@.value) IS @.value " \
               "ELSE instr(', ' || @.choices || ', ', ', ' || @.value || ', ') > 0 END)"
/* What stands behind the first dot of the name; its end, where another dot follows. */
#define PART "substr(@.name, instr(@.name, '.') + 1)"
#define IS(part) "@.name LIKE '" part "%' ESCAPE '\\'"

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "programme", .label = "Programme", .type = CL_TYPE_CHOICE, .choices = cl_choices_programme, .width = 7, .flags = CL_FIELD_LIST | CL_FIELD_GROUP },
  { .id = "section", .label = "Section", .type = CL_TYPE_TEXT, .width = 15,
    .flags = CL_FIELD_LIST | CL_FIELD_SEARCH | CL_FIELD_GROUP },
  { .id = "label", .label = "Setting", .type = CL_TYPE_TEXT, .width = 26, .flags = CL_FIELD_LIST | CL_FIELD_SEARCH },
  { .id = "value", .label = "Value", .type = CL_TYPE_TEXT, .max = 40, .width = 14, .choices = cl_programme_meanings,
    .flags = CL_FIELD_EDIT | CL_FIELD_REQUIRED | CL_FIELD_LIST | CL_FIELD_SEARCH, .help = "Wins over the programme's file until it is put back." },
  { .id = "comes_from", .label = "Comes from", .type = CL_TYPE_TEXT, .width = 14, .flags = CL_FIELD_LIST,
    .sql = "CASE WHEN @.changed AND NOT " USABLE " THEN 'cannot be used: the file holds' WHEN @.changed THEN 'changed here' ELSE coalesce(" CL_PLACE_NAME ", 'the default') END",
    .help = "The place in the programme's file (file:line:column), or here." },
  { .id = "affects", .label = "Affects", .type = CL_TYPE_INT, .width = 9, .flags = CL_FIELD_LIST | CL_FIELD_LATE, .opens = "records",
    .sql = "CASE WHEN " IS("support.") " THEN " PLACEMENTS(" AND p.support_due IS NOT NULL")
           " WHEN " IS("placement\\_types.") " THEN "
           PLACEMENTS(" AND @.name LIKE 'placement\\_types.' || replace(p.type, '_', '\\_') || '.%' ESCAPE '\\'")
           " WHEN " IS("ongoing\\_support.") " THEN " LEVEL " ELSE " PLACEMENTS("") " END",
    .help = "How many records it is about; counted in the background. o opens them." },
  { .id = "counted", .label = "Counted are", .type = CL_TYPE_TEXT, .width = 26,
    .sql = "CASE WHEN " IS("support.") " THEN 'placements with a support schedule' WHEN " IS("placement\\_types.")
           " THEN 'placements of the type' WHEN " IS("ongoing\\_support.") " THEN 'people in Ongoing Support of the level' "
           "WHEN @.name = 'outcome_start_on_or_after' THEN 'placements from that day on' ELSE 'placements of the programme' END" },
  { .id = "records", .label = "Those records", .type = CL_TYPE_TEXT, .width = 30,
    .sql = "CASE WHEN " IS("support.") " THEN 'placements job_seeker.programme=' || @.programme || ' support_due:any' WHEN "
           IS("placement\\_types.") " THEN 'placements job_seeker.programme=' || @.programme || ' type=' || substr(" PART ", 1, instr(" PART
           ", '.') - 1) WHEN " IS("ongoing\\_support.") " THEN 'job-seekers programme=' || @.programme || ' phase=os os_level=' || " PART
           " ELSE 'placements job_seeker.programme=' || @.programme END",
    .help = "Kind and filter of the records that it is about." },
  { .id = "changed_by", .label = "Set by", .type = CL_TYPE_REF, .ref = "user", .width = 18,
    .sql = "CASE WHEN @.changed THEN @.updated_by END" },
  { .id = "changed_at", .label = "Set at", .type = CL_TYPE_TIME, .sql = "CASE WHEN @.changed THEN @.updated_at END" },
  { .id = "standard", .label = "In the file", .type = CL_TYPE_TEXT, .width = 14, .choices = cl_programme_meanings },
  { .id = "place", .label = "Stands at", .type = CL_TYPE_TEXT, .width = 20, .help = "File:line:column; empty where the file does not say it." },
  { .id = "choices", .label = "May be", .type = CL_TYPE_TEXT, .width = 30, .choices = cl_programme_meanings },
  { .id = "name", .label = "Name", .type = CL_TYPE_TEXT, .width = 44, .flags = CL_FIELD_SEARCH, .help = "As the programme's file calls it." },
  { .id = "changed", .label = "Changed here", .type = CL_TYPE_BOOL, .width = 7 },
  { .id = "position", .label = "Place in order", .type = CL_TYPE_INT, .width = 5 },
  { .id = "help", .label = "What it means", .type = CL_TYPE_TEXT, .flags = CL_FIELD_LINES },
  CL_FIELDS_TRAIL,
  { NULL }
};

/* What the programme's file may say. */
static ClChoice *offers(ClSession *session, const ClRecord *record, const ClField *field, ClOffer *how) {
  static const char *const answers[] = { "yes", "no", NULL };
  const char *id = record ? cl_record_value(record, "programme")->s : NULL, *name = record ? cl_record_value(record, "name")->s : NULL;
  const ClProgramme *programme = id ? cl_config_get_programme(cl_session_get_config(session), id) : NULL;
  const char *const *values = NULL;
  ClSetType type;
  if (!g_str_equal(field->id, "value") || !programme || !name || !cl_programme_setting_find(programme, name, &type, &values) ||
      type == CL_SET_WHOLE)
    return NULL;
  *how = type == CL_SET_DATE ? CL_OFFER_DAY : CL_OFFER_ONE;
  if (type == CL_SET_BOOL)
    values = answers;
  guint n = values ? g_strv_length((char **)values) : 0;
  ClChoice *choices = g_new0(ClChoice, n + 1);
  for (guint i = 0; i < n; i++)
    choices[i] = (ClChoice){ .id = values[i], .label = cl_programme_value_words(values[i]) };
  return choices;
}

const ClKind cl_kind_setting = {
  .code = 11, .id = "setting", .plural = "settings", .label = "Setting", .noun = "setting", .nouns = "settings", .label_plural = "Administration",
  .help = "Support settings, placement creation, tracked types: by programme.", .fields = fields,
  .name_sql = "cl_label('setting', 'programme', @.programme, NULL) || ': ' || @.label", .default_sort = "programme,position", .archives = TRUE,
  .find_columns = "value section", .reserved = TRUE,
  .context = "programme label choices standard", .offers = offers,
};
