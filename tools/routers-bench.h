// What movement-bench.c and peers-bench.c share: jump (Lamping & Veach 2014), and the binary search
// of a ring's points.
#include <stdint.h>

static inline uint64_t rotl64(uint64_t x, int bits) { return (x << bits) | (x >> (64 - bits)); }

static inline uint32_t jump(uint64_t key, uint32_t buckets) {
  int64_t b = -1, j = 0;
  while (j < buckets) {
    b = j;
    key = key * 2862933555777941757ULL + 1;
    j = (b + 1) * ((double)(1LL << 31) / (double)((key >> 33) + 1));
  }
  return b;
}

// Index of the first position that is not below the value; `count` where there is none.
static inline uint32_t search(const uint64_t *position, uint32_t count, uint64_t value) {
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = (low + high) >> 1;
    if (position[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

static inline uint32_t on_points(const uint64_t *position, const uint32_t *owner, uint32_t count,
                                 uint64_t hash) {
  uint32_t at = search(position, count, hash);
  return owner[at == count ? 0 : at];
}
