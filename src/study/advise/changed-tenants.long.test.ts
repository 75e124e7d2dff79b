import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AdviceDocument } from '../../result/advice-document.ts';
import { findRouter } from '../../router/registry.ts';
import type { Scenario } from '../../scenario/types.ts';
import { loadPlanned } from '../scenario/load-scenario.ts';
import { advise } from './advise.ts';
import { withCandidates } from './asked-scenario.ts';
import { withOverlays } from './overlay-candidates.ts';

const scenarios = join(import.meta.dirname, '..', '..', '..', 'scenarios');
const asked = { keys: ['tenant_id'], routers: ['jump', 'directory'].map(findRouter) };
const shards = [8, 16];
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shardlab-changed-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Tenants as the quickstart has them, the largest so many times as heavy. */
function tenantsWith(factor: number): string {
  const [head = '', ...rows] = readFileSync(
    join(scenarios, 'data', 'debian-tenants.csv'),
    'utf8',
  ).split('\n');
  const packages = rows.map((row) => Number(row.split(',')[1]));
  const largest = packages.indexOf(Math.max(...packages.filter((each) => each > 0)));
  const changed = rows.map((row, index) => {
    const [tenant, count, size] = row.split(',');
    return index === largest ? `${tenant},${Math.round(Number(count) * factor)},${size}` : row;
  });
  const file = join(folder, `${factor}.csv`);
  writeFileSync(file, [head, ...changed].join('\n'));
  return file;
}

/** The quickstart with twice its load, on shards of 600 operations a second. */
async function adviceWith(factor: number): Promise<AdviceDocument> {
  const file = tenantsWith(factor);
  const changed = (scenario: Scenario): Scenario => {
    const { growth, capacity, tenants } = withCandidates(scenario, asked);
    return {
      ...withCandidates(scenario, asked),
      growth: { ...growth, now: { ...growth.now, loadPerSecond: 1600 } },
      capacity: { ...capacity, shardPerSecond: { value: 600, spread: 0 } },
      tenants: { ...tenants, ...(tenants.distribution === 'file' && { file }) },
    };
  };
  const loaded = await loadPlanned(
    join(scenarios, 'quickstart.yaml'),
    {},
    () => undefined,
    changed,
  );
  return advise({
    loaded: withOverlays(loaded, asked.routers, shards),
    shardCounts: shards,
    draws: 30,
    about: { startedAt: '', command: '', shardlab: '' },
    report: () => undefined,
  });
}

describe('what would change the answer first', () => {
  test('a little less of it changes nothing, a little more makes what is said', async () => {
    const { recommendation } = await adviceWith(1);
    const { firstChange } = recommendation.firmness;
    expect(firstChange.names).toMatchObject({ what: 'heaviest-more' });
    // On 16 shards it is uneven from 1 / 16 on, and must be split from 1.05 / 16 on.
    expect(firstChange.numbers['largestFraction']).toBeGreaterThan(1 / 16);
    expect(firstChange.numbers['largestFraction']).toBeLessThan(1.051 / 16);
    const factor = firstChange.numbers['factor'] ?? 0;
    const before = await adviceWith(1 + 0.8 * (factor - 1));
    expect(before.recommendation).toMatchObject({
      strategy: recommendation.strategy,
      shardCount: recommendation.shardCount,
    });
    const after = await adviceWith(1 + 1.3 * (factor - 1));
    expect(after.recommendation.strategy).toBe(firstChange.names?.['strategy']);
    expect(after.recommendation.shardCount).toBe(firstChange.numbers['shards']);
    expect(after.recommendation.strategy).toBe('tenant_id/directory+split');
    expect(after.hotTenants[0]).toMatchObject({ advised: 'split' });
  });
});
