import type { Decision } from '../../advice/advice.ts';
import { driftOf } from '../../advice/drift/drift.ts';
import { waitingFor } from '../../advice/drift/waiting.ts';
import { present } from '../../base/assert.ts';
import { drawFutures } from '../../growth/futures.ts';
import type { DriftFacts, WaitingFacts } from '../../result/advice-drift.ts';
import { buildRouter } from '../../router/build-router.ts';
import type { LoadedKeys } from '../../workload/key-usage.ts';
import { routerSpec } from '../scenario/load-scenario.ts';
import { equalShards, type Measuring } from './measure.ts';
import { withPieces } from './split-pieces.ts';
import { strategyNamed } from './salted-strategy.ts';

/** What time does to the answer: to the shards that are advised, and to the instance until then. */
export function drifting(
  { loaded, keys }: Measuring,
  { kind, choice, setting, stay }: Decision,
): { readonly drift: DriftFacts | null; readonly waiting: WaitingFacts | null } {
  const candidate = choice.best?.candidate;
  if (candidate === undefined || kind === 'nothing-helps') return { drift: null, waiting: null };
  const { growth, strategies, seed } = loaded.scenario;
  const waiting = waitingFor({ candidate, setting }, stay, growth.moves);
  if (kind === 'stay') return { drift: null, waiting };
  const listed = strategyNamed(strategies, candidate.strategy);
  const strategy = routerSpec(present(listed, 'strategy'), loaded);
  const { known } = present(keys.get(strategy.key), 'key');
  const topology = equalShards(candidate.shardCount);
  const router = buildRouter(strategy, topology, known.type, known);
  const placed = withPieces(known, strategy);
  const { bytes, offsets } = placed;
  const shardOf = Uint32Array.from({ length: placed.count }, (_, key) =>
    router.route(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0),
  );
  const drift = driftOf({
    candidate,
    setting,
    placed: { shardOf, load: placed.weights, bytes: storedShares(placed), owner: placed.values },
    futures: drawFutures(growth, seed),
    spread: growth.ownRateSpread,
    seed,
  });
  return { drift, waiting };
}

function storedShares({ bytesOf, rows }: LoadedKeys): Float64Array {
  const stored = Float64Array.from(bytesOf ?? rows);
  const total = stored.reduce((sum, each) => sum + each, 0);
  return stored.map((each) => each / Math.max(total, Number.MIN_VALUE));
}
