// The key hashes in plpgsql: each is `shardlab_<name>(bytea) returns int8`, 64 bits with their
// sign.
import type { KeyHashName } from '../../../base/hash/key-hash.ts';
import { signed64 } from '../code-text.ts';
import { sqlFunction } from './sql-words.ts';

const prime = {
  one: signed64(0x9e3779b185ebca87n),
  two: signed64(0xc2b2ae3d27d4eb4fn),
  three: signed64(0x165667b19e3779f9n),
  four: signed64(0x85ebca77c2b2ae63n),
  five: signed64(0x27d4eb2f165667c5n),
  both: signed64(0x9e3779b185ebca87n + 0xc2b2ae3d27d4eb4fn),
  minusOne: signed64(-0x9e3779b185ebca87n),
};

const round = (lane: string, word: string): string =>
  `shardlab_times(shardlab_turned(shardlab_plus(${lane}, shardlab_times(${word}, ` +
  `${prime.two})), 31), ${prime.one})`;

const xxh64 = `-- XXH64, seed 0: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
${sqlFunction(
  'shardlab_xxh64(bytes bytea)',
  'int8',
  `declare
  total int4 := length(bytes);
  pos int4 := 0;
  hash int8 := ${prime.five};
  lanes int8[] := array[${prime.both}, ${prime.two}, 0, ${prime.minusOne}]::int8[];
begin
  if total >= 32 then
    while pos + 32 <= total loop
      for i in 1 .. 4 loop
        lanes[i] :=
          ${round('lanes[i]', 'shardlab_word_at(bytes, pos + 8 * (i - 1), 8)')};
      end loop;
      pos := pos + 32;
    end loop;
    hash := shardlab_plus(
      shardlab_plus(shardlab_turned(lanes[1], 1), shardlab_turned(lanes[2], 7)),
      shardlab_plus(shardlab_turned(lanes[3], 12), shardlab_turned(lanes[4], 18)));
    for i in 1 .. 4 loop
      hash := shardlab_plus(shardlab_times(hash #
        ${round('0', 'lanes[i]')}, ${prime.one}), ${prime.four});
    end loop;
  end if;
  hash := shardlab_plus(hash, total);
  while pos + 8 <= total loop
    hash := hash #
      ${round('0', 'shardlab_word_at(bytes, pos, 8)')};
    hash := shardlab_plus(shardlab_times(shardlab_turned(hash, 27), ${prime.one}), ${prime.four});
    pos := pos + 8;
  end loop;
  if pos + 4 <= total then
    hash := hash # shardlab_times(shardlab_word_at(bytes, pos, 4), ${prime.one});
    hash := shardlab_plus(shardlab_times(shardlab_turned(hash, 23), ${prime.two}), ${prime.three});
    pos := pos + 4;
  end if;
  while pos < total loop
    hash := hash # shardlab_times(get_byte(bytes, pos), ${prime.five});
    hash := shardlab_times(shardlab_turned(hash, 11), ${prime.one});
    pos := pos + 1;
  end loop;
  hash := shardlab_times(hash # shardlab_shifted(hash, 33), ${prime.two});
  hash := shardlab_times(hash # shardlab_shifted(hash, 29), ${prime.three});
  return hash # shardlab_shifted(hash, 32);
end`,
)}`;

const c32 = (value: string): string => `(shardlab_times(${value}) & 4294967295)`;
const turned32 = (word: string, by: number): string =>
  `(((${word} << ${by}) | (${word} >> ${32 - by})) & 4294967295)`;

const scrambled = `word := ${c32(`word, ${String(0xcc9e2d51)}`)};
    word := ${turned32('word', 15)};
    word := ${c32(`word, ${String(0x1b873593)}`)};`;

const murmur32 = `-- MurmurHash3_x86_32, seed 0: https://github.com/aappleby/smhasher
${sqlFunction(
  'shardlab_murmur32(bytes bytea)',
  'int8',
  `declare
  total int4 := length(bytes);
  pos int4 := 0;
  hash int8 := 0;
  word int8;
begin
  while pos + 4 <= total loop
    word := shardlab_word_at(bytes, pos, 4);
    ${scrambled}
    hash := hash # word;
    hash := ${turned32('hash', 13)};
    hash := (hash * 5 + ${String(0xe6546b64)}) & 4294967295;
    pos := pos + 4;
  end loop;
  if pos < total then
    word := shardlab_word_at(bytes, pos, total - pos);
    ${scrambled}
    hash := hash # word;
  end if;
  return shardlab_mixed32(hash # total);
end`,
)}`;

const mix128 = (part: string, first: string, turn: number, second: string): string =>
  `shardlab_times(shardlab_turned(shardlab_times(${part}, ${first}), ${turn}), ${second})`;
const factor1 = signed64(0x87c37b91114253d5n);
const factor2 = signed64(0x4cf5ad432745937fn);

const mixed64 = `
  word := shardlab_times(word # shardlab_shifted(word, 33), ${signed64(0xff51afd7ed558ccdn)});
  word := shardlab_times(word # shardlab_shifted(word, 33), ${signed64(0xc4ceb9fe1a85ec53n)});
  return word # shardlab_shifted(word, 33);`;

const murmur128 = `-- MurmurHash3_x64_128, seed 0, its first word:
-- https://github.com/aappleby/smhasher
${sqlFunction('shardlab_mixed64(word int8)', 'int8', `begin${mixed64}\nend`)}

${sqlFunction(
  'shardlab_murmur128(bytes bytea)',
  'int8',
  `declare
  total int4 := length(bytes);
  pos int4 := 0;
  a int8 := 0;
  b int8 := 0;
  word int8;
begin
  while pos + 16 <= total loop
    word := shardlab_word_at(bytes, pos, 8);
    a := a # ${mix128('word', factor1, 31, factor2)};
    a := shardlab_plus(shardlab_turned(a, 27), b);
    a := shardlab_plus(shardlab_times(a, 5), ${String(0x52dce729)});
    word := shardlab_word_at(bytes, pos + 8, 8);
    b := b # ${mix128('word', factor2, 33, factor1)};
    b := shardlab_plus(shardlab_turned(b, 31), a);
    b := shardlab_plus(shardlab_times(b, 5), ${String(0x38495ab5)});
    pos := pos + 16;
  end loop;
  word := shardlab_word_at(bytes, pos + 8, greatest(0, total - pos - 8));
  b := b # ${mix128('word', factor2, 33, factor1)};
  word := shardlab_word_at(bytes, pos, least(8, total - pos));
  a := a # ${mix128('word', factor1, 31, factor2)};
  a := a # total;
  b := b # total;
  a := shardlab_plus(a, b);
  b := shardlab_plus(b, a);
  return shardlab_plus(shardlab_mixed64(a), shardlab_mixed64(b));
end`,
)}`;

const fnv = (name: string, offset: string, product: string): string =>
  `-- FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
${sqlFunction(
  `shardlab_${name}(bytes bytea)`,
  'int8',
  `declare
  hash int8 := ${offset};
begin
  for i in 0 .. length(bytes) - 1 loop
    hash := ${product};
  end loop;
  return hash;
end`,
)}`;

const plain = (name: string, what: string): string =>
  sqlFunction(`shardlab_${name}(bytes bytea)`, 'int8', `begin\n  return ${what};\nend`);

export const sqlHashNames: Readonly<Record<KeyHashName, string>> = {
  xxh64: 'shardlab_xxh64',
  'fnv1a-32': 'shardlab_fnv1a32',
  'fnv1a-64': 'shardlab_fnv1a64',
  'murmur3-32': 'shardlab_murmur32',
  'murmur3-128': 'shardlab_murmur128',
  md5: 'shardlab_md5',
  sha256: 'shardlab_sha256',
  identity: 'shardlab_identity',
};

export const sqlHashes: Readonly<Record<KeyHashName, string>> = {
  xxh64,
  'fnv1a-32': fnv(
    'fnv1a32',
    String(0x811c9dc5),
    `shardlab_times(hash # get_byte(bytes, i), ${String(0x01000193)}) & 4294967295`,
  ),
  'fnv1a-64': fnv(
    'fnv1a64',
    signed64(0xcbf29ce484222325n),
    `shardlab_times(hash # get_byte(bytes, i), ${String(0x100000001b3)})`,
  ),
  'murmur3-32': murmur32,
  'murmur3-128': murmur128,
  md5: plain('md5', `('x' || substr(md5(bytes), 1, 16))::bit(64)::int8`),
  sha256: plain('sha256', `('x' || encode(substr(sha256(bytes), 1, 8), 'hex'))::bit(64)::int8`),
  identity: plain('identity', 'shardlab_word_at(bytes, 0, 8)'),
};

/** The finaliser of MurmurHash3_x86_32, which scores are made with as well. */
export const sqlMixed32 = sqlFunction(
  'shardlab_mixed32(word int8)',
  'int8',
  `declare
  hash int8 := word & 4294967295;
begin
  hash := ${c32(`hash # (hash >> 16), ${String(0x85ebca6b)}`)};
  hash := ${c32(`hash # (hash >> 13), ${String(0xc2b2ae35)}`)};
  return hash # (hash >> 16);
end`,
);
