import type { Cell, RunResult } from '../../result/types.ts';
import { fanOutMsCharts } from '../charts/fan-out-ms.ts';
import type { Block, Section, Value } from '../document.ts';
import { fanOutBound } from '../fan-out-bound.ts';
import { integer, percent, ratio } from '../../wording/format.ts';
import {
  column,
  missing,
  missingNote,
  numberOr,
  percentileValue,
  strategyValue,
  value,
} from '../values.ts';
import { byOperationTable } from './by-operation.ts';
import { operationFatesTable } from './operation-fates.ts';

const shares = { group: 'Operations asking' };
const single = { group: 'One shard, ms' };
const scatter = { group: 'All shards, ms' };

const columnsOf = (result: RunResult) => [
  column('Strategy', { align: 'text' }),
  column('one', { ...shares, meaning: 'Share of operations that bind the shard key' }),
  column('some', { ...shares, meaning: 'Share of operations that bind a range or list of it' }),
  column('all', { ...shares, meaning: 'Share of operations that do not bind it' }),
  column('shards/op', { meaning: 'Mean number of shards asked by an operation' }),
  column('p50', single),
  column('p95', single),
  column('p99', single),
  column('p50', scatter),
  column('p95', scatter),
  column('p99', scatter),
  column(['straggler', fanOutBound(result)].filter((part) => part !== '').join(', '), {
    meaning: 'Mean of the slowest shard over the mean shard query',
  }),
  column('cross-shard writes', { meaning: 'Writes on more than one shard: not atomic' }),
];

/** What asking several shards costs, by strategy and by operation. */
export function fanOutSection(result: RunResult): Section {
  const columns = columnsOf(result);
  const rows = result.cells.map((cell) => rowOf(cell, columns.length));
  const table: Block = {
    kind: 'table',
    caption: 'Fan-out and its cost, each strategy over the whole window',
    columns,
    rows,
    note: missingNote(rows),
  };
  return {
    id: 'fan-out',
    title: 'Fan-out',
    blocks: [
      { kind: 'charts', group: fanOutMsCharts(result) },
      ...(rows.length === 0 ? [] : [table]),
      ...fatesOfOneTable(result),
      ...byOperationTable(result),
    ],
  };
}

/** With several tables they have a section of their own. */
function fatesOfOneTable(result: RunResult): readonly Block[] {
  if (result.cells.some(({ tables }) => tables !== undefined)) return [];
  const fates = operationFatesTable(result);
  return fates.length === 0 ? [] : [{ kind: 'heading', text: 'Operations by shard key' }, ...fates];
}

function rowOf(cell: Cell, columns: number): readonly Value[] {
  const { fanOut } = cell;
  if (fanOut === null) {
    const nothing = missing(`not measured: ${cell.status}`);
    return [strategyValue(cell), ...Array.from({ length: columns - 1 }, () => nothing)];
  }
  const alone = cell.shardCount < 2;
  const scattered = (percentile: 'p50' | 'p95' | 'p99') =>
    alone || fanOut.scatterMs.count === 0
      ? missing(alone ? 'there is one shard' : 'no operation asks all shards')
      : percentileValue(fanOut.scatterMs, percentile);
  return [
    strategyValue(cell),
    value(percent(fanOut.singleShardFraction)),
    value(percent(fanOut.multiShardFraction)),
    value(percent(fanOut.scatterFraction)),
    value(ratio(fanOut.shardQueriesPerOperation)),
    percentileValue(fanOut.singleShardMs, 'p50'),
    percentileValue(fanOut.singleShardMs, 'p95'),
    percentileValue(fanOut.singleShardMs, 'p99'),
    scattered('p50'),
    scattered('p95'),
    scattered('p99'),
    numberOr(
      alone ? null : fanOut.stragglerPenalty,
      (times) => `${ratio(times)}×`,
      alone ? 'there is one shard' : 'no operation asks all shards',
    ),
    value(integer(fanOut.crossShardWrites)),
  ];
}
