import type { Decision } from '../../advice/advice.ts';
import {
  hotFinding,
  hotOptions,
  hotThresholds,
  type MeasuredRemedy,
} from '../../advice/hot/hot-options.ts';
import { present } from '../../base/assert.ts';
import { defaultKeyHash } from '../../base/hash/key-hashes.ts';
import { describeKey } from '../../base/describe-key.ts';
import { decodeKey } from '../../base/keys.ts';
import type { HotOptionFacts, HotRemedy, HotTenantFacts } from '../../result/advice-hot.ts';
import { buildRouter, definitionOf } from '../../router/build-router.ts';
import { plainRouter } from '../../router/registry.ts';
import type { Strategy } from '../../scenario/types.ts';
import type { LoadedKeys } from '../../workload/key-usage.ts';
import { routerSpec } from '../scenario/load-scenario.ts';
import { billOf, equalShards, measure, type Measured, type Measuring } from './measure.ts';
import { splitBy } from './overlay-candidates.ts';
import { withPieces } from './split-pieces.ts';
import { strategyNamed } from './salted-strategy.ts';

/** Values whose remedies are compared, of those that weigh. */
const hotMost = 3;
/** Of so many keys each remedy takes seconds: the heaviest one's alone are compared. */
const manyKeys = 100_000;
/** Placements that these are compared over at most. */
const drawsMost = 200;

/** A remedy of one value that is to be measured. */
interface Remedy {
  readonly value: number;
  readonly remedy: HotRemedy;
  readonly strategy: Strategy;
}

/** The heaviest values on the recommended shards, the heaviest first; none where none weighs. */
export async function hotTenants(
  all: Measuring,
  { choice, setting }: Decision,
): Promise<HotTenantFacts[]> {
  const candidate = choice.best?.candidate;
  if (candidate === undefined) return [];
  const { shardCount, key } = candidate;
  const { known } = present(all.keys.get(key.key), 'key');
  const { moveAbove, splitAbove } = hotThresholds(shardCount);
  const values = heaviest(known).filter((value) => (known.weights[value] ?? 0) >= moveAbove);
  if (values.length === 0) return [];
  const chosen = strategyOf(all, candidate.strategy);
  const base = withoutOverlay(all, chosen);
  const hot = values.slice(0, known.count > manyKeys ? 1 : hotMost);
  const remedies = hot.flatMap((value) => remediesOf(all, base, known, value, shardCount));
  const strategies = remedies.map(({ strategy }) => strategy);
  const { loaded } = all;
  const asked: Measuring = {
    ...all,
    draws: Math.min(all.draws, drawsMost),
    loaded: { ...loaded, scenario: { ...loaded.scenario, strategies } },
  };
  const measured = await measure(asked, [shardCount], () => undefined);
  return hot.map((value): HotTenantFacts => {
    const own = remedies.filter((each) => each.value === value);
    const found = own.map((each) => measuredRemedy(all, each, known, measured, shardCount));
    const problem = unsplit(all, base.key, shardCount);
    const { options, advised: best } = hotOptions(
      problem === null ? found : [...found, problem],
      setting,
    );
    const of = key.isTenant ? 'tenant' : 'value';
    const share = known.weights[value] ?? 0;
    const advised = remedyOf(chosen, share) ?? best;
    const name = nameOfKey(known, value);
    return {
      value: name,
      of,
      over: base.name,
      share,
      shardCount,
      moveAbove,
      splitAbove,
      advised,
      options,
      finding: hotFinding(name, share, shardCount, { of, over: base.name, advised, options }),
    };
  });
}

/** What the recommended strategy itself does with a value of such a share; null: nothing. */
function remedyOf({ pin, split }: Strategy, share: number): HotRemedy | null {
  if (typeof split?.above === 'number' && share >= split.above) return 'split';
  if (typeof pin?.above !== 'number' || share < pin.above) return null;
  return pin.exclusive === true ? 'own-shard' : 'list';
}

const strategyOf = ({ loaded }: Measuring, name: string): Strategy =>
  present(strategyNamed(loaded.scenario.strategies, name), 'strategy');

function heaviest({ count, weights }: LoadedKeys): number[] {
  return Array.from({ length: count }, (_, key) => key).toSorted(
    (a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b,
  );
}

/**
 * What remedies are laid over: the strategy without its own; where its router lists every key, the
 * plain router, for which a short list is the choice.
 */
export function withoutOverlay({ loaded }: Pick<Measuring, 'loaded'>, chosen: Strategy): Strategy {
  const { pin: _pin, split: _split, ...base } = chosen;
  if (definitionOf(routerSpec(base, loaded)).traits.table !== true) {
    return { ...base, name: base.name.replace(/\+(pin|split).*$/, '') };
  }
  const { name, parameter, traits } = plainRouter;
  const { key, tables } = base;
  return {
    name: `${key}/${name}`,
    key,
    router: name,
    parameter: parameter?.default ?? null,
    hash: traits.hashes ? defaultKeyHash : null,
    salt: '',
    ...(tables && { tables }),
  };
}

function remediesOf(
  { loaded }: Measuring,
  base: Strategy,
  known: LoadedKeys,
  value: number,
  shardCount: number,
): Remedy[] {
  const share = known.weights[value] ?? 0;
  // Down, so that the value itself reaches it.
  const above = Math.floor(share * 1e6) / 1e6;
  const named = (remedy: HotRemedy, rest: Pick<Strategy, 'pin' | 'split'>): Remedy => {
    const name = `${base.name} ${remedy} ${value}`;
    return { value, remedy, strategy: { ...base, name, ...rest } };
  };
  const found = [
    named('nothing', {}),
    named('list', { pin: { tenants: [], above } }),
    named('own-shard', { pin: { tenants: [], above, exclusive: true } }),
  ];
  const by = splitBy(loaded.workload, base.key);
  if ('column' in by) {
    const over = Math.min(shardCount, Math.max(2, Math.ceil(2 * share * shardCount)));
    found.push(named('split', { split: { tenants: [], above, by: by.column, over } }));
  }
  return found;
}

function unsplit(all: Measuring, key: string, shardCount: number): MeasuredRemedy | null {
  const by = splitBy(all.loaded.workload, key);
  if ('column' in by) return null;
  return { remedy: 'split', problem: by.problem, monthlyCost: billOf(all, shardCount).total.mid };
}

function measuredRemedy(
  all: Measuring,
  { remedy, strategy, value }: Remedy,
  known: LoadedKeys,
  { candidates, refused }: Measured,
  shardCount: number,
): MeasuredRemedy {
  const candidate = candidates.find((each) => each.strategy === strategy.name);
  if (candidate !== undefined) {
    return { remedy, candidate, noisyReach: noisyReach(all, strategy, known, value, shardCount) };
  }
  const found = present(
    refused.find((each) => each.strategy === strategy.name),
    'refused remedy',
  );
  return { remedy, problem: found.problems.join('\n'), monthlyCost: found.monthlyCost };
}

/** What else lies on the shards of a value, as the strategy places it with its own salt. */
function noisyReach(
  { loaded }: Measuring,
  strategy: Strategy,
  known: LoadedKeys,
  value: number,
  shardCount: number,
): HotOptionFacts['noisyReach'] {
  const router = buildRouter(
    routerSpec(strategy, loaded),
    equalShards(shardCount),
    known.type,
    known,
  );
  const placed = withPieces(known, strategy);
  const owner = known.values[value];
  const shards = Uint32Array.from({ length: placed.count }, (_, key) =>
    router.route(placed.bytes, placed.offsets[key] ?? 0, placed.offsets[key + 1] ?? 0),
  );
  const own = new Set(
    shards.filter((_, key) => placed.values[key] === owner && (placed.weights[key] ?? 0) > 0),
  );
  const others = [...shards.keys()].filter(
    (key) => placed.values[key] !== owner && own.has(shards[key] ?? -1),
  );
  return {
    keysFraction: others.length / placed.count,
    loadFraction: others.reduce((sum, key) => sum + (placed.weights[key] ?? 0), 0),
  };
}

/** As a scenario names it; of several columns as messages do. */
export function nameOfKey({ type, bytes, offsets }: LoadedKeys, key: number): string {
  const [start, end] = [offsets[key] ?? 0, offsets[key + 1] ?? 0];
  if (type === 'composite') return describeKey(type, bytes, start, end);
  return decodeKey(type, bytes, start, end);
}
