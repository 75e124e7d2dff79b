import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { textOnly } from '../result/finding.ts';
import { formatRunResult, parseRunResult } from '../result/parse.ts';
import type { RunResult } from '../result/types.ts';
import { sampleResult } from '../testing/sample-result.ts';
import {
  cellOf,
  repository,
  resultIn,
  scratch,
  shardlab,
  start,
  tinyScenario,
} from './shardlab-fixture.ts';

const quickstart = join(repository, 'scenarios', 'quickstart.yaml');
const measuredPath = join(repository, 'results', 'baseline', 'quickstart', 'result.json');

/** What differs between two runs of the same command on the same machine. */
function lasting(result: RunResult): RunResult {
  const cells = result.cells.map((cell) => ({ ...cell, startedAt: '' }));
  return { ...result, startedAt: '', command: '', cells };
}

function stored(changes: Readonly<Record<string, string>> = {}): string {
  const cwd = scratch();
  writeFileSync(join(cwd, 'tiny.yaml'), tinyScenario(changes));
  return cwd;
}

describe('simulate', () => {
  test('3 TB: as many rows are drawn as a plan needs, and shards hold all of them', async () => {
    const cwd = stored({ data: '{ total: 3TB }', rate: '1500/s', duration: '2s' });
    const { code, stderr } = await shardlab(['simulate', 'tiny.yaml', '--out', 'out'], { cwd });
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('2,097,152 rows were drawn');
    const { environment, cells } = resultIn(join(cwd, 'out'));
    expect(environment.notes.at(-1)?.text).toMatch(
      /^3TB \(data\.total\) are 5,859,375,000 rows of 512B\./,
    );
    for (const { shards } of cells) {
      // Rows of a shard are whole.
      expect(shards.reduce((sum, { rows }) => sum + rows, 0) / 5_859_375_000).toBeCloseTo(1, 8);
      expect(shards.reduce((sum, { bytes }) => sum + bytes, 0) / 3e12).toBeCloseTo(1, 8);
    }
  });

  test('places exactly what the committed run measured, and says it is simulated', async () => {
    const cwd = scratch();
    const { code, stdout, stderr } = await shardlab(['simulate', quickstart, '--out', 'out'], {
      cwd,
    });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const simulated = resultIn(join(cwd, 'out'));
    const measured = parseRunResult(readFileSync(measuredPath, 'utf8'), 'baseline');
    expect(simulated.source).toBe('simulated');
    expect(simulated.arrivalsDigest).toBe(measured.arrivalsDigest);
    expect(simulated.cells.map(({ strategy }) => strategy)).toEqual(
      measured.cells.map(({ strategy }) => strategy),
    );
    for (const cell of measured.cells) {
      const own = cellOf(simulated, cell.strategy);
      expect(own.generator).toBeNull();
      expect(own.fanOut?.shardQueriesPerOperation).toBe(cell.fanOut?.shardQueriesPerOperation);
      expect(own.imbalance?.writeQps).toEqual(cell.imbalance?.writeQps);
      for (const [i, shard] of cell.shards.entries()) {
        const { writesSent, readsSent, rows } = own.shards[i] ?? {};
        expect([writesSent, readsSent, rows]).toEqual([
          shard.writesSent,
          shard.readsSent,
          shard.rows,
        ]);
      }
    }
    const reports = ['report.html', 'report.md'].map((name) =>
      readFileSync(join(cwd, 'out', name), 'utf8'),
    );
    for (const text of [stdout, ...reports]) {
      expect(text).toMatch(/simulation, no database\s+ran/);
      expect(text).not.toMatch(/\bmeasured\b/);
    }
  });

  test('the same command gives the same result; another seed another one', async () => {
    const cwd = stored();
    const once = (...flags: string[]) =>
      shardlab(['simulate', 'tiny.yaml', '--duration', '20s', '--json', ...flags], { cwd });
    const [first, again, other] = await Promise.all([
      once('--out', 'a'),
      once('--out', 'b'),
      once('--out', 'c', '--seed', '8'),
    ]);
    const read = ({ stdout }: { stdout: string }) => lasting(parseRunResult(stdout, 'stdout'));
    expect(first.code).toBe(0);
    expect(read(again)).toEqual(read(first));
    expect(read(other).arrivalsDigest).not.toBe(read(first).arrivalsDigest);
  });

  test('shards, tenants and rate as flags; overload is SATURATED and exits 5', async () => {
    const cwd = stored();
    const flags = ['--shards', '5', '--tenants', '300', '--rate', '40000', '--duration', '2s'];
    const args = [
      'simulate',
      'tiny.yaml',
      '--strategy',
      'tenant_id/jump',
      '--out',
      'out',
      ...flags,
    ];
    const { code, stderr } = await shardlab(args, { cwd });
    expect(code).toBe(5);
    expect(stderr).toContain('the numbers are not valid (exit 5): tenant_id/jump SATURATED');
    const { cells, tenants, command } = resultIn(join(cwd, 'out'));
    expect(cells.map(({ strategy, shardCount }) => [strategy, shardCount])).toEqual([
      ['tenant_id/jump', 5],
    ]);
    expect(tenants.count).toBe(300);
    expect(cells[0]?.load?.dropped).toBeGreaterThan(0);
    expect(command).toBe(`shardlab ${args.join(' ')} --seed 7`);
  });

  test('a closed loop is driven by the clients', async () => {
    const cwd = stored({ loop: '{ clients: 2 }', simulation: '{ service: { constant: 1ms } }' });
    const args = ['simulate', 'tiny.yaml', '--strategy', 'single', '--out', 'out'];
    expect(await shardlab(args, { cwd })).toMatchObject({ code: 0 });
    // Two clients before one server that takes 1 ms: it is always busy, and half the time is
    // waiting.
    const [cell] = resultIn(join(cwd, 'out')).cells;
    expect(cell?.load?.acceptedQps).toBeCloseTo(1000, -1);
    expect(cell?.overall?.responseMs.p50).toBeCloseTo(2, 1);
  });

  test('Ctrl-C keeps what was simulated and exits 130', async () => {
    const cwd = stored({ duration: '20000s', simulation: '{ service: { constant: 1ms } }' });
    const { child, ended, shows } = start(['simulate', 'tiny.yaml', '--out', 'out'], { cwd });
    await shows('simulating');
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect({ code, stderr }).toMatchObject({ code: 130 });
    expect(resultIn(join(cwd, 'out')).cells.at(-1)?.status).toBe('interrupted');
  }, 120_000);
});

describe('simulate --calibrate', () => {
  test('fits the committed run and says on what and how well', async () => {
    const cwd = scratch();
    // Its repeats agree best: of others one repeat has three times the p99 of another.
    const fitted = 'order_id/jump';
    const on = ['--calibrate', measuredPath, '--calibrate-on', fitted];
    const args = ['simulate', quickstart, ...on, '--strategy', fitted, '--out', 'out'];
    const { code, stderr } = await shardlab(args, { cwd });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toMatch(/Calibrated on order_id\/jump of .*: \d servers? a shard/);
    const simulated = resultIn(join(cwd, 'out'));
    expect(simulated.environment.notes.map(({ text }) => text).join(' ')).toContain(
      `Calibrated on ${fitted}`,
    );
    const measured = parseRunResult(readFileSync(measuredPath, 'utf8'), 'baseline');
    const [a, b] = [measured, simulated].map(
      (result) => cellOf(result, fitted).overall?.responseMs,
    );
    // The cell that was fitted: what it is off by is the form of the model.
    expect((b?.p50 ?? 0) / (a?.p50 ?? 1)).toBeCloseTo(1, 1);
    // Many percentiles are fitted with one width and the seconds that all shards share.
    expect((b?.p99 ?? 0) / (a?.p99 ?? 1)).toBeGreaterThan(0.9);
    expect((b?.p99 ?? 0) / (a?.p99 ?? 1)).toBeLessThan(1.1);
  });

  test('keeps what the scenario puts on top: a slow shard, and a network', async () => {
    const cwd = scratch();
    const path = join(cwd, 'slow.yaml');
    const text = readFileSync(quickstart, 'utf8').replace(
      'file: data/',
      `file: ${join(repository, 'scenarios', 'data')}/`,
    );
    writeFileSync(path, `${text}\nsimulation: { slow: { 2: 3 }, network: 7ms }\n`);
    const args = ['simulate', path, '--calibrate', measuredPath, '--calibrate-on'];
    const { code, stderr } = await shardlab(
      [...args, 'tenant_id/jump', '--strategy', 'tenant_id/jump', '--out', 'out'],
      { cwd },
    );
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const { cells, scenario } = resultIn(join(cwd, 'out'));
    expect(scenario['simulation']).toMatchObject({ networkMs: 7, slow: [{ shard: 2, factor: 3 }] });
    const services = cells[0]?.shards.map(({ serviceMs }) => serviceMs.p50 ?? 0) ?? [];
    expect(Math.min(...services)).toBeGreaterThan(7);
    expect(services[2]).toBe(Math.max(...services));
  }, 120_000);

  test('refuses what is no result of the scenario, with exit 2', async () => {
    const cwd = stored();
    const simulated = { ...sampleResult(), source: 'simulated' as const };
    writeFileSync(join(cwd, 'simulated.json'), formatRunResult(simulated));
    const noisy = sampleResult();
    const verdict = { status: 'NOISY', reasons: [textOnly('repeats differ')] } as const;
    for (const cell of noisy.cells) Object.assign(cell, { verdict });
    writeFileSync(join(cwd, 'noisy.json'), formatRunResult(noisy));
    const tries: readonly (readonly [readonly string[], RegExp])[] = [
      [['--calibrate', 'none.json'], /cannot read result none.json: there is no such file/],
      [['--calibrate', 'simulated.json'], /it is itself a simulation; allowed: the result of/],
      [['--calibrate', measuredPath], /it is not a result of tiny.yaml/],
      [
        ['--calibrate', measuredPath, '--calibrate', 'noisy.json'],
        /found noisy.json, but it has no VALID cell/,
      ],
      [
        ['--calibrate', measuredPath, '--calibrate-on', 'tenant_id/jmp'],
        /found "tenant_id\/jmp"; allowed: single, .*did you mean tenant_id\/jump\?/,
      ],
      [['--calibrate-on', 'single'], /allowed only together with --calibrate <result>/],
    ];
    for (const [flags, message] of tries) {
      const { code, stderr } = await shardlab(['simulate', 'tiny.yaml', ...flags], { cwd });
      expect({ code, stderr }).toMatchObject({ code: 2 });
      expect(stderr).toMatch(message);
    }
  });
});
