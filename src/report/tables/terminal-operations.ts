import type { RunResult } from '../../result/types.ts';
import { percent } from '../../wording/format.ts';
import {
  type Entry,
  folded,
  type Head,
  laidOut,
  sentenceWidth,
  type TerminalOptions,
  widthOf,
} from '../terminal-layout.ts';
import { columnsOf, name } from '../text.ts';
import { fatesLegend, totalsOf } from './fate-totals.ts';
import { fateOf, fateText, type KeyColumn, keyColumns, loadShares } from './key-columns.ts';
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
  const heads = operationHeads(first, columns);
  const keys = columns.map((column, index) => keyEntries(column, index, columns));
  const tables = besideEachOther(keys, heads, widthOf(options)).map((part) =>
    laidOut(
      [
        { text: 'operations', number: false },
        { text: 'of load', number: true, drop: 1 },
        ...part.map(({ head }): Head => ({ text: head, number: false })),
      ],
      heads.map((row, index) => row.concat(part.map(({ entries }) => entries[index] ?? plain('')))),
      options,
    ).lines.join('\n'),
  );
  const paragraph = (text: string): string => folded(text, sentenceWidth(options)).join('\n');
  const why = refusals(columns).map(paragraph);
  return [...tables, paragraph(fatesLegend(columns)), why.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What stands before the keys: each operation with its share of the load, then the totals. */
function operationHeads(
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

interface KeyEntries {
  readonly head: string;
  /** By operation, then the totals. */
  readonly entries: readonly Entry[];
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

/** Room for an operation's name before names are cut. */
const nameRoom = 24;

/** The shard keys in as many tables as it takes for all of them to have room. */
function besideEachOther(
  keys: readonly KeyEntries[],
  rows: readonly (readonly Entry[])[],
  width: number,
): readonly (readonly KeyEntries[])[] {
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(columnsOf));
  const names = widest(rows.map(([head]) => head?.text ?? ''));
  const room = width - Math.min(names, nameRoom) - 9;
  const tables: KeyEntries[][] = [];
  let used = Infinity;
  for (const key of keys) {
    const needed = 1 + widest([key.head, ...key.entries.map(({ text }) => text)]);
    if (used + needed > room) {
      tables.push([]);
      used = 0;
    }
    tables.at(-1)?.push(key);
    used += needed;
  }
  return tables;
}
