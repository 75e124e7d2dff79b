// The look-ups of peers.bench.ts in C, for comparison: MurmurHash3_x86_32 and _x64_128 (Austin
// Appleby, SMHasher, public domain), FNV-1a 64 (Fowler, Noll, Vo; RFC 9923), XXH64 (Yann Collet,
// xxhash_spec.md), all with seed 0; jump (Lamping & Veach 2014); binary search of a ring's points.
//
// Arguments: router hash shards vnodes milliseconds. Reads the number of keys and then each key as
// "text integer". Prints "nsBytes nsBulk digestOfTexts digestOfIntegers": medians of batches, and
// FNV-1a 32 over the four bytes of each shard.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "routers-bench.h"

static inline uint32_t rotl32(uint32_t x, int bits) { return (x << bits) | (x >> (32 - bits)); }
static inline uint64_t read64(const uint8_t *p) { uint64_t x; memcpy(&x, p, 8); return x; }
static inline uint32_t read32(const uint8_t *p) { uint32_t x; memcpy(&x, p, 4); return x; }

static inline uint64_t murmur3_32(const uint8_t *p, size_t length) {
  const uint32_t c1 = 0xcc9e2d51, c2 = 0x1b873593;
  uint32_t h = 0, k = 0;
  size_t at = 0;
  for (; at + 4 <= length; at += 4) {
    h ^= rotl32(read32(p + at) * c1, 15) * c2;
    h = rotl32(h, 13) * 5 + 0xe6546b64;
  }
  for (int shift = 0; at < length; at++, shift += 8) k |= (uint32_t)p[at] << shift;
  h ^= rotl32(k * c1, 15) * c2;
  h ^= (uint32_t)length;
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  return h ^ (h >> 16);
}

static inline uint64_t fmix64(uint64_t k) {
  k = (k ^ (k >> 33)) * 0xff51afd7ed558ccd;
  k = (k ^ (k >> 33)) * 0xc4ceb9fe1a85ec53;
  return k ^ (k >> 33);
}

// The first of its two words.
static inline uint64_t murmur3_128(const uint8_t *p, size_t length) {
  const uint64_t c1 = 0x87c37b91114253d5, c2 = 0x4cf5ad432745937f;
  uint64_t h1 = 0, h2 = 0;
  size_t at = 0;
  for (; at + 16 <= length; at += 16) {
    h1 ^= rotl64(read64(p + at) * c1, 31) * c2;
    h1 = (rotl64(h1, 27) + h2) * 5 + 0x52dce729;
    h2 ^= rotl64(read64(p + at + 8) * c2, 33) * c1;
    h2 = (rotl64(h2, 31) + h1) * 5 + 0x38495ab5;
  }
  uint8_t tail[16] = {0};
  memcpy(tail, p + at, length - at);
  h2 ^= rotl64(read64(tail + 8) * c2, 33) * c1;
  h1 ^= rotl64(read64(tail) * c1, 31) * c2;
  h1 ^= length;
  h2 ^= length;
  h1 += h2;
  h2 += h1;
  return fmix64(h1) + fmix64(h2);
}

static inline uint64_t fnv1a_64(const uint8_t *p, size_t length) {
  uint64_t h = 0xcbf29ce484222325;
  for (size_t i = 0; i < length; i++) h = (h ^ p[i]) * 0x100000001b3;
  return h;
}

static inline uint64_t xxh64_round(uint64_t lane, uint64_t word) {
  return rotl64(lane + word * 0xc2b2ae3d27d4eb4f, 31) * 0x9e3779b185ebca87;
}

static inline uint64_t xxh64_merge(uint64_t h, uint64_t lane) {
  return (h ^ xxh64_round(0, lane)) * 0x9e3779b185ebca87 + 0x85ebca77c2b2ae63;
}

static inline uint64_t xxh64(const uint8_t *p, size_t length) {
  const uint64_t p1 = 0x9e3779b185ebca87, p2 = 0xc2b2ae3d27d4eb4f, p3 = 0x165667b19e3779f9;
  const uint64_t p5 = 0x27d4eb2f165667c5;
  size_t at = 0;
  uint64_t h = p5;
  if (length >= 32) {
    uint64_t a = p1 + p2, b = p2, c = 0, d = -p1;
    for (; at + 32 <= length; at += 32) {
      a = xxh64_round(a, read64(p + at));
      b = xxh64_round(b, read64(p + at + 8));
      c = xxh64_round(c, read64(p + at + 16));
      d = xxh64_round(d, read64(p + at + 24));
    }
    h = rotl64(a, 1) + rotl64(b, 7) + rotl64(c, 12) + rotl64(d, 18);
    h = xxh64_merge(xxh64_merge(xxh64_merge(xxh64_merge(h, a), b), c), d);
  }
  h += length;
  for (; at + 8 <= length; at += 8) {
    h = rotl64(h ^ xxh64_round(0, read64(p + at)), 27) * p1 + 0x85ebca77c2b2ae63;
  }
  if (at + 4 <= length) {
    h = rotl64(h ^ (read32(p + at) * p1), 23) * p2 + p3;
    at += 4;
  }
  for (; at < length; at++) h = rotl64(h ^ (p[at] * p5), 11) * p1;
  h = (h ^ (h >> 33)) * p2;
  h = (h ^ (h >> 29)) * p3;
  return h ^ (h >> 32);
}

typedef struct {
  uint64_t position;
  uint32_t owner;
} Point;

// Positions apart from owners, as the search reads them.
static uint64_t *position;
static uint32_t *owner;
static uint32_t points, shards;

static int by_position(const void *a, const void *b) {
  const Point *x = a, *y = b;
  if (x->position != y->position) return x->position < y->position ? -1 : 1;
  return x->owner < y->owner ? -1 : x->owner > y->owner;
}

static inline uint32_t mod(uint64_t hash) { return hash % shards; }
static inline uint32_t jumped(uint64_t hash) { return jump(hash, shards); }

static inline uint32_t on_ring(uint64_t hash) { return on_points(position, owner, points, hash); }

static uint32_t count;
static uint8_t *text;
static uint32_t *offset;
static int64_t *integer;
static uint32_t *found;

// Loops over some keys, one of each kind for every pair, so that everything is inlined.
#define PAIR(ROUTER, HASH)                                                                 \
  static void texts_##ROUTER##_##HASH(uint32_t first, uint32_t end) {                      \
    for (uint32_t i = first; i < end; i++)                                                 \
      found[i] = ROUTER(HASH(text + offset[i], offset[i + 1] - offset[i]));                \
  }                                                                                        \
  static void integers_##ROUTER##_##HASH(uint32_t first, uint32_t end) {                   \
    for (uint32_t i = first; i < end; i++)                                                 \
      found[i] = ROUTER(HASH((const uint8_t *)&integer[i], 8));                            \
  }
#define HASHES(ROUTER) \
  PAIR(ROUTER, murmur3_32) PAIR(ROUTER, murmur3_128) PAIR(ROUTER, fnv1a_64) PAIR(ROUTER, xxh64)
HASHES(mod)
HASHES(jumped)
HASHES(on_ring)

typedef struct {
  const char *router, *hash;
  void (*texts)(uint32_t first, uint32_t end);
  void (*integers)(uint32_t first, uint32_t end);
} Pair;

#define ROW(NAME, ROUTER, HASH_NAME, HASH) \
  {NAME, HASH_NAME, texts_##ROUTER##_##HASH, integers_##ROUTER##_##HASH}
#define ROWS(NAME, ROUTER)                                                            \
  ROW(NAME, ROUTER, "murmur3-32", murmur3_32), ROW(NAME, ROUTER, "murmur3-128", murmur3_128), \
      ROW(NAME, ROUTER, "fnv1a-64", fnv1a_64), ROW(NAME, ROUTER, "xxh64", xxh64)
static const Pair pairs[] = {ROWS("mod", mod), ROWS("jump", jumped), ROWS("ring", on_ring)};

static uint64_t hash_by(const char *name, const uint8_t *p, size_t length) {
  if (!strcmp(name, "murmur3-32")) return murmur3_32(p, length);
  if (!strcmp(name, "murmur3-128")) return murmur3_128(p, length);
  if (!strcmp(name, "fnv1a-64")) return fnv1a_64(p, length);
  return xxh64(p, length);
}

static int build_ring(const char *hash, uint32_t vnodes) {
  points = shards * vnodes;
  Point *point = malloc(sizeof(Point) * points);
  position = malloc(sizeof(uint64_t) * points);
  owner = malloc(sizeof(uint32_t) * points);
  if (!point || !position || !owner) return 0;
  for (uint32_t shard = 0, i = 0; shard < shards; shard++) {
    for (uint32_t vnode = 0; vnode < vnodes; vnode++, i++) {
      char label[40];
      int length = snprintf(label, sizeof label, "shard-%u:%u", shard, vnode);
      point[i] = (Point){hash_by(hash, (const uint8_t *)label, length), shard};
    }
  }
  qsort(point, points, sizeof(Point), by_position);
  for (uint32_t i = 0; i < points; i++) {
    position[i] = point[i].position;
    owner[i] = point[i].owner;
  }
  free(point);
  return 1;
}

static double now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

// Nanoseconds a key: the median of batches of 4,096 keys, one after the other, the first quarter of
// the time to warm up. Ours are as long: what stops a program for a while hits as few of either.
static double measure(void (*loop)(uint32_t, uint32_t), double ms) {
  enum { most = 65536, keys = 4096 };
  static double batch[most];
  uint32_t batches = 0, first = 0;
  double start = now_ns();
  do {
    uint32_t end = count - first < keys ? count : first + keys;
    double from = now_ns();
    loop(first, end);
    double to = now_ns();
    if (to - start > ms * 0.25e6) batch[batches++] = (to - from) / (end - first);
    first = end == count ? 0 : end;
  } while (batches < most && now_ns() - start < ms * 1e6);
  // The shards of all keys, for the digest.
  loop(0, count);
  qsort(batch, batches, sizeof(double), by_value);
  return batches == 0 ? 0 : batch[batches / 2];
}

static uint32_t digest(void) {
  uint32_t h = 0x811c9dc5;
  for (uint32_t i = 0; i < count; i++) {
    for (int shift = 0; shift < 32; shift += 8) h = (h ^ ((found[i] >> shift) & 0xff)) * 0x01000193;
  }
  return h;
}

static int read_keys(void) {
  if (scanf("%u", &count) != 1) return 0;
  enum { longest = 63 };
  text = malloc((size_t)count * longest);
  offset = malloc(sizeof(uint32_t) * (count + 1));
  integer = malloc(sizeof(int64_t) * count);
  found = malloc(sizeof(uint32_t) * count);
  if (!text || !offset || !integer || !found) return 0;
  offset[0] = 0;
  for (uint32_t i = 0; i < count; i++) {
    char word[longest + 1];
    long long number;
    if (scanf("%63s %lld", word, &number) != 2) return 0;
    size_t length = strlen(word);
    memcpy(text + offset[i], word, length);
    offset[i + 1] = offset[i] + length;
    integer[i] = number;
  }
  return 1;
}

int main(int arguments, char **argument) {
  if (arguments != 6) return 1;
  const char *hash = argument[2];
  shards = strtoul(argument[3], 0, 10);
  uint32_t vnodes = strtoul(argument[4], 0, 10);
  double ms = strtod(argument[5], 0);
  if (shards < 1 || !read_keys() || !build_ring(hash, vnodes)) return 1;
  for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
    if (strcmp(pairs[i].router, argument[1]) || strcmp(pairs[i].hash, hash)) continue;
    double bytes_ns = measure(pairs[i].texts, ms);
    uint32_t text_digest = digest();
    double bulk_ns = measure(pairs[i].integers, ms);
    printf("%.4f %.4f %08x %08x\n", bytes_ns, bulk_ns, text_digest, digest());
    return 0;
  }
  return 1;
}
