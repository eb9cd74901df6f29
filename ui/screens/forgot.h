/* What can truly be done when a passphrase is forgotten, told on the sign-in screen. */
#pragma once

#include "../view.h"

void forgot_open(App *app);
