/* A progress bar with counts and time left, changing its words at most once a second. */
#pragma once

#include "../draw.h"

typedef struct {
  gint64 done, total;
  gint64 elapsed_ms;
} Progress;

/* Two rows: the bar with "25 of 40   63 %", and "about 4 seconds left". */
void progress_draw(const Progress *progress, Area area);
/* "about 4 seconds left", "about 2 minutes left", "" when it cannot be known. The caller frees. */
char *progress_time_left(const Progress *progress);
