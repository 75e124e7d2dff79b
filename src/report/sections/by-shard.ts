import { writeShares } from '../../result/cells.ts';
import type { Cell, RunResult, ShardResult } from '../../result/types.ts';
import { othersMsP99, responseMsCharts } from '../charts/response-ms.ts';
import { writeQpsCharts } from '../charts/write-qps.ts';
import type { Section, Value } from '../document.ts';
import { bytes, integer, percent, rate, significant } from '../../wording/format.ts';
import { noteWith } from '../row-limit.ts';
import { shownEach, shownShards, tooManyShards } from '../shown-shards.ts';
import {
  column,
  missing,
  missingNote,
  numberOr,
  percentileValue,
  strategyValue,
  value,
} from '../values.ts';
import { writesByOperationTable } from './writes-by-operation.ts';

const response = { group: 'Response, ms' };
const service = { group: 'Service, ms' };
const queries = { group: 'QPS' };
const held = { group: 'Loaded' };

const columns = [
  column('Strategy', { align: 'text' }),
  column('Shard'),
  column('write', queries),
  column('read', queries),
  column('all', { ...queries, meaning: 'Successful shard queries per second, reads and writes' }),
  column('work', { ...queries, meaning: 'The same, each query with the cost of its operation' }),
  column('of writes', { align: 'text', meaning: 'Share of the writes sent' }),
  column('p50', response),
  column('p95', response),
  column('p99', response),
  column('others', { ...response, meaning: 'Mean p99 of the other shards' }),
  column('p50', service),
  column('p99', service),
  column('mean', { group: 'Queue, ms', meaning: 'Mean time a query waited for a connection, ms' }),
  column('errors', { meaning: 'Errors and timeouts' }),
  column('rows', held),
  column('size', held),
];

/** The charts with their tables: one row a shard of each strategy. */
export function byShardSection(result: RunResult): Section {
  const shorten = tooManyShards(result);
  const rows = result.cells.flatMap((cell) => rowsOf(cell, shorten));
  const shards = result.cells.reduce((sum, cell) => sum + cell.shards.length, 0);
  return {
    id: 'shards',
    title: 'By strategy and shard',
    blocks: [
      { kind: 'charts', group: writeQpsCharts(result) },
      ...writesByOperationTable(result),
      { kind: 'charts', group: responseMsCharts(result) },
      {
        kind: 'table',
        caption: 'Each shard of each strategy over the whole window',
        columns,
        rows,
        note: noteWith(missingNote(rows), shorten ? leftOut(shards - rows.length) : null),
      },
    ],
  };
}

function leftOut(rows: number): string {
  return (
    `Shown are the hottest and the coolest ${shownEach} shards of each strategy; shardlab report ` +
    `--format csv has the other ${integer(rows)}.`
  );
}

function rowsOf(cell: Cell, shorten: boolean): (readonly Value[])[] {
  if (cell.shards.length === 0) {
    const nothing = missing(`not measured: ${cell.status}`);
    return [[strategyValue(cell), ...columns.slice(1).map(() => nothing)]];
  }
  const shares = new Map(writeShares(cell).map((share, index) => [cell.shards[index], share]));
  const others = othersMsP99(cell);
  return shownShards(cell, shorten).map((shard, index) => {
    const strategy = { ...strategyValue(cell), first: index === 0 };
    return shardValues(strategy, shard, {
      share: shares.get(shard) ?? 0,
      others: others.get(shard.shard) ?? null,
      work: cell.work?.shards.find((one) => one.shard === shard.shard)?.workPerSecond ?? null,
    });
  });
}

/** What follows for a shard from the others of its cell. */
interface Beside {
  /** Of all writes sent. */
  readonly share: number;
  /** Mean p99 of the other shards. */
  readonly others: number | null;
  readonly work: number | null;
}

function shardValues(
  strategy: Value,
  shard: ShardResult,
  { share, others, work }: Beside,
): readonly Value[] {
  return [
    strategy,
    value(String(shard.shard)),
    value(rate(shard.writeQps)),
    value(rate(shard.readQps)),
    value(rate(shard.writeQps + shard.readQps)),
    numberOr(work, rate, 'not recorded'),
    { ...value(percent(share)), bar: share },
    percentileValue(shard.responseMs, 'p50'),
    percentileValue(shard.responseMs, 'p95'),
    percentileValue(shard.responseMs, 'p99'),
    numberOr(others, significant, 'no other shard with p99'),
    percentileValue(shard.serviceMs, 'p50'),
    percentileValue(shard.serviceMs, 'p99'),
    numberOr(shard.queueWaitMs.mean, significant, 'no samples'),
    value(integer(shard.errors + shard.timeouts)),
    value(integer(shard.rows)),
    value(bytes(shard.bytes)),
  ];
}
