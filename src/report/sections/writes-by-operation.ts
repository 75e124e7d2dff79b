import { routedCells } from '../../result/cells.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import type { Block, Value } from '../document.ts';
import { rate, counted } from '../../wording/format.ts';
import { rowLimit } from '../row-limit.ts';
import { name } from '../text.ts';
import { column, missingNote, numberOr, strategyValue, value } from '../values.ts';

const columnLimit = 8;

/** Write QPS of each shard by operation, the numbers of the stacked bars; folded. */
export function writesByOperationTable(result: RunResult): readonly Block[] {
  const cells = routedCells(result).filter(({ shards }) => shards.length > 0);
  const operations = [...new Set(cells.flatMap(writesOf))];
  const rows = cells.flatMap((cell) => rowsOf(cell, operations.slice(0, columnLimit)));
  if (rows.length === 0 || rows.length > rowLimit || operations.length < 2) return [];
  const columns = [
    column('Strategy', { align: 'text' }),
    column('Shard'),
    ...operations
      .slice(0, columnLimit)
      .map((operation) => column(name(operation), { group: 'Write QPS' })),
    column('all', { group: 'Write QPS' }),
  ];
  return [
    {
      kind: 'details',
      summary: `Write QPS by shard and operation (${counted(rows.length, 'row')})`,
      blocks: [
        {
          kind: 'table',
          caption: 'Write QPS of each shard by operation',
          columns,
          rows,
          note: missingNote(rows),
        },
      ],
    },
  ];
}

const writesOf = (cell: Cell): readonly string[] =>
  cell.operations.filter(({ kind }) => kind === 'write').map(({ operation }) => operation);

function rowsOf(cell: Cell, operations: readonly string[]): (readonly Value[])[] {
  return cell.shards.map((shard, index): readonly Value[] => [
    { ...strategyValue(cell), first: index === 0 },
    value(String(shard.shard)),
    ...operations.map((operation) =>
      numberOr(
        shard.byOperation.find((one) => one.operation === operation)?.qps,
        rate,
        'not counted by operation',
      ),
    ),
    value(rate(shard.writeQps)),
  ]);
}
