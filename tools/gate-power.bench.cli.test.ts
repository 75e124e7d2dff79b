import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { powerConditions, powerRows } from './gate-power-summary.ts';
import { benchPower } from './gate-power.bench.ts';
import { powerMarkdown } from './gate-power-markdown.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shardlab-power-'));
});
afterAll(() => rm(folder, { recursive: true }));

const size = { runs: 1, maxTimeMs: 200 };
const { signal } = new AbortController();

test('one gate of each condition; starting again goes on where it ended', async () => {
  const file = join(folder, 'new', 'runs.jsonl');
  const said: string[] = [];
  const runs = await benchPower(size, file, (line) => said.push(line), signal);
  expect(runs.map(({ condition }) => condition)).toEqual([...powerConditions]);
  // So little time decides nothing, and fails nothing.
  expect(runs.every(({ status, pairs }) => status === 'undecided' && pairs >= 1)).toBe(true);
  expect(said).toHaveLength(4);

  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(1 + 4);
  // Interrupted before the last.
  await writeFile(file, `${lines.slice(0, 4).join('\n')}\n`);
  const again = await benchPower(size, file, (line) => said.push(line), signal);
  expect(said).toHaveLength(5);
  expect(again.slice(0, 3)).toEqual(runs.slice(0, 3));
  expect(again.map(({ condition }) => condition)).toEqual([...powerConditions]);

  const machine = {
    shardlab: '0',
    node: '24',
    os: 'Linux',
    cpu: 'some',
    cores: 2,
    memoryBytes: 2 ** 34,
    gitCommit: null,
  };
  const page = powerMarkdown(powerRows(again), again, machine, size.maxTimeMs);
  expect(page).toContain('| same | 0 of 1 (0.0 % to 97.5 %) | 0 of 1 (0.0 % to 97.5 %) | 1 |');
  expect(page).toContain('at most 0.2 s each');
}, 120_000);

test('runs of other code are not mixed in', async () => {
  const file = join(folder, 'other.jsonl');
  await writeFile(file, '{"code":"0123456789abcdef"}\n');
  await expect(benchPower(size, file, () => undefined, signal)).rejects.toThrow('other code');
});
