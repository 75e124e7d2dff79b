import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { bounded } from './bounded.ts';

test('results stand in order, and never more than the limit run at once', async () => {
  let running = 0;
  let most = 0;
  const results = await bounded(7, 3, async (index) => {
    running += 1;
    most = Math.max(most, running);
    await sleep(7 - index);
    running -= 1;
    return index * 10;
  });
  expect(results).toEqual([0, 10, 20, 30, 40, 50, 60]);
  expect(most).toBe(3);
});

test('after an error nothing more begins, and what had begun is awaited', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const all = bounded(5, 2, async (index) => {
    begun.push(index);
    if (index === 0) throw new Error('first');
    await sleep(5);
    ended.push(index);
  });
  await expect(all).rejects.toThrow('first');
  expect(begun).toEqual([0, 1]);
  expect(ended).toEqual([1]);
});
