import { attempt } from '../../placement/comparison.ts';
import { buildRouter, type RouterSpec } from '../../router/build-router.ts';
import type { Router, RouterTopology } from '../../router/contract.ts';
import type { LoadedKeys } from '../../workload/key-usage.ts';

/**
 * Load that changes shard when the shards are doubled; null where the router cannot do that.
 *
 * @param known the keys that the router is built from; `placed`: what it places of them
 */
export function movedFraction(
  spec: RouterSpec,
  known: LoadedKeys,
  { shardCount, weights }: RouterTopology,
  before: Router,
  placed: LoadedKeys,
): number | null {
  const next = { shardCount: 2 * shardCount, weights: [...weights, ...weights] };
  const after = attempt(() => buildRouter(spec, next, known.type, known, before));
  if (!('value' in after)) return null;
  const { bytes, offsets, weights: loads, count } = placed;
  let moved = 0;
  for (let key = 0; key < count; key += 1) {
    const [start, end] = [offsets[key] ?? 0, offsets[key + 1] ?? 0];
    const isSame = before.route(bytes, start, end) === after.value.route(bytes, start, end);
    if (!isSame) moved += loads[key] ?? 0;
  }
  return moved;
}
