/* How far, how many, how long yet. */
#include "progress.h"

#include "../term.h"
#include "../words.h"

char *progress_time_left(const Progress *progress) {
  if (progress->done <= 0 || progress->elapsed_ms < 1000 || progress->done >= progress->total)
    return g_strdup("");
  gint64 seconds = progress->elapsed_ms * (progress->total - progress->done) / progress->done / 1000;
  if (seconds < 2)
    return g_strdup("about a second left");
  if (seconds < 120)
    return g_strdup_printf("about %" G_GINT64_FORMAT " seconds left", seconds);
  return g_strdup_printf("about %" G_GINT64_FORMAT " minutes left", (seconds + 30) / 60);
}

void progress_draw(const Progress *progress, Area area) {
  g_autofree char *left = progress_time_left(progress);
  g_autofree char *done = words_number(progress->done);
  g_autofree char *total = words_number(progress->total);
  int percent = progress->total > 0 ? (int)(progress->done * 100 / progress->total) : 0;
  g_autofree char *counts = g_strdup_printf("%s of %s   %d %%", done, total, percent);
  int words = MIN(30, area.w / 2), bar = term_is_plain() ? 0 : area.w - words;
  if (bar > 0)
    draw_bar(area, 0, 0, bar - 2, progress->done, progress->total);
  draw_text(area, 0, bar, words, THEME_TEXT, counts);
  draw_text(area, 1, 0, -1, THEME_HINT, left);
}
