import { describe, expect, test } from 'vitest';
import { packKeys } from '../../base/keys.ts';
import type { LoadedKeys } from '../../workload/key-usage.ts';
import type { Router } from '../../router/contract.ts';
import { residence, residentKeys } from './residency.ts';

const known: LoadedKeys = {
  ...packKeys('text', ['eu', 'us', 'ap']),
  rows: Uint32Array.of(50, 30, 20),
  weights: Float64Array.of(0.5, 0.3, 0.2),
  values: [0, 1, 2],
};
describe('rows outside their region', () => {
  const router: Router = {
    shardCount: 2,
    route: (bytes: Uint8Array, start: number) => (bytes[start] === 101 ? 0 : 1),
  };
  const resident = (apart: string[]) => residentKeys({ key: 'region', apart }, known);

  test('a router that reads the values keeps those alone that lie alone', () => {
    const of = (apart: string[]) => residence(resident(apart), 'region', router).outsideFraction;
    // eu on shard 0, us and ap on shard 1
    expect(of(['eu'])).toBe(0);
    expect(of(['us'])).toBeCloseTo(0.3, 12);
    expect(of(['us', 'ap'])).toBeCloseTo(0.5, 12);
  });

  test('whatever reads another key keeps none apart', () => {
    const found = residence(resident(['eu']), 'tenant', router);
    expect(found).toEqual({ outsideFraction: 0.5, key: 'region', apart: ['eu'] });
  });

  test('a value that the key does not have is a mistake', () => {
    expect(() => resident(['sa'])).toThrow(
      'residency.apart: found "sa"; allowed: values of the key: eu, us, ap',
    );
  });
});
