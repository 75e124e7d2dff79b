import type {
  Apart,
  Asked,
  MeasuredCandidate,
  RefusedCandidate,
} from '../../advice/candidate-figures.ts';
import { keysMeeting, type StatementWork, type WorkParts, workParts } from '../../advice/work.ts';
import { present } from '../../base/assert.ts';
import { type DrawnLargest, type DrawnPlacing, drawLargest } from '../../growth/drawn-largest.ts';
import { mixOf, type OperationWork } from '../../growth/demand.ts';
import { costRatio, monthlyCost } from '../../growth/monthly-cost.ts';
import { lengthened } from '../../growth/touches.ts';
import { inTurns } from '../../host/turns.ts';
import { attempt } from '../../placement/comparison.ts';
import { buildRouter, definitionOf, type RouterSpec } from '../../router/build-router.ts';
import type { Router, RouterTopology } from '../../router/contract.ts';
import { plainRouter } from '../../router/registry.ts';
import type { Strategy } from '../../scenario/types.ts';
import {
  type DrawnArrivals,
  type OperationUse,
  statementUse,
} from '../../traffic/statement-use.ts';
import { strategySplit } from '../../placement/strategy-split.ts';
import { arrivalStream } from '../../workload/arrivals.ts';
import { knownKeys, type LoadedKeys } from '../../workload/key-usage.ts';
import type { SplitKey } from '../../workload/split-key.ts';
import type { Workload } from '../../workload/types.ts';
import { type LoadedScenario, routerSpec } from '../scenario/load-scenario.ts';
import { keyFacts } from './key-facts.ts';
import { nextStep } from './next-step.ts';
import { overlayOf } from './overlay-candidates.ts';
import { refusedSplits } from './refused-splits.ts';
import { residence, type ResidentKeys, residentKeys } from './residency.ts';
import { withPieces } from './split-pieces.ts';

/** A key of the scenario with its values. */
export interface MeasuredKey {
  readonly facts: MeasuredCandidate['key'];
  readonly known: LoadedKeys;
}

/** What is measured once for all candidates. */
export interface Measuring {
  readonly loaded: LoadedScenario;
  readonly keys: ReadonlyMap<string, MeasuredKey>;
  readonly arrivals: DrawnArrivals;
  /** Bytes that are stored today. */
  readonly bytes: number;
  readonly draws: number;
  /** By which rows must lie apart; null: they may lie anywhere. */
  readonly resident: ResidentKeys | null;
}

/** Arrivals that are routed: a share of a half is good to 0.4 of a per cent. */
const arrivalsMost = 16_000;

export function measuring(loaded: LoadedScenario, bytes: number, draws: number): Measuring {
  const { scenario, workload } = loaded;
  const names = [...new Set(scenario.strategies.map(({ key }) => key))];
  const keys = names.map((key): [string, MeasuredKey] => {
    const known = knownKeys(workload, key);
    return [key, { known, facts: keyFacts(workload, key, known) }];
  });
  const byName = new Map(keys);
  const { residency } = scenario;
  const told = byName.get(residency?.key ?? '');
  const isAsked = residency !== undefined && told !== undefined;
  const resident = isAsked ? residentKeys(residency, told.known) : null;
  return { loaded, keys: byName, arrivals: drawnArrivals(loaded), bytes, draws, resident };
}

function drawnArrivals({ workload, plan }: LoadedScenario): DrawnArrivals {
  const stream = arrivalStream(workload, lengthened(workload, plan));
  const operation = new Uint32Array(arrivalsMost);
  const tenant = new Uint32Array(arrivalsMost);
  const row = new Float64Array(arrivalsMost);
  let count = 0;
  for (; count < arrivalsMost && stream.next(); count += 1) {
    operation[count] = stream.operation;
    tenant[count] = stream.tenant;
    row[count] = stream.row;
  }
  return { count, operation, tenant, row };
}

export interface Measured {
  readonly candidates: readonly MeasuredCandidate[];
  readonly refused: readonly RefusedCandidate[];
}

/** A strategy on a number of shards that can be built. */
interface Built {
  readonly strategy: Strategy & RouterSpec;
  readonly key: MeasuredKey;
  readonly topology: RouterTopology;
  readonly router: Router;
  /** The keys as it places them: in pieces, where it splits some. */
  readonly placed: LoadedKeys;
  readonly split: SplitKey | null;
}

/** Every strategy of the scenario on each number of shards. */
export async function measure(
  measuringAll: Measuring,
  shardCounts: readonly number[],
  report: (text: string, fraction: number) => void,
): Promise<Measured> {
  const { loaded, keys, draws } = measuringAll;
  const { workload } = loaded;
  const built: Built[] = [];
  const refused: RefusedCandidate[] = [];
  for (const listed of loaded.scenario.strategies) {
    const strategy = routerSpec(listed, loaded);
    const key = present(keys.get(strategy.key), 'key');
    const splitting = splitOf(workload, strategy, key);
    for (const shardCount of shardCounts) {
      const topology = equalShards(shardCount);
      const made = attempt(() => buildRouter(strategy, topology, key.known.type, key.known));
      if ('value' in made) built.push({ ...splitting, topology, router: made.value });
      else refused.push(refusedOf(measuringAll, strategy, key, shardCount, made.problem));
    }
  }
  report('what operations ask of shards', 0.1);
  const asked = new Map<string, readonly OperationUse[]>();
  const order = [...keys.keys()];
  const whole = order.map((name) => present(keys.get(name), 'key').known);
  const known = [...new Set([...whole, ...built.map(({ placed: own }) => own)])];
  const placings = built.map(({ strategy, topology, key, placed: own }): DrawnPlacing => {
    return { spec: strategy, topology, key: known.indexOf(key.known), routed: known.indexOf(own) };
  });
  const parts = built.map((each) => partsOf(measuringAll, each, asked));
  const placed = await inTurns(drawLargest(placings, known, draws), (done) =>
    report('placing the keys', 0.3 + 0.5 * done),
  );
  const candidates: MeasuredCandidate[] = [];
  for (const [index, each] of built.entries()) {
    const candidate = candidateOf(measuringAll, each, present(placed[index], 'placement'));
    candidates.push({ ...candidate, ...present(parts[index], 'parts') });
  }
  const unsplit = refusedSplits(measuringAll, shardCounts).map(({ strategy, problem, ...each }) =>
    refusedOf(measuringAll, strategy, each.key, each.shardCount, problem),
  );
  return { candidates, refused: refused.concat(unsplit) };
}

function splitOf(workload: Workload, strategy: Strategy & RouterSpec, key: MeasuredKey) {
  const split = strategySplit(workload, strategy, key.known);
  return { strategy, key, split, placed: withPieces(key.known, strategy) };
}

export const equalShards = (shardCount: number): RouterTopology => ({
  shardCount,
  weights: Array.from({ length: shardCount }, () => 1),
});

function refusedOf(
  measuringAll: Measuring,
  { name, router }: Strategy,
  key: MeasuredKey,
  shardCount: number,
  problem: string,
): RefusedCandidate {
  return {
    strategy: name,
    router,
    shardCount,
    key: key.facts,
    monthlyCost: billOf(measuringAll, shardCount).total.mid,
    problems: problem.split('\n'),
  };
}

export function billOf({ loaded, bytes }: Measuring, databases: number) {
  return monthlyCost(loaded.scenario.cost, { databases, bytes, fromOneInstance: true });
}

function candidateOf(
  measuringAll: Measuring,
  { strategy, key, topology, router, placed: own }: Built,
  placed: DrawnLargest,
): Omit<MeasuredCandidate, 'asked' | 'work'> {
  const { traits, reproduces } = definitionOf(strategy);
  const bill = billOf(measuringAll, topology.shardCount);
  const { resident } = measuringAll;
  return {
    strategy: strategy.name,
    router:
      strategy.parameter === null ? strategy.router : `${strategy.router}:${strategy.parameter}`,
    shardCount: topology.shardCount,
    key: key.facts,
    placed: {
      over: placed.over,
      largest: placed.load,
      bytes: placed.rows,
      keysFraction: placed.keys,
    },
    ...overlayOf(strategy, key.known),
    ...(resident && { residence: residence(resident, strategy.key, router) }),
    traits: {
      ordered: traits.ordered,
      listed: traits.table === true || strategy.pin !== undefined,
      splits: strategy.split !== undefined,
      preset: reproduces !== undefined,
    },
    monthlyCost: bill.total.mid,
    costRatio: costRatio(bill, billOf(measuringAll, 1)).mid,
    nextStep: nextStep(measuringAll.loaded, measuringAll.bytes, {
      spec: strategy,
      known: key.known,
      topology,
      router,
      placed: own,
    }),
  };
}

/**
 * What operations ask, which follows from the key and the number of shards alone, except where a
 * router keeps neighbouring keys together: of those each is routed by.
 */
function partsOf(
  { loaded, arrivals }: Measuring,
  { strategy, key, topology, router, split }: Built,
  asked: Map<string, readonly OperationUse[]>,
): { readonly asked: Asked; readonly work: WorkParts } {
  const { workload, scenario } = loaded;
  const { shardCount } = topology;
  const isOwn = definitionOf(strategy).traits.ordered || split !== null;
  const own = isOwn ? strategy.name : '';
  const name = JSON.stringify([strategy.key, shardCount, own]);
  const by = own === '' ? plainOn(topology, key.known) : router;
  const use = asked.get(name) ?? statementUse(workload, strategy.key, by, arrivals, split);
  asked.set(name, use);
  const mix = mixOf(workload.operations, scenario.capacity.operations, strategy.key);
  const work = workOfMix(mix, use, shardCount).concat(joining(mix, key.facts.apart));
  return { asked: askedOf(mix, use), work: workParts(work) };
}

function plainOn(topology: RouterTopology, known: LoadedKeys): Router {
  const { name, traits, parameter } = plainRouter;
  const hash = traits.hashes ? 'xxh64' : null;
  const spec = { router: name, parameter: parameter?.default ?? null, hash, salt: '' };
  return buildRouter(spec, topology, known.type, known);
}

function askedOf(mix: readonly OperationWork[], use: readonly OperationUse[]): Asked {
  const mean = (of: (one: OperationUse) => number): number =>
    mix.reduce((sum, { share }, index) => sum + share * of(present(use[index], 'use')), 0);
  return {
    singleShardFraction: mean(({ singleShard }) => singleShard),
    crossShardFraction: mean(({ crossShard }) => crossShard),
    scatterFraction: mean(({ scatter }) => scatter),
    fanOut: mean(({ fanOut }) => fanOut),
  };
}

/**
 * A shard takes part in a transaction from its begin to its commit, as one statement more: of
 * writes that may be parts of transactions elsewhere each is taken to be one.
 */
function joining(mix: readonly OperationWork[], { operations }: Apart): StatementWork[] {
  const found = mix.filter(({ name }) => operations.includes(name));
  return found.map(({ share, cost }) => ({ to: 'keys', work: share * cost, keys: 1, scan: false }));
}

/** An operation's work is shared out equally over the statements that it runs. */
function workOfMix(
  mix: readonly OperationWork[],
  use: readonly OperationUse[],
  shards: number,
): StatementWork[] {
  return mix.flatMap(({ share, cost, scan }, index) => {
    const { statements } = present(use[index], 'use');
    const all = statements.reduce((sum, { visits }) => sum + visits, 0);
    if (all === 0) return [];
    return statements.map(({ to, visits, met }): StatementWork => {
      const keys = to === 'keys' ? keysMeeting(met, shards) : 1;
      return { to, work: (share * cost * visits) / all, keys, scan };
    });
  });
}
