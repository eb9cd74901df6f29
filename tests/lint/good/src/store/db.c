#include <sqlite3.h>

/* sqlite3_open, exit(1), "UPDATE claim SET": words in comments are free. */
static int count;
const char *const names[] = { "exit(1)", "printf(" };

int db_open(void) {
  count++;
  return sqlite3_exec(0, "UPDATE claim SET state = ?1", 0, 0, 0);
}
