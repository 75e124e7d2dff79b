import { expect, test } from 'vitest';
import { runTeam, teamSize } from './worker-team.ts';

/** A worker of one file that runs this text. */
const entry = (text: string): URL => new URL(`data:text/javascript,${encodeURIComponent(text)}`);

test('every worker gets the data, and each message is heard before the team is done', async () => {
  const heard: unknown[] = [];
  const work = `
    import { parentPort, workerData } from 'node:worker_threads';
    parentPort.postMessage(workerData.number + 1);
    parentPort.postMessage('done');`;
  await runTeam(entry(work), 3, { number: 41 }, (message) => heard.push(message));
  expect(heard.map(String).toSorted()).toEqual(['42', '42', '42', 'done', 'done', 'done']);
});

test('what one worker throws ends the team, those that would go on for ever too', async () => {
  const work = `
    import { workerData } from 'node:worker_threads';
    if (Atomics.add(workerData.started, 0, 1) === 1) throw new Error('out of order');
    for (;;);`;
  const started = new Int32Array(new SharedArrayBuffer(4));
  await expect(runTeam(entry(work), 2, { started }, () => undefined)).rejects.toThrow(
    'out of order',
  );
});

test('a team is no larger than its tasks, and has at least one worker', () => {
  expect(teamSize(1)).toBe(1);
  expect(teamSize(0)).toBe(1);
  expect(teamSize(1_000_000)).toBeLessThan(1_000_000);
});
