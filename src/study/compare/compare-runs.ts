import type { ComparedSide } from '../../gate/comparison/sides.ts';
import type { Progress } from '../../host/progress.ts';
import { counted, duration } from '../../wording/format.ts';
import { alternatingRuns, estimatedMs } from './alternating-runs.ts';
import type { AskedRuns } from './run-options.ts';
import { openRunSide, type RunSide } from './run-side.ts';

interface RunsSetting extends AskedRuns {
  /** Runs stand in its folders a and b. */
  readonly out: string;
  /** Absolute path of the folder that the sides are named from. */
  readonly folder: string;
  /** Absolute path of this program's launcher. */
  readonly launcher: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/**
 * Opens both sides, says how long it takes, and runs them in turns. What was made for a side is
 * removed again however it ends.
 *
 * @throws UserError where a side is no scenario, or a run could not measure
 */
export async function compareRuns(
  asked: RunsSetting,
): Promise<readonly [ComparedSide, ComparedSide]> {
  const { given, runs, progress, out } = asked;
  const opened: RunSide[] = [];
  try {
    const open = async (name: string): Promise<RunSide> => {
      const side = await openRunSide(name, asked);
      opened.push(side);
      return side;
    };
    const [a, b] = [await open(given[0]), await open(given[1])];
    const plan = { ...asked, a, b };
    const totalMs = await estimatedMs(plan);
    const each = `${counted(runs, 'run')} of each side in turns`;
    progress.note(`${each}: about ${duration(totalMs)}; they are kept in ${out}`);
    if (runs < claimsNeed) progress.warn(fewRuns(runs));
    return await alternatingRuns(plan, totalMs);
  } finally {
    for (const side of opened) side.remove();
  }
}

/** As the family of a comparison has it (gate/differences/). */
const claimsNeed = 5;

function fewRuns(runs: number): string {
  return runs === 1
    ? 'one run of each side gives no interval: no time can be compared (claims need 5 runs)'
    : `${runs} runs of each side give intervals and no claims; claims need 5`;
}
