import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { outcomes } from '../../metrics/outcome.ts';
import {
  idleInTransaction,
  indexOf,
  ok,
  on,
  open,
  outcomesOf,
  settle,
  startedShards,
  terminate,
} from './script-shards-fixture.ts';

startedShards();

describe('what breaks in the middle', () => {
  /** A lock on shard 0, and shard 1 asleep. */
  async function held(statementTimeoutMs?: number) {
    const all = await open(statementTimeoutMs, 1);
    for (const shard of [0, 1]) all.target.execute(shard, shard, indexOf('lockLong'), 1, 0, 50);
    return all;
  }

  async function goesOn({ ended, run }: Awaited<ReturnType<typeof open>>): Promise<void> {
    expect(await on(0, 'select note from notes where id = 1')).toEqual([{ note: 'here' }]);
    expect(await idleInTransaction()).toEqual([]);
    expect(ended).toHaveLength(2);
    expect(outcomesOf(await run('both', 51))).toEqual([ok, ok]);
  }

  test('a statement that takes too long: all shards end as timed out', async () => {
    const all = await held(300);
    await settle(() => all.ended.length === 2);
    const late = [outcomes.timedOut, '57014'];
    expect(outcomesOf(all.ended)).toEqual([late, late]);
    await goesOn(all);
  });

  test('a connection with a statement under way', async () => {
    const all = await held();
    await sleep(200);
    await terminate(1, '%pg_sleep(30)%');
    await settle(() => all.ended.length === 2);
    const lost = [outcomes.failed, '57P01'];
    expect(outcomesOf(all.ended)).toEqual([lost, lost]);
    await goesOn(all);
  });

  test('a connection that waits within its transaction', async () => {
    const all = await held();
    await sleep(200);
    await terminate(0, '%update notes%');
    await sleep(200);
    // The other shard is still asleep; it is over when that has answered.
    expect(all.ended).toHaveLength(0);
    await on(
      1,
      `select pg_cancel_backend(pid) from pg_stat_activity where query like '%pg_sleep(30)%'
      and pid <> pg_backend_pid()`,
    );
    await settle(() => all.ended.length === 2);
    const lost = [outcomes.failed, '57P01'];
    expect(outcomesOf(all.ended)).toEqual([lost, lost]);
    await goesOn(all);
  });

  test('an operation that is given up', async () => {
    const all = await held();
    await sleep(200);
    for (const ticket of [0, 1]) all.target.abandon(ticket);
    await settle(() => all.ended.length === 2);
    expect(all.ended.every(({ outcome }) => outcome === outcomes.failed)).toBe(true);
    // A server sees that its client is gone when it next writes to it.
    await terminate(1, '%pg_sleep(30)%');
    await goesOn(all);
  });
});

describe('an operation that never gets all its connections', () => {
  test('is given up with what it holds', async () => {
    const { target, ended, run } = await open(60_000, 1);
    target.execute(601, 1, indexOf('both'), 1, 0, 60);
    target.abandon(601);
    target.abandon(601);
    expect(ended).toEqual([]);
    await settle(() => ended.length === 1);
    expect(ended[0]).toMatchObject({ ticket: 601, outcome: outcomes.failed, code: 'abandoned' });
    expect(outcomesOf(await run('both', 61))).toEqual([ok, ok]);
  });

  test('times out and frees what it holds', async () => {
    const { target, ended, run } = await open(250, 1);
    target.execute(620, 0, indexOf('both'), 1, 0, 62);
    await settle(() => ended.length === 1);
    expect(ended[0]).toMatchObject({ ticket: 620, outcome: outcomes.timedOut, code: 'timeout' });
    expect(outcomesOf(await run('both', 63))).toEqual([ok, ok]);
  });

  test('whose connection is lost meanwhile begins on a new one', async () => {
    const { target, ended } = await open(60_000, 1);
    target.execute(640, 0, indexOf('both'), 1, 0, 64);
    await terminate(0, '%');
    await sleep(200);
    target.execute(641, 1, indexOf('both'), 1, 0, 64);
    await settle(() => ended.length === 2);
    expect(outcomesOf(ended)).toEqual([ok, ok]);
  });
});
