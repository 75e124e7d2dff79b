import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { outcomes } from '../../metrics/outcome.ts';
import { targetContract } from '../../traffic/target.suite.ts';
import {
  type Ended,
  idleInTransaction,
  ids,
  indexOf,
  ok,
  on,
  open,
  openTarget,
  outcomesOf,
  settle,
  startedShards,
} from './script-shards-fixture.ts';

startedShards();

describe.each([
  ['in one round trip', { good: 'look', bad: 'divideAtOnce', slow: 'dozeAtOnce' }],
  ['statement by statement', { good: 'lookOne', bad: 'divide', slow: 'doze' }],
  ['without a transaction', { good: 'lookBare', bad: 'divide', slow: 'doze' }],
] as const)('the contract of targets: %s', (_, { good, bad, slow }) => {
  targetContract(async () => {
    const target = await openTarget();
    return {
      target,
      good: (shard, ticket) => ({ operation: indexOf(good), tenant: shard, row: ticket }),
      bad: { operation: indexOf(bad), tenant: 0, row: 1001 },
      slow: { operation: indexOf(slow), tenant: 1, row: 1002 },
      settle,
      close: () => target.close(),
    };
  });
});

describe('statement by statement on two shards', () => {
  test.each([[[0, 1]], [[1, 0]]])(
    'begins when the last of %j has its connection',
    async (shards) => {
      const { target, ended, run } = await open();
      const [first = 0, second = 0] = shards;
      target.execute(70 + first, first, indexOf('both'), 1, 0, 7);
      await sleep(100);
      expect([ended.length, await ids(0), await ids(1)]).toEqual([0, [1, 2], [1, 2]]);
      // Another operation does not wait for it.
      expect(outcomesOf(await run('lookOne', 8, [first]))).toEqual([ok]);
      target.execute(70 + second, second, indexOf('both'), 1, 0, 7);
      await settle(() => ended.length === 3);
      expect(ended.slice(1).map(({ ticket, rows }) => [ticket, rows])).toEqual([
        [70, { returned: 0, affected: 2 }],
        [71, { returned: 3, affected: 2 }],
      ]);
      expect([await ids(0), await ids(1)]).toEqual([
        [1, 2, 7, 100],
        [1, 2, 7, 200],
      ]);
      expect(await idleInTransaction()).toEqual([]);
    },
  );

  test('an error undoes what all shards have done, and is told with its shard', async () => {
    const { run } = await open();
    await on(0, 'delete from notes where id = 1');
    const [first, second] = await run('clash', 1);
    expect(outcomesOf([first as Ended, second as Ended])).toEqual([
      [outcomes.failed, '23505'],
      [outcomes.failed, '23505'],
    ]);
    expect(second?.message).toMatch(/^duplicate key value .*Key \(id\)=\(1\) already exists/);
    expect(first?.message).toBe(`ended because shard 1 failed: ${second?.message}`);
    expect([await ids(0), await ids(1)]).toEqual([[2], [1, 2]]);
    expect(await idleInTransaction()).toEqual([]);
    expect(outcomesOf(await run('clash', 5))).toEqual([ok, ok]);
  });

  test('without a transaction what went before an error stays, and nothing follows', async () => {
    const { run } = await open();
    await on(0, 'delete from notes where id = 1');
    expect(outcomesOf(await run('clashBare', 1))[1]).toEqual([outcomes.failed, '23505']);
    expect([await ids(0), await ids(1)]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  test('a ROLLBACK of its own undoes it on all shards and is a success', async () => {
    const { run } = await open();
    const ended = await run('bothUndone', 9);
    expect(ended.map(({ rows }) => rows)).toEqual([
      { returned: 0, affected: 1 },
      { returned: 0, affected: 1 },
    ]);
    expect([await ids(0), await ids(1)]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(await idleInTransaction()).toEqual([]);
  });

  test.each([
    ['lock', 'interactive', '55P03'],
    ['lockBare', 'none', [{ note: 'free' }]],
  ] as const)('%s: another session sees what a transaction holds (%s)', async (name, _, seen) => {
    const { target, ended } = await open();
    for (const shard of [0, 1]) target.execute(shard, shard, indexOf(name), 1, 0, 20);
    await sleep(300);
    const look = on(0, 'select note from notes where id = 1 for update nowait');
    expect(await look.catch(({ code }: { code: string }) => code)).toEqual(seen);
    expect(ended).toEqual([]);
    await settle(() => ended.length === 2);
    expect(await idleInTransaction()).toEqual([]);
  });
});

describe('values of an earlier answer', () => {
  test('are those of its first row, by name, on whatever shard they are used', async () => {
    const { run } = await open();
    for (const [row, shards] of [
      [31, [0, 1]],
      [32, [1, 0]],
    ] as const) {
      expect(outcomesOf(await run('copyAnswer', row, shards))).toEqual([ok, ok]);
    }
    // Each took its number from the shard that it began on.
    const expected = [
      { id: 1100, note: 'ü31' },
      { id: 1200, note: 'ü32' },
    ];
    const copied = 'select id, note from notes where id > 1000 order by id';
    expect([await on(0, copied), await on(1, copied)]).toEqual([expected, expected]);
  });

  test('are NULL where it had no row', async () => {
    const { run } = await open();
    expect(outcomesOf(await run('noAnswer', 33))).toEqual([ok, ok]);
    expect(await on(1, 'select note from notes where id = 33')).toEqual([{ note: 'no row' }]);
  });

  test('that it does not have fail the operation, which says so', async () => {
    const { run } = await open();
    const [, second] = await run('wrongAnswer', 34);
    expect(second).toMatchObject({ outcome: outcomes.failed, code: '42703' });
    expect(second?.message).toContain('column "nowhere" of an answer, which has id, note');
    expect(await ids(0)).toEqual([1, 2]);
    expect(await idleInTransaction()).toEqual([]);
  });
});

test('in one round trip each shard has a transaction of its own', async () => {
  const { run } = await open();
  await on(0, 'delete from notes where id = 1');
  const ended = await run('bothAtOnce', 1);
  expect(outcomesOf(ended)).toEqual([ok, [outcomes.failed, '23505']]);
  expect(await ids(0)).toEqual([1, 2]);
});

test('NULL is a value', async () => {
  const { run } = await open();
  await run('empty', 40, [1]);
  expect(await on(1, 'select note from notes where id = 40')).toEqual([{ note: null }]);
});
