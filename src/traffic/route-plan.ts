import { present } from '../base/assert.ts';
import type { Router } from '../router/contract.ts';
import type { Binding, Operation } from '../scenario/types.ts';
import { keyBinding, rowsNamed } from '../workload/classify.ts';
import { keyColumn } from '../workload/key-column.ts';
import { createReferences, type References } from '../workload/references.ts';
import type { SplitKey } from '../workload/split-key.ts';
import { layoutOf } from '../workload/tables/table-writes.ts';
import type { KeyColumn, Workload } from '../workload/types.ts';
import { tablePlan } from './tables/table-plan.ts';
import { routersBeside } from './tables/table-routers.ts';
import { createTrace } from './tables/table-trace.ts';

/** From an arrival to the shards it touches. */
export interface RoutePlan {
  readonly shardCount: number;
  /**
   * Whether the arrival that was routed last reaches two shards or more by its writes and locking
   * reads: then it is no transaction of one shard.
   */
  readonly crossShard: boolean;
  /**
   * Writes the shards that the operation touches into `shards` and, beside each, the bit mask of
   * the statements that run there; returns how many there are: 0 for an operation that the cell
   * cannot run, whose arrivals are skipped. Allocates nothing.
   */
  route(
    operation: number,
    tenant: number,
    row: number,
    shards: Int32Array,
    statements: Int32Array,
  ): number;
}

/** A statement's way to its shards; `binding` is null when it does not fix the shard key. */
interface Step {
  readonly binding: Binding | null;
  readonly bit: number;
  /** Rows that it names of a split value of the key; 0 for all of its pieces. */
  readonly named: number;
}

/** Everything on one shard: the baseline without a router. */
export function singlePlan(operations: readonly Operation[]): RoutePlan {
  const masks = operations.map((operation) => 2 ** operation.statements.length - 1);
  return {
    shardCount: 1,
    crossShard: false,
    route(operation, _tenant, _row, shards, statements) {
      shards[0] = 0;
      statements[0] = masks[operation] ?? 0;
      return 1;
    },
  };
}

/**
 * `split`: values of the key whose rows are on several shards; null where all are whole. Of a
 * scenario with tables, those by a key of their own are spread evenly: cells have routers for them.
 */
export function routePlan(
  workload: Workload,
  router: Router,
  keyName: string,
  split: SplitKey | null = null,
): RoutePlan {
  const layout = layoutOf(workload, keyName);
  if (layout !== null) {
    return tablePlan(createTrace(workload, layout, routersBeside(router, layout)));
  }
  return new KeyedPlan(workload, router, keyName, split);
}

/** The shard of a row's key, or piece of one: where it is loaded. Allocates nothing. */
export function shardOfRow(
  workload: Workload,
  router: Router,
  keyName: string,
  split: SplitKey | null = null,
): (tenant: number, row: number) => number {
  const key = split?.column ?? keyColumn(workload, keyName);
  const bytes = new Uint8Array(key.maxBytes);
  return (tenant, row) => router.route(bytes, 0, key.write(tenant, row, bytes));
}

class KeyedPlan implements RoutePlan {
  readonly shardCount: number;
  crossShard = false;
  private readonly router: Router;
  private readonly key: KeyColumn;
  private readonly references: References;
  private readonly steps: readonly (readonly Step[])[];
  private readonly writes: readonly boolean[];
  private readonly shardOf: (tenant: number, row: number) => number;
  private readonly bytes: Uint8Array;
  private readonly upper: Uint8Array;
  /** Scratch: statements for each shard, all zero between calls. */
  private readonly masks: Int32Array;
  private readonly split: SplitKey | null;
  /** Shards of the pieces of each split value, one value after the other. */
  private readonly pieces: Int32Array;
  private bit = 0;
  private readonly mark = (shard: number): void => {
    this.masks[shard] = (this.masks[shard] ?? 0) | this.bit;
  };

  constructor(workload: Workload, router: Router, keyName: string, split: SplitKey | null) {
    this.shardCount = router.shardCount;
    this.router = router;
    this.key = keyColumn(workload, keyName);
    this.shardOf = shardOfRow(workload, router, keyName, split);
    this.split = split;
    this.pieces = split === null ? new Int32Array(0) : shardsOfPieces(split, router);
    this.bytes = new Uint8Array(this.key.maxBytes);
    this.upper = new Uint8Array(this.key.maxBytes);
    this.references = createReferences(workload);
    this.masks = new Int32Array(router.shardCount);
    this.writes = workload.operations.map(({ kind }) => kind === 'write');
    this.steps = workload.operations.map(({ statements }) =>
      statements.map((statement, i) => {
        const binding = keyBinding(statement, keyName);
        const named = split === null ? 1 : rowsNamed(statement, binding, split.by);
        return { binding, bit: 1 << i, named };
      }),
    );
  }

  route(
    operation: number,
    tenant: number,
    row: number,
    shards: Int32Array,
    statements: Int32Array,
  ): number {
    const steps = present(this.steps[operation], 'operation');
    const first = steps[0];
    if (steps.length === 1 && first?.binding?.by === 'value' && this.isOneRow(first, tenant, row)) {
      shards[0] = this.shardOf(tenant, row);
      statements[0] = first.bit;
      this.crossShard = false;
      return 1;
    }
    for (const step of steps) this.markShards(step, tenant, row);
    let fanOut = 0;
    for (let shard = 0; shard < this.shardCount; shard++) {
      const mask = this.masks[shard] ?? 0;
      if (mask === 0) continue;
      shards[fanOut] = shard;
      statements[fanOut] = mask;
      fanOut += 1;
      this.masks[shard] = 0;
    }
    this.crossShard = fanOut > 1 && this.writes[operation] === true;
    return fanOut;
  }

  private markShards(step: Step, arrivalTenant: number, arrivalRow: number): void {
    const { binding } = step;
    this.bit = step.bit;
    if (binding === null) {
      for (let shard = 0; shard < this.shardCount; shard++) this.mark(shard);
      return;
    }
    let tenant = arrivalTenant;
    let row = arrivalRow;
    if (binding.other) {
      this.references.pickOther(arrivalRow);
      tenant = this.references.otherTenant;
      row = this.references.otherRow;
    }
    if (binding.by === 'value') this.markRow(step.named, tenant, row);
    else if (binding.by === 'list') this.markList(binding.count, step.named, tenant, row);
    else this.markRange(binding.count, tenant, row);
  }

  /** Whether a statement that fixes the key by equality goes to the shard of the arrival's row. */
  private isOneRow({ binding, named }: Step, tenant: number, row: number): boolean {
    if (binding?.other === true) return false;
    return named === 1 || this.split === null || this.split.splitOf(tenant, row) < 0;
  }

  private markList(count: number, named: number, tenant: number, row: number): void {
    for (let i = 0; i < count; i++) {
      this.markRow(named, tenant, this.references.listRow(tenant, row, i));
    }
  }

  /** The shard of the row; of a split value those of the rows that are named, or of all pieces. */
  private markRow(named: number, tenant: number, row: number): void {
    const { split } = this;
    const cut = split === null || named === 1 ? -1 : split.splitOf(tenant, row);
    if (split === null || cut < 0) {
      this.mark(this.shardOf(tenant, row));
    } else if (named > 1) {
      this.markList(named, 1, tenant, row);
    } else {
      for (let i = cut * split.over; i < (cut + 1) * split.over; i++)
        this.mark(this.pieces[i] ?? 0);
    }
  }

  private markRange(count: number, tenant: number, row: number): void {
    if (this.router.routeRange === undefined) {
      for (let shard = 0; shard < this.shardCount; shard++) this.mark(shard);
      return;
    }
    const from = this.key.write(tenant, row, this.bytes);
    const to = this.key.write(tenant, this.references.rangeEnd(row, count), this.upper);
    // Ranges are rare and cold beside single keys: two small views are affordable.
    this.router.routeRange(this.bytes.subarray(0, from), this.upper.subarray(0, to), this.mark);
  }
}

function shardsOfPieces(split: SplitKey, router: Router): Int32Array {
  const bytes = new Uint8Array(split.column.maxBytes);
  return Int32Array.from({ length: split.count * split.over }, (_, i) => {
    const value = split.pieceValue(Math.floor(i / split.over), i % split.over);
    return router.route(bytes, 0, split.column.encode(value, bytes));
  });
}
