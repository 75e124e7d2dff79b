import { type Rng, rngFrom } from '../base/rng.ts';
import { allSteps, type Steps } from '../base/steps.ts';
import type { Operation } from '../scenario/types.ts';
import { type AliasTable, buildAlias, drawAlias } from './alias.ts';
import { PresentTenants } from './present-tenants.ts';
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

/**
 * Whether an operation takes the number of a new row. Each with a script does, so that a stream's
 * `row` is then the arrival's own number.
 */
export function inserts(operation: Operation): boolean {
  return operation.script !== undefined || operation.statements.some(({ insert }) => insert);
}

/**
 * The arrivals of a phase, the same ones every time. Time, tenant, operation and row come from
 * streams of their own, one draw an arrival each, so that changing one (say, a weight of an
 * operation) leaves the others as they were. An arrival whose tenant is not there is given to one
 * that is, drawn by size from a further stream: who is drawn among all and is there has been drawn
 * among those there, and all other arrivals stay as they are without tenants that join or leave.
 */
export function arrivalStream(workload: Workload, phase: Phase): ArrivalStream {
  return new Stream(workload, phase);
}

/**
 * Arrivals are drawn so many at a time, each of their parts in a loop of its own: with a million
 * tenants every draw waits for memory, and in a short loop many of these waits overlap.
 */
const drawnAtOnce = 512;

class Stream implements ArrivalStream {
  intendedNs = 0;
  tenant = 0;
  operation = 0;
  arrivals = 0;
  inserts = 0;
  /** The part of the phase that it has. */
  private readonly fromNs: number;
  private readonly toNs: number;
  private readonly even: boolean;
  private readonly timeOf: (expected: number) => number;
  private readonly tenantTable: AliasTable;
  private readonly present: PresentTenants | null;
  private readonly redraws: Rng;
  private readonly operationTable: AliasTable;
  private readonly makesRow: readonly boolean[];
  private readonly timeDraws: Rng;
  private readonly tenantDraws: Rng;
  private readonly operationDraws: Rng;
  private readonly rowDraws: Rng;
  private readonly rows: Rows;
  private firstNewRow: number;
  private expected = 0;
  /** The arrivals drawn so far and not yet taken are those from `place` on. */
  private place = drawnAtOnce - 1;
  private readonly times = new Float64Array(drawnAtOnce);
  private readonly tenants = new Uint32Array(drawnAtOnce);
  private readonly kinds = new Uint32Array(drawnAtOnce);
  private readonly loaded = new Uint32Array(drawnAtOnce);
  private readonly uniform = new Float64Array(drawnAtOnce);
  private loadedDrawn = false;
  private drawnBefore = false;

  constructor(workload: Workload, phase: Phase) {
    const { name, durationMs, arrivals, firstNewRow } = phase;
    const { seed, rows, tenants, operations } = workload;
    const changes = phase.who === 'onAverage' ? undefined : tenants.changes;
    const durationNs = Math.round(durationMs * 1e6);
    const { fromMs, toMs } = phase.part ?? { fromMs: 0, toMs: durationMs };
    this.fromNs = Math.round(fromMs * 1e6);
    this.toNs = Math.round(toMs * 1e6);
    const { even, timeOf } = scheduleOf(arrivals, durationNs);
    this.even = even;
    this.timeOf = timeOf;
    this.tenantTable = buildAlias(changes?.sizes ?? tenants.weights);
    const windowNs = phase.who === 'atStart' ? Infinity : durationNs;
    this.present = changes === undefined ? null : new PresentTenants(changes, windowNs);
    this.redraws = rngFrom(seed, `${name}/present`);
    this.operationTable = buildAlias(operations.map((operation) => operation.weight));
    this.makesRow = operations.map(inserts);
    this.timeDraws = rngFrom(seed, `${name}/time`);
    this.tenantDraws = rngFrom(seed, `${name}/tenant`);
    this.operationDraws = rngFrom(seed, `${name}/operation`);
    this.rowDraws = rngFrom(seed, `${name}/row`);
    this.rows = rows;
    this.firstNewRow = firstNewRow;
    if (this.fromNs > 0) this.passOver();
  }

  /** Loaded rows are looked up only when one is asked for: simulations mostly do not. */
  get row(): number {
    if (this.makesRow[this.operation] === true) return this.firstNewRow + this.inserts - 1;
    if (!this.loadedDrawn) this.drawLoaded();
    return this.loaded[this.place] ?? 0;
  }

  next(): boolean {
    this.place += 1;
    if (this.place === drawnAtOnce) this.draw();
    const { place } = this;
    const intendedNs = this.times[place] ?? 0;
    if (!(intendedNs < this.toNs)) {
      // Whoever asks again is told the same.
      this.place -= 1;
      return false;
    }
    this.intendedNs = intendedNs - this.fromNs;
    this.tenant = this.tenants[place] ?? 0;
    this.operation = this.kinds[place] ?? 0;
    this.arrivals += 1;
    if (this.makesRow[this.operation] === true) this.inserts += 1;
    return true;
  }

  /** To the part that it has; the new rows of what is before it keep their numbers. */
  private passOver(): void {
    for (;;) {
      this.place += 1;
      if (this.place === drawnAtOnce) this.draw();
      if (!((this.times[this.place] ?? 0) < this.fromNs)) break;
      if (this.makesRow[this.kinds[this.place] ?? 0] === true) this.firstNewRow += 1;
    }
    this.place -= 1;
  }

  private draw(): void {
    // Rows have draws of their own: those that nobody asked for are passed over.
    const { times, tenants, kinds, uniform } = this;
    if (!this.loadedDrawn && this.drawnBefore) this.rowDraws.fill(uniform);
    this.drawnBefore = true;
    this.place = 0;
    this.loadedDrawn = false;
    this.drawTimes(times);
    this.tenantDraws.fill(uniform);
    for (let i = 0; i < drawnAtOnce; i += 1) {
      tenants[i] = drawAlias(this.tenantTable, uniform[i] ?? 0);
    }
    if (this.present !== null) this.redraw(this.present);
    this.operationDraws.fill(uniform);
    for (let i = 0; i < drawnAtOnce; i += 1) {
      kinds[i] = drawAlias(this.operationTable, uniform[i] ?? 0);
    }
  }

  private redraw(present: PresentTenants): void {
    const { times, tenants } = this;
    for (let i = 0; i < drawnAtOnce; i += 1) {
      present.advance(times[i] ?? 0);
      if (!present.isThere(tenants[i] ?? 0)) tenants[i] = present.draw(this.redraws.double());
    }
  }

  private drawTimes(times: Float64Array): void {
    const { even, timeOf } = this;
    let { expected } = this;
    if (!even) this.timeDraws.fill(times);
    for (let i = 0; i < drawnAtOnce; i += 1) {
      // 1 - u is in (0, 1], whose logarithm is finite.
      if (!even) expected -= Math.log(1 - (times[i] ?? 0));
      times[i] = Math.round(timeOf(expected));
      if (even) expected += 1;
    }
    this.expected = expected;
  }

  private drawLoaded(): void {
    this.loadedDrawn = true;
    const { starts, order } = this.rows;
    const { tenants, loaded, uniform } = this;
    this.rowDraws.fill(uniform);
    for (let i = 0; i < drawnAtOnce; i += 1) {
      const tenant = tenants[i] ?? 0;
      const start = starts[tenant] ?? 0;
      const own = (starts[tenant + 1] ?? 0) - start;
      loaded[i] = start + Math.floor((uniform[i] ?? 0) * own);
    }
    for (let i = 0; i < drawnAtOnce; i += 1) loaded[i] = order[loaded[i] ?? 0] ?? 0;
  }
}

/** Calls `visit` with every arrival of the phase, in order; returns how many there were. */
export function visitArrivals(
  workload: Workload,
  phase: Phase,
  visit: ArrivalVisitor,
): { arrivals: number; inserts: number } {
  return allSteps(visitSteps(workload, phase, visit));
}

const arrivalsInPiece = 2 ** 16;

/** The same in pieces. */
export function* visitSteps(
  workload: Workload,
  phase: Phase,
  visit: ArrivalVisitor,
): Steps<{ arrivals: number; inserts: number }> {
  const stream = arrivalStream(workload, phase);
  const windowNs = phase.durationMs * 1e6;
  while (visitSome(stream, visit, arrivalsInPiece)) yield stream.intendedNs / windowNs;
  return { arrivals: stream.arrivals, inserts: stream.inserts };
}

/** Whether there may be more of them. */
function visitSome(stream: ArrivalStream, visit: ArrivalVisitor, count: number): boolean {
  for (let i = 0; i < count; i += 1) {
    if (!stream.next()) return false;
    visit(stream.intendedNs, stream.tenant, stream.operation, stream.row);
  }
  return true;
}
