import type { NextStep } from '../../advice/candidate-figures.ts';
import { loadedBytes } from '../../growth/loaded-bytes.ts';
import { moveTimes } from '../../growth/move-times.ts';
import { attempt } from '../../placement/comparison.ts';
import { buildRouter, type RouterSpec } from '../../router/build-router.ts';
import type { Router, RouterTopology } from '../../router/contract.ts';
import type { LoadedKeys } from '../../workload/key-usage.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';

/** A strategy as it lies now. */
export interface Standing {
  readonly spec: RouterSpec & { readonly key: string };
  readonly known: LoadedKeys;
  readonly topology: RouterTopology;
  readonly router: Router;
  /** The keys as it places them: in pieces, where it splits some. */
  readonly placed: LoadedKeys;
}

/**
 * What doubling the shards moves of today's load and bytes, and how long that takes by the limits
 * of moves that growth assumes; null where the router cannot do that.
 *
 * @param bytes that are stored today
 */
export function nextStep(
  { scenario, workload }: Pick<LoadedScenario, 'scenario' | 'workload'>,
  bytes: number,
  { spec, known, topology, router, placed }: Standing,
): NextStep | null {
  const { shardCount, weights } = topology;
  const next = { shardCount: 2 * shardCount, weights: [...weights, ...weights] };
  const after = attempt(() => buildRouter(spec, next, known.type, known, router));
  if (!('value' in after)) return null;
  const moved = movedBetween(router, after.value, placed);
  const { bytesOfRow, all, reference } = loadedBytes(scenario, workload, spec.key, known);
  const keyed = placed.bytesOf === undefined ? moved.stored * bytesOfRow : moved.stored;
  // Each shard that is new gets its copy of the tables that all have.
  const movedBytes = ((keyed + reference * shardCount) * bytes) / all;
  const { dualWriteSeconds } = moveTimes(movedBytes, scenario.growth.moves);
  return {
    shardCount: next.shardCount,
    movedFraction: moved.load,
    bytes: movedBytes,
    hours: dualWriteSeconds / 3600,
  };
}

/** Share of the load, and rows (their bytes where these are known), of the keys that move. */
function movedBetween(before: Router, after: Router, placed: LoadedKeys) {
  const { bytes, offsets, count, weights, rows, bytesOf } = placed;
  const amounts = bytesOf ?? rows;
  const moved = { load: 0, stored: 0 };
  for (let key = 0; key < count; key += 1) {
    const [start, end] = [offsets[key] ?? 0, offsets[key + 1] ?? 0];
    if (before.route(bytes, start, end) === after.route(bytes, start, end)) continue;
    moved.load += weights[key] ?? 0;
    moved.stored += amounts[key] ?? 0;
  }
  return moved;
}
