#include "../src/gate.h"
