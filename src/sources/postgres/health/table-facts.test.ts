import { expect, test } from 'vitest';
import type { ForeignEvidence, IndexEvidence } from '../../../profile/evidence.ts';
import { indexFacts } from './index-facts.ts';
import type { ServerSettings } from './server-settings.ts';
import { sizeFacts } from './size-facts.ts';
import { tableWith } from './table-evidence-fixture.ts';
import { tableFacts } from './table-facts.ts';

const settings: ServerSettings = {
  version: 180_004,
  standby: false,
  sharedBuffersBytes: 128 * 1024 ** 2,
  cacheBytes: 4 * 1024 ** 3,
  blockBytes: 8192,
  connectionsAllowed: 97,
  freezeMaxAge: 2e8,
};

test('a table with many dead rows argues for vacuum, a tiny one does not', () => {
  const [dead] = tableFacts([
    tableWith('busy', { activity: { liveRows: 70_000, deadRows: 30_000, lastVacuum: null } }),
    tableWith('clean', { activity: { liveRows: 90_000, deadRows: 1_000 } }),
    tableWith('tiny', { activity: { liveRows: 10, deadRows: 90 } }),
  ]).facts;
  expect(dead).toMatchObject({
    code: 'dead-rows',
    value: 0.3,
    numbers: { deadRows: 31_090, tables: 1, neverVacuumed: 1 },
    names: { tables: ['busy'] },
    arguesFor: 'vacuum',
  });
  const [calm] = tableFacts([
    tableWith('tiny', { activity: { liveRows: 10, deadRows: 90 } }),
  ]).facts;
  expect(calm).toMatchObject({ value: 0, arguesFor: null });
});

test('large tables read from end to end argue for an index', () => {
  const scan = { sequentialScans: 500, sequentialRows: 500 * 200_000, indexScans: 7 };
  const [, scans] = tableFacts([
    tableWith('large', { activity: { liveRows: 200_000, ...scan } }),
    // Scans that stop at the first rows.
    tableWith('queue', { activity: { liveRows: 200_000, ...scan, sequentialRows: 5_000 } }),
    tableWith('small', { activity: { liveRows: 2_000, ...scan } }),
  ]).facts;
  expect(scans).toMatchObject({
    code: 'sequential-scans',
    value: 1,
    numbers: { scans: 500, rows: 1e8, indexScans: 7 },
    names: { tables: ['large'] },
    arguesFor: 'index',
  });
});

test('without counters nothing is made up', () => {
  const { facts, unseen } = tableFacts([tableWith('one', { activity: null })]);
  expect(facts).toEqual([]);
  expect(unseen).toMatchObject([{ code: 'health-without-counters' }]);
});

test('indexes: unused ones, and foreign keys without one', () => {
  const index = (name: string, columns: string[], changes: Partial<IndexEvidence> = {}) => ({
    name,
    columns,
    unique: false,
    partial: false,
    bytes: 1_000,
    scans: 0,
    ...changes,
  });
  const foreign: ForeignEvidence = {
    columns: ['parent_id'],
    table: 'parents',
    references: ['id'],
    onDelete: 'cascade',
  };
  const activity = { liveRows: 50_000, seconds: 3_600 };
  const facts = indexFacts([
    tableWith('children', {
      activity,
      foreign: [foreign],
      indexes: [
        index('unused', ['id', 'parent_id']),
        index('used', ['id'], { scans: 3 }),
        index('constraint', ['id'], { unique: true }),
        index('partly', ['parent_id'], { partial: true, bytes: 5, scans: 9 }),
      ],
    }),
    tableWith('indexed', {
      activity,
      foreign: [foreign],
      indexes: [index('leads', ['parent_id', 'id'])],
    }),
    tableWith('few', { activity: { liveRows: 10 }, foreign: [foreign] }),
  ]);
  expect(facts).toMatchObject([
    {
      code: 'unused-indexes',
      value: 1_000,
      numbers: { indexes: 1, seconds: 3_600 },
      names: { indexes: ['unused'] },
      arguesFor: null,
    },
    {
      code: 'foreign-keys-without-index',
      value: 1,
      names: { keys: ['children.parent_id'] },
      arguesFor: 'index',
    },
  ]);
});

test('sizes: what argues for partitions, for sharding and for blobs elsewhere', () => {
  const gigabyte = 1e9;
  const facts = sizeFacts(
    [
      tableWith('events', { bytes: { heap: 300 * gigabyte, indexes: 100 * gigabyte, toast: 0 } }),
      tableWith('files', { bytes: { heap: gigabyte, indexes: 0, toast: 700 * gigabyte } }),
      tableWith('split', {
        kind: 'partitioned',
        bytes: { heap: 90 * gigabyte, indexes: 0, toast: 0 },
      }),
    ],
    settings,
  );
  expect(facts).toMatchObject([
    {
      value: 701 * gigabyte,
      names: { tables: ['files', 'events', 'split'] },
      arguesFor: 'partitions',
    },
    { value: 1_191 * gigabyte, arguesFor: 'sharding' },
    { names: { tables: ['files'] }, arguesFor: 'blobs-elsewhere' },
  ]);
  expect(facts[2]?.value).toBeCloseTo(700 / 1191, 9);
  expect(sizeFacts([], settings).map(({ value, arguesFor }) => [value, arguesFor])).toEqual([
    [0, null],
    [0, null],
    [0, null],
  ]);
});
