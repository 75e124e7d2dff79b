import { expect, test } from 'vitest';
import type { Hash64 } from '../../base/hash/key-hash.ts';
import { packKeys } from '../../base/keys.ts';
import { buildRouter } from '../build-router.ts';
import type { KnownKeys, RouterTopology } from '../contract.ts';
import { routers } from '../registry.ts';

const count = 3000;
const keys: KnownKeys = {
  ...packKeys(
    'text',
    Array.from({ length: count }, (_, i) => `tenant-${i}`),
  ),
  rows: new Float64Array(count).fill(1),
  weights: new Float64Array(count).fill(1 / count),
};
const equal = (shards: number): RouterTopology => ({
  shardCount: shards,
  weights: Array.from({ length: shards }, () => 1),
});
const byHash = routers
  .filter(({ settings, keyTypes }) => settings === undefined && keyTypes.includes('text'))
  .flatMap((definition) => {
    const spec = { router: definition.name, parameter: null, hash: null, salt: '' };
    const built = buildRouter(spec, equal(7), 'text', keys);
    return built.byHash === undefined ? [] : [{ name: definition.name, spec }];
  });

test('some routers place by a hash alone', () => {
  expect(byHash.length).toBeGreaterThan(3);
});

test.each(byHash)('placing hashes is routing the keys: $name', ({ spec }) => {
  for (const shards of [1, 7, 1000]) {
    for (const changes of [{}, { hash: 'murmur3-32' }, { salt: 'another/' }]) {
      const built = buildRouter({ ...spec, ...changes }, equal(shards), 'text', keys);
      const hi = new Uint32Array(count);
      const lo = new Uint32Array(count);
      const out: Hash64 = { hi: 0, lo: 0 };
      const routed = Array.from({ length: count }, (_, i) => {
        const [start, end] = [keys.offsets[i] ?? 0, keys.offsets[i + 1] ?? 0];
        built.byHash?.hash.hash(keys.bytes, start, end, out);
        [hi[i], lo[i]] = [out.hi, out.lo];
        return built.route(keys.bytes, start, end);
      });
      const placed = new Uint32Array(count);
      built.byHash?.place(hi, lo, count, placed);
      expect([...placed]).toEqual(routed);
    }
  }
});
