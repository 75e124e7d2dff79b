// The loops of movement.bench.ts in C, for comparison: XXH64 (Yann Collet, xxhash_spec.md), jump
// (Lamping & Veach 2014), binary search of a ring's points, a table of slots, bounds of ranges.
//
// Reads "kind keys threads", then for both topologies "shards entries" and the entries, each
// "position owner": the points of a ring, the slots in their order, or the upper bounds of ranges.
// Prints "moved nanoseconds".
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "routers-bench.h"

typedef struct {
  uint32_t shards;
  uint32_t entries;
  uint64_t *position;
  uint32_t *owner;
} Topology;

static Topology before, after;
static char kind[16];

// Of the eight bytes of an integer, seed 0.
static inline uint64_t xxh64(uint64_t key) {
  const uint64_t p1 = 0x9e3779b185ebca87, p2 = 0xc2b2ae3d27d4eb4f, p3 = 0x165667b19e3779f9;
  const uint64_t p4 = 0x85ebca77c2b2ae63, p5 = 0x27d4eb2f165667c5;
  uint64_t h = (p5 + 8) ^ (rotl64(key * p2, 31) * p1);
  h = rotl64(h, 27) * p1 + p4;
  h = (h ^ (h >> 33)) * p2;
  h = (h ^ (h >> 29)) * p3;
  return h ^ (h >> 32);
}

typedef struct {
  uint64_t first, end, moved;
} Part;

#define COUNT(OLD, NEXT)                                  \
  for (uint64_t key = part->first; key < part->end; key++) { \
    uint64_t hash = xxh64(key);                           \
    (void)hash;                                           \
    moved += (OLD) != (NEXT);                             \
  }

static void *count(void *argument) {
  Part *part = argument;
  uint64_t moved = 0;
  const Topology *a = &before, *b = &after;
  if (!strcmp(kind, "mod")) {
    COUNT(hash % a->shards, hash % b->shards)
  } else if (!strcmp(kind, "jump")) {
    COUNT(jump(hash, a->shards), jump(hash, b->shards))
  } else if (!strcmp(kind, "ring")) {
    COUNT(on_points(a->position, a->owner, a->entries, hash),
          on_points(b->position, b->owner, b->entries, hash))
  } else if (!strcmp(kind, "slots")) {
    COUNT(a->owner[hash % a->entries], b->owner[hash % b->entries])
  } else if (!strcmp(kind, "range")) {
    COUNT(a->owner[search(a->position, a->entries, key)],
          b->owner[search(b->position, b->entries, key)])
  }
  part->moved = moved;
  return 0;
}

static int read_topology(Topology *t) {
  if (scanf("%u %u", &t->shards, &t->entries) != 2) return 0;
  t->position = malloc(sizeof(uint64_t) * (t->entries + 1));
  t->owner = malloc(sizeof(uint32_t) * (t->entries + 1));
  for (uint32_t i = 0; i < t->entries; i++) {
    unsigned long long position;
    if (scanf("%llu %u", &position, &t->owner[i]) != 2) return 0;
    t->position[i] = position;
  }
  return 1;
}

int main(void) {
  unsigned long long keys;
  unsigned threads;
  if (scanf("%15s %llu %u", kind, &keys, &threads) != 3 || threads < 1 || threads > 64) return 1;
  if (!read_topology(&before) || !read_topology(&after)) return 1;
  struct timespec start, end;
  pthread_t thread[64];
  Part part[64];
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (unsigned i = 0; i < threads; i++) {
    part[i].first = keys * i / threads;
    part[i].end = keys * (i + 1) / threads;
    if (pthread_create(&thread[i], 0, count, &part[i])) return 1;
  }
  uint64_t moved = 0;
  for (unsigned i = 0; i < threads; i++) {
    pthread_join(thread[i], 0);
    moved += part[i].moved;
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  long long ns = (end.tv_sec - start.tv_sec) * 1000000000LL + (end.tv_nsec - start.tv_nsec);
  printf("%llu %lld\n", (unsigned long long)moved, ns);
  return 0;
}
