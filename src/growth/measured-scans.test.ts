import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import type { Cell, OperationResult } from '../result/types.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { isMeasuredScan } from './measured-scans.ts';

const sample = present(sampleResult().cells[1], 'cell');
const operation = present(sample.operations[0], 'operation');
const shard = present(sample.shards[0], 'shard');

function timed(name: string, routing: OperationResult['routing'], ms: number, error: number) {
  const meanInterval = { low: ms * (1 - error), high: ms * (1 + error) };
  const serviceMs = {
    ...present(operation.serviceMs, 'times'),
    mean: ms,
    count: 500,
    meanInterval,
  };
  return { ...operation, operation: name, routing, serviceMs };
}

/** A cell of 1,000 rows: `recent` on one shard takes 1 ms x `wait`, `all` goes to every shard. */
function cellOn(shardCount: number, ms: number, wait = 1, error = 0.05): Cell {
  const routing = shardCount === 1 ? 'single-shard' : 'scatter-gather';
  return {
    ...sample,
    shardCount,
    shards: Array.from({ length: shardCount }, () =>
      Object.assign({}, shard, { rows: 1000 / shardCount }),
    ),
    operations: [
      timed('recent', 'single-shard', wait, error),
      timed('all', routing, ms * wait, error),
    ],
  };
}

describe('a run shows a scan', () => {
  test.each([
    ['a quarter of the time on a quarter of the rows', [cellOn(1, 8), cellOn(4, 2)], true],
    ['the same time on both', [cellOn(1, 2), cellOn(4, 2)], false],
    ['a cell that waits ten times as long in everything', [cellOn(1, 2, 10), cellOn(4, 2)], false],
    ['the same, of a scan', [cellOn(1, 8, 10), cellOn(4, 2)], true],
    ['two counts of shards', [cellOn(8, 1), cellOn(2, 4)], true],
    ['one count', [cellOn(4, 2), cellOn(4, 2)], false],
    ['no cell', [], false],
    ['intervals that allow a look-up', [cellOn(1, 8, 1, 0.6), cellOn(4, 2, 1, 0.6)], false],
  ])('%s: %#', (_, cells, expected) => {
    expect(isMeasuredScan(cells, 'all')).toBe(expected);
  });

  test('never of an operation that the key directs', () => {
    expect(isMeasuredScan([cellOn(1, 8, 10), cellOn(4, 2)], 'recent')).toBe(false);
  });
});
