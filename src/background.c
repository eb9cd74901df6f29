/* Linux gives each thread a priority of its own; elsewhere all stay equal. */
#include "background.h"

#include <errno.h>
#include <sys/resource.h>

#define STEP_BACK 5 /* as nice(1) counts */

void cl_background_begin(void) {
#ifdef __linux__
  errno = 0;
  int now = getpriority(PRIO_PROCESS, 0);
  if (errno == 0)
    setpriority(PRIO_PROCESS, 0, now + STEP_BACK);
#endif
}
