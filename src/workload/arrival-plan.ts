import { createDigest, type Digest } from '../base/hash/digest.ts';
import { allSteps, type Steps, within } from '../base/steps.ts';
import type { Skew } from '../result/types.ts';
import { visitSteps } from './arrivals.ts';
import { measurePhase, warmupPhase } from './phases.ts';
import { skewOf } from './skew.ts';
import type { Workload } from './types.ts';

/** The arrivals of both phases, counted without running them. */
export interface ArrivalPlan {
  /** SHA-256 of all arrivals of both phases. */
  readonly digest: string;
  readonly warmup: { readonly arrivals: number; readonly inserts: number };
  readonly measure: {
    readonly arrivals: number;
    readonly inserts: number;
    /** Number of its first new row, after the loaded rows and the warm-up's. */
    readonly firstNewRow: number;
  };
  /** Skew of the tenants' weights, and of the measured arrivals. */
  readonly asked: Skew;
  readonly achieved: Skew;
  /** Measured arrivals of each tenant and of each operation. */
  readonly byTenant: Uint32Array;
  readonly byOperation: Uint32Array;
  /** Measured arrivals of each tenant whose operation is a write. */
  readonly writesByTenant: Uint32Array;
}

/** Draws every arrival once, 5 million of them in about a second. */
export function planArrivals(workload: Workload): ArrivalPlan {
  return allSteps(planSteps(workload));
}

/** The same in pieces. */
export function* planSteps(workload: Workload): Steps<ArrivalPlan> {
  const { tenants, rows, operations } = workload;
  const digest = createDigest();
  const records = new RecordWriter(digest);
  const byTenant = new Uint32Array(tenants.count);
  const byOperation = new Uint32Array(operations.length);
  const writesByTenant = new Uint32Array(tenants.count);
  const isWrite = operations.map(({ kind }) => kind === 'write');
  const share = workload.warmupMs / (workload.warmupMs + workload.durationMs);
  const warmup = yield* within(
    visitSteps(workload, warmupPhase(workload), records.write),
    0,
    share,
  );
  records.endPhase();
  const firstNewRow = rows.count + warmup.inserts;
  const window = measurePhase(workload, firstNewRow);
  const measured = visitSteps(workload, window, (at, tenant, operation, row) => {
    records.write(at, tenant, operation, row);
    byTenant[tenant] = (byTenant[tenant] ?? 0) + 1;
    byOperation[operation] = (byOperation[operation] ?? 0) + 1;
    if (isWrite[operation] === true) writesByTenant[tenant] = (writesByTenant[tenant] ?? 0) + 1;
  });
  const counts = yield* within(measured, share, 1);
  records.endPhase();
  return {
    digest: digest.hex(),
    warmup,
    measure: { ...counts, firstNewRow },
    asked: skewOf(tenants.weights),
    achieved: skewOf(byTenant),
    byTenant,
    byOperation,
    writesByTenant,
  };
}

const recordBytes = 20;
const recordsInChunk = 4096;

/**
 * Feeds arrivals to a digest as little-endian records: intendedNs in 8 bytes, tenant, operation and
 * row in 4 each. A phase ends with a record of 0xff bytes, which no arrival has.
 */
class RecordWriter {
  private readonly digest: Digest;
  private readonly bytes = new Uint8Array(recordBytes * recordsInChunk);
  private readonly view = new DataView(this.bytes.buffer);
  private at = 0;

  constructor(digest: Digest) {
    this.digest = digest;
  }

  readonly write = (intendedNs: number, tenant: number, operation: number, row: number): void => {
    const { view, at } = this;
    view.setUint32(at, intendedNs >>> 0, true);
    view.setUint32(at + 4, Math.floor(intendedNs / 2 ** 32), true);
    view.setUint32(at + 8, tenant, true);
    view.setUint32(at + 12, operation, true);
    view.setUint32(at + 16, row, true);
    this.at = at + recordBytes;
    if (this.at === this.bytes.length) this.flush();
  };

  endPhase(): void {
    this.bytes.fill(0xff, this.at, this.at + recordBytes);
    this.at += recordBytes;
    this.flush();
  }

  private flush(): void {
    this.digest.update(this.bytes.subarray(0, this.at));
    this.at = 0;
  }
}
