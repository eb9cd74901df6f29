/* Threads that no key waits for. */
#pragma once

/* On a busy machine the calling thread gives way to the screen's, and to readers whose rows somebody waits for. */
void cl_background_begin(void);
