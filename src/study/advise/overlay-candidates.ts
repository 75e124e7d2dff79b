import type { MeasuredCandidate } from '../../advice/candidate-figures.ts';
import { worthListing } from '../../advice/hot-value.ts';
import { splitColumn } from '../../growth/split-column.ts';
import type { RouterDefinition } from '../../router/contract.ts';
import { advisedRouters, plainRouter } from '../../router/registry.ts';
import type { Strategy } from '../../scenario/types.ts';
import { overlaidKeys } from '../../router/overlays/overlay-keys.ts';
import { knownKeys, type LoadedKeys } from '../../workload/key-usage.ts';
import type { Workload } from '../../workload/types.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';

/**
 * The scenario with candidates that take the heaviest values of a key from the router, where one of
 * them weighs on any of the numbers of shards: those listed on the least loaded shards, the
 * heaviest on a shard of its own, and the heaviest over several shards.
 *
 * @param routers that were asked for; empty: the usual ones
 */
export function withOverlays<T extends Pick<LoadedScenario, 'scenario' | 'workload'>>(
  loaded: T,
  routers: readonly RouterDefinition[],
  shardCounts: readonly number[],
): T {
  const { scenario, workload } = loaded;
  const { strategies } = scenario;
  const names = new Set(strategies.map(({ name }) => name));
  const { plain, tables } = basesOf(strategies, routers);
  const over = (bases: readonly Strategy[], listed: boolean): Strategy[] =>
    bases.flatMap((base) => overlaysOn(workload, base, shardCounts, listed));
  const added = [...over(plain, false), ...over(tables, true)].filter(
    ({ name }) => !names.has(name),
  );
  return { ...loaded, scenario: { ...scenario, strategies: strategies.concat(added) } };
}

/** Of each key the strategy that they are laid over; `tables`: those that list every key. */
export function basesOf(
  strategies: readonly Strategy[],
  routers: readonly RouterDefinition[],
): { readonly plain: readonly Strategy[]; readonly tables: readonly Strategy[] } {
  const usual = routers.length === 0 || routers.includes(plainRouter);
  const router = usual ? plainRouter : routers.find(({ traits }) => traits.hashes);
  const bare = strategies.filter(
    ({ pin, split, lookup }) => pin === undefined && split === undefined && lookup === undefined,
  );
  const firsts = (of: (strategy: Strategy) => boolean): Strategy[] => {
    const own = bare.filter(of);
    return own.filter(({ key }, index) => own.findIndex((each) => each.key === key) === index);
  };
  const listing = usual ? advisedRouters : routers;
  return {
    plain: firsts((each) => each.router === router?.name),
    tables: firsts((each) =>
      listing.some(({ name, traits }) => traits.table === true && name === each.router),
    ),
  };
}

/** More keys than these are no list that somebody would want to split besides. */
const listedMost = 100_000;

/** A router that lists every key has no need of a further list, but of pieces. */
function overlaysOn(
  workload: Workload,
  base: Strategy,
  shardCounts: readonly number[],
  listed: boolean,
): Strategy[] {
  const { weights, count } = knownKeys(workload, base.key);
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const most = Math.max(...shardCounts);
  if (largest * most < worthListing || count <= most) return [];
  if (listed && count > listedMost) return [];
  const heaviest = roundedDown(largest);
  const pinned = { tenants: [], above: worthListing / most };
  const alone = { tenants: [], above: heaviest, exclusive: true as const };
  const lists: Strategy[] = [
    { ...base, name: `${base.name}+pin`, pin: pinned },
    { ...base, name: `${base.name}+pin:exclusive`, pin: alone },
  ];
  const found = listed ? [] : lists;
  const by = splitBy(workload, base.key);
  if ('problem' in by) return found;
  // Each piece has at most half of an equal part.
  const over = Math.min(Math.max(2, Math.ceil(2 * largest * most)), Math.min(...shardCounts));
  const above = Math.min(heaviest, roundedDown(1 / most));
  const split = { tenants: [], above, by: by.column, over };
  return [...found, { ...base, name: `${base.name}+split`, split }];
}

/** Down, so that the value itself reaches it. */
const roundedDown = (share: number): number => Math.floor(share * 1e4) / 1e4;

/** The column by which values of a key can be split, or why there is none. */
export function splitBy(
  workload: Workload,
  key: string,
): { readonly column: string } | { readonly problem: string } {
  if (workload.tables !== undefined) {
    return { problem: 'a scenario with `tables` has no split; allowed: pin' };
  }
  const found = splitColumn(workload, key);
  if (found !== null) return { column: found.name };
  return { problem: `no column beside ${key} tells its rows apart in every insert` };
}

/** What a strategy lays over its router, as far as rankings ask for it. */
export function overlayOf(
  { pin, split }: Strategy,
  known: LoadedKeys,
): Pick<MeasuredCandidate, 'overlay'> {
  if (pin === undefined && split === undefined) return {};
  const taken = overlaidKeys({ ...(pin && { pin }), ...(split && { split }) }, known);
  const lightest = (keys: readonly number[]): number | null =>
    keys.length === 0 ? null : Math.min(...keys.map((key) => known.weights[key] ?? 0));
  const pinned = taken.pinned.map(({ key }) => key);
  return {
    overlay: {
      pinAbove: pin?.above ?? lightest(pinned),
      exclusive: pin?.exclusive === true,
      splitAbove: split?.above ?? lightest(taken.split),
      over: taken.over,
      keys: pinned.length + taken.split.length,
    },
  };
}
