import { type Rng, rngFrom } from '../base/rng.ts';
import type { Operation } from '../scenario/types.ts';
import { type AliasTable, buildAlias, drawAlias } from './alias.ts';
import { scheduleOf } from './schedule.ts';
import type { ArrivalVisitor, Phase, Rows, Workload } from './types.ts';

/** One arrival at a time; its fields are overwritten by `next`, so that nothing is allocated. */
export interface ArrivalStream {
  /** Since the start of the phase; whole, never falling, below the phase's duration. */
  readonly intendedNs: number;
  readonly tenant: number;
  /** Index into operations. */
  readonly operation: number;
  /** The loaded row it addresses, or for an insert the number of the new row. */
  readonly row: number;
  /** Arrivals and inserts so far. */
  readonly arrivals: number;
  readonly inserts: number;
  /** Moves to the next arrival; false at the end of the phase. */
  next(): boolean;
}

/** Whether an operation makes a new row. */
export function inserts(operation: Operation): boolean {
  return operation.statements.some((statement) => statement.insert);
}

/**
 * The arrivals of a phase, the same ones every time. Time, tenant, operation and row come from
 * streams of their own, one draw an arrival each, so that changing one (say, a weight of an
 * operation) leaves the others as they were. New rows are numbered from `firstNewRow`.
 */
export function arrivalStream(
  workload: Workload,
  phase: Phase,
  firstNewRow: number,
): ArrivalStream {
  return new Stream(workload, phase, firstNewRow);
}

class Stream implements ArrivalStream {
  intendedNs = 0;
  tenant = 0;
  operation = 0;
  arrivals = 0;
  inserts = 0;
  private readonly durationNs: number;
  private readonly even: boolean;
  private readonly timeOf: (expected: number) => number;
  private readonly tenantTable: AliasTable;
  private readonly operationTable: AliasTable;
  private readonly makesRow: readonly boolean[];
  private readonly times: Rng;
  private readonly tenantDraws: Rng;
  private readonly operationDraws: Rng;
  private readonly rowDraws: Rng;
  private readonly rows: Rows;
  private readonly firstNewRow: number;
  private expected = 0;
  /** Number of the new row, or -1: then the draw says which of the loaded ones it is. */
  private newRow = -1;
  private rowDraw = 0;

  constructor(workload: Workload, phase: Phase, firstNewRow: number) {
    const { seed, rows, tenants, operations } = workload;
    const durationMs = phase === 'measure' ? workload.durationMs : workload.warmupMs;
    this.durationNs = Math.round(durationMs * 1e6);
    const { even, timeOf } = scheduleOf(workload.arrivals, phase, this.durationNs);
    this.even = even;
    this.timeOf = timeOf;
    this.tenantTable = buildAlias(tenants.weights);
    this.operationTable = buildAlias(operations.map((operation) => operation.weight));
    this.makesRow = operations.map(inserts);
    this.times = rngFrom(seed, `${phase}/time`);
    this.tenantDraws = rngFrom(seed, `${phase}/tenant`);
    this.operationDraws = rngFrom(seed, `${phase}/operation`);
    this.rowDraws = rngFrom(seed, `${phase}/row`);
    this.rows = rows;
    this.firstNewRow = firstNewRow;
  }

  /** Found only when it is asked for: with many tenants it costs as much as all the rest. */
  get row(): number {
    if (this.newRow >= 0) return this.newRow;
    const { starts, order } = this.rows;
    const start = starts[this.tenant] ?? 0;
    const own = (starts[this.tenant + 1] ?? 0) - start;
    return order[start + Math.floor(this.rowDraw * own)] ?? 0;
  }

  next(): boolean {
    // 1 - u is in (0, 1], whose logarithm is finite.
    if (this.even) this.expected = this.arrivals;
    else this.expected -= Math.log(1 - this.times.double());
    const intendedNs = Math.round(this.timeOf(this.expected));
    if (!(intendedNs < this.durationNs)) return false;
    this.intendedNs = intendedNs;
    this.tenant = drawAlias(this.tenantTable, this.tenantDraws.double());
    this.operation = drawAlias(this.operationTable, this.operationDraws.double());
    this.rowDraw = this.rowDraws.double();
    this.arrivals += 1;
    if (this.makesRow[this.operation] === true) {
      this.newRow = this.firstNewRow + this.inserts;
      this.inserts += 1;
    } else this.newRow = -1;
    return true;
  }
}

/** Calls `visit` with every arrival of the phase, in order; returns how many there were. */
export function visitArrivals(
  workload: Workload,
  phase: Phase,
  firstNewRow: number,
  visit: ArrivalVisitor,
): { arrivals: number; inserts: number } {
  const stream = arrivalStream(workload, phase, firstNewRow);
  while (stream.next()) visit(stream.intendedNs, stream.tenant, stream.operation, stream.row);
  return { arrivals: stream.arrivals, inserts: stream.inserts };
}
