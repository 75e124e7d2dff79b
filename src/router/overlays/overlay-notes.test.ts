import { expect, test } from 'vitest';
import { buildRouter } from '../build-router.ts';
import type { KnownKeys } from '../contract.ts';
import { knownKeys, tenantTexts, topologyOf } from '../fixtures.suite.ts';
import { worded } from '../../wording/worded.ts';
import { overlayNotes } from './overlay-notes.ts';
import type { Overlay } from './overlay-keys.ts';

const texts = tenantTexts(20);
const keys: KnownKeys = {
  ...knownKeys('text', texts),
  weights: texts.map((_, i) => (i === 0 ? 0.3 : 0.7 / 19)),
};

function notes(overlay: Overlay, of: 'load' | 'rows' = 'load'): string[] {
  const spec = { router: 'jump', parameter: null, hash: 'xxh64', salt: '', ...overlay };
  const router = buildRouter(spec, topologyOf(4), 'text', keys);
  return overlayNotes(overlay, keys, router, of).map((note) => worded(note).text);
}

test('which keys are pinned and split, their share of the load and their shards', () => {
  const pin = { tenants: [{ id: 'tenant-3', shard: 2 }], above: null };
  const split = { tenants: ['tenant-0'], above: null, by: 'order_id', over: 4 };
  expect(notes({ pin, split })).toEqual([
    'Pinned: tenant-3 (3.7 % of the load) to shard 2; 3.7 % of the load in all.',
    'Split by order_id: tenant-0 (30 % of the load) over shards 0, 1, 2, 3; 30 % of the load in ' +
      'all. An operation on such a key that does not fix order_id goes to all of its shards.',
  ]);
});

test('thresholds in rows and writes, which the keys reach or not', () => {
  const pin = { tenants: [], above: null, aboveRows: 1_000_000, aboveWritesPerSecond: 500 };
  const spec = { router: 'jump', parameter: null, hash: 'xxh64', salt: '', pin };
  const said = (rowsEach: number, writesPerSecond: number): string[] => {
    const scaled = { ...keys, scale: { rowsEach, writesPerSecond } };
    const router = buildRouter(spec, topologyOf(4), 'text', scaled);
    return overlayNotes({ pin }, scaled, router, 'load').map((note) => worded(note).text);
  };
  expect(said(1000, 1000)).toEqual([
    'No key has 1,000,000 rows (the heaviest has 1,000), so no key is pinned because of its ' +
      'weight.',
    'No key has 500/s of the writes (the heaviest has 300/s), so no key is pinned because of its ' +
      'weight.',
  ]);
  const [note, ...rest] = said(1000, 1700);
  expect(note).toMatch(/^Pinned: tenant-0 \(30 % of the load\) to shard \d; 30 % of/);
  expect(rest).toHaveLength(1);
  expect(said(1_000_000, 0)[0]).toMatch(/; and 15 more; 100 % of the load in all\.$/);
});

test('shards that pinned keys have to themselves are told as such', () => {
  const pin = { tenants: [{ id: 'tenant-3', shard: 2 }], above: null, exclusive: true as const };
  expect(notes({ pin })).toEqual([
    'Pinned: tenant-3 (3.7 % of the load) to shard 2; 3.7 % of the load in all. No other key is ' +
      'on these shards.',
  ]);
});

test('of many keys the first five are named', () => {
  const [note] = notes({ pin: { tenants: [], above: 0.01 } }, 'rows');
  expect(note).toMatch(/^Pinned: tenant-0 \(30 % of the rows\) to shard \d; tenant-1 /);
  expect(note).toMatch(/tenant-4 \([^)]*\) to shard \d; and 15 more; 100 % of the rows in all\.$/);
});

test('a threshold that no key reaches is said, with the heaviest key', () => {
  expect(notes({ pin: { tenants: [], above: 0.5 } })).toEqual([
    'No key has 50% of the load (the heaviest has 30 %), so no key is pinned because of ' +
      'its weight.',
  ]);
  expect(notes({})).toEqual([]);
});
