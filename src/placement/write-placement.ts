import { assert } from '../base/assert.ts';
import { idealMaxOverMean, tenantFloor } from '../metrics/imbalance.ts';
import { bandSalts, placementBand } from '../metrics/placement-band.ts';
import type { WriteSpread } from '../result/types.ts';
import { buildRouter, definitionOf, type RouterSpec } from '../router/build-router.ts';
import type { KnownKeys, Router, RouterTopology } from '../router/contract.ts';
import type { KeyWrites } from '../workload/key-usage.ts';

export type WritePlacement = Pick<WriteSpread, 'idealMaxOverMean' | 'tenantFloor' | 'band'>;

/**
 * Keys routed for one band at the most: above this a band would take longer than a cell, and with
 * so many distinct keys fewer salts tell the same (the spread of a placement falls as
 * 1/sqrt(keys)).
 */
const bandRoutesMax = 20_000_000;

/** What a placement is to be judged against, from the writes of the realised arrivals. */
export function writePlacement(
  spec: RouterSpec,
  topology: RouterTopology,
  known: KnownKeys,
  writes: KeyWrites,
): WritePlacement {
  if (!writes.counts.some((count) => count > 0)) return { ...nothingToJudge, band: null };
  return {
    ...placementLimits(topology.shardCount, writes),
    band: definitionOf(spec).traits.hashes ? bandOf(spec, topology, known, writes) : null,
  };
}

const nothingToJudge = { idealMaxOverMean: null, tenantFloor: null };

/** What no router's max/mean can be expected to beat, as far as it is known. */
export function placementLimits(
  shardCount: number,
  writes: KeyWrites,
): Omit<WritePlacement, 'band'> {
  const keyed = writes.counts.reduce((sum, count) => sum + count, 0);
  if (keyed === 0) return nothingToJudge;
  const ideal = idealMaxOverMean(shardCount, writes.keys.count);
  const descending = writes.counts.toSorted().toReversed();
  return {
    idealMaxOverMean: ideal === null ? null : diluted(ideal, keyed / shardCount, writes.everywhere),
    tenantFloor: writes.exact ? tenantFloor(descending, shardCount, writes.everywhere) : null,
  };
}

/** Writes that go to every shard add the same to each and so pull max/mean towards 1. */
const diluted = (maxOverMean: number, meanKeyed: number, everywhere: number): number =>
  (maxOverMean * meanKeyed + everywhere) / (meanKeyed + everywhere);

function bandOf(
  spec: RouterSpec,
  topology: RouterTopology,
  known: KnownKeys,
  writes: KeyWrites,
): WriteSpread['band'] {
  // identity takes no salt: it has one placement.
  if (spec.hash === 'identity') return null;
  const affordable = Math.floor(bandRoutesMax / (writes.keys.count + routesToBuild(spec, known)));
  const salts = Math.max(20, Math.min(bandSalts, affordable));
  const load = (salt: string, out: Float64Array): void => {
    const router = buildRouter({ ...spec, salt }, topology, writes.keys.type, known);
    writesByShard(router, writes, out);
  };
  return placementBand(salts, load, topology.shardCount);
}

/** Keys that a router is asked for while it is built: an overlay fills the emptiest shards. */
function routesToBuild({ pin, split }: RouterSpec, known: KnownKeys): number {
  return pin === undefined && split === undefined ? 0 : known.count;
}

/** Share that the largest of several counts has of all; null where there are none. */
export function largestShare(counts: Float64Array): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total === 0 ? null : counts.reduce((most, count) => Math.max(most, count), 0) / total;
}

/** Adds up the writes that a router sends to each shard; `out` has one entry a shard. */
export function writesByShard(router: Router, writes: KeyWrites, out: Float64Array): void {
  assert(out.length === router.shardCount, 'one entry for each shard');
  out.fill(writes.everywhere);
  const { count, bytes, offsets } = writes.keys;
  for (let i = 0; i < count; i++) {
    const shard = router.route(bytes, offsets[i] ?? 0, offsets[i + 1] ?? 0);
    out[shard] = (out[shard] ?? 0) + (writes.counts[i] ?? 0);
  }
}
