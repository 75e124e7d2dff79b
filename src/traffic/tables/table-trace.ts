import { present } from '../../base/assert.ts';
import type { Router } from '../../router/contract.ts';
import type { KeyedRouter, Layout } from '../../scenario/layout-types.ts';
import type { Script } from '../../scenario/table-types.ts';
import { type ArrivalRows, createArrivalRows } from '../../workload/arrival-rows.ts';
import { below, finalise } from '../../workload/mix.ts';
import {
  longestKey,
  type ScriptWays,
  scriptWays,
  type StatementWay,
} from '../../workload/tables/statement-ways.ts';
import type { Workload } from '../../workload/types.ts';
import { StepList } from './step-list.ts';
import type { OperationTrace, TableRouters } from './trace.ts';

/** A trace of a workload with tables, under one of its layouts. */
export function createTrace(
  workload: Workload,
  layout: Layout,
  routers: TableRouters,
  rows: ArrivalRows = createArrivalRows(workload),
): OperationTrace {
  return new TableTrace(scriptWays(workload, layout, rows), routers, rows);
}

/** Before a step's shard is known. */
const open = -1;

class TableTrace implements OperationTrace {
  readonly shardCount: number;
  readonly rows: ArrivalRows;
  script: Script | null = null;
  fanOut = 0;
  private readonly operations: readonly (ScriptWays | null)[];
  private readonly routers: TableRouters;
  private readonly steps = new StepList();
  /** Steps that may run on any shard. */
  private anySteps = 0;
  private current: ScriptWays | null = null;
  private operation = -1;
  private tenant = -1;
  private number = -1;
  /** Shards of the arrival, ascending. */
  private readonly touched: Int32Array;
  /** The arrival that touched a shard last, and the one that locked rows there. */
  private readonly touchedBy: Float64Array;
  private readonly lockedBy: Float64Array;
  private stamp = 0;
  private lockedShards = 0;
  private locks = false;
  /** Where statements with a key went first. */
  private firstShard = open;
  private readonly low: Uint8Array;
  private readonly high: Uint8Array;

  constructor(
    operations: readonly (ScriptWays | null)[],
    routers: TableRouters,
    rows: ArrivalRows,
  ) {
    this.operations = operations;
    this.routers = routers;
    this.rows = rows;
    this.shardCount = routers.shardCount;
    this.touched = new Int32Array(this.shardCount);
    this.touchedBy = new Float64Array(this.shardCount);
    this.lockedBy = new Float64Array(this.shardCount);
    const longest = longestKey(operations);
    this.low = new Uint8Array(longest);
    this.high = new Uint8Array(longest);
  }

  get stepCount(): number {
    return this.steps.length;
  }

  get crossShard(): boolean {
    return this.lockedShards > 1;
  }

  open(operation: number, tenant: number, number: number): number {
    if (number === this.number && operation === this.operation && tenant === this.tenant) {
      return this.fanOut;
    }
    this.operation = operation;
    this.tenant = tenant;
    this.number = number;
    const ways = this.operations[operation] ?? null;
    this.current = ways;
    this.script = ways?.script ?? null;
    this.steps.clear();
    this.fanOut = 0;
    this.lockedShards = 0;
    this.anySteps = 0;
    this.firstShard = open;
    this.stamp += 1;
    if (ways === null) return 0;
    this.rows.open(operation, ways.instead, tenant, number);
    this.runGroup(ways, 0);
    if (this.anySteps > 0) this.placeAnySteps(ways);
    return this.fanOut;
  }

  statementOf(step: number): number {
    return this.steps.statement(step);
  }

  repetitionOf(step: number): number {
    return this.steps.repetition(step);
  }

  shardCountOf(step: number): number {
    return this.steps.shardCount(step);
  }

  shardOf(step: number, index: number): number {
    return this.steps.shard(step, index);
  }

  shardAt(index: number): number {
    return this.touched[index] ?? 0;
  }

  private runGroup(ways: ScriptWays, index: number): void {
    const group = present(ways.script.groups[index], 'group');
    const repetitions = index === 0 ? 1 : this.rows.repetitions(index);
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      for (const step of group.steps) {
        if ('group' in step) this.runGroup(ways, step.group);
        else this.runStatement(ways, step.statement, repetition);
      }
    }
  }

  private runStatement(ways: ScriptWays, statement: number, repetition: number): void {
    const way = present(ways.statements[statement], 'statement');
    this.locks = ways.locks[statement] ?? false;
    this.steps.add(statement, repetition);
    switch (way.to) {
      case 'keys':
        this.toKeys(way, repetition);
        break;
      case 'range':
        this.toRange(way, repetition);
        break;
      case 'all':
        this.toAll();
        break;
      case 'home':
        this.toKeyed(0);
        break;
      case 'any':
        this.toAny();
        break;
      case 'nowhere':
        break;
    }
  }

  private toKeys({ router, keys }: Way<'keys'>, repetition: number): void {
    const routes = this.routerOf(router);
    let found = false;
    for (const key of keys) {
      const count = key.count();
      for (let i = 0; i < count; i += 1) {
        const length = key.write(repetition, i, this.low);
        if (length === 0) continue;
        found = true;
        this.toKeyed(routes.route(this.low, 0, length));
      }
    }
    // Compared with no row's value it finds nothing, wherever it runs.
    if (!found) this.toAny();
  }

  private toRange({ router, low, high }: Way<'range'>, repetition: number): void {
    const routes = this.routerOf(router);
    const from = low.write(repetition, 0, this.low);
    const to = high.write(repetition, 0, this.high);
    if (from === 0 || to === 0) this.toAny();
    else if (routes.routeRange === undefined) this.toAll();
    // Ranges are rare and cold beside single keys: two small views are affordable.
    else routes.routeRange(this.low.subarray(0, from), this.high.subarray(0, to), this.toKeyed);
  }

  private readonly toKeyed = (shard: number): void => {
    if (this.firstShard === open) this.firstShard = shard;
    this.steps.addShard(shard);
    this.touch(shard);
  };

  private toAll(): void {
    for (let shard = 0; shard < this.shardCount; shard += 1) {
      this.steps.addShard(shard);
      this.touch(shard);
    }
  }

  private toAny(): void {
    this.steps.addShard(open);
    this.anySteps += 1;
  }

  /** Where the arrival's other statements are; one that has none is spread evenly. */
  private placeAnySteps(ways: ScriptWays): void {
    const evenly = below(finalise(this.number), this.shardCount);
    const shard = this.firstShard === open ? evenly : this.firstShard;
    const { steps } = this;
    for (let step = 0; step < steps.length; step += 1) {
      if (steps.shardCount(step) !== 1 || steps.shard(step, 0) !== open) continue;
      steps.setShard(step, shard);
      this.locks = ways.locks[steps.statement(step)] ?? false;
      this.touch(shard);
    }
  }

  private touch(shard: number): void {
    const { stamp } = this;
    if (this.locks && this.lockedBy[shard] !== stamp) {
      this.lockedBy[shard] = stamp;
      this.lockedShards += 1;
    }
    if (this.touchedBy[shard] === stamp) return;
    this.touchedBy[shard] = stamp;
    const { touched } = this;
    let at = this.fanOut;
    for (; at > 0 && (touched[at - 1] ?? 0) > shard; at -= 1) touched[at] = touched[at - 1] ?? 0;
    touched[at] = shard;
    this.fanOut += 1;
  }

  private routerOf(router: KeyedRouter): Router {
    if (router === 'main') return present(this.routers.main, 'router of the key');
    return present(this.routers.own.get(router.ownKeyOf), `router of ${router.ownKeyOf}`);
  }
}

type Way<To extends StatementWay['to']> = Extract<StatementWay, { to: To }>;
