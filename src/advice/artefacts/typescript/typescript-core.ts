import { joined, wrapped } from '../code-text.ts';
import { partitionSeed } from '../../../router/presets/postgres-partition.ts';
import type { HashRecipe } from '../../../router/recipe.ts';
import type { RouterPlan, TableCore } from '../router-plan.ts';
import { typescriptHashNames } from './typescript-hashes.ts';

/** `coreShard(text)`: the shard of a key that has none of its own. */
export function typescriptCore({ core, keyType }: RouterPlan): string {
  if (core.kind === 'hash') return hashCore(core);
  if (core.kind === 'partition-hash') return partitionCore(core.shardCount);
  return tableCore(core, keyType);
}

function hashCore({ hash, salt, placing, shardCount }: HashRecipe): string {
  const name = typescriptHashNames[hash];
  const salted =
    salt === ''
      ? `const hash = ${name}(encode(text));`
      : `const key = encode(text);
  const bytes = new Uint8Array(salt.length + key.length);
  bytes.set(salt);
  bytes.set(key, salt.length);
  const hash = ${name}(bytes);`;
  const saltText =
    salt === ''
      ? ''
      : `/** Stands in front of every key. */
const salt = new TextEncoder().encode(${JSON.stringify(salt)});

`;
  return `${saltText}${placingTables(placing)}function coreShard(text: string): number {
  ${salted}
${placingLines(placing, shardCount)}
}`;
}

function placingTables(placing: HashRecipe['placing']): string {
  if (placing.kind === 'table') return `${numbers('table', placing.table)}\n\n`;
  if (placing.kind === 'points') {
    const { count, hi, lo, owner } = placing.points;
    const points = Array.from(
      { length: count },
      (_, i) => `0x${joined(hi[i] ?? 0, lo[i] ?? 0).toString(16)}n`,
    );
    return `/** Ascending. */
const points: readonly bigint[] = [
${wrapped(points)}
];

${numbers('owners', owner)}

`;
  }
  if (placing.kind !== 'scores') return '';
  const bids = placing.bids.map(({ shard, first, second }) => `[${shard}, ${first}, ${second}]`);
  return `/** Shards with the two words that their scores are made with. */
const bids: readonly (readonly [number, number, number])[] = [
${wrapped(bids)}
];

`;
}

const numbers = (name: string, values: ArrayLike<number>): string => `/** Shards. */
const ${name}: readonly number[] = [
${wrapped(Array.from(values, String))}
];`;

function placingLines(placing: HashRecipe['placing'], shardCount: number): string {
  if (placing.kind === 'remainder') return `  return Number(hash % ${shardCount}n);`;
  if (placing.kind === 'table') return `  return table[Number(hash % BigInt(table.length))] ?? 0;`;
  if (placing.kind === 'points') {
    return `  // The first point that is not below the hash, or else the first of all.
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((points[middle] ?? 0n) < hash) low = middle + 1;
    else high = middle;
  }
  return owners[low === points.length ? 0 : low] ?? 0;`;
  }
  if (placing.kind === 'scores') {
    return `  const high = Number(hash >> 32n) | 0;
  const low = Number(hash & 0xffff_ffffn) | 0;
  let best = -1;
  let shard = 0;
  for (const [each, first, second] of bids) {
    const score = mixed32(mixed32(low ^ second) ^ high ^ first) >>> 0;
    if (score <= best) continue;
    best = score;
    shard = each;
  }
  return shard;`;
  }
  return `  // Jump consistent hash: https://arxiv.org/abs/1406.2294
  let state = hash;
  let bucket = 0;
  for (let next = 0; next < ${shardCount}; ) {
    bucket = next;
    state = plus(times(state, 2862933555777941757n), 1n);
    next = Math.floor((bucket + 1) * (0x8000_0000 / (Number(state >> 33n) + 1)));
  }
  return bucket;`;
}

/** hash_combine64 of 0 and the one column's hash. */
const partitionCore = (shardCount: number): string => `
// As PARTITION BY HASH: postgres/postgres, src/backend/partitioning/partbounds.c
function coreShard(text: string): number {
  const seed = 0x${joined(partitionSeed.hi, partitionSeed.lo).toString(16)}n;
  const hash = plus(postgresHash(postgresBytes(encode(text)), seed), 0x49a0_f4dd_15e5_a8e3n);
  return Number(hash % ${shardCount}n);
}`;

function tableCore(core: TableCore, keyType: string): string {
  if (core.kind === 'hash32-ranges') {
    return `/** The node of each hash range. */
const table: readonly number[] = [
${wrapped(Array.from(core.table, String))}
];

function coreShard(text: string): number {
  const hash = Number(postgresHash(postgresBytes(encode(text)), 0n) & 0xffff_ffffn) | 0;
  const width = Math.floor(2 ** 32 / table.length);
  return table[Math.min(table.length - 1, Math.floor((hash + 2 ** 31) / width))] ?? 0;
}`;
  }
  if (core.kind === 'list') {
    const rows = core.entries.map(({ key, shard }) => `[${JSON.stringify(key)}, ${shard}]`);
    const missing =
      core.otherwise === null
        ? `  if (shard === undefined) throw new Error('no shard for the key ' + text);
  return shard;`
        : `  return shard ?? ${core.otherwise};`;
    return `const listed = new Map<string, number>([
${wrapped(rows)}
]);

function coreShard(text: string): number {
  const shard = listed.get(text);
${missing}
}`;
  }
  return boundsCore(core.runs, keyType);
}

function boundsCore(runs: Extract<TableCore, { kind: 'bounds' }>['runs'], keyType: string): string {
  const low = runs.slice(1).map((run) => JSON.stringify(run.low));
  const order = {
    int8: `const isAtMost = (bound: string, text: string): boolean =>
  BigInt(bound) <= BigInt(text);`,
    uuid: `const isAtMost = (bound: string, text: string): boolean => bound <= text;`,
    text: `/** By code points, which is the order of COLLATE "C" in UTF-8. */
function isAtMost(bound: string, text: string): boolean {
  const [left, right] = [encode(bound), encode(text)];
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    if (left[i] !== right[i]) return (left[i] ?? 0) < (right[i] ?? 0);
  }
  return left.length <= right.length;
}`,
  };
  return `/** Run i is from bound i - 1 (included) to bound i. */
const bounds: readonly string[] = [
${wrapped(low)}
];

/** Shard of each run. */
const owners: readonly number[] = [
${wrapped(runs.map(({ shard }) => String(shard)))}
];

${keyType === 'int8' ? order.int8 : keyType === 'uuid' ? order.uuid : order.text}

function coreShard(text: string): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAtMost(bounds[middle] ?? '', text)) low = middle + 1;
    else high = middle;
  }
  return owners[low] ?? 0;
}`;
}
