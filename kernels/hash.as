// One hash of a key in one call: the lower word is the answer, the upper one stands at address 0.
import { Hash, hashLong, hashShort } from './hashes';

/** Where keys are written that are too long for two words; 16 bytes of 0 follow each. */
const keys: usize = 8;

// @ts-ignore: decorator
@inline
function answer(hash: u64): u32 {
  store<u32>(0, <u32>(hash >> 32));
  return <u32>hash;
}

// @ts-ignore: decorator
@inline
function joined(low: u32, high: u32): u64 {
  return <u64>low | (<u64>high << 32);
}

// @ts-ignore: decorator
@inline
function short(hash: Hash, a: u32, b: u32, c: u32, d: u32, length: u32): u32 {
  return answer(hashShort(hash, joined(a, b), joined(c, d), length));
}

/** Writes the hashes of the int8 keys first .. first + count - 1 from address `to`. */
// @ts-ignore: decorator
@inline
function integers(hash: Hash, first: u32, count: u32, to: usize): void {
  const end = <u64>first + count;
  let at = to;
  for (let key = <u64>first; key < end; key += 1, at += 8) {
    store<u64>(at, hashShort(hash, key, 0, 8));
  }
}

export function xxh64Short(a: u32, b: u32, c: u32, d: u32, length: u32): u32 {
  return short(Hash.Xxh64, a, b, c, d, length);
}
export function xxh64Long(length: u32): u32 {
  return answer(hashLong(Hash.Xxh64, keys, length));
}
export function xxh64Integers(first: u32, count: u32, to: usize): void {
  integers(Hash.Xxh64, first, count, to);
}

export function murmur3x128Short(a: u32, b: u32, c: u32, d: u32, length: u32): u32 {
  return short(Hash.Murmur3x128, a, b, c, d, length);
}
export function murmur3x128Long(length: u32): u32 {
  return answer(hashLong(Hash.Murmur3x128, keys, length));
}
export function murmur3x128Integers(first: u32, count: u32, to: usize): void {
  integers(Hash.Murmur3x128, first, count, to);
}

export function murmur3x32Short(a: u32, b: u32, c: u32, d: u32, length: u32): u32 {
  return short(Hash.Murmur3x32, a, b, c, d, length);
}
export function murmur3x32Long(length: u32): u32 {
  return answer(hashLong(Hash.Murmur3x32, keys, length));
}
export function murmur3x32Integers(first: u32, count: u32, to: usize): void {
  integers(Hash.Murmur3x32, first, count, to);
}

export function fnv1a64Short(a: u32, b: u32, c: u32, d: u32, length: u32): u32 {
  return short(Hash.Fnv1a64, a, b, c, d, length);
}
export function fnv1a64Long(length: u32): u32 {
  return answer(hashLong(Hash.Fnv1a64, keys, length));
}
export function fnv1a64Integers(first: u32, count: u32, to: usize): void {
  integers(Hash.Fnv1a64, first, count, to);
}
