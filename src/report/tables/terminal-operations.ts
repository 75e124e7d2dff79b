import type { RunResult } from '../../result/types.ts';
import { percent } from '../../wording/format.ts';
import { type Entry, folded, sentenceWidth, type TerminalOptions } from '../terminal-layout.ts';
import { name } from '../text.ts';
import { fatesLegend, totalsOf } from './fate-totals.ts';
import { fateOf, fateText, type KeyColumn, keyColumns, loadShares } from './key-columns.ts';
import { type KeyEntries, keyMatrix } from './key-matrix.ts';
import { refusals } from './key-notes.ts';

const plain = (text: string): Entry => ({ text, tone: 'plain' });

/**
 * Operations x shard keys, then why some do not run; '' where there is one table, of which the
 * first sentences say enough.
 */
export function operationsText(result: RunResult, options: TerminalOptions): string {
  const columns = keyColumns(result);
  const [first] = columns;
  if (first === undefined || first.cells[0].tables === undefined) return '';
  const heads = [
    { text: 'operations', number: false },
    { text: 'of load', number: true, drop: 1 },
  ];
  const keys = columns.map((column, index) => keyEntries(column, index, columns));
  const tables = keyMatrix(heads, operationRows(first, columns), keys, options);
  const paragraph = (text: string): string => folded(text, sentenceWidth(options)).join('\n');
  const why = refusals(columns).map(paragraph);
  return [...tables, paragraph(fatesLegend(columns)), why.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What stands before the keys: each operation with its share of the load, then the totals. */
function operationRows(
  { cells: [cell] }: KeyColumn,
  columns: readonly KeyColumn[],
): readonly Entry[][] {
  const shares = loadShares(cell);
  return [
    ...cell.operations.map(({ operation }, index) => [
      plain(name(operation)),
      plain(percent(shares[index] ?? 0)),
    ]),
    ...totalsOf(columns).map(({ head }) => [plain(head), plain('')]),
  ];
}

function keyEntries(column: KeyColumn, index: number, columns: readonly KeyColumn[]): KeyEntries {
  const operations = columns[0]?.cells[0].operations ?? [];
  const own = operations.map(({ operation }) => entryOf(operation, column));
  const totals = totalsOf(columns).map(({ shares }) => plain(shares[index] ?? ''));
  return { head: column.head, entries: [...own, ...totals] };
}

function entryOf(operation: string, column: KeyColumn): Entry {
  const own = column.cells[0].operations.find((one) => one.operation === operation);
  if (own === undefined) return plain('—');
  return { text: fateText(own, column), tone: fateOf(own) === 'notRunnable' ? 'bad' : 'plain' };
}
