import { outcomes, type Outcome } from '../metrics/outcome.ts';
import type { Recorder } from '../metrics/recorder.ts';
import type { RowCounts } from './ports.ts';
import type { OperationTable } from './operation-table.ts';
import type { QueryTable } from './query-table.ts';

interface Tables {
  readonly operations: OperationTable;
  readonly queries: QueryTable;
}

/**
 * What the end of a shard query counts as: success, where its error belongs to the workload. Counts
 * the error, where it does not.
 */
export function countEnd(
  { operations, queries }: Tables,
  recorder: Recorder,
  ticket: number,
  outcome: Outcome,
  code: string,
  message: string,
  sinceStartNs: number,
): Outcome {
  if (outcome === outcomes.ok) return outcome;
  const place = queries.place[ticket] ?? 0;
  const operation = operations.operation[place] ?? 0;
  if (outcome === outcomes.failed && recorder.expects(operation, code)) {
    operations.expected[place] = 1;
    return outcomes.ok;
  }
  // After the time-out of its operation it is no error of its own.
  if (operations.awaits(place)) {
    recorder.errors.add(code, message, operation, queries.shard[ticket] ?? 0, sinceStartNs);
  }
  return outcome;
}

/** Counts what is known of an operation that has ended well beside its times. */
export function countSuccess({ operations }: Tables, recorder: Recorder, place: number): void {
  const fanOut = operations.fanOut[place] ?? 1;
  if (operations.expected[place] === 1) recorder.sawExpected(operations.operation[place] ?? 0);
  if (fanOut === 1) return;
  const slowestNs = operations.slowestServiceNs[place] ?? 0;
  recorder.scatterService(slowestNs, operations.totalServiceNs[place] ?? 0, fanOut);
}

/** Counts an operation that has ended; times are the clock's, `startNs` is the phase's start. */
export function countOperation(
  { operations }: Tables,
  recorder: Recorder,
  place: number,
  startNs: number,
  finishedNs: number,
  outcome: Outcome,
): void {
  recorder.operation(
    operations.operation[place] ?? 0,
    operations.tenant[place] ?? 0,
    operations.fanOut[place] ?? 1,
    (operations.intendedNs[place] ?? 0) - startNs,
    (operations.dispatchedNs[place] ?? 0) - startNs,
    finishedNs - startNs,
    outcome,
  );
}

/** Counts what a query returned or changed, where it succeeded. */
export function countRows(
  { operations, queries }: Tables,
  recorder: Recorder,
  ticket: number,
  outcome: Outcome,
  { returned, affected }: RowCounts,
): void {
  if (outcome !== outcomes.ok) return;
  recorder.rows(operations.operation[queries.place[ticket] ?? 0] ?? 0, returned, affected);
}

export const timeout = { code: 'timeout', message: 'no answer within the time-out' } as const;

export function countTimeout(
  { operations }: Tables,
  recorder: Recorder,
  place: number,
  sinceStartNs: number,
): void {
  const operation = operations.operation[place] ?? 0;
  recorder.errors.add(timeout.code, timeout.message, operation, null, sinceStartNs);
}
