import { beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { buildRouter } from '../../router/build-router.ts';
import { findRouter } from '../../router/registry.ts';
import { knownKeys } from '../../workload/key-usage.ts';
import { drawnTiny } from '../capacity/simulated-search-fixture.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import { withCandidates } from './asked-scenario.ts';
import { equalShards } from './measure.ts';
import { type PredictedCandidate, predictedCandidates } from './predicted-candidates.ts';

let loaded: LoadedScenario;
let predicted: readonly PredictedCandidate[];
const first = 'tenant_id/jump salt 3';
beforeAll(async () => {
  const drawn = drawnTiny({}).loaded;
  const routers = ['jump', 'mod', 'directory'].map(findRouter);
  const scenario = withCandidates(drawn.scenario, { keys: ['tenant_id'], routers });
  loaded = { ...drawn, scenario };
  predicted = await predictedCandidates({
    loaded,
    shardCount: 4,
    best: 9,
    otherKeys: 0,
    first,
    sound: new Set(),
    draws: 20,
    report: () => undefined,
  });
});

/** Load of the fullest of four shards, key by key. */
function fullest({ listed }: PredictedCandidate): number {
  const known = knownKeys(loaded.workload, listed.key);
  const router = buildRouter(listed, equalShards(4), known.type, known);
  const load = [0, 0, 0, 0];
  for (let key = 0; key < known.count; key += 1) {
    const shard = router.route(known.bytes, known.offsets[key] ?? 0, known.offsets[key + 1] ?? 0);
    load[shard] = (load[shard] ?? 0) + (known.weights[key] ?? 0);
  }
  return Math.max(...load);
}

test('the recommended one is there with its salt, before all others', () => {
  expect(predicted.map(({ strategy }) => strategy).toSorted()).toEqual([
    'tenant_id/directory',
    'tenant_id/jump',
    first,
    'tenant_id/mod',
  ]);
  expect(predicted[0]?.strategy).toBe(first);
  expect(predicted[0]?.listed.salt).not.toBe('');
});

test('the prediction is that of the placement which is measured, not of any other salt', () => {
  const shares = predicted.map(fullest);
  const works = predicted.map((each) => 1 / each.predicted.databases);
  expect(new Set(shares.map((share) => share.toFixed(6))).size).toBeGreaterThan(2);
  // What goes to all shards is the same for each: work = everywhere + keyed x share.
  const at = (index: number) => [present(shares[index], 'share'), present(works[index], 'work')];
  const [[shareA = 0, workA = 0], [shareB = 0, workB = 0]] = [at(0), at(1)];
  const keyed = (workA - workB) / (shareA - shareB);
  const everywhere = workA - keyed * shareA;
  for (const [index, share] of shares.entries()) {
    expect(works[index]).toBeCloseTo(everywhere + keyed * share, 9);
  }
  // Of the mix 10 % span the tenants.
  expect(everywhere).toBeCloseTo(0.1, 9);
  expect(keyed).toBeCloseTo(0.9, 9);
});
