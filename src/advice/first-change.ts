import { type Fact, fact } from '../result/finding.ts';
import type { Decision } from './advice.ts';
import { answerOf, isSame } from './same-answer.ts';

/** The question with something about it changed. */
export interface Asked {
  readonly loadFactor?: number;
  readonly capacityFactor?: number;
  readonly heaviestFactor?: number;
}

/** What is asked up to: four times as much, or a quarter. */
const farthest = 4;
const steps = 12;
const halvings = 8;

interface Direction {
  readonly what: 'load' | 'heaviest' | 'capacity';
  readonly asked: (factor: number) => Asked;
  /** More of it, or less. */
  readonly sign: 1 | -1;
}

const directions: readonly Direction[] = [
  { what: 'load', asked: (loadFactor) => ({ loadFactor }), sign: 1 },
  { what: 'load', asked: (loadFactor) => ({ loadFactor }), sign: -1 },
  { what: 'heaviest', asked: (heaviestFactor) => ({ heaviestFactor }), sign: 1 },
  { what: 'capacity', asked: (capacityFactor) => ({ capacityFactor }), sign: -1 },
];

/** The smallest change that makes another answer, and which one that is. */
export function firstChange(decision: Decision, ask: (asked: Asked) => Decision): Fact {
  const found = directions.flatMap((direction) => {
    const distance = nearest(
      (at) => !isSame(decision, ask(direction.asked(factorAt(direction, at)))),
    );
    return distance === null ? [] : [{ direction, distance }];
  });
  const [first] = found.toSorted((a, b) => a.distance - b.distance);
  if (first === undefined) {
    return fact('advice-nothing-changes-it', { numbers: { factorMost: farthest } });
  }
  const factor = factorAt(first.direction, first.distance);
  const after = ask(first.direction.asked(factor));
  const { kind, strategy, shardCount, instead } = answerOf(after);
  const { qps } = decision.setting.now;
  const isHeaviest = first.direction.what === 'heaviest';
  const numbers = {
    factor,
    qps: first.direction.what === 'load' ? qps * factor : null,
    largestFraction: isHeaviest ? heaviestThen(decision, factor) : null,
    shards: shardCount,
  };
  const what = `${first.direction.what}-${first.direction.sign > 0 ? 'more' : 'less'}`;
  return fact('advice-first-change', { numbers, names: { what, kind, strategy, instead } });
}

/** Share of the load of the heaviest value of the recommended key, with so many times its load. */
function heaviestThen({ choice: { best } }: Decision, factor: number): number {
  const share = best?.candidate.key.heaviest[0] ?? 0;
  return (share * factor) / (share * factor + 1 - share);
}

const factorAt = ({ sign }: Direction, distance: number): number => farthest ** (sign * distance);

/** The least distance, from 0 to 1, at which it is so, by steps and then by halves; null: none. */
function nearest(isSo: (distance: number) => boolean): number | null {
  for (let step = 1; step <= steps; step += 1) {
    if (!isSo(step / steps)) continue;
    let [low, high] = [(step - 1) / steps, step / steps];
    for (let i = 0; i < halvings; i += 1) {
      const middle = (low + high) / 2;
      if (isSo(middle)) high = middle;
      else low = middle;
    }
    return high;
  }
  return null;
}
