import { expect, test } from 'vitest';
import { tinyScenario } from '../../testing/tiny-scenario.ts';
import { saltedStrategy, strategyNamed } from './salted-strategy.ts';

test('a strategy with a salt that was chosen is found by its name', () => {
  const { strategies } = tinyScenario();
  for (const strategy of strategies) {
    const salted = saltedStrategy(strategy, 417);
    expect(salted).toEqual({ ...strategy, name: `${strategy.name} salt 417`, salt: 'salt-417/' });
    expect(strategyNamed(strategies, salted.name)).toEqual(salted);
    expect(strategyNamed(strategies, strategy.name)).toBe(strategy);
    // What the scenario itself calls so comes first.
    expect(strategyNamed([{ ...salted, salt: 'own' }, strategy], salted.name)?.salt).toBe('own');
  }
  expect(strategyNamed(strategies, null)).toBeUndefined();
  expect(strategyNamed(strategies, 'nothing/jump salt 1')).toBeUndefined();
});
