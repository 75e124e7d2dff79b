import { present } from '../base/assert.ts';
import type { Router } from '../router/contract.ts';
import type { Layout } from '../scenario/layout-types.ts';
import { keyBinding } from '../workload/classify.ts';
import { layoutOf } from '../workload/tables/table-writes.ts';
import type { SplitKey } from '../workload/split-key.ts';
import type { Workload } from '../workload/types.ts';
import { type RoutePlan, routePlan } from './route-plan.ts';
import { routersBeside } from './tables/table-routers.ts';
import { createTrace } from './tables/table-trace.ts';
import { tablePlan } from './tables/table-plan.ts';
import type { OperationTrace } from './tables/trace.ts';

/** Arrivals to be routed: of each its operation, its tenant and its row. */
export interface DrawnArrivals {
  readonly count: number;
  readonly operation: Uint32Array;
  readonly tenant: Uint32Array;
  readonly row: Float64Array;
}

/** What a statement asks of the shards, on average over its operation's arrivals. */
export interface StatementUse {
  readonly to: 'keys' | 'everywhere' | 'home' | 'any';
  /** How often it runs in one arrival. */
  readonly visits: number;
  /** Shards that it meets each time. */
  readonly met: number;
}

/** The same of an operation; shares of its arrivals. */
export interface OperationUse {
  readonly arrivals: number;
  readonly singleShard: number;
  readonly crossShard: number;
  readonly scatter: number;
  readonly fanOut: number;
  readonly statements: readonly StatementUse[];
}

/** What one operation has done so far. */
interface Tally {
  arrivals: number;
  single: number;
  cross: number;
  scatter: number;
  touched: number;
  readonly visits: number[];
  readonly met: number[];
}

/** Routes the arrivals and counts what each operation asks, in the order of the operations. */
export function statementUse(
  workload: Workload,
  keyName: string,
  router: Router,
  arrivals: DrawnArrivals,
  split: SplitKey | null = null,
): OperationUse[] {
  const layout = layoutOf(workload, keyName);
  const trace = layout && createTrace(workload, layout, routersBeside(router, layout));
  const plan = trace === null ? routePlan(workload, router, keyName, split) : tablePlan(trace);
  const tallies = workload.operations.map((): Tally => {
    return { arrivals: 0, single: 0, cross: 0, scatter: 0, touched: 0, visits: [], met: [] };
  });
  const shards = new Int32Array(router.shardCount);
  const masks = new Int32Array(router.shardCount);
  for (let i = 0; i < arrivals.count; i += 1) {
    const operation = arrivals.operation[i] ?? 0;
    const tally = present(tallies[operation], 'operation');
    const fanOut = plan.route(
      operation,
      arrivals.tenant[i] ?? 0,
      arrivals.row[i] ?? 0,
      shards,
      masks,
    );
    count(tally, fanOut, plan);
    if (trace === null) countMasks(tally, masks, fanOut);
    else countSteps(tally, trace);
  }
  return tallies.map((tally, operation) => ({
    arrivals: tally.arrivals,
    singleShard: part(tally.single, tally),
    crossShard: part(tally.cross, tally),
    scatter: part(tally.scatter, tally),
    fanOut: part(tally.touched, tally),
    statements:
      layout === null
        ? flatStatements(workload, operation, keyName, tally, router.shardCount)
        : tableStatements(layout, operation, tally, router.shardCount),
  }));
}

const part = (some: number, { arrivals }: Tally): number => some / Math.max(1, arrivals);

function count(tally: Tally, fanOut: number, { shardCount, crossShard }: RoutePlan): void {
  tally.arrivals += 1;
  tally.touched += fanOut;
  if (fanOut === 1) tally.single += 1;
  if (fanOut === shardCount && shardCount > 1) tally.scatter += 1;
  if (fanOut > 1 && crossShard) tally.cross += 1;
}

/** Each statement of the short form runs once. */
function countMasks({ visits, met }: Tally, masks: Int32Array, fanOut: number): void {
  let seen = 0;
  for (let i = 0; i < fanOut; i += 1) {
    const mask = masks[i] ?? 0;
    seen |= mask;
    for (let bit = 0; mask >>> bit > 0; bit += 1) {
      if ((mask >>> bit) & 1) met[bit] = (met[bit] ?? 0) + 1;
    }
  }
  for (let bit = 0; seen >>> bit > 0; bit += 1) {
    if ((seen >>> bit) & 1) visits[bit] = (visits[bit] ?? 0) + 1;
  }
}

function countSteps({ visits, met }: Tally, trace: OperationTrace): void {
  for (let step = 0; step < trace.stepCount; step += 1) {
    const statement = trace.statementOf(step);
    visits[statement] = (visits[statement] ?? 0) + 1;
    met[statement] = (met[statement] ?? 0) + trace.shardCountOf(step);
  }
}

function flatStatements(
  { operations }: Workload,
  operation: number,
  keyName: string,
  tally: Tally,
  shards: number,
): StatementUse[] {
  const { statements } = present(operations[operation], 'operation');
  return statements.map((statement, index) => {
    const isKeyed = keyBinding(statement, keyName) !== null;
    return useOf(isKeyed ? 'keys' : 'everywhere', index, tally, shards);
  });
}

function tableStatements(
  { operations }: Layout,
  operation: number,
  tally: Tally,
  shards: number,
): StatementUse[] {
  const { statements } = present(operations[operation], 'layout of an operation');
  const isKeyed = statements.some(({ route }) => route.to === 'keys');
  return statements.map(({ route: { to } }, index) => {
    switch (to) {
      case 'keys':
      case 'range':
        return useOf('keys', index, tally, shards);
      case 'all':
        return useOf('everywhere', index, tally, shards);
      case 'home':
        return useOf('home', index, tally, shards);
      case 'any':
        // It goes where the operation's other statements are.
        return useOf(isKeyed ? 'keys' : 'any', index, tally, shards);
      case 'nowhere':
        return { to: 'any', visits: 0, met: 0 };
    }
  });
}

/** A range whose keys may be anywhere goes to all. */
function useOf(
  to: StatementUse['to'],
  index: number,
  { visits, met, arrivals }: Tally,
  shards: number,
): StatementUse {
  const ran = visits[index] ?? 0;
  const mean = ran === 0 ? 0 : (met[index] ?? 0) / ran;
  const isAll = to === 'keys' && shards > 1 && mean > shards - 0.01;
  return { to: isAll ? 'everywhere' : to, visits: ran / Math.max(1, arrivals), met: mean };
}
