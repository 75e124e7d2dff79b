import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { packKeys } from '../base/keys.ts';
import { allSteps } from '../base/steps.ts';
import { bandOf, bandSalt } from '../metrics/placement-band.ts';
import { buildRouter } from '../router/build-router.ts';
import type { LoadedKeys } from '../workload/key-usage.ts';
import { drawLargest } from './drawn-largest.ts';

const count = 120_000;
const draws = 100;
const topology = { shardCount: 8, weights: Array.from({ length: 8 }, () => 1) };

const ids = Array.from({ length: count }, (_, key) => String(key));

function keysOf(weight: (key: number) => number): LoadedKeys {
  const weights = Float64Array.from({ length: count }, (_, key) => weight(key));
  const all = weights.reduce((sum, each) => sum + each, 0);
  const rows = new Uint32Array(count).fill(1);
  return {
    ...packKeys('int8', ids),
    rows,
    weights: weights.map((each) => each / all),
    values: [],
  };
}

// Zipf 0.8: the heaviest value has 2 %; of even ones there is no head at all.
test.each([
  ['jump', null, (key: number) => (key + 1) ** -0.8],
  ['jump', null, () => 1],
  ['ring', 150, (key: number) => (key + 1) ** -0.8],
] as const)('%s: of many keys the heaviest and a part of the rest tell of all', (...given) => {
  const [router, parameter, weight] = given;
  const known = keysOf(weight);
  const spec = { router, parameter, hash: 'xxh64', salt: '' } as const;
  const [found] = allSteps(drawLargest([{ spec, topology, key: 0 }], [known], draws));
  const ratios = present(found, 'placing').load.map((share) => share * topology.shardCount);
  const full = Float64Array.from({ length: draws }, (_, draw) => {
    const built = buildRouter({ ...spec, salt: bandSalt(draw) }, topology, known.type, known);
    const load = new Float64Array(topology.shardCount);
    for (let key = 0; key < count; key += 1) {
      const { bytes, offsets, weights } = known;
      const shard = built.route(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0);
      load[shard] = (load[shard] ?? 0) + (weights[key] ?? 0);
    }
    return Math.max(...load) * topology.shardCount;
  });
  const [sampled, counted] = [bandOf(ratios), bandOf(full)];
  for (const part of ['p5', 'p50', 'p95'] as const) {
    expect(Math.abs(sampled[part] / counted[part] - 1), part).toBeLessThan(0.02);
  }
});
