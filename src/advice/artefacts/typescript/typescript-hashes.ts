// The key hashes in TypeScript of no dependency: each is `<name>(bytes): bigint`, 64 unsigned bits.
import type { KeyHashName } from '../../../base/hash/key-hash.ts';

export const typescriptHashNames: Readonly<Record<KeyHashName, string>> = {
  xxh64: 'xxh64',
  'fnv1a-32': 'fnv1a32',
  'fnv1a-64': 'fnv1a64',
  'murmur3-32': 'murmur32',
  'murmur3-128': 'murmur128',
  md5: 'md5',
  sha256: 'sha256',
  identity: 'identity',
};

/** What most of them are made of. */
export const typescriptWords = `
const mask = 0xffff_ffff_ffff_ffffn;
const times = (a: bigint, b: bigint): bigint => (a * b) & mask;
const plus = (a: bigint, b: bigint): bigint => (a + b) & mask;
const turned = (word: bigint, by: bigint): bigint =>
  ((word << by) | (word >> (64n - by))) & mask;

/** Little-endian. */
function wordAt(bytes: Uint8Array, at: number, length: number): bigint {
  let word = 0n;
  for (let i = length - 1; i >= 0; i -= 1) word = (word << 8n) | BigInt(bytes[at + i] ?? 0);
  return word;
}
`;

const xxh64 = `
// XXH64, seed 0: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
const prime1 = 0x9e37_79b1_85eb_ca87n;
const prime2 = 0xc2b2_ae3d_27d4_eb4fn;
const prime3 = 0x1656_67b1_9e37_79f9n;
const prime4 = 0x85eb_ca77_c2b2_ae63n;
const prime5 = 0x27d4_eb2f_1656_67c5n;

const round = (lane: bigint, word: bigint): bigint =>
  times(turned(plus(lane, times(word, prime2)), 31n), prime1);

function xxh64(bytes: Uint8Array): bigint {
  const length = bytes.length;
  let at = 0;
  let hash = prime5;
  if (length >= 32) {
    const lanes = [plus(prime1, prime2), prime2, 0n, (-prime1) & mask];
    for (; at + 32 <= length; at += 32) {
      for (let i = 0; i < 4; i += 1) {
        lanes[i] = round(lanes[i] ?? 0n, wordAt(bytes, at + 8 * i, 8));
      }
    }
    const [a = 0n, b = 0n, c = 0n, d = 0n] = lanes;
    hash = (turned(a, 1n) + turned(b, 7n) + turned(c, 12n) + turned(d, 18n)) & mask;
    for (const lane of lanes) hash = plus(times(hash ^ round(0n, lane), prime1), prime4);
  }
  hash = plus(hash, BigInt(length));
  for (; at + 8 <= length; at += 8) {
    hash = plus(times(turned(hash ^ round(0n, wordAt(bytes, at, 8)), 27n), prime1), prime4);
  }
  if (at + 4 <= length) {
    hash = plus(times(turned(hash ^ times(wordAt(bytes, at, 4), prime1), 23n), prime2), prime3);
    at += 4;
  }
  for (; at < length; at += 1) {
    hash = times(turned(hash ^ times(BigInt(bytes[at] ?? 0), prime5), 11n), prime1);
  }
  hash = times(hash ^ (hash >> 33n), prime2);
  hash = times(hash ^ (hash >> 29n), prime3);
  return hash ^ (hash >> 32n);
}
`;

const murmur32 = `
// MurmurHash3_x86_32, seed 0: https://github.com/aappleby/smhasher
const turned32 = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

function murmur32(bytes: Uint8Array): bigint {
  const length = bytes.length;
  let hash = 0;
  const scrambled = (word: number): number =>
    Math.imul(turned32(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    hash ^= scrambled(Number(wordAt(bytes, at, 4)) | 0);
    hash = (Math.imul(turned32(hash, 13), 5) + 0xe6546b64) | 0;
  }
  hash ^= scrambled(Number(wordAt(bytes, at, length - at)) | 0);
  return BigInt(mixed32(hash ^ length) >>> 0);
}
`;

const murmur128 = `
// MurmurHash3_x64_128, seed 0, its first word: https://github.com/aappleby/smhasher
const factor1 = 0x87c3_7b91_1142_53d5n;
const factor2 = 0x4cf5_ad43_2745_937fn;

function mixed64(word: bigint): bigint {
  let hash = times(word ^ (word >> 33n), 0xff51_afd7_ed55_8ccdn);
  hash = times(hash ^ (hash >> 33n), 0xc4ce_b9fe_1a85_ec53n);
  return hash ^ (hash >> 33n);
}

function murmur128(bytes: Uint8Array): bigint {
  const length = bytes.length;
  const first = (word: bigint): bigint => times(turned(times(word, factor1), 31n), factor2);
  const second = (word: bigint): bigint => times(turned(times(word, factor2), 33n), factor1);
  let a = 0n;
  let b = 0n;
  let at = 0;
  for (; at + 16 <= length; at += 16) {
    a = plus(turned(a ^ first(wordAt(bytes, at, 8)), 27n), b);
    a = plus(times(a, 5n), 0x52dc_e729n);
    b = plus(turned(b ^ second(wordAt(bytes, at + 8, 8)), 31n), a);
    b = plus(times(b, 5n), 0x3849_5ab5n);
  }
  const rest = length - at;
  b ^= second(wordAt(bytes, at + 8, Math.max(0, rest - 8)));
  a ^= first(wordAt(bytes, at, Math.min(8, rest)));
  a ^= BigInt(length);
  b ^= BigInt(length);
  a = plus(a, b);
  b = plus(b, a);
  return plus(mixed64(a), mixed64(b));
}
`;

const fnv = (name: string, offset: string, prime: string, cut: string): string => `
// FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
function ${name}(bytes: Uint8Array): bigint {
  let hash = ${offset};
  for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * ${prime}) & ${cut};
  return hash;
}
`;

const digest = (name: string): string => `
// The first 8 bytes of the digest, big-endian.
function ${name}(bytes: Uint8Array): bigint {
  return createHash('${name}').update(bytes).digest().readBigUInt64BE(0);
}
`;

/** The function of each; `createHash` is that of node:crypto. */
export const typescriptHashes: Readonly<Record<KeyHashName, string>> = {
  xxh64,
  'fnv1a-32': fnv('fnv1a32', '0x811c_9dc5n', '0x0100_0193n', '0xffff_ffffn'),
  'fnv1a-64': fnv('fnv1a64', '0xcbf2_9ce4_8422_2325n', '0x100_0000_01b3n', 'mask'),
  'murmur3-32': murmur32,
  'murmur3-128': murmur128,
  md5: digest('md5'),
  sha256: digest('sha256'),
  identity: `
/** An integer as it is. */
const identity = (bytes: Uint8Array): bigint => wordAt(bytes, 0, 8);
`,
};

/** The finaliser of MurmurHash3_x86_32, which scores are made with as well. */
export const typescriptMixed32 = `
function mixed32(word: number): number {
  const first = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}
`;

/** PostgreSQL's own hash of bytes and integers: `postgresHash(bytes, seed)`, 64 bits. */
export const typescriptPostgresHash = `
// lookup3 as in PostgreSQL, src/common/hashfn.c: hash_bytes_extended.
function postgresHash(bytes: Uint8Array, seed: bigint): bigint {
  const turned32 = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
  let a = (0x9e3779b9 + 3923095 + bytes.length) | 0;
  let b = a;
  let c = a;
  const mix = (): void => {
    a = ((a - c) ^ turned32(c, 4)) | 0;
    c = (c + b) | 0;
    b = ((b - a) ^ turned32(a, 6)) | 0;
    a = (a + c) | 0;
    c = ((c - b) ^ turned32(b, 8)) | 0;
    b = (b + a) | 0;
    a = ((a - c) ^ turned32(c, 16)) | 0;
    c = (c + b) | 0;
    b = ((b - a) ^ turned32(a, 19)) | 0;
    a = (a + c) | 0;
    c = ((c - b) ^ turned32(b, 4)) | 0;
    b = (b + a) | 0;
  };
  if (seed !== 0n) {
    a = (a + Number(seed >> 32n)) | 0;
    b = (b + Number(seed & 0xffff_ffffn)) | 0;
    mix();
  }
  const word = (at: number, bytesLeft: number): number =>
    Number(wordAt(bytes, at, Math.max(0, Math.min(4, bytesLeft)))) | 0;
  let at = 0;
  for (; bytes.length - at >= 12; at += 12) {
    a = (a + word(at, 4)) | 0;
    b = (b + word(at + 4, 4)) | 0;
    c = (c + word(at + 8, 4)) | 0;
    mix();
  }
  const left = bytes.length - at;
  a = (a + word(at, left)) | 0;
  b = (b + word(at + 4, left - 4)) | 0;
  c = (c + (word(at + 8, left - 8) << 8)) | 0;
  c = ((c ^ b) - turned32(b, 14)) | 0;
  a = ((a ^ c) - turned32(c, 11)) | 0;
  b = ((b ^ a) - turned32(a, 25)) | 0;
  c = ((c ^ b) - turned32(b, 16)) | 0;
  a = ((a ^ c) - turned32(c, 4)) | 0;
  b = ((b ^ a) - turned32(a, 14)) | 0;
  c = ((c ^ b) - turned32(b, 24)) | 0;
  return (BigInt(b >>> 0) << 32n) | BigInt(c >>> 0);
}

/** An integer of any width folds to 32 bits first. */
function postgresBytes(key: Uint8Array): Uint8Array {
  if (keyType !== 'int8') return key;
  const low = Number(wordAt(key, 0, 4)) | 0;
  const high = Number(wordAt(key, 4, 4)) | 0;
  const folded = low ^ (high >= 0 ? high : ~high);
  return Uint8Array.of(folded, folded >>> 8, folded >>> 16, folded >>> 24);
}
`;
