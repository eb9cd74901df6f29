#include "term.h"
#include <ncurses.h>
