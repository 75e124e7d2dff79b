import { type AdviceCase, decide, type Decision } from '../../advice/advice.ts';
import type { Setting } from '../../advice/candidate-figures.ts';
import { nameOf } from '../../advice/choose.ts';
import { simulatedFirst } from '../../advice/simulated-first.ts';
import {
  notSimulated,
  type SimulatedTails,
  type SimulatedTimes,
} from '../../advice/simulated-times.ts';
import { present } from '../../base/assert.ts';
import { mixOf } from '../../growth/demand.ts';
import { placedKey } from '../../placement/placed-key.ts';
import { buildRouter } from '../../router/build-router.ts';
import type { Operation } from '../../scenario/types.ts';
import { type SimulatedWork, simulationAt } from '../../simulate/capacity-times.ts';
import { responseTail, type ResponseTail } from '../../simulate/response-tail.ts';
import { type KeyedBy, rowFactors } from '../../simulate/row-factors.ts';
import { type RoutePlan, routePlan, singlePlan } from '../../traffic/route-plan.ts';
import { type OperationUse, statementUse } from '../../traffic/statement-use.ts';
import { createTrace } from '../../traffic/tables/table-trace.ts';
import { tablePlan } from '../../traffic/tables/table-plan.ts';
import { layoutOf } from '../../workload/tables/table-writes.ts';
import { storedRows } from '../../workload/tables/stored-tables.ts';
import type { Phase, Workload } from '../../workload/types.ts';
import { routerSpec } from '../scenario/load-scenario.ts';
import { equalShards, type Measuring } from './measure.ts';
import { strategyNamed } from './salted-strategy.ts';

/** Arrivals of one simulation: 200 of them, or more, are slower than the p99. */
const arrivalsLeast = 20_000;
const arrivalsOfShard = 2500;
/** Looks at queues, every 5 ms of every shard, end within a day. */
const longestMs = 3_600_000;

/**
 * The decision with p99 at the load of today and at twice that, of the candidates that come first.
 * Where a p99 is asked for, others may then come first: they have their turn.
 */
export async function withTails(
  all: Measuring,
  asked: AdviceCase,
  report: (done: number) => void,
): Promise<Decision> {
  let decision = decide(asked);
  for (let round = 0; round < roundsMost; round += 1) {
    const simulated = await simulatedTails(all, decision, report);
    decision = decide({ ...asked, simulated });
    const { best } = decision.choice;
    if (best === null || simulated.candidates.has(nameOf(best.candidate))) break;
  }
  return decision;
}

const roundsMost = 4;

async function simulatedTails(
  all: Measuring,
  decision: Decision,
  report: (done: number) => void,
): Promise<SimulatedTails> {
  const before = decision.simulated ?? notSimulated;
  const chosen = simulatedFirst(decision).filter((each) => !before.candidates.has(nameOf(each)));
  const candidates = new Map(before.candidates);
  for (const [index, candidate] of chosen.entries()) {
    const { strategy, shardCount } = candidate;
    candidates.set(nameOf(candidate), await timesOf(all, decision.setting, strategy, shardCount));
    report((index + 1) / (chosen.length + 1));
  }
  const instance = before.instance ?? (await timesOf(all, decision.setting, null, 1));
  return { candidates, instance };
}

async function timesOf(
  all: Measuring,
  { now, capacity }: Setting,
  strategy: string | null,
  shardCount: number,
): Promise<SimulatedTimes> {
  const { simulation, topology, limits } = all.loaded.scenario;
  const { plan, work, keyedBy } =
    strategy === null ? wholeOf(all) : partsOf(all, strategy, shardCount);
  const stated = strategy === null ? capacity?.instance : capacity?.shard;
  const known = stated === undefined ? simulation : simulationAt(simulation, work, stated);
  const { workload } = all.loaded;
  const tailAt = async (qps: number): Promise<ResponseTail> =>
    responseTail({
      workload,
      phase: phaseAt(all, qps, shardCount),
      plan,
      simulation: known,
      seed: workload.seed,
      connectionsPerShard: limits.connectionsPerShard,
      quotaCpu: known.quota ? (topology.quota?.cpu ?? null) : null,
      rowFactors: rowFactors(known, workload.operations, keyedBy, evenRows(workload, shardCount)),
      pause: nextTurn,
    });
  return {
    arrivals: arrivalsOn(shardCount),
    now: await tailAt(now.qps),
    twice: await tailAt(2 * now.qps),
  };
}

const arrivalsOn = (shards: number): number => Math.max(arrivalsLeast, arrivalsOfShard * shards);

function phaseAt({ loaded: { plan } }: Measuring, qps: number, shards: number): Phase {
  return {
    name: 'advice',
    durationMs: Math.min(longestMs, Math.ceil((1000 * arrivalsOn(shards)) / qps)),
    arrivals: { process: 'poisson', ratePerSecond: qps },
    firstNewRow: plan.measure.firstNewRow,
    who: 'onAverage',
  };
}

/** Ctrl-C is heard between two turns of the event loop. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function evenRows(workload: Workload, shards: number): number[] {
  return Array.from({ length: shards }, () => storedRows(workload) / shards);
}

interface Simulated {
  readonly plan: RoutePlan;
  readonly work: readonly SimulatedWork[];
  readonly keyedBy: KeyedBy;
}

/** Everything on one database. */
function wholeOf({ loaded: { scenario, workload } }: Measuring): Simulated {
  const layout = layoutOf(workload, 'single');
  const one = { shardCount: 1, main: null, own: new Map() };
  const mix = mixOf(workload.operations, scenario.capacity.operations, null);
  return {
    plan:
      layout === null
        ? singlePlan(workload.operations)
        : tablePlan(createTrace(workload, layout, one)),
    work: mix.map(({ name, share, cost }) => ({ name, share, cost, factor: 1 })),
    keyedBy: { keyName: null, splitBy: null },
  };
}

function partsOf({ loaded, keys, arrivals }: Measuring, named: string, shards: number): Simulated {
  const { scenario, workload } = loaded;
  const listed = strategyNamed(scenario.strategies, named);
  const strategy = routerSpec(present(listed, 'strategy'), loaded);
  const { known } = present(keys.get(strategy.key), 'key');
  const { split } = placedKey(workload, strategy, known);
  const router = buildRouter(strategy, equalShards(shards), known.type, known);
  const use = statementUse(workload, strategy.key, router, arrivals, split);
  const mix = mixOf(workload.operations, scenario.capacity.operations, strategy.key);
  return {
    plan: routePlan(workload, router, strategy.key, split),
    work: mix.map(({ name, share, cost, scan }, index) => {
      const operation = present(workload.operations[index], 'operation');
      return { name, share, cost, factor: factorOf(operation, present(use[index], 'use'), scan) };
    }),
    keyedBy: { keyName: strategy.key, splitBy: split?.by ?? null },
  };
}

/**
 * A capacity is worked out from statements: each is an equal part of its operation, on each shard
 * that it meets, and of a scan each shard does its part. A simulated shard works so long on its
 * statements of an operation of one table, and the whole time on those of a script, however few.
 */
function factorOf({ script }: Operation, { fanOut, statements }: OperationUse, scan: boolean) {
  const visits = sumOf(statements, () => 1);
  if (visits === 0) return 1;
  const met = sumOf(statements, (own) => own.met) / visits;
  const counted = sumOf(statements, (own) => (scan && own.to === 'everywhere' ? 1 : own.met));
  const simulated = script === undefined ? met : fanOut;
  return simulated === 0 ? 1 : counted / visits / simulated;
}

type Uses = OperationUse['statements'];

const sumOf = (uses: Uses, of: (own: Uses[number]) => number): number =>
  uses.reduce((sum, own) => sum + own.visits * of(own), 0);
