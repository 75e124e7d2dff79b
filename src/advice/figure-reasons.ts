import { type Fact, fact } from '../result/finding.ts';
import { numbered } from '../result/numbered.ts';
import type { MeasuredCandidate } from './candidate-figures.ts';
import type { Judged } from './choose.ts';
import type { SimulatedTimes } from './simulated-times.ts';

/** How fast a candidate answers, and what its next step takes; nothing of what is not known. */
export function figureReasons(
  { nextStep }: MeasuredCandidate,
  times: SimulatedTimes | undefined,
): Fact[] {
  return [
    ...(times === undefined ? [] : [answersWithin(times)]),
    ...(nextStep === null ? [] : [fact('advice-next-step', { numbers: { ...nextStep } })]),
  ];
}

/**
 * What a chosen salt is worth, and how much of that stays: of the candidate itself, or of the best
 * one on its key and its number of shards.
 */
export function saltReasons(best: Judged, judged: readonly Judged[]): Fact[] {
  const { key, shardCount } = best.candidate;
  const alike = judged.filter(({ candidate, broken }) => {
    const isHere = candidate.key.key === key.key && candidate.shardCount === shardCount;
    return isHere && broken.length === 0 && candidate.chosenSalt !== undefined;
  });
  const [first] = alike.toSorted((a, b) => b.value.p5 - a.value.p5);
  const { candidate } = best.candidate.chosenSalt === undefined ? (first ?? best) : best;
  const { chosenSalt } = candidate;
  if (chosenSalt === undefined) return [];
  const { tried, now, after } = chosenSalt;
  const numbers = {
    tried,
    now: now.own,
    median: now.median,
    ...numbered(
      'months',
      after.map(({ months }) => months),
    ),
    ...numbered(
      'own',
      after.map(({ own }) => own.p50),
    ),
    ...numbered(
      'middle',
      after.map(({ median }) => median),
    ),
  };
  return [fact('advice-salt-chosen', { numbers, names: { strategy: candidate.strategy } })];
}

function answersWithin({ now, twice, arrivals }: SimulatedTimes): Fact {
  const numbers = {
    arrivals,
    p99Ms: now.p99Ms,
    p99MsAtTwice: twice.p99Ms,
    usedFraction: now.usedFraction,
    usedFractionAtTwice: twice.usedFraction,
  };
  return fact('advice-answers-within', { numbers });
}
