import { type Fact, fact } from '../result/finding.ts';
import type { MeasuredCandidate } from './candidate-figures.ts';
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
