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

typedef struct {
  uint32_t shards;
  uint32_t entries;
  uint64_t *position;
  uint32_t *owner;
} Topology;

static Topology before, after;
static char kind[16];

static inline uint64_t rotl(uint64_t x, int bits) { return (x << bits) | (x >> (64 - bits)); }

// Of the eight bytes of an integer, seed 0.
static inline uint64_t xxh64(uint64_t key) {
  const uint64_t p1 = 0x9e3779b185ebca87, p2 = 0xc2b2ae3d27d4eb4f, p3 = 0x165667b19e3779f9;
  const uint64_t p4 = 0x85ebca77c2b2ae63, p5 = 0x27d4eb2f165667c5;
  uint64_t h = (p5 + 8) ^ (rotl(key * p2, 31) * p1);
  h = rotl(h, 27) * p1 + p4;
  h = (h ^ (h >> 33)) * p2;
  h = (h ^ (h >> 29)) * p3;
  return h ^ (h >> 32);
}

static inline uint32_t jump(uint64_t key, uint32_t buckets) {
  int64_t b = -1, j = 0;
  while (j < buckets) {
    b = j;
    key = key * 2862933555777941757ULL + 1;
    j = (b + 1) * ((double)(1LL << 31) / (double)((key >> 33) + 1));
  }
  return b;
}

// Index of the first position that is not below the value.
static inline uint32_t search(const Topology *t, uint64_t value) {
  uint32_t low = 0, high = t->entries;
  while (low < high) {
    uint32_t middle = (low + high) >> 1;
    if (t->position[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

static inline uint32_t on_ring(const Topology *t, uint64_t hash) {
  uint32_t at = search(t, hash);
  return t->owner[at == t->entries ? 0 : at];
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
    COUNT(on_ring(a, hash), on_ring(b, hash))
  } else if (!strcmp(kind, "slots")) {
    COUNT(a->owner[hash % a->entries], b->owner[hash % b->entries])
  } else if (!strcmp(kind, "range")) {
    COUNT(a->owner[search(a, key)], b->owner[search(b, key)])
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
