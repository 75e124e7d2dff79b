import { rngFrom } from '../base/rng.ts';
import type { Operation } from '../scenario/types.ts';
import { buildAlias, drawAlias } from './alias.ts';
import { scheduleOf } from './schedule.ts';
import type { ArrivalVisitor, Phase, Workload } from './types.ts';

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
  const { seed, rows, tenants, operations } = workload;
  const durationMs = phase === 'measure' ? workload.durationMs : workload.warmupMs;
  const durationNs = Math.round(durationMs * 1e6);
  const { even, timeOf } = scheduleOf(workload.arrivals, phase, durationNs);
  const tenantTable = buildAlias(tenants.weights);
  const operationTable = buildAlias(operations.map((operation) => operation.weight));
  const makesRow = operations.map(inserts);
  const times = rngFrom(seed, `${phase}/time`);
  const tenantDraws = rngFrom(seed, `${phase}/tenant`);
  const operationDraws = rngFrom(seed, `${phase}/operation`);
  const rowDraws = rngFrom(seed, `${phase}/row`);
  let expected = 0;

  const stream = {
    intendedNs: 0,
    tenant: 0,
    operation: 0,
    row: 0,
    arrivals: 0,
    inserts: 0,
    next(): boolean {
      // 1 - u is in (0, 1], whose logarithm is finite.
      if (even) expected = stream.arrivals;
      else expected -= Math.log(1 - times.double());
      const intendedNs = Math.round(timeOf(expected));
      if (!(intendedNs < durationNs)) return false;
      const tenant = drawAlias(tenantTable, tenantDraws.double());
      const operation = drawAlias(operationTable, operationDraws.double());
      const start = rows.starts[tenant] ?? 0;
      const own = (rows.starts[tenant + 1] ?? 0) - start;
      const place = start + Math.floor(rowDraws.double() * own);
      stream.intendedNs = intendedNs;
      stream.tenant = tenant;
      stream.operation = operation;
      stream.arrivals += 1;
      if (makesRow[operation] === true) {
        stream.row = firstNewRow + stream.inserts;
        stream.inserts += 1;
      } else stream.row = rows.order[place] ?? 0;
      return true;
    },
  };
  return stream;
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
