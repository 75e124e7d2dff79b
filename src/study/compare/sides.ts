import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { GitQuestion } from '../../bench/git.ts';
import { cellsOf, matchedCells } from '../../gate/comparison/matched-cells.ts';
import type { ComparedRun, ComparedSide, Pair } from '../../gate/comparison/sides.ts';
import { listed } from '../../wording/format.ts';
import { type ReadSide, readSide } from './read-side.ts';

/** a to z, then 27, 28, ... */
export const sideName = (index: number): string =>
  index < 26 ? String.fromCodePoint(97 + index) : String(index + 1);

/**
 * The sides that the arguments name. A folder alone is a series: each of its results is a side.
 *
 * @throws UserError (exit code 2) with all that is wrong with any of them
 */
export async function readSides(
  given: readonly string[],
  question: GitQuestion,
): Promise<readonly ComparedSide[]> {
  const read = await Promise.allSettled(given.map((each) => readSide(each, question)));
  const failed = read.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  if (failed.length > 0) throw together(failed);
  const sides = read.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const [first] = sides;
  if (sides.length === 1 && first !== undefined) return seriesOf(first);
  for (const side of sides) refuseMixture(side);
  return sides.map(({ given: name, commit, runs }, index) => ({
    side: sideName(index),
    given: name,
    commit,
    runs,
  }));
}

/** One message for all that is wrong; a bug of ours goes before. */
function together(errors: readonly unknown[]): unknown {
  const [first] = errors;
  const bug = errors.find((error) => !(error instanceof UserError));
  if (bug !== undefined || errors.length === 1) return bug ?? first;
  const mistakes = errors.filter((error) => error instanceof UserError);
  const hints = [...new Set(mistakes.flatMap(({ hint }) => (hint === undefined ? [] : [hint])))];
  return new UserError(mistakes.map(({ message }) => message).join('\n'), {
    exitCode: mistakes[0]?.exitCode ?? exitCodes.usage,
    ...(hints.length > 0 && { hint: hints.join('\nhint: ') }),
  });
}

function seriesOf({ given, commit, isFolder, runs }: ReadSide): readonly ComparedSide[] {
  if (!isFolder || runs.length < 2) {
    throw new UserError(`${given} is one result, and there is nothing to compare it with`, {
      exitCode: exitCodes.usage,
      hint: 'name two results or more, or a folder with several of different dates',
    });
  }
  refuseMixture({ given, runs });
  return runs.map((run, index) => ({
    side: sideName(index),
    given: run.file,
    commit,
    runs: [run],
  }));
}

function refuseMixture({ given, runs }: Pick<ReadSide, 'given' | 'runs'>): void {
  const names = [...new Set(runs.map(({ result }) => result.name))];
  if (names.length < 2) return;
  throw new UserError(`the folder ${given} has runs of different scenarios: ${listed(names, 8)}`, {
    exitCode: exitCodes.usage,
    hint: 'name a folder for each scenario, or the files themselves',
  });
}

/**
 * The first and the last side.
 *
 * @throws UserError (exit code 2) where they have no strategy in common
 */
export function comparedPair(sides: readonly ComparedSide[]): Pair {
  const [a, b] = [sides[0], sides.at(-1)];
  if (a === undefined || b === undefined || a === b) {
    throw new UserError('there is nothing to compare', { exitCode: exitCodes.usage });
  }
  if (matchedCells({ a, b }).length > 0) return { a, b };
  const described = (side: ComparedSide): string => {
    const strategies = [...new Set(cellsOf(side).map(({ strategy }) => strategy))];
    return `  ${side.given} (${nameOf(side.runs)}): ${listed(strategies, 8) || 'none'}`;
  };
  throw new UserError(
    `the results are of different scenarios and have no strategy in common:\n${described(a)}\n` +
      described(b),
    {
      exitCode: exitCodes.usage,
      hint: 'compare results of one scenario, or of two that share a strategy',
    },
  );
}

const nameOf = (runs: readonly ComparedRun[]): string => runs[0]?.result.name ?? '';
