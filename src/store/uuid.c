/* UUIDv7 (RFC 9562): 48 bits of milliseconds, then random; ordered by time of making. */
#include "store/private.h"

#include <caseload/clock.h>
#include <sodium.h>
#include <string.h>

static GMutex mutex;
static guint64 seed; /* 0 = random */

void cl_uuid_seed(guint64 value) {
  g_mutex_lock(&mutex);
  seed = value;
  g_mutex_unlock(&mutex);
}

/* SplitMix64: enough for identifiers that only have to be the same each time. */
static guint64 next_seeded(void) {
  guint64 z = seed += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

void cl_uuid_make(guint8 uuid[16]) {
  static guint8 pool[4096];
  static gsize left;
  guint64 ms = (guint64)cl_clock_now() * 1000;
  g_mutex_lock(&mutex);
  if (seed) {
    guint64 words[2] = { next_seeded(), next_seeded() };
    memcpy(uuid, words, 16);
  } else {
    if (left < 16) {
      randombytes_buf(pool, sizeof pool);
      left = sizeof pool;
    }
    left -= 16;
    memcpy(uuid, pool + left, 16);
  }
  g_mutex_unlock(&mutex);
  for (int i = 0; i < 6; i++)
    uuid[i] = (guint8)(ms >> (40 - 8 * i));
  uuid[6] = (uuid[6] & 0x0f) | 0x70;
  uuid[8] = (uuid[8] & 0x3f) | 0x80;
}
