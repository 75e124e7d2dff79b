import type { Decision } from './advice.ts';
import type { MeasuredCandidate } from './candidate-figures.ts';
import { type Judged, nameOf } from './choose.ts';
import { onFront } from './pareto.ts';

/** More of them would say little, and take long. */
const most = 24;

/**
 * Candidates whose response times are worth simulating: the best one and those that cannot be told
 * from it, the best of each key, those of the front, and then the others as they are ranked. None
 * of those that break a rule, except where all do.
 */
export function simulatedFirst(decision: Decision): MeasuredCandidate[] {
  const { judged, choice, setting } = decision;
  const sound = judged.filter(({ broken }) => broken.length === 0).toSorted(byRank);
  const { best, alike } = choice;
  const keys = new Map<string, Judged>();
  for (const each of sound) {
    const { key } = each.candidate.key;
    if (!keys.has(key)) keys.set(key, each);
  }
  const front = onFront(judged, setting);
  const onIt = sound.filter(({ candidate }) => front.has(nameOf(candidate)));
  const first = best === null ? [] : [best];
  // A few of many that are alike show what all do: their places differ, their work does not.
  const some = [...first, ...alike.toSorted(byRank).slice(0, most / 2)];
  const all = new Set([...some, ...keys.values(), ...onIt, ...sound]);
  return [...all].slice(0, most).map(({ candidate }) => candidate);
}

const byRank = (a: Judged, b: Judged): number => b.tier - a.tier || b.value.p5 - a.value.p5;
