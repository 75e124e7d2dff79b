import type { Decision } from '../../advice/advice.ts';
import { present } from '../../base/assert.ts';
import type { AdviceOverlay, HotRemedy, HotTenantFacts } from '../../result/advice-hot.ts';
import { buildRouter } from '../../router/build-router.ts';
import { overlaidKeys } from '../../router/overlays/overlay-keys.ts';
import type { Strategy } from '../../scenario/types.ts';
import type { LoadedKeys } from '../../workload/key-usage.ts';
import { routerSpec } from '../scenario/load-scenario.ts';
import { nameOfKey, withoutOverlay } from './hot-tenants.ts';
import { equalShards, type Measuring } from './measure.ts';
import { splitBy } from './overlay-candidates.ts';
import { strategyNamed } from './salted-strategy.ts';

/**
 * What to lay over the recommended router, ready for a scenario: its own list where it has one,
 * else the best remedy of its heaviest values other than nothing. null: none of them weighs.
 */
export function advisedOverlay(
  { loaded, keys }: Measuring,
  { choice }: Decision,
  hot: readonly HotTenantFacts[],
): AdviceOverlay | null {
  const candidate = choice.best?.candidate;
  if (candidate === undefined) return null;
  const { strategies } = loaded.scenario;
  const chosen = present(strategyNamed(strategies, candidate.strategy), 'strategy');
  const { known } = present(keys.get(chosen.key), 'key');
  const { shardCount } = candidate;
  const own = chosen.pin !== undefined || chosen.split !== undefined;
  const remedy = own ? remedyOf(chosen) : bestRemedy(hot[0]);
  if (remedy === null) return null;
  const by = splitBy(loaded.workload, chosen.key);
  const base = withoutOverlay({ loaded }, chosen);
  const strategy = own
    ? chosen
    : laidOver(base, remedy, hot, 'column' in by ? by.column : null, shardCount);
  const router = buildRouter(
    routerSpec(strategy, loaded),
    equalShards(shardCount),
    known.type,
    known,
  );
  const shardOf = (key: number): number =>
    router.route(known.bytes, known.offsets[key] ?? 0, known.offsets[key + 1] ?? 0);
  return {
    over: own ? chosen.name.replace(/\+(pin|split).*$/, '') : base.name,
    remedy,
    ...asWritten(strategy),
    ...inScenario(strategy, known, shardOf),
  };
}

function remedyOf({ pin, split }: Strategy): HotRemedy {
  if (split !== undefined) return 'split';
  return pin?.exclusive === true ? 'own-shard' : 'list';
}

function bestRemedy(hot: HotTenantFacts | undefined): HotRemedy | null {
  if (hot === undefined) return null;
  if (hot.advised !== null && hot.advised !== 'nothing') return hot.advised;
  const others = hot.options.filter(({ remedy, possible }) => possible && remedy !== 'nothing');
  const [best] = others.toSorted((a, b) => (b.capacityRatio ?? 0) - (a.capacityRatio ?? 0));
  return best?.remedy ?? null;
}

/** A list takes all that weigh, the others the heaviest one. */
function laidOver(
  chosen: Strategy,
  remedy: HotRemedy,
  hot: readonly HotTenantFacts[],
  by: string | null,
  shardCount: number,
): Strategy {
  const { share, moveAbove } = present(hot[0], 'heaviest value');
  const above = Math.floor(share * 1e6) / 1e6;
  if (remedy === 'split' && by !== null) {
    const over = Math.min(shardCount, Math.max(2, Math.ceil(2 * share * shardCount)));
    return { ...chosen, split: { tenants: [], above, by, over } };
  }
  if (remedy === 'own-shard') return { ...chosen, pin: { tenants: [], above, exclusive: true } };
  return { ...chosen, pin: { tenants: [], above: moveAbove } };
}

const asWritten = ({ key, router, parameter, hash, salt }: Strategy) => ({
  key,
  router: parameter === null ? router : `${router}:${parameter}`,
  hash,
  salt,
});

/** By name and shard, so that it stays what it is when loads change. */
function inScenario(
  { pin, split }: Strategy,
  known: LoadedKeys,
  shardOf: (key: number) => number,
): Pick<AdviceOverlay, 'pin' | 'split'> {
  const taken = overlaidKeys({ ...(pin && { pin }), ...(split && { split }) }, known);
  const isNamed = known.type !== 'composite';
  const pinned = taken.pinned.map(({ key }) => [nameOfKey(known, key), shardOf(key)] as const);
  return {
    pin:
      pin === undefined
        ? null
        : {
            ...(isNamed ? { tenants: Object.fromEntries(pinned) } : { above: pin.above ?? 1 }),
            ...(pin.exclusive === true && { exclusive: true as const }),
          },
    split:
      split === undefined
        ? null
        : {
            ...(isNamed
              ? { tenants: taken.split.map((key) => nameOfKey(known, key)) }
              : { above: split.above ?? 1 }),
            by: split.by,
            over: split.over,
          },
  };
}
