/* The program in a terminal, timed: a key goes in, and the time is taken until the program says on
 * CASELOAD_SYNC_FD that what it asked for is painted. Output is read and counted, not interpreted. */
#pragma once

#include "bench.h"

typedef struct Pty Pty;

/* Starts `caseload` on a store; `user` may be NULL (the sign-in screen). Returns when the first screen is painted;
 * *ms (may be NULL) is how long that took. */
Pty *pty_start(const World *world, const char *store, const char *user, int columns, int rows, double *ms);
/* Ends the program; the most memory it used, in MiB. */
double pty_end(Pty *pty);
/* Sends bytes as they are; the milliseconds until their rows are painted, -1 when the program has ended. */
double pty_send(Pty *pty, const char *bytes);
/* Keys by name, blank-separated ("Down F2 Esc g"), one after the other; the time of the last. */
double pty_keys(Pty *pty, const char *names);
/* Waits until nothing is pending any more in answer to the last key. */
void pty_settle(Pty *pty);
/* Bytes written to the terminal since the start. */
gsize pty_bytes(const Pty *pty);
/* A new size; the milliseconds until it is painted. */
double pty_resize(Pty *pty, int columns, int rows);
/* Has this text been written since the last key? */
gboolean pty_wrote(const Pty *pty, const char *text);
