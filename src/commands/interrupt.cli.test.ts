import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import {
  leftIn,
  processesIn,
  resultIn,
  scratch,
  type Started,
  start,
  tinyScenario,
} from './shardlab-fixture.ts';

/** Starts the tiny scenario with a TMPDIR of its own, in which nothing may be left. */
function startTiny(): { cwd: string; started: Started } {
  const cwd = scratch();
  writeFileSync(join(cwd, 'tiny.yaml'), tinyScenario({ duration: '1500ms' }));
  const args = ['run', 'tiny.yaml', '--strategy', 'tenant_id/jump', '--strategy', 'order_id/jump'];
  const environment = { TMPDIR: cwd };
  return { cwd, started: start([...args, '--out', 'out'], { cwd, environment }) };
}

/** As a terminal does on Ctrl-C: to every process of the group. */
function signalGroup({ child }: Started, signal: NodeJS.Signals): void {
  process.kill(-present(child.pid, 'pid'), signal);
}

const signals = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

describe.each(signals)('%s', (signal, exitCode) => {
  test('in the middle of the second cell keeps the first one', async () => {
    const { cwd, started } = startTiny();
    await started.shows('(2 of 2): measure');
    expect(processesIn(cwd)).not.toEqual([]);
    await sleep(200);
    signalGroup(started, signal);
    const { code, stdout, stderr } = await started.ended;
    expect(code).toBe(exitCode);
    expect(stderr).toContain('interrupted: everything that was measured before is kept\n');
    const result = resultIn(join(cwd, 'out'));
    const [first, second] = result.window.cellOrder;
    const statuses = result.cells.map(({ strategy, status }) => `${strategy} ${status}`);
    expect(statuses.toSorted()).toEqual([`${first} ok`, `${second} interrupted`].toSorted());
    expect(stdout).toContain(present(first, 'first cell'));
    for (const file of ['report.html', 'report.md']) {
      expect(existsSync(join(cwd, 'out', file))).toBe(true);
    }
    expect(leftIn(cwd)).toEqual([]);
    expect(processesIn(cwd)).toEqual([]);
  });

  test.each([0, 700])('%d ms after the shards began to start', async (afterMs) => {
    const { cwd, started } = startTiny();
    await started.shows('starting 2 shards');
    await sleep(afterMs);
    signalGroup(started, signal);
    const { code, stdout, stderr } = await started.ended;
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect(stderr).toMatch(/error: interrupted before anything was measured\n$/);
    expect(existsSync(join(cwd, 'out'))).toBe(false);
    expect(leftIn(cwd)).toEqual([]);
    expect(processesIn(cwd)).toEqual([]);
  });
});

/**
 * Sends itself the signal as soon as somebody listens for it, long before the program has loaded.
 */
const early = (signal: NodeJS.Signals): string => `
const timer = setInterval(() => {
  if (process.listenerCount('${signal}') === 0) return;
  clearInterval(timer);
  process.kill(process.pid, '${signal}');
}, 1);
`;

test.each(signals)('%s before anything is loaded ends with %d', async (signal, exitCode) => {
  const cwd = scratch();
  writeFileSync(join(cwd, 'tiny.yaml'), tinyScenario());
  writeFileSync(join(cwd, 'early.mjs'), early(signal));
  const environment = {
    TMPDIR: cwd,
    NODE_OPTIONS: `--import ${join(cwd, 'early.mjs')}`,
  };
  const { ended } = start(['run', 'tiny.yaml', '--out', 'out'], { cwd, environment });
  expect(await ended).toEqual({ code: exitCode, stdout: '', stderr: '\nerror: interrupted\n' });
  expect(existsSync(join(cwd, 'out'))).toBe(false);
  expect(leftIn(cwd)).toEqual([]);
});

test.each([
  ['rows', { data: '{ total: 100GB }' }],
  ['arrivals', { rate: '1000000000/s' }],
])('while millions of %s are drawn, which shows progress', async (what, changes) => {
  const cwd = scratch();
  writeFileSync(join(cwd, 'tiny.yaml'), tinyScenario(changes));
  const started = start(['run', 'tiny.yaml', '--out', 'out'], { cwd });
  await started.shows(` ${what}\n`);
  signalGroup(started, 'SIGINT');
  const { code, stderr } = await started.ended;
  expect(code).toBe(130);
  expect(stderr).toMatch(/^\[ {0,2}\d+ %, .* left\] (making|drawing) .*\n\nerror: interrupted\n$/s);
  expect(existsSync(join(cwd, 'out'))).toBe(false);
});

test('a second Ctrl-C ends at once, and nothing is left', async () => {
  const { cwd, started } = startTiny();
  await started.shows('(1 of 2): load');
  signalGroup(started, 'SIGINT');
  signalGroup(started, 'SIGINT');
  const { code } = await started.ended;
  expect(code).toBe(130);
  await expectNothingLeft(cwd);
});

test.each(['starting 2 shards', '(1 of 2): measure'])(
  'kill -9 at "%s" leaves nothing behind',
  async (stage) => {
    const { cwd, started } = startTiny();
    await started.shows(stage);
    await sleep(200);
    process.kill(present(started.child.pid, 'pid'), 'SIGKILL');
    const { code } = await started.ended;
    expect(code).toBe(null);
    await expectNothingLeft(cwd);
  },
);

async function expectNothingLeft(folder: string): Promise<void> {
  // Usually well within a second; a busy machine may take its time.
  const giveUpAt = performance.now() + 30_000;
  const left = (): string[] => [...leftIn(folder), ...processesIn(folder)];
  while (left().length > 0 && performance.now() < giveUpAt) await sleep(100);
  expect(left()).toEqual([]);
}
