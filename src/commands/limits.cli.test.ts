import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resultIn, scratch, shardlab, tinyScenario } from './shardlab-fixture.ts';

/** Long enough for a p99, and VALID in virtual time. */
const valid = { duration: '8s', rate: '400/s', baseline: 'false' };

function stored(changes: Readonly<Record<string, string>> = {}): string {
  const cwd = scratch();
  writeFileSync(join(cwd, 'tiny.yaml'), tinyScenario({ ...valid, ...changes }));
  return cwd;
}

const simulate = (cwd: string, ...flags: string[]) =>
  shardlab(['simulate', 'tiny.yaml', '--out', 'out', ...flags], {
    cwd,
    environment: { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') },
  });

describe('limits', () => {
  test('all kept: exit 0, and CI is told', async () => {
    const limits =
      "{ 'response_ms{operation:place_order}': ['p(95)<5000', 'avg<5000'], " +
      "write_qps: ['max_over_mean<3'], errors: ['rate==0'] }";
    const cwd = stored({ thresholds: limits });
    const files = ['--junit', 'j.xml', '--markdown', 'm.md', '--benchmark-json', 'b.json'];
    const { code, stdout, stderr } = await simulate(cwd, ...files);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('All 8 limits are kept.');
    const { thresholds = [], cells } = resultIn(join(cwd, 'out'));
    expect(thresholds.map(({ ok }) => ok)).toEqual(Array.from({ length: 8 }, () => true));
    for (const cell of cells) {
      const { p95 } = cell.operations.find(({ operation }) => operation === 'place_order')
        ?.responseMs ?? { p95: null };
      const own = thresholds.filter(({ strategy }) => strategy === cell.strategy);
      const values = own.map(({ value }) => value);
      expect(values[0]).toBe(p95);
      expect(values[2]).toBe(cell.imbalance?.writeQps.maxOverMean);
    }
    const read = (name: string): string => readFileSync(join(cwd, name), 'utf8');
    expect(read('j.xml')).toContain('tests="10" failures="0" errors="0"');
    expect(read('m.md')).toMatch(/^## shardlab tiny: PASS\n/);
    expect(read('summary.md')).toBe(`${read('m.md')}\n`);
    expect(JSON.parse(read('b.json'))).toContainEqual(expect.objectContaining({ unit: 'ms' }));
  });

  test('one broken: exit 4, of the command line too', async () => {
    const cwd = stored();
    const { code, stderr } = await simulate(cwd, '--threshold', 'response_ms: p(50)<0.000001');
    expect(code, stderr).toBe(4);
    expect(stderr).toContain('2 of 2 limits are broken (exit 4)');
    const { scenario, thresholds } = resultIn(join(cwd, 'out'));
    expect(scenario['thresholds']).toHaveLength(1);
    expect(thresholds?.map(({ ok }) => ok)).toEqual([false, false]);
    // A stored result is drawn with its limits again.
    const again = await shardlab(['report', 'out/result.json', '--format', 'md'], { cwd });
    expect(again.code, again.stderr).toBe(0);
  });

  test('numbers that are not valid go before: exit 5', async () => {
    const cwd = stored({ rate: '60/s', duration: '1s' });
    const { code, stderr } = await simulate(cwd, '--threshold', 'response_ms: p(50)<0.000001');
    expect(code, stderr).toBe(5);
  });

  test('abortOnFail: no cell follows, and what was measured is kept', async () => {
    const cwd = stored({
      thresholds: "{ errors: [{ threshold: 'count>0', abortOnFail: true }] }",
    });
    const { code, stderr } = await simulate(cwd);
    expect(code, stderr).toBe(4);
    expect(stderr).toContain('the limit errors: count>0 is broken by tenant_id/jump');
    const { cells, thresholds = [] } = resultIn(join(cwd, 'out'));
    expect(cells.map(({ status }) => status)).toEqual(['ok']);
    expect(thresholds.map(({ note }) => note.code)).toEqual(['limit-broken', 'limit-not-reached']);
  });

  test('what is wrong is told before anything is done', async () => {
    const cwd = stored();
    const { code, stderr } = await simulate(cwd, '--threshold', 'response_ms{op:x}: p(99)<1');
    expect(code).toBe(2);
    expect(stderr).toContain('allowed: operation, kind, shard, strategy (response_ms)');
  });

  test('without limits a document says nothing of them', async () => {
    const cwd = stored({ duration: '1s' });
    await simulate(cwd);
    const text = readFileSync(join(cwd, 'out', 'result.json'), 'utf8');
    expect(text).not.toMatch(/threshold|watched/);
  });
});
