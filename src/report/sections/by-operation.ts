import type { Cell, OperationResult, RunResult } from '../../result/types.ts';
import type { Block, Value } from '../document.ts';
import { integer, rate, significant, counted } from '../../wording/format.ts';
import { noteWith, rowLimit } from '../row-limit.ts';
import { name } from '../text.ts';
import {
  column,
  missing,
  missingNote,
  numberOr,
  percentileValue,
  strategyValue,
  value,
} from '../values.ts';

const response = { group: 'Response time, ms' };
const service = { group: 'Service time, ms' };

const columns = [
  column('Strategy', { align: 'text' }),
  column('Operation', { align: 'text' }),
  column('Kind', { align: 'text' }),
  column('Routing', { align: 'text', meaning: 'What the shard key makes of the operation' }),
  column('per second'),
  column('arrivals'),
  column('errors'),
  column('rows', { meaning: 'Returned or changed by its successful queries' }),
  column('p50', response),
  column('p95', response),
  column('p99', response),
  column('mean', { ...service, meaning: 'Of one query on one shard, without the wait for it' }),
  column('95 %', { ...service, meaning: 'Where that mean lies with 95 % confidence' }),
];

/** How each strategy routes each operation, and what that costs; folded, for it is long. */
export function byOperationTable(result: RunResult): readonly Block[] {
  const rows = result.cells.flatMap((cell) =>
    cell.operations.map((operation, index) => rowOf(cell, operation, index === 0)),
  );
  if (rows.length === 0) return [{ kind: 'paragraph', text: 'No operation was measured.' }];
  const shown = rows.slice(0, rowLimit);
  const leftOut =
    shown.length === rows.length
      ? null
      : `${rows.length - shown.length} rows are left out; shardlab report --format json has them.`;
  return [
    {
      kind: 'details',
      summary: `How each strategy routes each operation (${counted(rows.length, 'row')})`,
      blocks: [
        {
          kind: 'table',
          caption: 'Each operation of each strategy over the whole window',
          columns,
          rows: shown,
          note: noteWith(missingNote(shown), leftOut),
        },
      ],
    },
  ];
}

function rowOf(cell: Cell, operation: OperationResult, first: boolean): readonly Value[] {
  return [
    { ...strategyValue(cell), first },
    value(name(operation.operation)),
    value(operation.kind),
    value(operation.routing),
    value(rate(operation.qps)),
    value(integer(operation.arrivals)),
    value(integer(operation.errors)),
    numberOr(rowsOf(operation), integer, 'rows were not counted'),
    percentileValue(operation.responseMs, 'p50'),
    percentileValue(operation.responseMs, 'p95'),
    percentileValue(operation.responseMs, 'p99'),
    numberOr(operation.serviceMs?.mean, significant, 'not measured'),
    intervalValue(operation),
  ];
}

function intervalValue({ serviceMs }: OperationResult): Value {
  if (serviceMs === undefined) return missing('not measured');
  const { meanInterval } = serviceMs;
  if (meanInterval === null) return missing('too few queries for an interval');
  return value(`${significant(meanInterval.low)} to ${significant(meanInterval.high)}`);
}

function rowsOf({ rowsReturned, rowsAffected }: OperationResult): number | null {
  return rowsReturned === undefined || rowsAffected === undefined
    ? null
    : rowsReturned + rowsAffected;
}
