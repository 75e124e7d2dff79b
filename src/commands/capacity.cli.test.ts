import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCapacityDocument } from '../result/capacity-document.ts';
import { scratch, shardlab, start, tinyScenario } from './shardlab-fixture.ts';

const strategies = '[{ key: tenant_id, router: jump }]';
const simulation = '{ service: { exponential: 2ms } }';

function written(folder: string, changes: Readonly<Record<string, string>> = {}): string {
  const path = join(folder, 'tiny.yaml');
  writeFileSync(path, tinyScenario({ strategies, simulation, duration: '4s', ...changes }));
  return path;
}

function documentIn(folder: string) {
  const path = join(folder, 'capacity.json');
  return parseCapacityDocument(readFileSync(path, 'utf8'), path);
}

const search = (path: string, options: readonly string[]) =>
  shardlab(['capacity', path, '--simulate', ...options]);

describe('in virtual time', () => {
  test('finds a rate for each strategy, keeps it, and draws and reads it again', async () => {
    const folder = scratch();
    const path = written(folder);
    const out = join(folder, 'out');
    const { code, stdout, stderr } = await search(path, ['--out', out]);
    expect(code, stderr).toBe(0);
    const { strategies: found, objective, source } = documentIn(out);
    expect(source).toBe('simulated');
    expect(objective).toEqual({ expressions: ['response_ms: p(99)<50'], from: 'assumed' });
    expect(found.map(({ strategy, status }) => [strategy, status])).toEqual([
      ['single', 'found'],
      ['tenant_id/jump', 'found'],
    ]);
    const [single, jump] = found;
    // One server of 2 ms takes 500/s at the most.
    expect(single?.sustainedQps).toBeGreaterThan(350);
    expect(single?.sustainedQps).toBeLessThan(500);
    expect(jump?.sustainedQps).toBeGreaterThan(single?.sustainedQps ?? 0);
    expect(jump?.limitedBy?.kind).toBe('shard');
    expect(stdout).toContain('tenant_id/jump sustains the most: ');
    expect(stderr).toContain('time        in virtual time');

    const again = await shardlab(['report', join(out, 'capacity.json'), '--out', '-']);
    expect(again.stdout).toBe(readFileSync(join(out, 'report.html'), 'utf8'));
    const grown = await shardlab([
      'grow',
      path,
      '--to',
      '4',
      '--from',
      join(out, 'capacity.json'),
      '--out',
      join(folder, 'g'),
    ]);
    expect(grown.code, grown.stderr).toBe(0);
    expect(readFileSync(join(folder, 'g', 'growth.json'), 'utf8')).toContain(
      'which held response_ms: p(99)<50',
    );
  });

  test('--json prints the document, and the same seed finds the same', async () => {
    const folder = scratch();
    const path = written(folder);
    const options = ['--json', '--strategy', 'single', '--objective', 'p(95)<20ms'];
    const runs = [
      await search(path, [...options, '--out', join(folder, 'a')]),
      await search(path, [...options, '--out', join(folder, 'b')]),
    ];
    const [a, b] = runs.map(({ stdout }) => parseCapacityDocument(stdout, 'stdout').strategies);
    const rates = (of: typeof a) => of?.map(({ steps }) => steps.map(({ rateQps }) => rateQps));
    expect(rates(a)).toEqual(rates(b));
    expect(a?.map(({ strategy }) => strategy)).toEqual(['single']);
  });

  test('an objective that nothing meets: the least value seen, exit code 4', async () => {
    const folder = scratch();
    const path = written(folder);
    const options = ['--strategy', 'single', '--objective', 'p(99)<0.1ms', '--out', folder];
    const { code, stdout, stderr } = await search(path, options);
    expect(code, stderr).toBe(4);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /No rate holds response_ms: p\(99\)<0\.1 .* least p\(99\) seen is [\d.]+ ms, at [\d.,]+\/s\./,
    );
    expect(documentIn(folder).strategies[0]).toMatchObject({
      status: 'not-met',
      sustainedQps: null,
    });
    expect(stderr).toContain('no rate holds the objective (exit 4)');
  });

  test('a largest rate that holds is a lower bound; too few steps are exit code 5', async () => {
    const folder = scratch();
    const path = written(folder);
    const bounded = ['--strategy', 'single', '--max-rate', '100/s', '--out', folder];
    const within = await search(path, bounded);
    expect(within.code, within.stderr).toBe(0);
    expect(within.stdout).toContain('≥ 100');
    expect(documentIn(folder).strategies[0]).toMatchObject({
      status: 'at-least',
      limitedBy: { kind: 'none' },
      interval: { low: 100, high: null },
    });
    const few = await search(path, ['--strategy', 'single', '--max-steps', '5', '--out', folder]);
    expect(few.code, few.stderr).toBe(5);
    expect(documentIn(folder).strategies[0]?.status).toBe('unfinished');
  });

  test('the limits of the scenario are its objective, and a ramp becomes steady', async () => {
    const folder = scratch();
    const path = written(folder, {
      rate: '',
      arrivals: '{ ramp: { from: 100/s, to: 300/s } }',
      thresholds: "{ response_ms: ['p(99)<40'], write_qps: ['max_over_mean<9'] }",
    });
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^rate: \n/m, ''));
    const { code, stderr } = await search(path, ['--strategy', 'single', '--out', folder]);
    expect(code, stderr).toBe(0);
    const { objective, findings, search: how } = documentIn(folder);
    expect(objective).toEqual({ expressions: ['response_ms: p(99)<40'], from: 'scenario' });
    expect(findings.map(({ code: found }) => found)).toContain('capacity-ramp-replaced');
    expect(how.startQps).toBe(200);
  });
});

describe('what is said before anything starts', () => {
  test('--dry-run prints strategies, rates and time, and writes nothing', async () => {
    const folder = scratch();
    const path = written(folder);
    const { code, stdout } = await shardlab(['capacity', path, '--dry-run'], { cwd: folder });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^objective {3}response_ms: p\(99\)<50 \(assumed/);
    expect(stdout).toMatch(/^strategies {2}single, tenant_id\/jump$/m);
    expect(stdout).toMatch(/^rates {7}from 300\/s on, between \d+\/s and 19,200\/s$/m);
    expect(stdout).toMatch(/^time {8}about .*, at most about /m);
    expect(existsSync(join(folder, 'results'))).toBe(false);
  });

  test('every problem at once, with what is allowed', async () => {
    const folder = scratch();
    const path = written(folder);
    const wrong = ['p99<50', 'respons_ms: p(99)<50', 'write_qps: max_over_mean<2'];
    const { code, stderr } = await search(path, [
      ...wrong.flatMap((text) => ['--objective', text]),
      '--min-rate',
      '1/s',
      '--max-rate',
      'fast',
      '--max-steps',
      '2',
    ]);
    expect(code).toBe(2);
    for (const text of wrong) expect(stderr).toContain(`--objective '${text}': `);
    expect(stderr).toContain('response_ms, service_ms');
    expect(stderr).toMatch(/--max-rate: found "fast"; allowed: /);
    expect(stderr).toMatch(/--max-steps: found "2"; allowed: a whole number from 5 to 200/);
  });

  test('rates below what shows the objective, and bounds that cross', async () => {
    const path = written(scratch());
    const low = await search(path, ['--min-rate', '5/s']);
    expect([low.code, low.stderr]).toEqual([2, expect.stringContaining('allowed: at least 72/s')]);
    const crossed = await search(path, ['--min-rate', '900/s', '--max-rate', '300/s']);
    expect(crossed.code).toBe(2);
    expect(crossed.stderr).toContain('--max-rate: found "300/s"; allowed: at least the lowest');
  });

  test('a closed loop has no rate to search', async () => {
    const path = written(scratch(), { loop: '{ clients: 8 }' });
    const { code, stderr } = await search(path, []);
    expect(code, stderr).toBe(2);
    expect(stderr).toContain('closed loop');
  });
});

test('Ctrl-C in the middle of a search keeps every step so far, exit code 130', async () => {
  const folder = scratch();
  const path = written(folder, { duration: '60s', rate: '3000/s' });
  const { child, ended, shows } = start(['capacity', path, '--simulate', '--out', folder]);
  await shows('step 2');
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  expect(code, stderr).toBe(130);
  const [first] = documentIn(folder).strategies;
  expect(first?.status).toBe('interrupted');
  expect(first?.steps.length).toBeGreaterThan(0);
  expect(stderr).toContain('everything that was found before is kept');
});

test('on real shards the steps go on from the loaded state, each with its own rows', async () => {
  const folder = scratch();
  const path = written(folder, { strategies: '[{ key: order_id, router: jump }]' });
  const options = ['--strategy', 'order_id/jump', '--duration', '1s', '--max-steps', '5'];
  const wide = ['--objective', 'p(90)<5s', '--max-rate', '600/s', '--out', folder];
  const { code, stderr } = await shardlab(['capacity', path, ...options, ...wide]);
  expect([0, 4, 5], stderr).toContain(code);
  const { strategies: found, source, environment } = documentIn(folder);
  expect([source, environment.fleet]).toEqual(['measured', 'embedded']);
  const [strategy] = found;
  expect(strategy?.status).not.toBe('failed');
  expect(strategy?.steps.length).toBeGreaterThan(2);
  for (const { rateQps, offeredQps, arrivals, failures } of strategy?.steps ?? []) {
    // Within six standard deviations of Poisson arrivals.
    expect(Math.abs(offeredQps / rateQps - 1)).toBeLessThan(6 / Math.sqrt(arrivals));
    // Rows of one step that another made would break the primary key.
    expect(failures).toBe(0);
  }
  expect(stderr).toMatch(/\(1 of 1\): warm-up/);
});
