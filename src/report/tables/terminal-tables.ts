import type { TableResult } from '../../result/table-result.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import { bytes, integer, ratio } from '../../wording/format.ts';
import {
  type Entry,
  folded,
  type Head,
  type LaidOut,
  laidOut,
  sentenceWidth,
  type TerminalOptions,
} from '../terminal-layout.ts';
import { name } from '../text.ts';
import { keyColumns } from './key-columns.ts';
import { tableNotes } from './key-notes.ts';
import { maxOverMean, placementText, rowsInAll } from './table-facts.ts';

const plain = (text: string): Entry => ({ text, tone: 'plain' });

/** More rows than this are not read in a terminal: then one strategy stands for each shard key. */
const rowsShown = 24;
const shardsShown = 8;

/** The tables of each strategy by shard; no lines where there is one table. */
export function tablesTable(result: RunResult, options: TerminalOptions): LaidOut {
  const cells = shownCells(result);
  const most = Math.max(0, ...cells.map(({ shardCount }) => shardCount));
  const shards = most > shardsShown ? 0 : most;
  const rows = cells.flatMap((cell) =>
    (cell.tables ?? []).map((table, index) => rowOf(cell, table, index === 0, shards)),
  );
  return laidOut(headsFor(shards), rows, options);
}

/** What is not shown, what is lost, and what was placed by default, folded. */
export function tableNotesText(result: RunResult, options: TerminalOptions): string {
  const left = strategiesWithTables(result).length - shownCells(result).length;
  const others =
    'The tables are those of the first strategy of each shard key; the report has the others.';
  return [...(left > 0 ? [others] : []), ...tableNotes(keyColumns(result))]
    .map((note) => folded(note, sentenceWidth(options)).join('\n'))
    .join('\n');
}

const strategiesWithTables = (result: RunResult): readonly Cell[] =>
  keyColumns(result)
    .flatMap(({ cells }) => cells)
    .filter(({ tables }) => tables !== undefined);

/** All that route, or the first strategy of each shard key. */
function shownCells(result: RunResult): readonly Cell[] {
  const all = strategiesWithTables(result);
  const rows = all.reduce((sum, { tables = [] }) => sum + tables.length, 0);
  if (rows <= rowsShown) return all;
  const firsts = keyColumns(result).map(({ cells: [first] }) => first);
  return firsts.filter((cell) => all.includes(cell));
}

function headsFor(shards: number): readonly Head[] {
  const number = (text: string, drop: number): Head => ({ text, number: true, drop });
  return [
    { text: 'tables of', number: false },
    { text: 'table', number: false },
    { text: 'lies', number: false },
    number('rows', 0),
    number('size', 1),
    number('max/mean', 2),
    ...Array.from({ length: shards }, (_, shard) => number(`rows on ${shard}`, 3 + shard)),
  ];
}

function rowOf(cell: Cell, table: TableResult, first: boolean, shards: number): Entry[] {
  const most = maxOverMean(table);
  const each = Array.from({ length: shards }, (_, shard) => table.rows[shard]);
  return [
    plain(first ? name(cell.strategy) : ''),
    plain(name(table.table)),
    plain(placementText(table, cell.shardCount)),
    plain(integer(rowsInAll(table))),
    plain(bytes(table.bytes.reduce((sum, one) => sum + one, 0))),
    plain(most === null ? '—' : ratio(most)),
    ...each.map((rows) => plain(rows === undefined ? '—' : integer(rows))),
  ];
}
