import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { AdviceDocument } from '../../result/advice-document.ts';
import type { TestServer } from '../../sources/postgres/test-server-fixture.ts';
import { countingServer, profiledRun } from '../profile/run-then-profile-fixture.ts';
import { loadPlanned } from '../scenario/load-scenario.ts';
import { advise } from './advise.ts';
import { withCandidates } from './asked-scenario.ts';
import { withOverlays } from './overlay-candidates.ts';

const folder = mkdtempSync(join(tmpdir(), 'profiled-answers-'));
let server: TestServer;

beforeAll(async () => {
  server = await countingServer();
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

const slowly = (rate: number) =>
  [/^rate: .*$/m, `rate: ${rate}/s\nduration: 4s\nwarmup: 1s`] as const;

/** What the shipped scenario says of the instance and of the load of today. */
function plansOf(name: string): string {
  const shipped = new URL(`../../../scenarios/${name}.yaml`, import.meta.url);
  const lines = readFileSync(shipped, 'utf8').match(/^(?:growth|capacity): .*$/gm) ?? [];
  expect(lines).toHaveLength(2);
  return lines.join('\n');
}

/** The recommendation for a profiled run, with the instance and the load of the shipped one. */
async function advisedOf(
  name: string,
  changes: readonly (readonly [RegExp, string])[],
): Promise<AdviceDocument> {
  const { text } = await profiledRun(server, folder, name, changes);
  const path = join(folder, `${name}-asked.yaml`);
  writeFileSync(path, `${text.replace(/^(?:growth|capacity): .*\n/gm, '')}${plansOf(name)}\n`);
  const planned = await loadPlanned(
    path,
    {},
    () => undefined,
    (scenario) => withCandidates(scenario, { keys: [], routers: [] }),
  );
  const shardCounts = [4, 8, 16];
  return advise({
    loaded: withOverlays(planned, [], shardCounts),
    shardCounts,
    draws: 30,
    about: { startedAt: '', command: '', shardlab: '' },
    report: () => undefined,
  });
}

/** Keys are called as `profile` calls them: by their table or their column. */
test.each([
  ['shop', [slowly(300), [/count: 500,/, 'count: 100,']], /^tenant_id\//],
  ['smallbank', [slowly(300)], /^custid\//],
  ['tatp', [slowly(300)], /^s_id\//],
] as const)(
  '%s: from what was profiled the same key as from what was written',
  async (name, changes, key) => {
    const { recommendation, candidates } = await advisedOf(name, changes);
    const seen = JSON.stringify(candidates.map(({ strategy, status }) => [strategy, status]));
    expect(recommendation.kind, seen).toBe('shard');
    expect(present(recommendation.strategy, 'strategy'), seen).toMatch(key);
  },
  180_000,
);

test('tpcc: the warehouse, though by district each statement is on one shard as well', async () => {
  const { recommendation, candidates } = await advisedOf('tpcc', [slowly(60)]);
  expect(recommendation.kind).toBe('shard');
  expect(recommendation.strategy).toMatch(/^warehouse\//);
  const tables = recommendation.reasons.find(({ code }) => code === 'advice-reference-tables');
  expect(tables?.names).toEqual({ tables: ['item'] });
  const { shardCount } = recommendation;
  const district = candidates.filter(
    (each) =>
      each.key === 'district' && each.shardCount === shardCount && each.status !== 'excluded',
  );
  expect(district.length).toBeGreaterThan(0);
  for (const { status, reasons } of district) {
    expect(status).toBe('lost');
    const apart = reasons.find(({ code }) => code === 'advice-lies-apart');
    expect(apart?.names).toEqual({ tables: ['stock', 'warehouse'] });
    // Of 100 transactions 45 have ten lines, 43 pay a warehouse: 493 of about 1,990 statements.
    expect(apart?.numbers['apartFraction']).toBeCloseTo(0.25, 1);
  }
}, 180_000);

test('social: the user, with a way round for the join that no shard can do', async () => {
  const { recommendation, candidates } = await advisedOf('social', [slowly(250)]);
  expect(recommendation.kind).toBe('shard');
  expect(recommendation.strategy).toMatch(/^user\//);
  const user = candidates.find(({ status }) => status === 'recommended');
  expect(user?.notRunnableFraction).toBe(0);
  const posts = candidates.filter(({ key }) => key === 'post');
  expect(posts.length).toBeGreaterThan(0);
  expect(posts.every(({ status }) => status === 'excluded')).toBe(true);
}, 180_000);
