import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scratch, shardlab, tinyScenario } from './shardlab-fixture.ts';

describe('init', () => {
  test('writes a scenario that run accepts, and never over an existing file', async () => {
    const cwd = scratch();
    const first = await shardlab(['init'], { cwd });
    expect(first).toMatchObject({ code: 0, stdout: '' });
    expect(first.stderr).toContain('shardlab run scenario.yaml');
    const text = readFileSync(join(cwd, 'scenario.yaml'), 'utf8');

    const second = await shardlab(['init'], { cwd });
    expect(second).toMatchObject({ code: 2, stdout: '' });
    expect(second.stderr).toContain(
      'scenario.yaml already exists, and init does not overwrite files',
    );
    expect(readFileSync(join(cwd, 'scenario.yaml'), 'utf8')).toBe(text);

    const { code, stdout } = await shardlab(['run', 'scenario.yaml', '--dry-run'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('scenario  my-first\n');
    expect(stdout).toMatch(/^cells {5}4, in this order:$/m);
  });

  test('writes one with many tables, which run accepts', async () => {
    const cwd = scratch();
    expect((await shardlab(['init', '--tables', '--out', 't.yaml'], { cwd })).code).toBe(0);
    const { code, stdout } = await shardlab(['run', 't.yaml', '--dry-run'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('scenario  my-tables\n');
    expect(stdout).toMatch(/^cells {5}3, in this order:$/m);
  });

  test('makes the folder that --out names', async () => {
    const cwd = scratch();
    expect((await shardlab(['init', '--out', 'a/b.yaml'], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, 'a', 'b.yaml'), 'utf8')).toContain('name: my-first');
  });
});

describe('run --dry-run', () => {
  const dryRun = async (...args: string[]): Promise<Map<string, string>> => {
    const command = ['run', 'scenarios/quickstart.yaml', '--dry-run', ...args];
    const { code, stdout, stderr } = await shardlab(command);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n').filter((line) => /^\w/.test(line));
    return new Map(lines.map((line) => [line.split(' ')[0] ?? '', line.slice(10)]));
  };

  test('prints the cells, the arrivals and the time, and starts nothing', async () => {
    const cwd = scratch();
    writeFileSync(join(cwd, 'tiny.yaml'), tinyScenario());
    const { stdout } = await shardlab(['run', 'tiny.yaml', '--dry-run'], { cwd });
    // 300/s for 1 s and 200 ms; within five standard deviations of a Poisson count.
    const [, measured = '', warmup = ''] =
      /^arrivals {2}(\d+) measured, (\d+) to warm up, in each cell$/m.exec(stdout) ?? [];
    expect(Math.abs(Number(measured) - 300)).toBeLessThan(5 * Math.sqrt(300));
    expect(Math.abs(Number(warmup) - 60)).toBeLessThan(5 * Math.sqrt(60));
    const cells = stdout.split('\n').filter((line) => line.startsWith('  '));
    expect(cells.toSorted()).toEqual([
      '  order_id/jump on 2 shards',
      '  single on 1 shard',
      '  tenant_id/jump on 2 shards',
    ]);
    // Three cells of 1.2 s, their loads and the start: more than 4 s, less than half a minute.
    expect(stdout).toMatch(/^time {6}about ([4-9]|[12]\d)(\.\d)? s$/m);
  });

  test('one seed has one digest, another seed has another', async () => {
    const [first, again, other] = await Promise.all([
      dryRun(),
      dryRun('--seed', '42'),
      dryRun('--seed', '43'),
    ]);
    expect(first.get('digest')).toMatch(/^[0-9a-f]{64}$/);
    expect(again.get('digest')).toBe(first.get('digest'));
    expect(other.get('digest')).not.toBe(first.get('digest'));
  });

  test('the quickstart fits the four minutes that are promised for it', async () => {
    const [, minutes = ''] =
      /^about (\d(?:\.\d)?) min$/.exec((await dryRun()).get('time') ?? '') ?? [];
    expect(Number(minutes)).toBeGreaterThan(0);
    expect(Number(minutes)).toBeLessThan(4);
  });
});

test('doctor says what this machine can do', async () => {
  const { code, stdout, stderr } = await shardlab(['doctor']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const what of ['Node', 'cores', 'memory', 'disk', 'embedded Postgres']) {
    expect(stdout).toMatch(new RegExp(`^(ok|warn) {2,4}${what} `, 'm'));
  }
  expect(stdout).toContain(process.versions.node);
});
