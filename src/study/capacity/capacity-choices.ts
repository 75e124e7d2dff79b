import { exitCodes } from '../../base/exit-codes.ts';
import { thresholdText } from '../../base/thresholds/threshold-text.ts';
import type { Threshold } from '../../base/thresholds/threshold-types.ts';
import { fastest, parseRate, rateAllowed } from '../../base/units.ts';
import { UserError } from '../../base/user-error.ts';
import type { SearchBounds } from '../../growth/capacity/search-step.ts';
import { lowestRate, operationsNeeded } from '../../growth/capacity/step-window.ts';
import { rounded } from '../../growth/capacity/capacity-search.ts';
import type { CapacityDocument } from '../../result/capacity-document.ts';
import { mostShards } from '../../scenario/shard-counts.ts';
import {
  assumedObjective,
  objectivesAmong,
  readObjectives,
} from '../../scenario/thresholds/objectives.ts';
import type { Scenario } from '../../scenario/types.ts';
import { formatRate } from '../../base/units.ts';
import { meanPerSecond } from '../../workload/steady-arrivals.ts';

/** What the command line says of a search, as typed. */
export interface CapacityAsked {
  readonly objective: readonly string[];
  readonly minRate?: string;
  readonly maxRate?: string;
  readonly maxSteps?: string;
}

/** What is searched for, and within what. */
export interface CapacityChoices {
  readonly objectives: readonly Threshold[];
  readonly objectiveFrom: CapacityDocument['objective']['from'];
  readonly bounds: SearchBounds;
  /** Operations of a window without which it shows nothing. */
  readonly needed: number;
}

const stepsDefault = 24;
/** Fewer can confirm nothing; more is a mistake. */
const stepsAllowed = { min: 5, max: 200 };
/** The ramp goes so far from its start unless the command line says otherwise. */
const rangeFactor = 64;

/** All problems at once (exit code 2). */
export function capacityChoices(
  scenario: Scenario,
  asked: CapacityAsked,
  isMeasured: boolean,
): CapacityChoices {
  const problems = [...unsearchable(scenario, isMeasured)];
  const { objectives, from } = objectivesOf(scenario, asked.objective, problems);
  const { operations, topology, durationMs } = scenario;
  const needed = operationsNeeded(objectives, { operations, shardCount: mostShards(topology) });
  const bounds = {
    ...ratesOf(meanPerSecond(scenario.arrivals), lowestRate(durationMs, needed), asked, problems),
    stepsMax: stepsOf(asked.maxSteps, problems),
  };
  if (problems.length > 0) throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
  return { objectives, objectiveFrom: from, bounds, needed };
}

function* unsearchable({ loop, strategies, baseline }: Scenario, isMeasured: boolean) {
  if (loop.kind === 'closed') {
    yield 'the scenario has a closed loop (clients), which has no rate of its own: it offers as ' +
      'much as the shards answer; give it a rate instead of clients to search for the largest';
  }
  const lookedUp = strategies.filter(({ lookup }) => lookup !== undefined);
  if (isMeasured && lookedUp.length > 0) {
    const names = lookedUp.map(({ name }) => name).join(', ');
    yield `${names}: keys that are looked up are not searched, for the cache is sized for the ` +
      'window of one run; choose the other strategies with --strategy';
  }
  if (strategies.length === 0 && !baseline) yield 'the scenario has no strategy to search';
}

function objectivesOf(
  { operations, strategies, baseline, topology, thresholds = [] }: Scenario,
  asked: readonly string[],
  problems: string[],
): { objectives: readonly Threshold[]; from: CapacityChoices['objectiveFrom'] } {
  const names = {
    operations: operations.map(({ name }) => name),
    strategies: [...(baseline ? ['single'] : []), ...strategies.map(({ name }) => name)],
    shards: mostShards(topology),
  };
  if (asked.length > 0) {
    return { objectives: readObjectives(asked, names, problems), from: 'command line' };
  }
  const own = objectivesAmong(thresholds);
  if (own.length > 0) return { objectives: own, from: 'scenario' };
  return { objectives: readObjectives([assumedObjective], names, problems), from: 'assumed' };
}

function ratesOf(
  meanQps: number,
  leastQps: number,
  { minRate, maxRate }: CapacityAsked,
  problems: string[],
): Omit<SearchBounds, 'stepsMax'> {
  const least = rounded(Math.ceil(leastQps));
  const highest = rateOf('max-rate', maxRate, problems) ?? rounded(meanQps * rangeFactor);
  const lowest = rateOf('min-rate', minRate, problems) ?? Math.max(least, meanQps / rangeFactor);
  if (minRate !== undefined && lowest < leastQps) {
    problems.push(
      `--min-rate: found "${minRate}"; allowed: at least ${formatRate(least)}, as too few ` +
        'operations arrive below it to show the objective; a longer --duration allows less',
    );
  }
  if (highest < lowest) {
    problems.push(
      `--max-rate: found "${maxRate ?? formatRate(highest)}"; allowed: at least the lowest ` +
        `rate, ${formatRate(rounded(lowest))}`,
    );
  }
  const [lowestPerSecond, highestPerSecond] = [rounded(lowest), rounded(highest)];
  const startPerSecond = Math.min(highestPerSecond, Math.max(lowestPerSecond, rounded(meanQps)));
  return { startPerSecond, lowestPerSecond, highestPerSecond };
}

function rateOf(flag: string, text: string | undefined, problems: string[]): number | undefined {
  if (text === undefined) return undefined;
  const found = parseRate(/^[\d.]+$/.test(text) ? `${text}/s` : text);
  if (found !== undefined && found > 0 && found <= fastest.perSecond) return found;
  problems.push(`--${flag}: found "${text}"; allowed: a number per second, or ${rateAllowed}`);
  return undefined;
}

function stepsOf(text: string | undefined, problems: string[]): number {
  if (text === undefined) return stepsDefault;
  const { min, max } = stepsAllowed;
  const steps = Number(text);
  if (/^\d+$/.test(text) && steps >= min && steps <= max) return steps;
  problems.push(`--max-steps: found "${text}"; allowed: a whole number from ${min} to ${max}`);
  return stepsDefault;
}

/** As the document has it. */
export const objectiveTexts = ({ objectives }: CapacityChoices): string[] =>
  objectives.map(thresholdText);
