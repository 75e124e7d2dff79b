import { bandSalt } from '../../metrics/placement-band.ts';
import type { Strategy } from '../../scenario/types.ts';

/** The same strategy with one of the salts that its placements were drawn with. */
export function saltedStrategy(strategy: Strategy, index: number): Strategy {
  return { ...strategy, name: `${strategy.name} salt ${index}`, salt: bandSalt(index) };
}

/** One of these, or one of them with a salt that was chosen, by its name. */
export function strategyNamed(
  strategies: readonly Strategy[],
  wanted: string | null,
): Strategy | undefined {
  const listed = strategies.find(({ name }) => name === wanted);
  if (listed !== undefined || wanted === null) return listed;
  const [, base, index] = /^(.*) salt (\d+)$/.exec(wanted) ?? [];
  const strategy = strategies.find(({ name }) => name === base);
  return strategy && saltedStrategy(strategy, Number(index));
}
