// The route of a key, from the key to its shard: hash and router in one call. An instance belongs to
// one router: `configure` says which, and its tables stand in the memory.
import { Hash, hashLong, hashShort } from './hashes';

// @ts-ignore: decorator
@external('wasm:js-string', 'length')
declare function lengthOf(text: externref): i32;
// @ts-ignore: decorator
@external('wasm:js-string', 'charCodeAt')
declare function codeAt(text: externref, index: i32): i32;

const enum Kind {
  /** The remainder of the hash by `count`. */
  Remainder,
  /** Jump consistent hash of `count` buckets. */
  Jump,
  /** The owner of the first of `count` points at or after the hash. */
  Ring,
  /** The entry of a table of `count` shards at the remainder of the hash. */
  Table,
}

/** Where keys that are too long for two words are written; 64 bytes follow that stay 0. */
const scratch: usize = 0;
const scratchBytes: u32 = 1024;

let kind: Kind = Kind.Remainder;
let count: u32 = 1;
/** Bits of a hash below those that choose its entry of `starts`. */
let shift: u64 = 0;
/** Ring: for each value of the top bits the first point not below it, and count at the end. */
let starts: usize = 0;
/** Ring: 64-bit points, ascending, and the largest number once more at the end. */
let points: usize = 0;
/** Ring: shard of each point, and the first one's once more at the end. Table: the shards. */
let owners: usize = 0;

export function configure(
  newKind: i32,
  newCount: u32,
  newShift: u32,
  newStarts: usize,
  newPoints: usize,
  newOwners: usize,
): void {
  kind = newKind;
  count = newCount;
  shift = newShift;
  starts = newStarts;
  points = newPoints;
  owners = newOwners;
}

// Jump consistent hash: Lamping & Veach 2014, https://arxiv.org/abs/1406.2294. Its numbers are kept
// as doubles: converting to integers and back in every step takes 4 ns of 25 at 16 buckets.
// @ts-ignore: decorator
@inline
function jump(hash: u64, buckets: f64): u32 {
  let key = hash;
  let bucket: f64 = 0;
  let next: f64 = 0;
  do {
    bucket = Math.floor(next);
    key = key * 2862933555777941757 + 1;
    next = (bucket + 1) * (2147483648.0 / <f64>(<i64>(key >> 33) + 1));
  } while (next < buckets);
  return <u32>bucket;
}

// @ts-ignore: decorator
@inline
function ring(hash: u64): u32 {
  let at = load<u32>(starts + (<usize>(hash >> shift) << 2));
  while (load<u64>(points + (<usize>at << 3)) < hash) at += 1;
  return load<u32>(owners + (<usize>at << 2));
}

// @ts-ignore: decorator
@inline
function shardOf(hash: u64): u32 {
  if (kind == Kind.Remainder) return <u32>(hash % <u64>count);
  if (kind == Kind.Jump) return jump(hash, <f64>count);
  if (kind == Kind.Ring) return ring(hash);
  return load<u32>(owners + (<usize>(hash % <u64>count) << 2));
}

/** The `left` codes from `index`, at most 8; bit 63 is set where one is not ASCII. */
// @ts-ignore: decorator
@inline
function partWord(text: externref, index: i32, left: i32): u64 {
  let seen = 0;
  let word: u64 = 0;
  let at = index;
  let bits: u64 = 0;
  if (left & 4) {
    const a = codeAt(text, at);
    const b = codeAt(text, at + 1);
    const c = codeAt(text, at + 2);
    const d = codeAt(text, at + 3);
    seen = a | b | c | d;
    word = <u64>(<u32>(a | (b << 8) | (c << 16) | (d << 24)));
    at += 4;
    bits = 32;
  }
  if (left & 2) {
    const a = codeAt(text, at);
    const b = codeAt(text, at + 1);
    seen |= a | b;
    word |= <u64>(<u32>(a | (b << 8))) << bits;
    at += 2;
    bits += 16;
  }
  if (left & 1) {
    const a = codeAt(text, at);
    seen |= a;
    word |= <u64>(<u32>a) << bits;
  }
  return word | (<u64>(seen > 0x7f) << 63);
}

/** The 8 codes from `index`; bit 63 is set where one is not ASCII. */
// @ts-ignore: decorator
@inline
function fullWord(text: externref, index: i32): u64 {
  const a = codeAt(text, index);
  const b = codeAt(text, index + 1);
  const c = codeAt(text, index + 2);
  const d = codeAt(text, index + 3);
  const e = codeAt(text, index + 4);
  const f = codeAt(text, index + 5);
  const g = codeAt(text, index + 6);
  const h = codeAt(text, index + 7);
  const seen = a | b | c | d | e | f | g | h;
  const low = <u32>(a | (b << 8) | (c << 16) | (d << 24));
  const high = <u32>(e | (f << 8) | (g << 16) | (h << 24));
  return <u64>low | (<u64>high << 32) | (<u64>(seen > 0x7f) << 63);
}

/** Writes a text of more than 16 codes to the scratch memory; false where one is not ASCII. */
function writeText(text: externref, length: i32): bool {
  let seen: u64 = 0;
  let at = 0;
  for (; at + 8 <= length; at += 8) {
    const word = fullWord(text, at);
    seen |= word;
    store<u64>(scratch + at, word);
  }
  const last = partWord(text, at, length - at);
  store<u64>(scratch + at, last);
  store<u64>(scratch + at, 0, 8);
  store<u64>(scratch + at, 0, 16);
  return <i64>(seen | last) >= 0;
}

/** The shard of a text of ASCII alone; -1 for others, and for those longer than the memory. */
// @ts-ignore: decorator
@inline
function textShard(hash: Hash, text: externref): i32 {
  const length = lengthOf(text);
  let low: u64 = 0;
  let high: u64 = 0;
  if (length > 16) {
    if (<u32>length > scratchBytes || !writeText(text, length)) return -1;
    return shardOf(hashLong(hash, scratch, length));
  }
  if (length >= 8) {
    low = fullWord(text, 0);
    high = length == 16 ? fullWord(text, 8) : partWord(text, 8, length - 8);
  } else low = partWord(text, 0, length);
  if (<i64>(low | high) < 0) return -1;
  return shardOf(hashShort(hash, low, high, length));
}

// @ts-ignore: decorator
@inline
function wordsHash(hash: Hash, a: u32, b: u32, c: u32, d: u32, length: u32): u64 {
  return hashShort(hash, <u64>a | (<u64>b << 32), <u64>c | (<u64>d << 32), length);
}

// @ts-ignore: decorator
@inline
function keyHash(hash: Hash, key: i64): u64 {
  return hashShort(hash, key, 0, 8);
}

/** Shards of the int8 keys at `keys` to `shards`: a loop for each kind, which the engine lacks. */
// @ts-ignore: decorator
@inline
function bulk(hash: Hash, keys: usize, shards: usize, keyCount: u32): void {
  const end = keys + (<usize>keyCount << 3);
  let key = keys;
  let shard = shards;
  const by = <u64>count;
  const table = owners;
  if (kind == Kind.Remainder) {
    for (; key < end; key += 8, shard += 4) {
      store<u32>(shard, <u32>(keyHash(hash, load<i64>(key)) % by));
    }
  } else if (kind == Kind.Jump) {
    const buckets = <f64>count;
    for (; key < end; key += 8, shard += 4) {
      store<u32>(shard, jump(keyHash(hash, load<i64>(key)), buckets));
    }
  } else if (kind == Kind.Ring) {
    for (; key < end; key += 8, shard += 4) store<u32>(shard, ring(keyHash(hash, load<i64>(key))));
  } else {
    for (; key < end; key += 8, shard += 4) {
      const entry = <usize>(keyHash(hash, load<i64>(key)) % by);
      store<u32>(shard, load<u32>(table + (entry << 2)));
    }
  }
}

export function xxh64Text(text: externref): i32 {
  return textShard(Hash.Xxh64, text);
}
export function xxh64Remainder(a: u32, b: u32, c: u32, d: u32, length: u32, by: u32): u32 {
  return <u32>(wordsHash(Hash.Xxh64, a, b, c, d, length) % <u64>by);
}
export function xxh64Jump(a: u32, b: u32, c: u32, d: u32, length: u32, buckets: u32): u32 {
  return jump(wordsHash(Hash.Xxh64, a, b, c, d, length), buckets);
}
export function xxh64Int8(key: f64): u32 {
  return shardOf(keyHash(Hash.Xxh64, <i64>key));
}
export function xxh64Bigint(key: i64): u32 {
  return shardOf(keyHash(Hash.Xxh64, key));
}
export function xxh64Bulk(keys: usize, shards: usize, keyCount: u32): void {
  bulk(Hash.Xxh64, keys, shards, keyCount);
}

export function murmur3x128Text(text: externref): i32 {
  return textShard(Hash.Murmur3x128, text);
}
export function murmur3x128Remainder(a: u32, b: u32, c: u32, d: u32, length: u32, by: u32): u32 {
  return <u32>(wordsHash(Hash.Murmur3x128, a, b, c, d, length) % <u64>by);
}
export function murmur3x128Jump(a: u32, b: u32, c: u32, d: u32, length: u32, buckets: u32): u32 {
  return jump(wordsHash(Hash.Murmur3x128, a, b, c, d, length), buckets);
}
export function murmur3x128Int8(key: f64): u32 {
  return shardOf(keyHash(Hash.Murmur3x128, <i64>key));
}
export function murmur3x128Bigint(key: i64): u32 {
  return shardOf(keyHash(Hash.Murmur3x128, key));
}
export function murmur3x128Bulk(keys: usize, shards: usize, keyCount: u32): void {
  bulk(Hash.Murmur3x128, keys, shards, keyCount);
}

export function murmur3x32Text(text: externref): i32 {
  return textShard(Hash.Murmur3x32, text);
}
export function murmur3x32Remainder(a: u32, b: u32, c: u32, d: u32, length: u32, by: u32): u32 {
  return <u32>(wordsHash(Hash.Murmur3x32, a, b, c, d, length) % <u64>by);
}
export function murmur3x32Jump(a: u32, b: u32, c: u32, d: u32, length: u32, buckets: u32): u32 {
  return jump(wordsHash(Hash.Murmur3x32, a, b, c, d, length), buckets);
}
export function murmur3x32Int8(key: f64): u32 {
  return shardOf(keyHash(Hash.Murmur3x32, <i64>key));
}
export function murmur3x32Bigint(key: i64): u32 {
  return shardOf(keyHash(Hash.Murmur3x32, key));
}
export function murmur3x32Bulk(keys: usize, shards: usize, keyCount: u32): void {
  bulk(Hash.Murmur3x32, keys, shards, keyCount);
}

export function fnv1a64Text(text: externref): i32 {
  return textShard(Hash.Fnv1a64, text);
}
export function fnv1a64Remainder(a: u32, b: u32, c: u32, d: u32, length: u32, by: u32): u32 {
  return <u32>(wordsHash(Hash.Fnv1a64, a, b, c, d, length) % <u64>by);
}
export function fnv1a64Jump(a: u32, b: u32, c: u32, d: u32, length: u32, buckets: u32): u32 {
  return jump(wordsHash(Hash.Fnv1a64, a, b, c, d, length), buckets);
}
export function fnv1a64Int8(key: f64): u32 {
  return shardOf(keyHash(Hash.Fnv1a64, <i64>key));
}
export function fnv1a64Bigint(key: i64): u32 {
  return shardOf(keyHash(Hash.Fnv1a64, key));
}
export function fnv1a64Bulk(keys: usize, shards: usize, keyCount: u32): void {
  bulk(Hash.Fnv1a64, keys, shards, keyCount);
}
