// The key hashes of short keys (16 bytes at most, in two little-endian words whose rest is 0) and
// of keys in memory. Each is the one of the same name in src/base/hash/, whose sources stand there.

// Without these numbers of hashes the branches below would not be decided when it is compiled.
export const enum Hash {
  Xxh64,
  Murmur3x128,
  Murmur3x32,
  Fnv1a64,
}

const p1: u64 = 0x9e3779b185ebca87;
const p2: u64 = 0xc2b2ae3d27d4eb4f;
const p3: u64 = 0x165667b19e3779f9;
const p4: u64 = 0x85ebca77c2b2ae63;
const p5: u64 = 0x27d4eb2f165667c5;

// @ts-ignore: decorator
@inline
function xxhRound(lane: u64, word: u64): u64 {
  return rotl<u64>(lane + word * p2, 31) * p1;
}

// @ts-ignore: decorator
@inline
function xxhWord(h: u64, word: u64): u64 {
  return rotl<u64>(h ^ xxhRound(0, word), 27) * p1 + p4;
}

/** The last bytes, at most seven of them, and the avalanche. */
// @ts-ignore: decorator
@inline
function xxhEnd(hash: u64, word: u64, count: u32): u64 {
  let h = hash;
  let tail = word;
  let bytes = count;
  if (bytes & 4) {
    h = rotl<u64>(h ^ ((tail & 0xffffffff) * p1), 23) * p2 + p3;
    tail >>= 32;
    bytes &= 3;
  }
  for (; bytes > 0; bytes -= 1) {
    h = rotl<u64>(h ^ ((tail & 0xff) * p5), 11) * p1;
    tail >>= 8;
  }
  h = (h ^ (h >> 33)) * p2;
  h = (h ^ (h >> 29)) * p3;
  return h ^ (h >> 32);
}

// @ts-ignore: decorator
@inline
function xxhShort(low: u64, high: u64, length: u32): u64 {
  const h = p5 + length;
  if (length < 8) return xxhEnd(h, low, length);
  if (length < 16) return xxhEnd(xxhWord(h, low), high, length - 8);
  return xxhEnd(xxhWord(xxhWord(h, low), high), 0, 0);
}

// @ts-ignore: decorator
@inline
function xxhMerge(h: u64, lane: u64): u64 {
  return (h ^ xxhRound(0, lane)) * p1 + p4;
}

function xxhLong(from: usize, length: u32): u64 {
  let at = from;
  const end = from + length;
  let h = p5;
  if (length >= 32) {
    let a = p1 + p2;
    let b = p2;
    let c: u64 = 0;
    let d: u64 = 0 - p1;
    for (; at + 32 <= end; at += 32) {
      a = xxhRound(a, load<u64>(at));
      b = xxhRound(b, load<u64>(at, 8));
      c = xxhRound(c, load<u64>(at, 16));
      d = xxhRound(d, load<u64>(at, 24));
    }
    h = rotl<u64>(a, 1) + rotl<u64>(b, 7) + rotl<u64>(c, 12) + rotl<u64>(d, 18);
    h = xxhMerge(xxhMerge(xxhMerge(xxhMerge(h, a), b), c), d);
  }
  h += length;
  for (; at + 8 <= end; at += 8) h = xxhWord(h, load<u64>(at));
  return xxhEnd(h, load<u64>(at), <u32>(end - at));
}

const c1: u64 = 0x87c37b91114253d5;
const c2: u64 = 0x4cf5ad432745937f;

// @ts-ignore: decorator
@inline
function murmurFinish(word: u64): u64 {
  let k = (word ^ (word >> 33)) * 0xff51afd7ed558ccd;
  k = (k ^ (k >> 33)) * 0xc4ceb9fe1a85ec53;
  return k ^ (k >> 33);
}

// @ts-ignore: decorator
@inline
function murmurFirst(word: u64): u64 {
  return rotl<u64>(word * c1, 31) * c2;
}

// @ts-ignore: decorator
@inline
function murmurSecond(word: u64): u64 {
  return rotl<u64>(word * c2, 33) * c1;
}

/** The last bytes, at most 15 of them: words of 0 leave the lanes as they are. */
// @ts-ignore: decorator
@inline
function murmurEnd(lane1: u64, lane2: u64, low: u64, high: u64, length: u32): u64 {
  let h1 = lane1 ^ murmurFirst(low) ^ length;
  let h2 = lane2 ^ murmurSecond(high) ^ length;
  h1 += h2;
  h2 += h1;
  return murmurFinish(h1) + murmurFinish(h2);
}

// @ts-ignore: decorator
@inline
function murmurShort(low: u64, high: u64, length: u32): u64 {
  if (length < 16) return murmurEnd(0, 0, low, high, length);
  const h1 = rotl<u64>(murmurFirst(low), 27) * 5 + 0x52dce729;
  const h2 = (rotl<u64>(murmurSecond(high), 31) + h1) * 5 + 0x38495ab5;
  return murmurEnd(h1, h2, 0, 0, length);
}

function murmurLong(from: usize, length: u32): u64 {
  let at = from;
  const end = from + length;
  let h1: u64 = 0;
  let h2: u64 = 0;
  for (; at + 16 <= end; at += 16) {
    h1 = (rotl<u64>(h1 ^ murmurFirst(load<u64>(at)), 27) + h2) * 5 + 0x52dce729;
    h2 = (rotl<u64>(h2 ^ murmurSecond(load<u64>(at, 8)), 31) + h1) * 5 + 0x38495ab5;
  }
  return murmurEnd(h1, h2, load<u64>(at), load<u64>(at, 8), length);
}

// @ts-ignore: decorator
@inline
function scramble(word: u32): u32 {
  return rotl<u32>(word * 0xcc9e2d51, 15) * 0x1b873593;
}

// @ts-ignore: decorator
@inline
function absorb(h: u32, word: u32): u32 {
  return rotl<u32>(h ^ scramble(word), 13) * 5 + 0xe6546b64;
}

/** The last bytes, at most three of them: a word of 0 leaves the hash as it is. */
// @ts-ignore: decorator
@inline
function murmur32End(hash: u32, word: u32, length: u32): u64 {
  let h = hash ^ scramble(word) ^ length;
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  return h ^ (h >> 16);
}

// @ts-ignore: decorator
@inline
function murmur32Short(low: u64, high: u64, length: u32): u64 {
  if (length < 4) return murmur32End(0, <u32>low, length);
  let h = absorb(0, <u32>low);
  let tail = <u32>(low >> 32);
  if (length >= 8) {
    h = absorb(h, tail);
    tail = <u32>high;
    if (length >= 12) {
      h = absorb(h, tail);
      tail = <u32>(high >> 32);
      if (length >= 16) {
        h = absorb(h, tail);
        tail = 0;
      }
    }
  }
  return murmur32End(h, tail, length);
}

function murmur32Long(from: usize, length: u32): u64 {
  let at = from;
  const end = from + length;
  let h: u32 = 0;
  for (; at + 4 <= end; at += 4) h = absorb(h, load<u32>(at));
  return murmur32End(h, load<u32>(at), length);
}

const fnvPrime: u64 = 0x100000001b3;
const fnvBasis: u64 = 0xcbf29ce484222325;

// @ts-ignore: decorator
@inline
function fnvByte(h: u64, word: u64, index: u64): u64 {
  return (h ^ ((word >> (index << 3)) & 0xff)) * fnvPrime;
}

// @ts-ignore: decorator
@inline
function fnvShort(low: u64, high: u64, length: u32): u64 {
  let h = fnvBasis;
  let word = low;
  let left = length;
  if (left >= 8) {
    // Written out: the compilers leave such a loop as it is, which takes 1.4 times as long.
    h = fnvByte(h, low, 0);
    h = fnvByte(h, low, 1);
    h = fnvByte(h, low, 2);
    h = fnvByte(h, low, 3);
    h = fnvByte(h, low, 4);
    h = fnvByte(h, low, 5);
    h = fnvByte(h, low, 6);
    h = fnvByte(h, low, 7);
    word = high;
    left -= 8;
  }
  for (; left > 0; left -= 1) {
    h = fnvByte(h, word, 0);
    word >>= 8;
  }
  return h;
}

function fnvLong(from: usize, length: u32): u64 {
  let h = fnvBasis;
  const end = from + length;
  for (let at = from; at < end; at += 1) h = (h ^ load<u8>(at)) * fnvPrime;
  return h;
}

/** Of a key of at most 16 bytes; bytes beyond its length are 0. */
// @ts-ignore: decorator
@inline
export function hashShort(hash: Hash, low: u64, high: u64, length: u32): u64 {
  if (hash == Hash.Xxh64) return xxhShort(low, high, length);
  if (hash == Hash.Murmur3x128) return murmurShort(low, high, length);
  if (hash == Hash.Murmur3x32) return murmur32Short(low, high, length);
  return fnvShort(low, high, length);
}

/** Of the `length` bytes from address `from`, which 16 bytes of 0 follow. */
// @ts-ignore: decorator
@inline
export function hashLong(hash: Hash, from: usize, length: u32): u64 {
  if (hash == Hash.Xxh64) return xxhLong(from, length);
  if (hash == Hash.Murmur3x128) return murmurLong(from, length);
  if (hash == Hash.Murmur3x32) return murmur32Long(from, length);
  return fnvLong(from, length);
}
