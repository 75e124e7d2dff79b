// Vitess' shards are ranges of keyspace ids: vitessio/vitess, go/vt/key/key.go,
// GenerateShardRanges.
import { assert, present } from '../../base/assert.ts';
import type { Hash64 } from '../../base/hash/key-hash.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { Router, RouterTopology } from '../contract.ts';
import type { Recipe } from '../recipe.ts';
import { ignoredWeights } from '../weights.ts';
import { type HashRange, HashRangeTable, rangeEnd } from './hash-ranges.ts';

const shardsMax = 65_536;

/**
 * The ranges of a new keyspace. Bounds are whole numbers of the first byte, or of the first two
 * for more than 256 shards, cut off and not rounded: 7 shards are -24, 24-49, 49-6d and so on.
 */
export function vitessShards(count: number): HashRange[] {
  const steps = count <= 256 ? 256 : shardsMax;
  const bits = count <= 256 ? 56n : 48n;
  return Array.from({ length: count }, (_, shard) => ({
    start: BigInt(Math.trunc(shard * (steps / count))) << bits,
    shard,
  }));
}

/** Splits the widest range in two, the first of equals; the new shard takes the upper half. */
function splitWidest(ranges: readonly HashRange[], shard: number): HashRange[] {
  const widths = ranges.map(({ start }, index) => rangeEnd(ranges, index) - start);
  let widest = 0;
  for (const [index, width] of widths.entries()) {
    if (width > (widths[widest] ?? 0n)) widest = index;
  }
  const start = (ranges[widest]?.start ?? 0n) + (widths[widest] ?? 0n) / 2n;
  return ranges.toSpliced(widest + 1, 0, { start, shard });
}

/** Gives the shard's range to the neighbour below it, or above it when it is the first. */
function mergeDown(ranges: readonly HashRange[], shard: number): HashRange[] {
  const index = ranges.findIndex((range) => range.shard === shard);
  assert(index >= 0 && ranges.length > 1, 'a shard to merge, and one to merge it with');
  const rest = ranges.toSpliced(index, 1);
  return index > 0 ? rest : rest.with(0, { ...present(rest[0], 'a neighbour'), start: 0n });
}

/** The ranges of another number of shards: splits and merges, one shard at a time. */
export function reshardedVitess(previous: readonly HashRange[], count: number): HashRange[] {
  let ranges = [...previous];
  for (let shard = ranges.length; shard < count; shard += 1) ranges = splitWidest(ranges, shard);
  for (let shard = ranges.length - 1; shard >= count; shard -= 1) ranges = mergeDown(ranges, shard);
  return ranges;
}

/** `-40`, `40-80`, `c0-`: the bounds as hexadecimal bytes without zero bytes at the end. */
export function vitessShardName(ranges: readonly HashRange[], index: number): string {
  const bound = (at: bigint): string =>
    at === 0n
      ? ''
      : at
          .toString(16)
          .padStart(16, '0')
          .replace(/(?:00)+$/, '');
  const end = rangeEnd(ranges, index);
  return `${bound(ranges[index]?.start ?? 0n)}-${bound(BigInt.asUintN(64, end))}`;
}

/** Writes the keyspace id of the key bytes[start .. end), as a big-endian number, into `out`. */
export type KeyspaceId = (bytes: Uint8Array, start: number, end: number, out: Hash64) => void;

/** A vindex under the name that Vitess has for it. */
export interface Vindex {
  readonly name: 'hash' | 'xxhash';
  readonly keyspaceId: KeyspaceId;
}

class VitessRouter implements Router {
  readonly shardCount: number;
  readonly table: HashRangeTable;
  readonly warnings: readonly string[];
  readonly #vindex: Vindex;
  readonly #keyspaceId: KeyspaceId;
  readonly #out: Hash64 = { hi: 0, lo: 0 };

  constructor(table: HashRangeTable, vindex: Vindex, warnings: readonly string[]) {
    this.shardCount = table.ranges.length;
    this.table = table;
    this.warnings = warnings;
    this.#vindex = vindex;
    this.#keyspaceId = vindex.keyspaceId;
  }

  recipe(): Recipe {
    return { kind: 'keyspace-ranges', vindex: this.#vindex.name };
  }

  route(bytes: Uint8Array, start: number, end: number): number {
    this.#keyspaceId(bytes, start, end, this.#out);
    return this.table.shardOf(this.#out.hi, this.#out.lo);
  }
}

/** The router of a vindex; with `previous` its shards are split or merged. */
export function vitessRouter(
  name: string,
  topology: RouterTopology,
  vindex: Vindex,
  previous: Router | undefined,
): Router {
  const { shardCount } = topology;
  if (shardCount > shardsMax) {
    throw new UserError(`${name} takes at most ${shardsMax} shards, not ${shardCount}`, {
      exitCode: exitCodes.usage,
    });
  }
  assert(previous === undefined || previous instanceof VitessRouter, 'grows from its own kind');
  const ranges =
    previous === undefined
      ? vitessShards(shardCount)
      : reshardedVitess(previous.table.ranges, shardCount);
  return new VitessRouter(new HashRangeTable(ranges), vindex, ignoredWeights(name, topology));
}
