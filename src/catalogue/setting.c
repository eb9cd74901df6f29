/* Settings that were given another value here than in the programme's file. */
#include "kinds.h"

/* How many records the setting is about. */
#define PLACEMENTS(condition) "(SELECT count(*) FROM placement p JOIN job_seeker j ON j.id = p.job_seeker WHERE p.archived = 0 " \
                              "AND j.programme = @.programme" condition ")"
#define FEES "(SELECT count(*) FROM claim c JOIN job_seeker j ON j.id = c.job_seeker WHERE c.archived = 0 AND j.programme = @.programme " \
             "AND c.state = 'tracking' AND @.name LIKE 'fees.' || c.type || '.%')"
#define LEVEL "(SELECT count(*) FROM job_seeker j WHERE j.archived = 0 AND j.programme = @.programme AND j.phase = 'os' " \
              "AND @.name = 'ongoing_support.' || j.os_level)"

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "programme", .label = "Programme", .type = CL_TYPE_TEXT, .max = 20, .width = 10,
    .flags = CL_FIELD_CREATE | CL_FIELD_REQUIRED | CL_FIELD_LIST },
  { .id = "name", .label = "Setting", .type = CL_TYPE_TEXT, .max = 100, .width = 44,
    .flags = CL_FIELD_CREATE | CL_FIELD_REQUIRED | CL_FIELD_LIST | CL_FIELD_SEARCH, .help = "Such as support.frequency." },
  { .id = "value", .label = "Value", .type = CL_TYPE_TEXT, .max = 40, .width = 14,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST, .help = "Wins over the programme's file until it is put back." },
  { .id = "affects", .label = "Affects", .type = CL_TYPE_INT, .width = 8, .flags = CL_FIELD_LIST,
    .sql = "CASE WHEN @.name LIKE 'support.%' THEN " PLACEMENTS(" AND p.support_due IS NOT NULL")
           " WHEN @.name LIKE 'placement\\_types.%' ESCAPE '\\' THEN "
           PLACEMENTS(" AND @.name LIKE 'placement\\_types.' || replace(p.type, '_', '\\_') || '.%' ESCAPE '\\'")
           " WHEN @.name LIKE 'fees.%' THEN " FEES " WHEN @.name LIKE 'ongoing\\_support.%' ESCAPE '\\' THEN " LEVEL
           " ELSE " PLACEMENTS("") " END",
    .help = "How many records it is about." },
  CL_FIELDS_TRAIL,
  { NULL }
};

const ClKind cl_kind_setting = {
  .code = 11, .id = "setting", .plural = "settings", .label = "Setting", .noun = "setting", .label_plural = "Settings",
  .help = "What was set otherwise here than in the programmes' files.", .fields = fields, .name_sql = "@.programme || ': ' || @.name",
  .default_sort = "programme,name", .archives = TRUE,
};
