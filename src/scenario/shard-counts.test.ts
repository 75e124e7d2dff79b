import { describe, expect, test } from 'vitest';
import { overrideScenario } from './overrides.ts';
import { parseScenario } from './parse.ts';
import { shardCountsOf, topologiesOf } from './shard-counts.ts';
import type { Scenario } from './types.ts';
import { vocabularyFixture as vocabulary } from './vocabulary-fixture.ts';

const parse = (topology: string, more = ''): Scenario =>
  parseScenario(
    'name: x\n' +
      'rate: 100/s\n' +
      'strategies: [{ key: tenant_id, router: jump }]\n' +
      `topology: ${topology}\n` +
      more,
    'x.yaml',
    vocabulary,
  );

const overridden = (topology: string, shards: string, more = ''): Scenario['topology'] =>
  overrideScenario(parse(topology, more), { shards }).topology;

describe('topology.shards', () => {
  test('is one number, or a list whose first one is the present count', () => {
    expect(shardCountsOf(parse('{ shards: 4 }').topology)).toEqual([4]);
    const { topology } = parse('{ shards: [4, 8, 2] }');
    expect(topology.shards).toBe(4);
    expect(shardCountsOf(topology)).toEqual([4, 8, 2]);
    expect(topologiesOf(topology)[1]).toEqual({ shardCount: 8, weights: Array(8).fill(1) });
  });

  test('a list of one is that one', () => {
    expect(parse('{ shards: [4] }')).toEqual(parse('{ shards: 4 }'));
  });

  test.each([
    ['{ shards: 0 }', 'found 0; allowed: a whole number from 1 to 1,024'],
    ['{ shards: [4, 0] }', 'found 0; allowed: a whole number from 1 to 1,024'],
    ['{ shards: [] }', 'found an empty list; allowed: a whole number from 1 to 1,024, or a list'],
    ['{ shards: [4, 4] }', 'found a list of 2; allowed: a whole number .*, each once'],
    ['{ shards: four }', 'found "four"; allowed: a whole number from 1 to 1,024, or a list'],
    ['{ shards: [2, 4], weights: [1, 2] }', 'allowed: no weights beside several numbers of shards'],
  ])('%s is refused', (topology, message) => {
    expect(() => parse(topology)).toThrow(new RegExp(message));
  });

  test('what names a shard must hold for the fewest of them', () => {
    const slow = 'simulation: { slow: { 5: 2 } }';
    expect(() => parse('{ shards: [8, 4] }', slow)).toThrow('allowed: a shard from 0 to 3');
    expect(shardCountsOf(parse('{ shards: [8, 6] }', slow).topology)).toEqual([8, 6]);
  });

  test('growth begins at the first, so its path may name the others but not that one', () => {
    expect(() => parse('{ shards: [4, 8] }', 'growth: { to: [8] }')).not.toThrow();
    expect(() => parse('{ shards: [4, 8] }', 'growth: { to: [4, 8] }')).toThrow('growth.to');
  });
});

describe('--shards', () => {
  test('takes one number or several, instead of those of the scenario', () => {
    expect(shardCountsOf(overridden('{ shards: 4 }', '4,8'))).toEqual([4, 8]);
    expect(shardCountsOf(overridden('{ shards: [4, 8] }', '16'))).toEqual([16]);
    expect(overridden('{ shards: [4, 8] }', '4')).toEqual(parse('{ shards: 4 }').topology);
    expect(overridden('{ shards: 2, weights: [1, 3] }', '2').weights).toEqual([1, 3]);
  });

  test.each([
    ['4,x', '--shards: found "x"; allowed: a whole number from 1 to 1,024'],
    ['4,4', '--shards: found 4,4; allowed: each number once'],
    ['', '--shards: found ""; allowed: a whole number from 1 to 1,024'],
  ])('"%s" is refused', (shards, message) => {
    expect(() => overridden('{ shards: 2 }', shards)).toThrow(message);
  });

  test('other counts than the weights are for are refused', () => {
    expect(() => overridden('{ shards: 2, weights: [1, 3] }', '2,4')).toThrow(
      'have weights of their own',
    );
  });

  test('a shard that the simulation slows must be among the fewest', () => {
    const slow = 'simulation: { slow: { 3: 2 } }';
    expect(() => overridden('{ shards: 4 }', '8,2', slow)).toThrow('slows shard 3');
  });
});
