import { present } from '../base/assert.ts';
import { quantile } from '../base/statistics/quantile.ts';
import { attempt, inOtherUnits, nextStep } from '../placement/comparison.ts';
import type { BenchFacts, HotPath } from '../result/bench-document.ts';
import { type Fact, fact, type Unworded } from '../result/finding.ts';
import {
  buildRouter,
  definitionOf,
  routerProblems,
  type RouterSpec,
} from '../router/build-router.ts';
import type { KnownKeys, Router, RouterTopology } from '../router/contract.ts';
import { allocatedBytes } from './allocation.ts';
import { type BatchTimes, batchSize, measureBatches } from './batches.ts';
import {
  checkedKeys,
  type HotPathKeys,
  hotPathKeys,
  knownKeysOf,
  knownLoopKeys,
  loopKeys,
  noKnownKeys,
} from './hot-path-keys.ts';
import {
  bulkBlock,
  type RouteForm,
  type RouteLoop,
  routeForms,
  routeLoops,
} from './route-loops.ts';
import { peakToMean } from './peak-to-mean.ts';
import { shardChecksums } from './shard-checksums.ts';

export type BenchKeyType = 'text' | 'int8';

/** What is to be measured: one router at one number of shards. */
export interface Measurement {
  readonly spec: RouterSpec;
  /** As a command line names the router. */
  readonly name: string;
  readonly shardCount: number;
  readonly keyTypes: readonly BenchKeyType[];
  /** As `keysFor` gives. */
  readonly keys: HotPathKeys;
  readonly seed: number;
  /** About so long; some routers take longer to build once. */
  readonly budgetMs: number;
  /** As `routerMemory` found it; null where there is no such router. */
  readonly memoryBytes: number | null;
}

/** Parts of the time; each form of route has its own. */
const shareOf = { routes: 0.14, allocation: 0.03, build: 0.08, peak: 0.1 } as const;
const allocationRoutes = 20_000;
const buildsMost = 50;
/** So few routes make a batch where each takes several microseconds. */
const slowBatch = 16;

/** The keys that a router is timed with: fewer where it places all of them when it is built. */
export function keysFor(spec: RouterSpec, seed: number): HotPathKeys {
  const { placesKnownKeys } = definitionOf(spec).traits;
  return hotPathKeys(seed, placesKnownKeys ? knownLoopKeys : loopKeys);
}

/** The row of the document, with the reasons where the router cannot be built. */
export function measureRouter(measurement: Measurement): BenchFacts {
  const { spec, name, shardCount } = measurement;
  const row = { router: name, hash: spec.hash, shardCount };
  const types = measurement.keyTypes.filter((type) => definitionOf(spec).keyTypes.includes(type));
  const topology = { shardCount, weights: Array.from({ length: shardCount }, () => 1) };
  const [type] = types;
  const refused = (reason: Fact): BenchFacts => ({ ...row, hotPath: null, reasons: [reason] });
  if (type === undefined) {
    const names = { router: name, keyTypes: definitionOf(spec).keyTypes };
    return refused(fact('router-takes-other-keys', { severity: 'warning', names }));
  }
  const problems = routerProblems(spec, topology, type);
  if (problems.length > 0) return refused(refusal(name, problems));
  const found = attempt(() => hotPathOf(measurement, topology, types, type));
  if ('problem' in found) return refused(refusal(name, [found.problem]));
  return { ...row, hotPath: found.value, reasons: [] };
}

/** In the router's own words. */
const refusal = (router: string, problems: readonly string[]): Fact =>
  fact('router-refused', { severity: 'warning', names: { router, problems } });

function hotPathOf(
  { spec, keys, seed, budgetMs, memoryBytes }: Measurement,
  topology: RouterTopology,
  types: readonly BenchKeyType[],
  type: BenchKeyType,
): Unworded<HotPath> {
  const known = knownOf(definitionOf(spec).traits.placesKnownKeys ? keys : null, types);
  const build = (of: BenchKeyType, wanted: RouterTopology, previous?: Router): Router =>
    buildRouter(spec, wanted, of, present(known[of], 'known keys'), previous);
  const first = timed(() => build(type, topology));
  const router = first.made;
  const other = types.find((each) => each !== type);
  const routers = { text: null, int8: null, [type]: router };
  if (other !== undefined) Object.assign(routers, { [other]: build(other, topology) });
  const { times, allocated } = timesOf(routers, keys, budgetMs);
  // The first build is also the first that the engine sees; where builds are slow it is the only
  // one.
  const buildBudgetMs = shareOf.build * budgetMs;
  const slow = first.ms > buildBudgetMs;
  const make = (index: number): Router => build(type, inOtherUnits(topology, index));
  const buildMs = slow ? first.ms : medianMs(() => undefined, make, buildBudgetMs);
  const { next } = nextStep(topology);
  const added = attempt(() =>
    slow
      ? timed(() => build(type, next, router)).ms
      : medianMs(
          make,
          (index, previous) => build(type, inOtherUnits(next, index), previous),
          buildBudgetMs,
        ),
  );
  const bulk = times.get('bulk');
  const lookupNs = Math.min(...[...times.values()].map(({ p50 }) => p50));
  const keysMost = (shareOf.peak * budgetMs * 1e6) / lookupNs;
  return {
    lookupNsString: times.get('string') ?? null,
    lookupNsBytes: times.get('bytes') ?? null,
    lookupNsInt64: times.get('int64') ?? null,
    bulkKeysPerSecond: bulk === undefined ? null : rateOf(bulk),
    buildMs,
    addShardMs: 'value' in added ? added.value : null,
    memoryBytes: present(memoryBytes, 'memory of a router that can be built'),
    allocatedBytesPerLookup: allocated,
    peakToMean: peakToMean(router, type, known[type] ?? null, keysMost, seed),
    checksums: shardChecksums(routers, hotPathKeys(seed, checkedKeys)),
    notes: [
      ...(router.warnings ?? []).map((warning) =>
        fact('router-warns', { severity: 'warning', names: { router: spec.router, warning } }),
      ),
      ...('problem' in added
        ? [fact('no-shard-more', { severity: 'warning', names: { problem: added.problem } })]
        : []),
    ],
  };
}

/** Routers that place known keys are given some; all others none. */
function knownOf(
  keys: HotPathKeys | null,
  types: readonly BenchKeyType[],
): Partial<Record<BenchKeyType, KnownKeys>> {
  return Object.fromEntries(
    types.map((type) => [type, keys === null ? noKnownKeys(type) : knownKeysOf(keys, type)]),
  );
}

function timesOf(
  routers: { readonly text: Router | null; readonly int8: Router | null },
  keys: HotPathKeys,
  budgetMs: number,
) {
  const loops = routeLoops(routers, keys);
  const warmUpMs = 0.1 * shareOf.routes * budgetMs;
  const sized: Partial<Record<RouteForm, { loop: RouteLoop; size: number }>> = {};
  for (const form of routeForms) {
    const loop = loops[form];
    if (loop === undefined) continue;
    // A bulk call is a whole block, but for routers that take milliseconds for that.
    const least = form === 'bulk' && (sized.int64?.size ?? 0) > slowBatch ? bulkBlock : slowBatch;
    sized[form] = { loop, size: batchSize(loop, least, warmUpMs) };
  }
  const times = measureBatches(sized, shareOf.routes * budgetMs);
  const allocated = (form: RouteForm): number | null => {
    const p50 = times.get(form)?.p50;
    const loop = loops[form];
    if (p50 === undefined || loop === undefined) return null;
    const bytes = allocatedBytes(loop, allocationCount(p50, budgetMs));
    return Number.isNaN(bytes) ? null : bytes;
  };
  return {
    times,
    allocated: {
      string: allocated('string'),
      bytes: allocated('bytes'),
      int64: allocated('int64'),
      bulk: allocated('bulk'),
    },
  };
}

/** Eight passes of routes within the time for one form. */
function allocationCount(ns: number, budgetMs: number): number {
  const affordable = (shareOf.allocation * budgetMs * 1e6) / ns / 8;
  return Math.max(16, Math.min(allocationRoutes, Math.floor(affordable)));
}

/** Quartiles change places where a time becomes a rate. */
function rateOf({ p25, p50, p75, batches, lookups }: BatchTimes): BatchTimes {
  return { p25: 1e9 / p75, p50: 1e9 / p50, p75: 1e9 / p25, batches, lookups };
}

function timed<T>(work: () => T): { readonly made: T; readonly ms: number } {
  const start = performance.now();
  const made = work();
  return { made, ms: performance.now() - start };
}

/** Median time of `work`, tried at least once, on what `prepare` made for it. */
function medianMs<T>(
  prepare: (index: number) => T,
  work: (index: number, prepared: T) => unknown,
  budgetMs: number,
): number {
  const times: number[] = [];
  const start = performance.now();
  for (let index = 0; index < buildsMost; index += 1) {
    const prepared = prepare(index);
    times.push(timed(() => work(index, prepared)).ms);
    if (performance.now() - start > budgetMs) break;
  }
  return quantile(times, 0.5);
}
