/* How far some records reach: the oldest and the newest, and with how many organisations they are. Read by a thread with
 * its own connection, so that a window about a million records is there at once. */
#pragma once

#include "catalogue.h"
#include "session.h"

typedef struct {
  const ClField *date; /* by which people tell records of the kind apart; NULL: none, or no record has one */
  ClDate oldest, newest;
  gint64 organisations; /* -1: records of the kind have none */
} ClSpan;

typedef struct ClSpanReader ClSpanReader;
/* Copies the ids. Few are read at once, many in the background: poll when cl_store_wake_fd() is readable. */
ClSpanReader *cl_span_reader_new(ClSession *session, const ClKind *kind, const ClIds *ids);
/* TRUE once it is known. */
gboolean cl_span_reader_poll(ClSpanReader *reader, ClSpan *span);
/* Ends reading. NULL is fine. */
void cl_span_reader_free(ClSpanReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClSpanReader, cl_span_reader_free)
