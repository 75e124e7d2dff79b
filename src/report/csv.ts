// RFC 4180.
import type { Cell, RunResult, ShardResult } from '../result/types.ts';
import { visible } from './text.ts';

type Field = string | number | null;

const cellColumns: readonly (readonly [string, (cell: Cell) => Field])[] = [
  ['strategy', (cell) => cell.strategy],
  ['shardKey', (cell) => cell.shardKey],
  ['router', (cell) => cell.router],
  ['hash', (cell) => cell.hash],
  ['shardCount', (cell) => cell.shardCount],
  ['status', (cell) => cell.status],
  ['verdict', (cell) => cell.verdict?.status ?? null],
  ['offeredQps', (cell) => cell.load?.offeredQps ?? null],
  ['acceptedQps', (cell) => cell.load?.acceptedQps ?? null],
];

const shardColumns: readonly (readonly [string, (shard: ShardResult) => Field])[] = [
  ['shard', (shard) => shard.shard],
  ['writeQps', (shard) => shard.writeQps],
  ['readQps', (shard) => shard.readQps],
  ['writesSent', (shard) => shard.writesSent],
  ['readsSent', (shard) => shard.readsSent],
  ['responseMsP50', (shard) => shard.responseMs.p50],
  ['responseMsP95', (shard) => shard.responseMs.p95],
  ['responseMsP99', (shard) => shard.responseMs.p99],
  ['responseMsP999', (shard) => shard.responseMs.p999],
  ['responseCount', (shard) => shard.responseMs.count],
  ['responseCensored', (shard) => String(shard.responseMs.censored)],
  ['serviceMsP50', (shard) => shard.serviceMs.p50],
  ['serviceMsP99', (shard) => shard.serviceMs.p99],
  ['queueWaitMsMean', (shard) => shard.queueWaitMs.mean],
  ['errors', (shard) => shard.errors],
  ['timeouts', (shard) => shard.timeouts],
  ['rows', (shard) => shard.rows],
  ['bytes', (shard) => shard.bytes],
];

/** One row a cell and shard, numbers in full; a cell without shards has one row without them. */
export function csvReport(result: RunResult): string {
  const heads = [...cellColumns, ...shardColumns].map(([head]) => head);
  const rows = result.cells.flatMap((cell) => {
    const start = cellColumns.map(([, read]) => read(cell));
    if (cell.shards.length === 0) return [[...start, ...shardColumns.map(() => null)]];
    return cell.shards.map((shard) => [...start, ...shardColumns.map(([, read]) => read(shard))]);
  });
  return [heads, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

/** A text that a spreadsheet would run as a formula gets a leading apostrophe. */
function field(value: Field): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@]/.test(value) ? `'${visible(value)}` : visible(value);
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
