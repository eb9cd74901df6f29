/* The rows of settings and fees in a store follow the programmes' files: looked at when somebody signs in, and written
 * only when the files say something else than the last time. */
#include "programme.h"

#include <caseload/clock.h>
#include <caseload/session.h>

#include "store/setting_sql.h"

/* What a setting may be, in words. */
static char *choices_of(const ClProgrammeSetting *setting) {
  switch (setting->type) {
  case CL_SET_BOOL:
    return g_strdup("yes, no");
  case CL_SET_DATE:
    return g_strdup("a day such as 2024-07-01");
  case CL_SET_WHOLE:
    return g_strdup("a whole number");
  default:
    return g_strjoinv(", ", (char **)setting->choices);
  }
}

typedef struct {
  ClStore *store; /* NULL: only `said` */
  GChecksum *said;
  int position;
  gint64 now;
} Keeping;

static void say(Keeping *keeping, const char *text) {
  g_checksum_update(keeping->said, (const guchar *)(text ? text : ""), -1);
  g_checksum_update(keeping->said, (const guchar *)"\n", 1);
}

static gboolean keep_setting(Keeping *keeping, const ClProgramme *programme, const ClProgrammeSetting *setting, GError **error) {
  g_autofree char *value = cl_programme_get_setting(programme, setting->name), *choices = choices_of(setting);
  const ClSettingRow row = { .programme = programme->id, .name = setting->name, .section = setting->section, .label = setting->label,
                             .help = setting->help, .choices = choices, .value = value, .place = cl_programme_get_place(programme, setting->name),
                             .position = keeping->position++ };
  const char *const texts[] = { row.programme, row.name, row.section, row.label, row.help, row.choices, row.value, row.place };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
    say(keeping, texts[i]);
  return !keeping->store || cl_setting_sql_put(keeping->store, &row, keeping->now, error);
}

static gboolean keep_fee(Keeping *keeping, const ClProgramme *programme, const ClFee *fee, GError **error) {
  const ClFeeRow row = { .programme = programme->id, .claim = fee->claim, .phase = fee->phase, .level = fee->level, .place = fee->place,
                         .from = fee->from, .amount = fee->amount };
  g_autofree char *numbers = g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, row.from, row.amount);
  const char *const texts[] = { row.programme, row.claim, row.phase, row.level, row.place, numbers };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
    say(keeping, texts[i]);
  return !keeping->store || cl_setting_sql_put_fee(keeping->store, &row, keeping->now, error);
}

static gboolean keep_all(Keeping *keeping, const GPtrArray *programmes, GError **error) {
  for (guint i = 0; i < programmes->len; i++) {
    const ClProgramme *programme = programmes->pdata[i];
    g_autoptr(GPtrArray) settings = cl_programme_list_settings(programme);
    for (guint k = 0; k < settings->len; k++)
      if (!keep_setting(keeping, programme, settings->pdata[k], error))
        return FALSE;
    for (guint k = 0; k < programme->fees->len; k++)
      if (!keep_fee(keeping, programme, programme->fees->pdata[k], error))
        return FALSE;
  }
  return TRUE;
}

static gboolean write_all(ClStore *store, const GPtrArray *programmes, const char *said) {
  Keeping keeping = { .store = store, .said = g_checksum_new(G_CHECKSUM_SHA256), .now = cl_clock_now() };
  gboolean good = cl_setting_sql_begin(store, NULL) && keep_all(&keeping, programmes, NULL) && cl_setting_sql_end(store, said, NULL);
  g_checksum_free(keeping.said);
  return good;
}

void cl_programmes_keep(ClSession *session) {
  ClStore *store = cl_session_get_store(session);
  const GPtrArray *programmes = cl_config_get_programmes(cl_session_get_config(session));
  Keeping keeping = { .said = g_checksum_new(G_CHECKSUM_SHA256) };
  if (cl_store_is_read_only(store) || cl_tx_is_open(store)) {
    g_checksum_free(keeping.said);
    return;
  }
  keep_all(&keeping, programmes, NULL);
  g_autofree char *now = g_strdup(g_checksum_get_string(keeping.said)), *before = cl_setting_sql_said(store);
  g_checksum_free(keeping.said);
  if (g_strcmp0(now, before) == 0 || !cl_tx_begin(store, 0, NULL))
    return;
  if (!write_all(store, programmes, now) || !cl_tx_commit(store, NULL))
    cl_tx_rollback(store);
}
