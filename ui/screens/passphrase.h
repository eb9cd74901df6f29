/* A new passphrase for somebody: typed twice, kept nowhere but as its hash. */
#pragma once

#include "../view.h"

/* `kind` and `id`: the record of the person, whose KEY field is the sign-in name. */
void passphrase_open(App *app, const ClKind *kind, ClId id);
