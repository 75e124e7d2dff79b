import { writeShares } from '../../result/cells.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import { responseMsCharts } from '../charts/response-ms.ts';
import { writeQpsCharts } from '../charts/write-qps.ts';
import type { Section, Value } from '../document.ts';
import { bytes, integer, percent, rate } from '../number.ts';
import {
  column,
  missing,
  missingNote,
  numberOr,
  percentileValue,
  strategyValue,
  value,
} from '../values.ts';

const response = { group: 'Response, ms' };
const service = { group: 'Service, ms' };
const queries = { group: 'QPS' };
const held = { group: 'Loaded' };

const columns = [
  column('Strategy', { align: 'text' }),
  column('Shard'),
  column('write', queries),
  column('read', queries),
  column('of writes', { align: 'text' }),
  column('p50', response),
  column('p95', response),
  column('p99', response),
  column('p50', service),
  column('p99', service),
  column('mean', { group: 'Queue, ms', meaning: 'Mean time a query waited for a connection, ms' }),
  column('errors', { meaning: 'Errors and timeouts' }),
  column('rows', held),
  column('size', held),
];

/** The two charts, then one row a shard of each strategy. */
export function byShardSection(result: RunResult): Section {
  const rows = result.cells.flatMap(rowsOf);
  return {
    id: 'shards',
    title: 'By strategy and shard',
    blocks: [
      { kind: 'charts', group: writeQpsCharts(result) },
      { kind: 'charts', group: responseMsCharts(result) },
      {
        kind: 'table',
        caption: 'Each shard of each strategy over the whole window',
        columns,
        rows,
        note: missingNote(rows),
      },
    ],
  };
}

function rowsOf(cell: Cell): (readonly Value[])[] {
  if (cell.shards.length === 0) {
    const nothing = missing(`not measured: ${cell.status}`);
    return [[strategyValue(cell), ...columns.slice(1).map(() => nothing)]];
  }
  const shares = writeShares(cell);
  return cell.shards.map((shard, index): readonly Value[] => {
    const share = shares[index] ?? 0;
    const waits = 'no samples';
    return [
      index === 0 ? strategyValue(cell) : { ...strategyValue(cell), first: false },
      value(String(shard.shard)),
      value(rate(shard.writeQps)),
      value(rate(shard.readQps)),
      { ...value(percent(share)), bar: share },
      percentileValue(shard.responseMs, 'p50'),
      percentileValue(shard.responseMs, 'p95'),
      percentileValue(shard.responseMs, 'p99'),
      percentileValue(shard.serviceMs, 'p50'),
      percentileValue(shard.serviceMs, 'p99'),
      numberOr(shard.queueWaitMs.mean, (ms) => (ms < 0.01 ? '<0.01' : ms.toFixed(2)), waits),
      value(integer(shard.errors + shard.timeouts)),
      value(integer(shard.rows)),
      value(bytes(shard.bytes)),
    ];
  });
}
