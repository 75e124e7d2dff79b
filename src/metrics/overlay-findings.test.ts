import { expect, test } from 'vitest';
import { worded } from '../wording/worded.ts';
import { overlayFinding } from './overlay-findings.ts';

const plain = {
  strategy: 'tenant_id/jump',
  place: '/cells/1',
  writes: [10, 10, 10, 30],
  shardQueriesPerOperation: 1.4,
};

const inWords = (...cells: Parameters<typeof overlayFinding>): string[] =>
  overlayFinding(...cells).map((found) => worded(found).text);

test('a split: what it does to the balance, and how many more shards are asked', () => {
  const cell = {
    strategy: 'tenant_id/jump+split',
    place: '/cells/2',
    writes: [15, 15, 15, 15],
    shardQueriesPerOperation: 1.64,
    split: { by: 'order_id', over: 4 },
  };
  expect(inWords(cell, plain)).toEqual([
    'Splitting (tenant_id/jump+split) lowers max/mean of the writes from 2.00 ' +
      '(tenant_id/jump) to 1.00. The shard queries of an operation go from 1.40 to 1.64: ' +
      'an operation that does not fix order_id must ask all 4 shards of a split key.',
  ]);
});

test('a pin that changes nothing, and one that makes it worse', () => {
  const pinned = { ...plain, strategy: 'tenant_id/jump+pin', split: null };
  expect(inWords(pinned, plain)).toEqual([
    'Pinning (tenant_id/jump+pin) leaves max/mean of the writes at 2.00, as with tenant_id/jump.',
  ]);
  expect(inWords({ ...pinned, writes: [0, 10, 10, 40] }, plain)).toEqual([
    'Pinning (tenant_id/jump+pin) raises max/mean of the writes from 2.00 (tenant_id/jump) ' +
      'to 2.67.',
  ]);
});

test('nothing without writes', () => {
  const none = { ...plain, writes: [0, 0, 0, 0], split: null };
  expect(inWords(none, none)).toEqual([]);
});
