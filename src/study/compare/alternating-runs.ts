import { join } from 'node:path';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { ComparedRun, ComparedSide } from '../../gate/comparison/sides.ts';
import type { Progress } from '../../host/progress.ts';
import type { ScenarioOverrides } from '../../scenario/overrides.ts';
import { cellSpecs } from '../cells/cell-specs.ts';
import { drawingCost } from '../scenario/drawing-cost.ts';
import { readScenario } from '../scenario/load-scenario.ts';
import { estimate } from '../run/run-estimate.ts';
import { oneRun } from './one-run.ts';
import type { RunSide } from './run-side.ts';

/** More runs of a side tell little more, and take hours. */
export const runsMax = 100;

/** Starting Node and stopping the shards, beside what a run takes by itself. */
const aroundMs = 2500;

export interface AlternatingRuns {
  /** Of each side. */
  readonly runs: number;
  readonly a: RunSide;
  readonly b: RunSide;
  /** Passed on to each run. */
  readonly options: readonly string[];
  readonly overrides: ScenarioOverrides;
  /** Runs stand in its folders a and b. */
  readonly out: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** How long the runs take together, as far as the scenarios say. */
export async function estimatedMs({ runs, a, b, overrides }: AlternatingRuns): Promise<number> {
  let pairMs = 0;
  for (const { scenario } of [a, b]) {
    const read = await readScenario(scenario, overrides);
    const specs = cellSpecs(read.scenario);
    pairMs += aroundMs + drawingCost(read).totalMs + estimate(read.scenario, specs).totalMs;
  }
  return runs * pairMs;
}

/**
 * Runs both sides in turns: A B, B A, A B, ..., so that a machine that slows down slows both, and
 * neither is always the second. What is measured stands in the folders a and b, also when the runs
 * end early; a pair that has only one run is left out of the comparison.
 *
 * @returns both sides with the pairs that were measured; none where it was interrupted before
 */
export async function alternatingRuns(
  asked: AlternatingRuns,
  totalMs: number,
): Promise<readonly [ComparedSide, ComparedSide]> {
  const { runs, out, options, progress, signal } = asked;
  const done = { a: [] as ComparedRun[], b: [] as ComparedRun[] };
  for (let pair = 0; pair < runs && !signal.aborted; pair += 1) {
    for (const side of turnsOf(pair)) {
      const fraction = (done.a.length + done.b.length) / (2 * runs);
      const text = `run ${pair + 1} of ${runs} of side ${side}: ${asked[side].given}`;
      progress.stage(text, fraction, (1 - fraction) * totalMs);
      const folder = join(out, side, String(pair + 1));
      const result = await oneRun(asked[side], folder, options, signal).catch((error: unknown) => {
        throw pair === 0 ? error : withKept(error, out);
      });
      if (result === null) break;
      done[side].push({ file: join(folder, 'result.json'), result });
    }
  }
  const pairs = Math.min(done.a.length, done.b.length);
  const sideOf = (side: 'a' | 'b'): ComparedSide => {
    const { given, commit } = asked[side];
    return { side, given, commit, runs: done[side].slice(0, pairs) };
  };
  return [sideOf('a'), sideOf('b')];
}

/** What was measured before is worth a comparison of its own. */
function withKept(error: unknown, out: string): unknown {
  if (!(error instanceof UserError)) return error;
  const command = `shardlab compare ${join(out, 'a')} ${join(out, 'b')}`;
  const hint = `compare what was measured before: ${command}`;
  return new UserError(error.message, { exitCode: error.exitCode, hint, cause: error });
}

const turnsOf = (pair: number): readonly ('a' | 'b')[] =>
  pair % 2 === 0 ? ['a', 'b'] : ['b', 'a'];

/**
 * @param text as given with --runs
 * @throws UserError (exit code 2) where it is no number of runs
 */
export function runsAsked(text: string): number {
  const runs = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (runs >= 1 && runs <= runsMax) return runs;
  throw new UserError(`--runs: found "${text}"; allowed: a whole number from 1 to ${runsMax}`, {
    exitCode: exitCodes.usage,
    hint: 'claims need 5 runs of each side; 10 find a difference of 10 % on a quiet machine',
  });
}
