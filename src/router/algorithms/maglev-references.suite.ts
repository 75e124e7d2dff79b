import type { Preference, Turns } from './maglev-table.ts';

/** How other systems choose the preferences of a Maglev table, slow and plain, to check against. */
const mask = (1n << 64n) - 1n;
const rotate = (value: bigint, bits: bigint): bigint =>
  ((value << bits) | (value >> (64n - bits))) & mask;
const multiply = (a: bigint, b: bigint): bigint => (a * b) & mask;

const p1 = 0x9e37_79b1_85eb_ca87n;
const p2 = 0xc2b2_ae3d_27d4_eb4fn;
const p3 = 0x1656_67b1_9e37_79f9n;
const p4 = 0x85eb_ca77_c2b2_ae63n;
const p5 = 0x27d4_eb2f_1656_67c5n;

/** XXH64 with a seed, of fewer than 32 bytes (its specification, section on short inputs). */
export function xxh64Seeded(text: string, seed: bigint): bigint {
  const bytes = Buffer.from(text);
  let hash = (seed + p5 + BigInt(bytes.length)) & mask;
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) {
    hash ^= multiply(rotate(multiply(bytes.readBigUInt64LE(at), p2), 31n), p1);
    hash = (multiply(rotate(hash, 27n), p1) + p4) & mask;
  }
  if (at + 4 <= bytes.length) {
    hash ^= multiply(BigInt(bytes.readUInt32LE(at)), p1);
    hash = (multiply(rotate(hash, 23n), p2) + p3) & mask;
    at += 4;
  }
  for (; at < bytes.length; at += 1) {
    hash = multiply(rotate(hash ^ multiply(BigInt(bytes.readUInt8(at)), p5), 11n), p1);
  }
  hash = multiply(hash ^ (hash >> 33n), p2);
  hash = multiply(hash ^ (hash >> 29n), p3);
  return hash ^ (hash >> 32n);
}

/** Envoy: XXH64 with seeds 0 and 1. */
export function envoyPreference(host: string, size: number): Preference {
  return {
    offset: Number(xxh64Seeded(host, 0n) % BigInt(size)),
    skip: Number(xxh64Seeded(host, 1n) % BigInt(size - 1)) + 1,
  };
}

const c1 = 0x87c3_7b91_1142_53d5n;
const c2 = 0x4cf5_ad43_2745_937fn;

function finish(word: bigint): bigint {
  let hash = multiply(word ^ (word >> 33n), 0xff51_afd7_ed55_8ccdn);
  hash = multiply(hash ^ (hash >> 33n), 0xc4ce_b9fe_1a85_ec53n);
  return hash ^ (hash >> 33n);
}

/** Both words of MurmurHash3_x64_128 with a seed. */
export function murmur3Seeded(text: string, seed: bigint): readonly [bigint, bigint] {
  const bytes = Buffer.from(text);
  // The tail is a block of fewer bytes, which is left unmixed.
  const padded = Buffer.concat([bytes, Buffer.alloc(16)]);
  let [h1, h2] = [seed, seed];
  for (let at = 0; at < bytes.length; at += 16) {
    h1 ^= multiply(rotate(multiply(padded.readBigUInt64LE(at), c1), 31n), c2);
    const whole = at + 16 <= bytes.length;
    if (whole) h1 = (multiply((rotate(h1, 27n) + h2) & mask, 5n) + 0x52dc_e729n) & mask;
    h2 ^= multiply(rotate(multiply(padded.readBigUInt64LE(at + 8), c2), 33n), c1);
    if (whole) h2 = (multiply((rotate(h2, 31n) + h1) & mask, 5n) + 0x3849_5ab5n) & mask;
  }
  h1 ^= BigInt(bytes.length);
  h2 ^= BigInt(bytes.length);
  h1 = (h1 + h2) & mask;
  h2 = (h2 + h1) & mask;
  [h1, h2] = [finish(h1), finish(h2)];
  h1 = (h1 + h2) & mask;
  return [h1, (h2 + h1) & mask];
}

/** The first four bytes of Cilium's default seed, JLfvgnHc2kaSUFaI in base64. */
const ciliumSeed = BigInt(Buffer.from('JLfvgnHc2kaSUFaI', 'base64').readUInt32BE(0));

/** Cilium: Murmur3-128 of the backend as it is written in its logs. */
export function ciliumPreference(address: string, size: number): Preference {
  const [offset, skip] = murmur3Seeded(`[${address},State:active]`, ciliumSeed);
  return { offset: Number(offset % BigInt(size)), skip: Number(skip % BigInt(size - 1)) + 1 };
}

/**
 * Cilium's weighted turns: with n places taken, the first backend from n modulo their number whose
 * weight times n + 1 has reached its counter, which grows by the sum of the weights each time.
 */
export function ciliumTurns(weights: readonly number[]): Turns {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const counters = weights.map((weight) => weight / weights.length);
  return (filled) => {
    let backend = filled % weights.length;
    while ((filled + 1) * (weights[backend] ?? 0) < Math.floor(counters[backend] ?? 0)) {
      backend = (backend + 1) % weights.length;
    }
    counters[backend] = (counters[backend] ?? 0) + sum;
    return backend;
  };
}
