import type { Fact, Finding, Unworded } from '../result/finding.ts';
import type { NotRunnable } from '../result/table-result.ts';
import type { Alarm, Cell, OperationResult, Verdict } from '../result/types.ts';
import { worded } from './worded.ts';

/** What is found in a cell: facts, whose places are within the cell. */
interface CellFindings {
  readonly verdict: { readonly status: Verdict['status']; readonly reasons: readonly Fact[] };
  readonly alarms: readonly Unworded<Alarm>[];
  readonly notes: readonly Fact[];
  readonly operations: readonly Unworded<OperationResult>[];
  readonly notRunnable?: Unworded<NotRunnable>;
}

/** The same as a document has it: with sentences, and places within the document. */
export function wordedCell(
  { verdict: { status, reasons }, alarms, notes, operations, notRunnable }: CellFindings,
  place: string,
): Pick<Cell, 'verdict' | 'alarms' | 'notes' | 'operations' | 'notRunnable'> {
  const inDocument = (fact: Fact): Finding => worded({ ...fact, place: place + fact.place });
  return {
    verdict: { status, reasons: reasons.map(inDocument) },
    alarms: alarms.map((alarm) => ({ ...alarm, note: inDocument(alarm.note) })),
    notes: notes.map(inDocument),
    operations: operations.map(({ reason, ...operation }) => ({
      ...operation,
      ...(reason && { reason: inDocument(reason) }),
    })),
    ...(notRunnable && {
      notRunnable: {
        fraction: notRunnable.fraction,
        operations: notRunnable.operations.map((operation) => ({
          ...operation,
          reason: inDocument(operation.reason),
        })),
      },
    }),
  };
}
