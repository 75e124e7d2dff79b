import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { DriftFactors, driftDraws, placementAfterDrift } from '../../placement/drift.ts';
import { assumedDrift } from './assumed-drift.ts';
import { comparisonPlan } from './compare-routers.ts';
import { loadScenario } from '../scenario/load-scenario.ts';

const scenarios = join(import.meta.dirname, '..', '..', '..', 'scenarios');
const loaded = await loadScenario(join(scenarios, 'quickstart.yaml'), {});
const topology = { shardCount: 4, weights: [1, 1, 1, 1] };
const drift = { sigma: 0.5, from: 'default', tenants: null } as const;
const plan = comparisonPlan(loaded, topology, null, drift);

const folder = mkdtempSync(join(tmpdir(), 'drift-'));
afterAll(() => rmSync(folder, { recursive: true }));

function after(shardKey: string, router: string, sigma: number, on = topology) {
  const found = plan.tasks.find(
    (task) => task.shardKey === shardKey && task.candidate.spec.router === router,
  );
  const { candidate, key, tenantLoad } = present(found, `${shardKey}/${router}`);
  const { count } = loaded.workload.tenants;
  const factors = new DriftFactors(count, sigma, driftDraws(count));
  return placementAfterDrift(candidate, on, key, present(tenantLoad, 'load'), factors, 1000);
}

describe('a placement after the weights of the tenants have drifted', () => {
  test.each([
    [0.3, 1.08, 1.17],
    [0.5, 1.15, 1.34],
    [1.0, 1.29, 1.75],
  ])('a directory of the Debian tenants, sigma %d', (sigma, p50, p95) => {
    const found = after('tenant_id', 'directory', sigma);
    expect(Math.abs(found.p50 - p50)).toBeLessThan(0.02);
    expect(Math.abs(found.p95 - p95)).toBeLessThan(0.05);
  });

  test('without drift a directory is what it is today', () => {
    const { p5, p95 } = after('tenant_id', 'directory', 0);
    // Less even than its own weights: a window of 12 s has so many arrivals of each tenant.
    expect(p5).toBeCloseTo(1.019, 2);
    expect(p95).toBe(p5);
  });

  test('a hash loses less by drift than a directory: it did not know the weights', () => {
    const lost = (router: string): number =>
      after('tenant_id', router, 1).p50 - after('tenant_id', router, 0).p50;
    expect(lost('directory')).toBeGreaterThan(0.2);
    expect(lost('jump')).toBeLessThan(lost('directory'));
  });

  test('tenants that share all keys of another column move their balance little', () => {
    expect(after('order_id', 'jump', 1).p95).toBeLessThan(after('tenant_id', 'jump', 1).p95);
  });

  test('on one shard nothing can drift', () => {
    const one = { shardCount: 1, weights: [1] };
    expect(after('tenant_id', 'jump', 1, one)).toMatchObject({ p5: 1, p50: 1, p95: 1 });
  });
});

describe('how far they drift', () => {
  test('is assumed, or given', async () => {
    expect(await assumedDrift(loaded, {})).toEqual(drift);
    expect(await assumedDrift(loaded, { drift: '0.3' })).toMatchObject({
      sigma: 0.3,
      from: 'given',
    });
    for (const wrong of ['-1', 'x', '3.1', '']) {
      await expect(assumedDrift(loaded, { drift: wrong })).rejects.toThrow(
        `--drift: found "${wrong}"; allowed: a number from 0 to 3`,
      );
    }
  });

  test('or follows from a second file: the spread of the ratios, less what all share', async () => {
    const text = readFileSync(join(scenarios, 'data', 'debian-tenants.csv'), 'utf8');
    const [head = '', ...lines] = text.trim().split('\n');
    const at = head.split(',').indexOf('packages');
    // Every second tenant times 2 e^0.4, the others times 2 e^-0.4: a standard deviation of 0.4.
    const later = lines.map((line, i) => {
      const cells = line.split(',');
      cells[at] = String(Number(cells[at]) * 2 * Math.exp(i % 2 === 0 ? 0.4 : -0.4));
      return cells.join(',');
    });
    const path = join(folder, 'later.csv');
    writeFileSync(path, [head, ...later].join('\n'));
    const found = await assumedDrift(loaded, { later: path });
    expect(found).toMatchObject({ from: 'files', tenants: lines.length });
    expect(found.sigma).toBeCloseTo(0.4, 3);
  });

  test('a file without tenants in common says so', async () => {
    const path = join(folder, 'others.csv');
    const { scenario } = loaded;
    const { tenants } = scenario;
    if (tenants.distribution !== 'file') throw new Error('a file was expected');
    const columns = [tenants.idColumn, tenants.weightColumn, tenants.bytesColumn ?? 'x'];
    writeFileSync(path, `${columns.join(',')}\nnobody,1,1\n`);
    await expect(assumedDrift(loaded, { later: path })).rejects.toThrow(
      'has fewer than two tenants with a weight in both files',
    );
  });
});
