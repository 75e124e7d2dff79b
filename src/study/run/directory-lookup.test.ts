import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { planLookupMove } from '../../directory/lookup-move.ts';
import { replayCurve } from '../../directory/lookup-replay.ts';
import { buildRouter } from '../../router/build-router.ts';
import { keyColumn } from '../../workload/key-column.ts';
import { knownKeys } from '../../workload/key-usage.ts';
import { loadScenario } from '../scenario/load-scenario.ts';
import { repository } from '../../commands/shardlab-fixture.ts';

const path = join(repository, 'scenarios', 'directory-lookup.yaml');
const loaded = await loadScenario(path, {});

function replayed(strategyName: string) {
  const { scenario, workload, plan } = loaded;
  const strategy = present(
    scenario.strategies.find(({ name }) => name === strategyName),
    strategyName,
  );
  const lookup = present(strategy.lookup, 'lookup');
  const topology = { shardCount: 4, weights: [1, 1, 1, 1] };
  const known = knownKeys(workload, strategy.key);
  const router = buildRouter(strategy, topology, 'text', known);
  const options = {
    workload,
    keyName: strategy.key,
    maxKeyBytes: keyColumn(workload, strategy.key).maxBytes,
    keysMax: known.count,
    router,
    cacheSize: lookup.cache,
    ttlNs: lookup.ttlMs * 1e6,
    move: lookup.move && planLookupMove(workload, known, router, topology, lookup.move),
  };
  return replayCurve(options, plan, known.count);
}

test('the header of directory-lookup gives the hit rates of the replay', () => {
  const rates = replayed('tenant_id/directory+lookup:100').map(({ cacheSize, counts }) => [
    cacheSize,
    Math.round((100 * counts.hits) / (counts.hits + counts.misses)),
  ]);
  expect(rates).toEqual([
    [10, 12],
    [100, 38],
    [1000, 67],
    [10_000, 75],
  ]);
  const header = readFileSync(path, 'utf8').replaceAll(/\n# /g, ' ');
  expect(header).toContain(
    'A cache of 100 entries finds 38 % of the keys, one of 1,000 67 %, one of all tenants 75 %',
  );
});

test('with the shorter time to live fewer operations go to the shard that was left', () => {
  const [short, long] = [staleWith('2s'), staleWith('30s')];
  const header = readFileSync(path, 'utf8').replaceAll(/\n# /g, ' ');
  expect(header).toContain(
    `${short.stale} operations after 2 s, ${long.stale} after 30 s still go to the shard`,
  );
  // 30 s outlast the window: wrong from the move to its end.
  expect(long.lastStaleNs / 1e9).toBeGreaterThan(14.9);
  expect(short.lastStaleNs / 1e9).toBeLessThan(8);
});

function staleWith(ttl: string) {
  const curve = replayed(`tenant_id/directory+lookup:1000:${ttl}`);
  return present(
    curve.find(({ cacheSize }) => cacheSize === 1000),
    'the size asked for',
  ).counts;
}
