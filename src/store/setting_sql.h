/* The rows of settings and fees, brought to what the programmes' files say. The files are no person's change, so
 * there is no history of it. Within a transaction of the caller. Internal. */
#pragma once

#include "db.h"

typedef struct {
  const char *programme, *name, *section, *label, *help, *choices, *value, *place; /* place may be NULL */
  int position;
} ClSettingRow;

typedef struct {
  const char *programme, *claim, *phase, *level, *place; /* phase and level may be NULL */
  gint64 from, amount;
} ClFeeRow;

/* What the files said when the rows were last brought to it. The caller frees; NULL = never. */
char *cl_setting_sql_said(ClStore *store);
/* To be called before and after the rows. `begin` forgets where each row stood, `end` puts away those that the files
 * do not have any more and notes what they said. */
gboolean cl_setting_sql_begin(ClStore *store, GError **error);
gboolean cl_setting_sql_put(ClStore *store, const ClSettingRow *row, gint64 now, GError **error);
gboolean cl_setting_sql_put_fee(ClStore *store, const ClFeeRow *row, gint64 now, GError **error);
gboolean cl_setting_sql_end(ClStore *store, const char *said, GError **error);
