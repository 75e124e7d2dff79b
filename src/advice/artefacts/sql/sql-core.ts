import type { KeyType } from '../../../base/keys.ts';
import { partitionSeed } from '../../../router/presets/postgres-partition.ts';
import type { HashRecipe } from '../../../router/recipe.ts';
import { joined, signed64, wrappedStrictly } from '../code-text.ts';
import type { RouterPlan, TableCore } from '../router-plan.ts';
import { sqlHashNames } from './sql-hashes.ts';
import { sqlKey, sqlText } from './sql-text.ts';
import { sqlFunction } from './sql-words.ts';

/** Listed keys that stand in the function itself: more of them are slow there. */
const inlineMax = 2000;
const insertRows = 1000;

/** `shardlab_core(key)`: the shard of a key that has none of its own. */
export function sqlCore({ core, keyType }: RouterPlan): string {
  if (core.kind === 'list' && core.entries.length > inlineMax) return tabledCore(core, keyType);
  const body =
    core.kind === 'hash'
      ? hashBody(core)
      : core.kind === 'partition-hash'
        ? partitionBody(core.shardCount, keyType)
        : tableBody(core, keyType);
  return sqlFunction(`shardlab_core(key ${keyType})`, 'int4', body);
}

type ListCore = Extract<TableCore, { kind: 'list' }>;

/** A table, by which the function promises that the shard of a key with rows stays. */
function tabledCore({ entries, otherwise }: ListCore, type: KeyType): string {
  const inserts: string[] = [];
  for (let at = 0; at < entries.length; at += insertRows) {
    const rows = entries
      .slice(at, at + insertRows)
      .map(({ key, shard }) => `(${sqlKey(type, key)}, ${shard})`);
    inserts.push(`insert into shardlab_listed values\n${wrappedStrictly(rows)};`);
  }
  const body = `begin
  -- Immutable as long as no key that has rows gets another shard: copy them first
  return coalesce((
    select listed.shard from shardlab_listed as listed where listed.key = shardlab_core.key
  ), ${otherwise ?? 'null'});
end`;
  return [
    `create table shardlab_listed (key ${type} primary key, shard int4 not null);`,
    ...inserts,
    sqlFunction(`shardlab_core(key ${type})`, 'int4', body),
  ].join('\n\n');
}

function hashBody({ hash, salt, placing, shardCount }: HashRecipe): string {
  const bytes =
    salt === ''
      ? 'shardlab_bytes(key)'
      : `convert_to(${sqlText(salt)}, 'UTF8') || shardlab_bytes(key)`;
  const { declared, lines } = placed(placing, shardCount);
  return `declare
  hash int8 := ${sqlHashNames[hash]}(${bytes});
${declared}begin
${lines}
end`;
}

/** An array as a constant, which is read once and not built for every call. */
const integers = (values: ArrayLike<number>): string =>
  `('{\n${wrappedStrictly(Array.from(values, String), '    ')}\n  }'::int4[])`;

interface Placed {
  readonly declared: string;
  readonly lines: string;
}

function placed(placing: HashRecipe['placing'], shardCount: number): Placed {
  if (placing.kind === 'remainder') {
    return { declared: '', lines: `  return shardlab_remainder(hash, ${shardCount});` };
  }
  if (placing.kind === 'table') {
    const { table } = placing;
    const lines = `  return ${integers(table)}[1 + shardlab_remainder(hash, ${table.length})];`;
    return { declared: '', lines };
  }
  if (placing.kind === 'points') return pointsPlaced(placing.points);
  if (placing.kind === 'scores') return scoresPlaced(placing.bids);
  const declared = `  bucket int8 := 0;
  following int8 := 0;
`;
  const lines = `  -- Jump consistent hash: https://arxiv.org/abs/1406.2294
  while following < ${shardCount} loop
    bucket := following;
    hash := shardlab_plus(shardlab_times(hash, 2862933555777941757), 1);
    following := floor((bucket + 1)::float8
      * (2147483648::float8 / (shardlab_shifted(hash, 33) + 1)::float8))::int8;
  end loop;
  return bucket;`;
  return { declared, lines };
}

type Points = Extract<HashRecipe['placing'], { kind: 'points' }>['points'];

/** With the highest bit turned over, signed numbers have the order of unsigned ones. */
function pointsPlaced({ count, hi, lo, owner }: Points): Placed {
  const top = 1n << 63n;
  const points = Array.from({ length: count }, (_, i) =>
    signed64(joined(hi[i] ?? 0, lo[i] ?? 0) ^ top),
  );
  const lines = `  -- The first point that is not below the hash, or else the first of all.
  hash := hash # (-9223372036854775808)::int8;
  if hash > -9223372036854775808 then
    below := width_bucket(hash - 1, '{
${wrappedStrictly(points, '    ')}
  }'::int8[]);
  end if;
  return ${integers(owner)}[1 + below % ${count}];`;
  return { declared: '  below int4 := 0;\n', lines };
}

type Bids = Extract<HashRecipe['placing'], { kind: 'scores' }>['bids'];

function scoresPlaced(bids: Bids): Placed {
  const words = (pick: (bid: Bids[number]) => number): string =>
    `'{${bids.map((bid) => pick(bid)).join(', ')}}'`;
  const declared = `  best int8 := -1;
  shard int4 := 0;
  score int8;
  shards constant int4[] := ${words(({ shard }) => shard)};
  firsts constant int8[] := ${words(({ first }) => first >>> 0)};
  seconds constant int8[] := ${words(({ second }) => second >>> 0)};
`;
  const lines = `  for i in 1 .. ${bids.length} loop
    score := shardlab_mixed32(
      shardlab_mixed32(hash # seconds[i]) # shardlab_shifted(hash, 32) # firsts[i]);
    if score > best then
      best := score;
      shard := shards[i];
    end if;
  end loop;
  return shard;`;
  return { declared, lines };
}

/** PostgreSQL has the function itself; hash_combine64 of 0 adds a constant. */
function partitionBody(shardCount: number, type: KeyType): string {
  const functions = {
    int8: 'hashint8extended(key',
    text: 'hashtextextended(key',
    uuid: 'uuid_hash_extended(key',
  };
  const seed = signed64(joined(partitionSeed.hi, partitionSeed.lo));
  return `begin
  -- As PARTITION BY HASH: postgres/postgres, src/backend/partitioning/partbounds.c
  return shardlab_remainder(
    shardlab_plus(${functions[type]}, ${seed}), ${signed64(0x49a0f4dd15e5a8e3n)}), ${shardCount});
end`;
}

function tableBody(core: TableCore, type: KeyType): string {
  if (core.kind === 'hash32-ranges') {
    const hash = { int8: 'hashint8(key)', text: 'hashtext(key)', uuid: 'uuid_hash(key)' };
    const { length } = core.table;
    return `begin
  -- Equal ranges of the 32-bit hash; the last one takes what the division leaves over.
  return ${integers(core.table)}[
    1 + least(${length - 1}, (${hash[type]}::int8 + 2147483648) / ${Math.floor(2 ** 32 / length)})];
end`;
  }
  if (core.kind === 'bounds') {
    const low = core.runs.slice(1).map((run) => literal(type, run.low ?? ''));
    return `begin
  return ${integers(core.runs.map(({ shard }) => shard))}[1 + ${bucket(type, low)}];
end`;
  }
  const sorted = core.entries.toSorted((a, b) => compared(type, a.key, b.key));
  const keys = sorted.map(({ key }) => literal(type, key));
  return `declare
  keys constant ${type}[] := array[
${wrappedStrictly(keys, '    ')}
  ]::${type}[];
  pos int4 := width_bucket(${collated(type)}, keys);
begin
  if pos > 0 and keys[pos] = key then
    return ${integers(sorted.map(({ shard }) => shard))}[pos];
  end if;
  return ${core.otherwise ?? 'null'};
end`;
}

const literal = (type: KeyType, key: string): string =>
  type === 'int8' ? `'${key}'` : sqlText(key);

const collated = (type: KeyType): string => (type === 'text' ? 'key collate "C"' : 'key');

/** How many of the bounds are not above the key. */
function bucket(type: KeyType, low: readonly string[]): string {
  return `width_bucket(${collated(type)}, array[
${wrappedStrictly(low, '    ')}
  ]::${type}[])`;
}

/** In the order of width_bucket: of numbers, or byte by byte. */
function compared(type: KeyType, a: string, b: string): number {
  if (type === 'int8') return BigInt(a) < BigInt(b) ? -1 : 1;
  const [left, right] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    if (left[i] !== right[i]) return (left[i] ?? 0) - (right[i] ?? 0);
  }
  return left.length - right.length;
}
