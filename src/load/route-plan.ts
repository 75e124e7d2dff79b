import { present } from '../base/assert.ts';
import type { Router } from '../router/contract.ts';
import type { Binding, Operation } from '../scenario/types.ts';
import { keyBinding } from '../workload/classify.ts';
import { type KeyColumn, keyColumn } from '../workload/key-column.ts';
import { createReferences, type References } from '../workload/references.ts';
import type { Workload } from '../workload/types.ts';

/** From an arrival to the shards it touches. */
export interface RoutePlan {
  readonly shardCount: number;
  /**
   * Writes the shards that the operation touches into `shards` and, beside each, the bit mask of
   * the statements that run there; returns how many there are. Allocates nothing.
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
}

/** Everything on one shard: the baseline without a router. */
export function singlePlan(operations: readonly Operation[]): RoutePlan {
  const masks = operations.map((operation) => 2 ** operation.statements.length - 1);
  return {
    shardCount: 1,
    route(operation, _tenant, _row, shards, statements) {
      shards[0] = 0;
      statements[0] = masks[operation] ?? 0;
      return 1;
    },
  };
}

export function routePlan(workload: Workload, router: Router, keyName: string): RoutePlan {
  return new KeyedPlan(workload, router, keyName);
}

/** The shard of a row's key: where it is loaded. Allocates nothing. */
export function shardOfRow(
  workload: Workload,
  router: Router,
  keyName: string,
): (tenant: number, row: number) => number {
  const key = keyColumn(workload, keyName);
  const bytes = new Uint8Array(key.maxBytes);
  return (tenant, row) => router.route(bytes, 0, key.write(tenant, row, bytes));
}

class KeyedPlan implements RoutePlan {
  readonly shardCount: number;
  private readonly router: Router;
  private readonly key: KeyColumn;
  private readonly references: References;
  private readonly steps: readonly (readonly Step[])[];
  private readonly shardOf: (tenant: number, row: number) => number;
  private readonly bytes: Uint8Array;
  private readonly upper: Uint8Array;
  /** Scratch: statements for each shard, all zero between calls. */
  private readonly masks: Int32Array;
  private bit = 0;
  private readonly mark = (shard: number): void => {
    this.masks[shard] = (this.masks[shard] ?? 0) | this.bit;
  };

  constructor(workload: Workload, router: Router, keyName: string) {
    this.shardCount = router.shardCount;
    this.router = router;
    this.key = keyColumn(workload, keyName);
    this.shardOf = shardOfRow(workload, router, keyName);
    this.bytes = new Uint8Array(this.key.maxBytes);
    this.upper = new Uint8Array(this.key.maxBytes);
    this.references = createReferences(workload);
    this.masks = new Int32Array(router.shardCount);
    this.steps = workload.operations.map(({ statements }) =>
      statements.map((statement, i) => ({ binding: keyBinding(statement, keyName), bit: 1 << i })),
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
    if (steps.length === 1 && first?.binding?.by === 'value' && !first.binding.other) {
      shards[0] = this.shardOf(tenant, row);
      statements[0] = first.bit;
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
    if (binding.by === 'value') this.mark(this.shardOf(tenant, row));
    else if (binding.by === 'list') this.markList(binding.count, tenant, row);
    else this.markRange(binding.count, tenant, row);
  }

  private markList(count: number, tenant: number, row: number): void {
    for (let i = 0; i < count; i++) {
      this.mark(this.shardOf(tenant, this.references.listRow(tenant, row, i)));
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
