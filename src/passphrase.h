/* Checking a passphrase against its Argon2id string. Internal; making one is public (session.h). */
#pragma once

#include <glib.h>

/* `hash` NULL: takes as long as a real check and fails, so that nobody learns which names exist. */
gboolean cl_passphrase_matches(const char *hash, const char *passphrase);
