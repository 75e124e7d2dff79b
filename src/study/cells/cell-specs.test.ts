import { describe, expect, test } from 'vitest';
import { tinyScenario } from '../../testing/tiny-scenario.ts';
import { cellSpecs, cellTitle } from './cell-specs.ts';

const titles = (furtherShards: readonly number[]): string[] => {
  const scenario = tinyScenario();
  const { topology } = scenario;
  const own = furtherShards.length > 0 ? { ...topology, furtherShards } : topology;
  const specs = cellSpecs({ ...scenario, topology: own });
  return specs.map((spec) => cellTitle(spec, specs));
};

describe('cells of a scenario', () => {
  const { topology, strategies } = tinyScenario();
  const names = strategies.map(({ name }) => name);

  test('with one shard count they are called by their strategies', () => {
    expect(titles([])).toEqual(['single', ...names]);
  });

  test('with several every strategy is measured at each, and one shard alone once', () => {
    const at = (count: number): string[] => names.map((name) => `${name} on ${count} shards`);
    expect(titles([topology.shards + 4, topology.shards + 1])).toEqual([
      'single',
      ...at(topology.shards),
      ...at(topology.shards + 4),
      ...at(topology.shards + 1),
    ]);
  });
});
