/* Reading the ids of a filter in order, as fast as the store allows. Internal. */
#pragma once

#include "store/query.h"

typedef struct {
  /* Takes over the next ids in order; FALSE: no more are wanted. */
  gboolean (*take)(const ClIds *ids, gpointer data);
  /* The first row cannot come before all have been read. May be NULL. */
  void (*sorting)(gpointer data);
  /* Asked all the while; TRUE ends the reading with CL_ERROR_CANCELLED. May be NULL. */
  gboolean (*unwanted)(gpointer data);
  gpointer data;
} ClIdReader;

/* `sort` may be NULL: ids in any order. */
gboolean cl_read_ids(ClSession *session, const ClFilter *filter, const ClSort *sort, const ClIdReader *reader,
                     GError **error);
