import type { Fate } from '../../result/table-result.ts';
import type { OperationResult, RunResult } from '../../result/types.ts';
import type { Block, Section, Tone, Value } from '../document.ts';
import { integer, percent } from '../../wording/format.ts';
import { rowLimit } from '../row-limit.ts';
import { fateOf, fateText, type KeyColumn, keyColumns, loadShares } from '../tables/key-columns.ts';
import { operationReasons } from '../tables/key-notes.ts';
import { fatesLegend, totalsOf } from '../tables/fate-totals.ts';
import { name } from '../text.ts';
import { column, missing, value } from '../values.ts';

/** What each shard key makes of the operations; of its own where there are several tables. */
export function operationFatesSections(result: RunResult): readonly Section[] {
  if (!result.cells.some(({ tables }) => tables !== undefined)) return [];
  const columns = keyColumns(result);
  const table = operationFatesTable(result);
  if (table.length === 0) return [];
  const reasons = operationReasons(columns);
  return [
    {
      id: 'operations',
      title: 'Operations by shard key',
      blocks: [...table, ...(reasons.length === 0 ? [] : [reasonList(reasons)])],
    },
  ];
}

const reasonsShown = 40;

function reasonList(reasons: readonly string[]): Block {
  const more = reasons.length - reasonsShown;
  const rest = `${integer(more)} more; shardlab report --format json has them.`;
  const items = more > 0 ? [...reasons.slice(0, reasonsShown), rest] : reasons;
  return { kind: 'list', items };
}

/** Operations x shard keys; nothing where there is no choice to compare. */
export function operationFatesTable(result: RunResult): readonly Block[] {
  const columns = keyColumns(result);
  const [first] = columns;
  if (first === undefined) return [];
  const [cell] = first.cells;
  const shares = loadShares(cell);
  const rows = cell.operations
    .slice(0, rowLimit)
    .map((operation, index) => operationRow(operation, shares[index] ?? 0, columns));
  return [
    {
      kind: 'table',
      caption: 'What each shard key makes of each operation',
      columns: [
        column('Operation', { align: 'text' }),
        column('Kind', { align: 'text' }),
        column('of load', { meaning: 'Share of all operations, whether run or not' }),
        ...columns.map(({ head, cells }) =>
          column(head, {
            align: 'text',
            group: 'Shard key',
            named: true,
            meaning: cells.map(({ strategy }) => name(strategy)).join(', '),
          }),
        ),
      ],
      rows: [...rows, ...totals(columns)],
      note: fatesLegend(columns),
    },
  ];
}

const tones: Readonly<Record<Fate, Tone>> = {
  single: 'plain',
  multi: 'plain',
  scatter: 'plain',
  reference: 'plain',
  notRunnable: 'bad',
};

function operationRow(
  operation: OperationResult,
  share: number,
  columns: readonly KeyColumn[],
): readonly Value[] {
  return [
    { ...value(name(operation.operation)), first: true },
    value(operation.kind),
    value(percent(share)),
    ...columns.map((each): Value => {
      const own = each.cells[0].operations.find((one) => one.operation === operation.operation);
      if (own === undefined) return missing('not an operation of this cell');
      const why = own.reason?.text ?? null;
      return { ...value(fateText(own, each)), tone: tones[fateOf(own)], why };
    }),
  ];
}

/** Of all operations together; a row stands there only where a column has something to say. */
function totals(columns: readonly KeyColumn[]): (readonly Value[])[] {
  return totalsOf(columns).map(({ head, shares }) =>
    [{ ...value(head), first: true }, value(''), value('')].concat(
      shares.map((share) => value(share)),
    ),
  );
}
