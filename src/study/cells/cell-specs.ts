import { rngFrom } from '../../base/rng.ts';
import { shardCountsOf } from '../../scenario/shard-counts.ts';
import { cellName } from '../../result/cells.ts';
import type { Scenario, Strategy } from '../../scenario/types.ts';

/** One cell to measure: a strategy on a topology; `strategy` is null for the baseline. */
export interface CellSpec {
  /** Of its strategy. */
  readonly name: string;
  readonly strategy: Strategy | null;
  readonly shardCount: number;
}

export const baselineName = 'single';

export function cellSpecs(scenario: Scenario): CellSpec[] {
  const cells: CellSpec[] = shardCountsOf(scenario.topology).flatMap((shardCount) =>
    scenario.strategies.map((strategy) => ({ name: strategy.name, strategy, shardCount })),
  );
  const baseline = { name: baselineName, strategy: null, shardCount: 1 };
  return scenario.baseline ? [baseline, ...cells] : cells;
}

/**
 * What tells it from the others: its strategy, and where that has several cells the shard count.
 */
export function cellTitle({ name, shardCount }: CellSpec, all: readonly CellSpec[]): string {
  const named = all.map((each) => ({ strategy: each.name, shardCount: each.shardCount }));
  return cellName({ strategy: name, shardCount }, named);
}

/** Drawn from the seed, so that no strategy is always the one that meets a cold machine. */
export function shuffled<T>(cells: readonly T[], seed: number): T[] {
  const rng = rngFrom(seed, 'cells');
  const order = [...cells];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(rng.double() * (i + 1));
    const [a, b] = [order[i], order[j]];
    if (a !== undefined && b !== undefined) [order[i], order[j]] = [b, a];
  }
  return order;
}
