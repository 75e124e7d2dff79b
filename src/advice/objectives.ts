import { type Fact, fact } from '../result/finding.ts';
import type { Setting } from './candidate-figures.ts';
import type { MonthsAhead, Outlook } from './outlook.ts';

/** An objective that something does not meet. */
export interface Missed {
  readonly objective: 'months' | 'capacity' | 'p99';
  /** Months, times the load of today, or ms. */
  readonly asked: number;
  readonly has: number;
}

/**
 * What a candidate misses of what is asked; empty where it meets all, and where no capacity is
 * known by which it could be judged.
 *
 * @param p99Ms null: not simulated, which is no reason to turn it down
 */
export function missedBy(
  { capacityQps, months }: Pick<Outlook, 'capacityQps' | 'months'>,
  setting: Setting,
  p99Ms: number | null,
): Missed[] {
  if (capacityQps === null || months === null) return [];
  const carried = setting.utilisation * capacityQps.p5;
  return missed(setting, { months, carried, p99Ms });
}

interface Held {
  readonly months: MonthsAhead;
  /** Operations a second within the utilisation. */
  readonly carried: number;
  readonly p99Ms: number | null;
}

export function missed({ objectives, now }: Setting, { months, carried, p99Ms }: Held): Missed[] {
  const found: Missed[] = [];
  if (months.trend !== null && months.trend < objectives.months) {
    found.push({ objective: 'months', asked: objectives.months, has: months.trend });
  }
  const asked = objectives.capacity ?? 1;
  if (carried < asked * now.qps) {
    found.push({ objective: 'capacity', asked, has: carried / now.qps });
  }
  if (objectives.p99Ms !== null && p99Ms !== null && p99Ms > objectives.p99Ms) {
    found.push({ objective: 'p99', asked: objectives.p99Ms, has: p99Ms });
  }
  return found;
}

/** One fact for each objective, with how far it is missed. */
export const missedFacts = (found: readonly Missed[]): Fact[] =>
  found.map(({ objective, asked, has }) =>
    fact(`advice-misses-${objective}`, { numbers: { asked, has, missing: Math.abs(asked - has) } }),
  );
