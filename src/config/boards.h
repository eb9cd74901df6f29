/* The part of config.yaml about boards. Internal. */
#pragma once

#include "config/tree.h"

/* Puts the ages into the catalogue; what `boards` (may be NULL) does not say is as the tables of the kinds say. */
void cl_config_read_boards(const ClTree *boards, ClMistakes *mistakes);
