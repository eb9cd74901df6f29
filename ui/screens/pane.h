/* Records of one kind in a part of a screen: the tabs of a record, the runs. Ids stream in the background,
 * rows are read for what is in sight, the cursor stays on its record. */
#pragma once

#include "../view.h"

typedef struct RecordPane RecordPane;

/* `filter`, `sort`: as typed, may be NULL; `without`: a field left out of the columns; `columns`: chosen
 * ones, blank-separated, NULL = the kind's own. */
RecordPane *record_pane_new(App *app, const ClKind *kind, const char *filter, const char *sort,
                            const char *without, const char *columns);
void record_pane_free(RecordPane *pane);
void record_pane_set_filter(RecordPane *pane, const char *filter);
/* For ops->news. */
void record_pane_news(RecordPane *pane, guint bits);
/* Moving; TRUE when it was that. */
gboolean record_pane_command(RecordPane *pane, Verb verb);
/* `resting`: another part of the screen has the cursor. `empty`: what to say when there is no row. */
void record_pane_draw(RecordPane *pane, Area area, gboolean focus, gboolean resting, const char *empty);
const ClKind *record_pane_get_kind(const RecordPane *pane);
/* The record under the cursor, 0 = none. */
ClId record_pane_get_id(const RecordPane *pane);
gsize record_pane_get_row(const RecordPane *pane);
gsize record_pane_count(const RecordPane *pane);
/* TRUE while rows are still coming / until the first have come. */
gboolean record_pane_is_counting(const RecordPane *pane);
gboolean record_pane_is_busy(const RecordPane *pane);
/* Moves the cursor and gives the record there; 0 at the ends. */
ClId record_pane_step(RecordPane *pane, int step);
/* Puts the cursor on a record as soon as it is there. */
void record_pane_seek(RecordPane *pane, ClId id);
/* Replaces the text of a cell: the caller frees what it gives; NULL = as read. */
typedef char *(*RecordPaneCell)(gpointer data, const ClRow *row, const ClColumn *column);
void record_pane_set_cell(RecordPane *pane, RecordPaneCell cell, gpointer data);
/* Forgets what was read of the rows, so that they are read again. */
void record_pane_refresh(RecordPane *pane);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RecordPane, record_pane_free)
