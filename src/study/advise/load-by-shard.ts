import type { Decision } from '../../advice/advice.ts';
import { comparedPlacements, workByShard } from '../../advice/compared-placements.ts';
import { present } from '../../base/assert.ts';
import type { PlacedCandidate } from '../../result/advice-document.ts';
import { buildRouter } from '../../router/build-router.ts';
import { routerSpec } from '../scenario/load-scenario.ts';
import { equalShards, type Measuring } from './measure.ts';
import { withPieces } from './split-pieces.ts';
import { strategyNamed } from './salted-strategy.ts';

/** The load of each shard of the best candidates, with the salt that they have. */
export function loadByShard(
  { loaded, keys }: Measuring,
  { judged, choice }: Decision,
): PlacedCandidate[] {
  return comparedPlacements(judged, choice).map(({ role, candidate }) => {
    const { strategy, shardCount } = candidate;
    const listed = strategyNamed(loaded.scenario.strategies, strategy);
    const spec = routerSpec(present(listed, 'strategy'), loaded);
    const { known } = present(keys.get(spec.key), 'key');
    const { count, bytes, offsets, weights } = withPieces(known, spec);
    const router = buildRouter(spec, equalShards(shardCount), known.type, known);
    const load = Array.from({ length: shardCount }, () => 0);
    for (let key = 0; key < count; key += 1) {
      const shard = router.route(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0);
      load[shard] = (load[shard] ?? 0) + (weights[key] ?? 0);
    }
    return { role, strategy, shardCount, shards: workByShard(candidate, load) };
  });
}
