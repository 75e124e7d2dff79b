import type { TableResult } from '../../result/table-result.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import type { Block, Column, Section, Value } from '../document.ts';
import { bytes, integer, ratio } from '../../wording/format.ts';
import { noteWith, rowLimit } from '../row-limit.ts';
import { keyColumns } from '../tables/key-columns.ts';
import { tableNotes } from '../tables/key-notes.ts';
import { maxOverMean, placementText, rowsInAll } from '../tables/table-facts.ts';
import { name } from '../text.ts';
import { column, missing, missingNote, numberOr, strategyValue, value } from '../values.ts';

/** More shards than this have no column each. */
const shardsInColumns = 8;

/** Where the tables lie under each strategy; left out where there is one table. */
export function tablesSections(result: RunResult): readonly Section[] {
  const cells = result.cells.filter(({ tables }) => tables !== undefined);
  if (cells.length === 0) return [];
  const notes = tableNotes(keyColumns(result));
  return [
    {
      id: 'tables',
      title: 'Tables by shard',
      blocks: [
        tableOf(cells),
        ...(notes.length === 0 ? [] : [{ kind: 'list', items: notes } satisfies Block]),
      ],
    },
  ];
}

function tableOf(cells: readonly Cell[]): Block {
  const most = Math.max(...cells.map(({ shardCount }) => shardCount));
  const shards = most > shardsInColumns ? 0 : most;
  const all = cells.flatMap((cell) =>
    (cell.tables ?? []).map((table, index) => rowOf(cell, table, index === 0, shards)),
  );
  const rows = all.slice(0, rowLimit);
  const left = all.length - rows.length;
  const leftOut =
    left === 0 ? null : `${integer(left)} rows are left out; shardlab report --format csv has all.`;
  return {
    kind: 'table',
    caption: 'Each table of each strategy after the load',
    columns: columnsFor(shards),
    rows,
    note: noteWith(missingNote(rows), leftOut),
  };
}

function columnsFor(shards: number): readonly Column[] {
  const each = Array.from({ length: shards }, (_, shard) => String(shard));
  return [
    column('Strategy', { align: 'text' }),
    column('Table', { align: 'text' }),
    column('Lies', { align: 'text', meaning: 'By which columns, or on which shards' }),
    column('rows', { group: 'In all', meaning: 'Rows of the data; copies are not counted' }),
    column('size', { group: 'In all', meaning: 'On all shards, with indexes and copies' }),
    column('max/mean', { group: 'In all', meaning: 'Rows of the fullest shard over the mean' }),
    ...each.map((shard) => column(shard, { group: 'Rows on shard' })),
    ...each.map((shard) => column(shard, { group: 'Size on shard' })),
  ];
}

function rowOf(cell: Cell, table: TableResult, first: boolean, shards: number): readonly Value[] {
  const each = Array.from({ length: shards }, (_, shard) => shard);
  const none = cell.shardCount === 1 ? 'there is one shard' : 'there is no such shard';
  return [
    { ...strategyValue(cell), first },
    value(name(table.table)),
    value(placementText(table, cell.shardCount)),
    value(integer(rowsInAll(table))),
    value(bytes(table.bytes.reduce((sum, one) => sum + one, 0))),
    cell.shardCount === 1 ? missing('there is one shard') : balanceOf(table),
    ...each.map((shard) => numberOr(table.rows[shard], integer, none)),
    ...each.map((shard) => numberOr(table.bytes[shard], bytes, none)),
  ];
}

function balanceOf(table: TableResult): Value {
  const why = {
    sharded: 'the table is empty',
    'own-key': 'the table is empty',
    reference: 'a copy is on every shard',
    home: 'the table is on one shard',
  } as const;
  return numberOr(maxOverMean(table), ratio, why[table.placement]);
}
