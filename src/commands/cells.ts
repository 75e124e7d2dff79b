import { rngFrom } from '../base/rng.ts';
import type { Scenario, Strategy } from '../scenario/types.ts';

/** One cell to measure: a strategy on a topology; `strategy` is null for the baseline. */
export interface CellSpec {
  readonly name: string;
  readonly strategy: Strategy | null;
  readonly shardCount: number;
}

export const baselineName = 'single';

export function cellSpecs(scenario: Scenario): CellSpec[] {
  const { shards } = scenario.topology;
  const cells: CellSpec[] = scenario.strategies.map((strategy) => ({
    name: strategy.name,
    strategy,
    shardCount: shards,
  }));
  const baseline = { name: baselineName, strategy: null, shardCount: 1 };
  return scenario.baseline ? [baseline, ...cells] : cells;
}

/** Drawn from the seed, so that no strategy is always the one that meets a cold machine. */
export function shuffled(cells: readonly CellSpec[], seed: number): CellSpec[] {
  const rng = rngFrom(seed, 'cells');
  const order = [...cells];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(rng.double() * (i + 1));
    const [a, b] = [order[i], order[j]];
    if (a !== undefined && b !== undefined) [order[i], order[j]] = [b, a];
  }
  return order;
}
