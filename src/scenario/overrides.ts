import { suggest } from '../base/suggest.ts';
import { parseDuration, parseRate, durationAllowed, rateAllowed } from '../base/units.ts';
import { exitCodes, UserError } from '../base/user-error.ts';
import type { ArrivalProcess, Scenario } from './types.ts';

/** What the command line may change, as typed. */
export interface ScenarioOverrides {
  readonly seed?: string;
  readonly duration?: string;
  readonly rate?: string;
  /** Names of the cells to keep, `single` among them if it is wanted. */
  readonly strategies?: readonly string[];
}

/** The scenario with the command line's changes; all problems at once (exit code 2). */
export function overrideScenario(scenario: Scenario, overrides: ScenarioOverrides): Scenario {
  const problems: string[] = [];
  const seed = seedOf(overrides.seed, problems) ?? scenario.seed;
  const durationMs = durationOf(overrides.duration, problems) ?? scenario.durationMs;
  const arrivals = arrivalsOf(scenario.arrivals, overrides.rate, problems);
  const kept = keptStrategies(scenario, overrides.strategies, problems);
  if (problems.length > 0) throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
  return { ...scenario, seed, durationMs, arrivals, ...kept };
}

function seedOf(text: string | undefined, problems: string[]): number | undefined {
  if (text === undefined) return undefined;
  const seed = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(seed)) return seed;
  problems.push(`--seed: found "${text}"; allowed: a whole number from 0 to 2^53 - 1`);
  return undefined;
}

function durationOf(text: string | undefined, problems: string[]): number | undefined {
  if (text === undefined) return undefined;
  const durationMs = parseDuration(text);
  if (durationMs !== undefined && durationMs > 0) return durationMs;
  problems.push(`--duration: found "${text}"; allowed: ${durationAllowed}`);
  return undefined;
}

/** On the command line a bare number is a rate per second. */
function arrivalsOf(
  arrivals: ArrivalProcess,
  text: string | undefined,
  problems: string[],
): ArrivalProcess {
  if (text === undefined) return arrivals;
  const rate = parseRate(/^[\d.]+$/.test(text) ? `${text}/s` : text);
  if (rate === undefined || !(rate > 0)) {
    problems.push(`--rate: found "${text}"; allowed: a number per second, or ${rateAllowed}`);
    return arrivals;
  }
  if (arrivals.process === 'constant' || arrivals.process === 'poisson') {
    return { ...arrivals, ratePerSecond: rate };
  }
  problems.push(
    `--rate: the scenario's arrivals are a ${arrivals.process} with rates of its own; ` +
      'allowed: --rate with constant or poisson arrivals',
  );
  return arrivals;
}

function keptStrategies(
  scenario: Scenario,
  names: readonly string[] | undefined,
  problems: string[],
): Pick<Scenario, 'strategies' | 'baseline'> {
  const { strategies, baseline } = scenario;
  if (names === undefined || names.length === 0) return { strategies, baseline };
  const known = [...(baseline ? ['single'] : []), ...strategies.map(({ name }) => name)];
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = suggest(name, known);
    const guess = near === undefined ? '' : `; did you mean ${near}?`;
    problems.push(`--strategy: found "${name}"; allowed: ${known.join(', ')}${guess}`);
  }
  return {
    strategies: strategies.filter(({ name }) => names.includes(name)),
    baseline: baseline && names.includes('single'),
  };
}
