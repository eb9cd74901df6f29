/* Drafts on the screen: what is typed into a form is kept while it is typed, offered when the form is opened
 * again, and listed. */
#pragma once

#include "fields.h"

#include <caseload/draft.h>

/* Keeps the draft of one form. */
typedef struct DraftKeeper DraftKeeper;

DraftKeeper *draft_keeper_new(App *app, FieldForm *fields, const ClAction *action);
/* Leaves what is kept in the store as it is. */
void draft_keeper_free(DraftKeeper *keeper);
/* What the form is about from now on: a record at a version (0 and 0: a new one), or CL_DRAFT_MANY and where
 * they came from. */
void draft_keeper_begin(DraftKeeper *keeper, ClId record, gint64 version, const char *source);
/* The version that the typed values belong to: of a draft taken up, else that of draft_keeper_begin(). */
gint64 draft_keeper_get_version(const DraftKeeper *keeper);
/* After a key was used, and from ops->news: keeps what was typed after a pause, every few seconds while the
 * person goes on typing, and at once when the screen is locked or the program ends. */
void draft_keeper_typed(DraftKeeper *keeper);
void draft_keeper_news(DraftKeeper *keeper, guint bits);
/* Keeps it now; FALSE with a message when it cannot be kept. */
gboolean draft_keeper_save(DraftKeeper *keeper);
/* Saved, or thrown away: there is no draft any more. */
void draft_keeper_drop(DraftKeeper *keeper);
/* TRUE when the store holds all that was typed. */
gboolean draft_keeper_is_kept(const DraftKeeper *keeper);
/* Asks, when there are drafts of this form, whether to go on with one. Whoever just types on has answered. */
void draft_keeper_offer(DraftKeeper *keeper);
/* Goes on with this one, if it is one of this form. */
void draft_keeper_take(DraftKeeper *keeper, ClId draft);

/* All drafts of the person, to open one or throw it away. */
void drafts_open(App *app);
