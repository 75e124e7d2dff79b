import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { AdviceDocument } from '../../result/advice-document.ts';
import { TestServer } from '../../sources/postgres/test-server-fixture.ts';
import { profiledRun } from '../profile/run-then-profile-fixture.ts';
import { loadPlanned } from '../scenario/load-scenario.ts';
import { findRouter } from '../../router/registry.ts';
import { advise } from './advise.ts';
import { withCandidates } from './asked-scenario.ts';

const folder = mkdtempSync(join(tmpdir(), 'profiled-answers-'));
let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start({
    shared_preload_libraries: 'pg_stat_statements',
    'pg_stat_statements.max': '5000',
  });
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

const short = [/^rate: .*$/m, 'rate: 300/s\nduration: 4s\nwarmup: 1s'] as const;

/** The recommendation for a profiled run, with the instance and the load that are always asked. */
async function advisedOf(
  name: string,
  changes: readonly (readonly [RegExp, string])[],
): Promise<AdviceDocument> {
  const { text } = await profiledRun(server, folder, name, changes);
  const plans =
    'growth: { now: { load: 12000/s, bytes: 500GB } }\ncapacity: { instance: 4000/s }\n';
  const path = join(folder, `${name}-asked.yaml`);
  writeFileSync(
    path,
    `${text.replace(/^growth:.*\n/m, '').replace(/^capacity:.*\n/m, '')}${plans}`,
  );
  const asked = { keys: [], routers: ['jump', 'directory'].map(findRouter) };
  const loaded = await loadPlanned(
    path,
    {},
    () => undefined,
    (scenario) => withCandidates(scenario, asked),
  );
  return advise({
    loaded,
    shardCounts: [4, 8],
    draws: 30,
    about: { startedAt: '', command: '', shardlab: '' },
    report: () => undefined,
  });
}

/** Keys are called as `profile` calls them: by their column. */
test.each([
  ['shop', [short, [/count: 500,/, 'count: 100,']], /^tenant_id\//],
  ['smallbank', [short], /^custid\//],
  ['tatp', [short], /^s_id\//],
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
