/* Chance for the demo: SplitMix64, so that one size and one day always give the same people. Internal. */
#pragma once

#include <glib.h>

typedef struct {
  guint64 state;
} ClDemoRandom;

static inline guint64 cl_demo_next(ClDemoRandom *random) {
  guint64 z = random->state += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

/* 0 … n-1 */
static inline int cl_demo_below(ClDemoRandom *random, int n) {
  return n > 0 ? (int)(((cl_demo_next(random) >> 32) * (guint64)n) >> 32) : 0;
}

static inline int cl_demo_between(ClDemoRandom *random, int low, int high) {
  return low + cl_demo_below(random, high - low + 1);
}

static inline gboolean cl_demo_chance(ClDemoRandom *random, int per_mille) {
  return cl_demo_below(random, 1000) < per_mille;
}

/* An index into `n` weights, which need no particular sum. */
static inline int cl_demo_weighted(ClDemoRandom *random, const int *weights, int n) {
  int sum = 0, i = 0;
  for (int k = 0; k < n; k++)
    sum += weights[k];
  for (int left = cl_demo_below(random, sum); i < n - 1 && left >= weights[i]; i++)
    left -= weights[i];
  return i;
}
#define CL_DEMO_WEIGHTED(random, weights) cl_demo_weighted(random, weights, G_N_ELEMENTS(weights))
#define CL_DEMO_PICK(random, array) array[cl_demo_below(random, G_N_ELEMENTS(array))]
