import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { ScenarioOverrides } from '../../scenario/overrides.ts';
import { runsAsked } from './alternating-runs.ts';

/** Options of `run` that `compare --runs` passes on, as typed. */
export interface RunOptions {
  readonly strategy: readonly string[];
  readonly duration?: string;
  readonly rate?: string;
  readonly shards?: string;
  readonly repeat?: string;
  readonly seed?: string;
  readonly fleet?: string;
}

/** What is to be run. */
export interface AskedRuns {
  readonly runs: number;
  readonly given: readonly [string, string];
  /** As words of a command line. */
  readonly options: readonly string[];
  readonly overrides: ScenarioOverrides;
}

const names = ['duration', 'repeat', 'rate', 'shards', 'seed', 'fleet'] as const;

/**
 * @param runs as given with --runs; undefined: nothing is to be run
 * @returns null where nothing is to be run
 * @throws UserError (exit code 2) where options do not go together
 */
export function runOptions(
  runs: string | undefined,
  given: readonly string[],
  flags: RunOptions,
): AskedRuns | null {
  const asked = names.filter((name) => flags[name] !== undefined);
  const { fleet: _, strategy, ...values } = flags;
  if (runs === undefined) {
    const [alone = strategy.length > 0 ? 'strategy' : undefined] = asked;
    if (alone === undefined) return null;
    throw new UserError(`--${alone} is for runs that compare makes itself`, {
      exitCode: exitCodes.usage,
      hint: 'add --runs <number> and name two scenarios',
    });
  }
  const count = runsAsked(runs);
  const [a, b] = given;
  if (a === undefined || b === undefined || given.length > 2) {
    throw new UserError(`--runs needs two sides, found ${given.length}`, {
      exitCode: exitCodes.usage,
      hint: 'name two scenarios; the same one twice shows what noise there is',
    });
  }
  return {
    runs: count,
    given: [a, b],
    options: [
      ...asked.flatMap((name) => [`--${name}`, flags[name] ?? '']),
      ...strategy.flatMap((name) => ['--strategy', name]),
    ],
    overrides: overridesOf(values, strategy),
  };
}

const overridesOf = (
  { duration, repeat, rate, shards, seed }: Omit<RunOptions, 'fleet' | 'strategy'>,
  strategies: readonly string[],
): ScenarioOverrides => ({
  strategies,
  ...(duration !== undefined && { duration }),
  ...(repeat !== undefined && { repeat }),
  ...(rate !== undefined && { rate }),
  ...(shards !== undefined && { shards }),
  ...(seed !== undefined && { seed }),
});
