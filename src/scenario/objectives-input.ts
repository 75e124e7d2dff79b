import { integer, quantity, record } from './fields.ts';
import { objectivesDefaults as defaults } from './defaults.ts';
import type { Growth, Objectives } from './growth-types.ts';
import { mismatch, type Problems } from './problem.ts';
import { positiveDurationMs } from './quantities.ts';
import type { Limits } from './types.ts';

const timesMost = 1000;

export const timesAllowed = `times the load of today, such as 2x, from 1x to ${timesMost}x`;
export const monthsMost = 600;

/** `2x` or `1.5x` as a number, from 1 on: less than the load of today is no objective. */
export function parseTimes(written: string): number | undefined {
  const found = /^\s*(\d+(?:\.\d+)?)\s?x\s*$/.exec(written);
  const value = Number(found?.[1]);
  return value >= 1 ? value : undefined;
}

const times = quantity(parseTimes, timesAllowed, {
  value: timesMost,
  text: `${timesMost}x`,
  pattern: '^\\s*\\d+(\\.\\d+)?\\s?x\\s*$',
});

/** What is asked of whatever `advise` recommends. */
export const objectivesInput = record({
  p99: positiveDurationMs
    .optional()
    .describe('Response time that 99 % of the operations must not exceed, at the load of today'),
  capacity: times
    .optional()
    .describe('Load that must be carried within capacity.utilisation, as a multiple of today'),
  months: integer(1, monthsMost, 'a number of months')
    .optional()
    .describe('How long it must last by the trend; growth.last where left out'),
})
  .prefault(defaults.objectives)
  .transform(({ p99, capacity, months }): Objectives => {
    return { p99Ms: p99 ?? null, capacity: capacity ?? null, months: months ?? null };
  });

interface Parts {
  readonly objectives?: Objectives | undefined;
  readonly growth?: Growth | undefined;
  readonly limits?: Limits | undefined;
}

/** Objectives that contradict what the scenario says elsewhere. */
export function checkObjectives(parts: Parts, problems: Problems): void {
  for (const { name, found, allowed } of contradictions(parts)) {
    problems.add(['objectives', name], mismatch(found, allowed));
  }
}

interface Contradiction {
  readonly name: 'p99' | 'months';
  readonly found: number | string;
  readonly allowed: string;
}

export function contradictions({ objectives, growth, limits }: Parts): Contradiction[] {
  const found: Contradiction[] = [];
  const { p99Ms = null, months = null } = objectives ?? {};
  if (p99Ms !== null && limits !== undefined && p99Ms >= limits.operationTimeoutMs) {
    const most = `${limits.operationTimeoutMs}ms`;
    const allowed = `less than ${most} (limits.timeout), after which an operation has failed`;
    found.push({ name: 'p99', found: `${p99Ms}ms`, allowed });
  }
  if (months === null || growth === undefined) return found;
  if (months > growth.horizonMonths) {
    const most = `up to ${growth.horizonMonths} (growth.horizon)`;
    const allowed = `${most}: later months are not predicted`;
    found.push({ name: 'months', found: months, allowed });
  }
  if (months < growth.leadMonths) {
    const allowed = `from ${growth.leadMonths} on (growth.lead): before that nothing can stand`;
    found.push({ name: 'months', found: months, allowed });
  }
  return found;
}
