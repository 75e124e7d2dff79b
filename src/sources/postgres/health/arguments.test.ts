import { expect, test } from 'vitest';
import type { AnswerRow, Query } from '../session-types.ts';
import { databaseFacts } from './database-facts.ts';
import { seenOnStandby } from './health-report.ts';
import { checkpoints, walRate } from './log-facts.ts';
import { replicationLag, transactionAge } from './replication-facts.ts';
import type { ServerSettings } from './server-settings.ts';

const settings: ServerSettings = {
  version: 180_004,
  standby: false,
  sharedBuffersBytes: 1e9,
  cacheBytes: 4e9,
  blockBytes: 8192,
  connectionsAllowed: 97,
  freezeMaxAge: 2e8,
};

/** Answers as a server would that has been busy for as long as no test can wait. */
const answering =
  (row: AnswerRow, asked: string[] = []): Query =>
  (sql) => {
    asked.push(sql);
    return Promise.resolve([row]);
  };

const day = 86_400;
const quiet = { hits: 1e9, reads: 1e6, fetched: 1e9, inserted: 1e5, updated: 0, deleted: 0 };

async function arguing(row: AnswerRow, bytes = 1e11): Promise<Record<string, string>> {
  const { facts } = await databaseFacts(answering(row), settings, bytes);
  return Object.fromEntries(
    facts.flatMap(({ code, arguesFor }) => (arguesFor === null ? [] : [[code, arguesFor]])),
  );
}

test('counters of a database argue when they are high for long', async () => {
  expect(await arguing({ ...quiet, seconds: day })).toEqual({});
  const cold = { ...quiet, hits: 9e8, reads: 1e8, seconds: day };
  expect(await arguing(cold)).toEqual({ 'cache-hit-ratio': 'more-memory' });
  // All of it fits into shared buffers: it is being read for the first time.
  expect(await arguing(cold, 5e8)).toEqual({});
  expect(await arguing({ ...quiet, reads: 6_000 * day, hits: 1e12, seconds: day })).toEqual({
    'block-reads': 'more-memory',
  });
  expect(await arguing({ ...quiet, inserted: 11_000 * day, seconds: day })).toEqual({
    'write-rate': 'sharding',
  });
  expect(await arguing({ ...quiet, fetched: 60_000 * day, seconds: day })).toEqual({
    'read-share': 'replica',
  });
});

test('a minute of load argues for nothing, and no time gives no rates', async () => {
  const load = { ...quiet, hits: 0, reads: 1e9, inserted: 1e9, seconds: 60 };
  expect(await arguing(load)).toEqual({});
  const { facts, unseen } = await databaseFacts(answering({ ...load, seconds: null }), settings, 1);
  expect(facts.map(({ code }) => code)).toEqual(['cache-hit-ratio']);
  expect(unseen).toEqual([
    {
      code: 'health-time-unknown',
      names: { facts: ['block-reads', 'write-rate', 'read-share'] },
      numbers: {},
    },
  ]);
});

test('WAL: 30 MB/s all day argue for sharding; version 13 does not count it', async () => {
  const counted = await walRate(answering({ bytes: 31e6 * day, pages: 1, seconds: day }), settings);
  expect(counted.facts).toMatchObject([{ value: 31e6, arguesFor: 'sharding' }]);
  expect(await walRate(answering({}), { ...settings, version: 130_010 })).toEqual({
    facts: [],
    unseen: [
      { code: 'health-not-counted', names: { facts: ['wal-rate'] }, numbers: { version: 13 } },
    ],
  });
});

test('checkpoints are asked for where each version has them', async () => {
  const asked: string[] = [];
  const query = answering({ timed: 30, requested: 10, seconds: day }, asked);
  const { facts } = await checkpoints(query, settings);
  await checkpoints(query, { ...settings, version: 160_004 });
  expect(facts).toMatchObject([{ value: 0.25, numbers: { timed: 30, requested: 10 } }]);
  expect(asked[0]).toContain('from pg_stat_checkpointer');
  expect(asked[1]).toContain('checkpoints_req::float8 as requested');
});

test('replicas that are hidden are not taken for none', async () => {
  const hidden = await replicationLag(answering({ replicas: 2, hidden: 2 }), settings);
  expect(hidden).toMatchObject({ facts: [], unseen: [{ code: 'health-replication-hidden' }] });
  const late = await replicationLag(
    answering({ replicas: 1, hidden: 0, bytes: 9, seconds: 3 }),
    settings,
  );
  expect(late.facts).toMatchObject([{ value: 3, numbers: { bytes: 9, replicas: 1, standby: 0 } }]);
});

test('a standby does not say what its primary writes', async () => {
  const { facts } = await databaseFacts(answering({ ...quiet, seconds: day }), settings, 1);
  const seen = seenOnStandby({ facts, unseen: [] });
  expect(seen.facts.map(({ code }) => code)).toEqual(['cache-hit-ratio', 'block-reads']);
  expect(seen.unseen).toEqual([
    { code: 'health-of-standby', names: { facts: ['write-rate', 'read-share'] }, numbers: {} },
  ]);
});

test('old transactions argue for vacuum from twice the age at which it is forced', async () => {
  for (const [age, argument] of [
    [3e8, null],
    [4.1e8, 'vacuum'],
  ] as const) {
    const { facts } = await transactionAge(answering({ age, multixact: 0 }), settings);
    expect(facts).toMatchObject([{ value: age, arguesFor: argument }]);
  }
});
