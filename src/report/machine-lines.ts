import { mean } from '../base/statistics/moments.ts';
import { busiestOf } from '../result/busy-program.ts';
import { isValid } from '../result/cells.ts';
import type { MachineSecond } from '../result/machine-second.ts';
import type { Cell, RunResult, VerdictStatus } from '../result/types.ts';
import { busyProgram } from '../wording/busy-program.ts';
import { percent } from '../wording/format.ts';
import { sentence } from './text.ts';

/** Verdicts that a busy machine brings about. */
const byMachine: ReadonlySet<VerdictStatus> = new Set(['DRIFTING', 'GENERATOR-BOUND', 'NOISY']);
/** And those that the load alone may bring about: here others must have taken more. */
const byLoad: ReadonlySet<VerdictStatus> = new Set(['SATURATED', 'FAILING']);
const foreignMuch = 0.25;
const stolenMuch = 0.1;

/** Means over a window, of all processors, below which nobody took the machine. */
const foreignLeast = 0.1;
const stolenLeast = 0.05;

/**
 * Who took the machine while cells were measured whose numbers are not valid for it, a line each;
 * none where nobody did, or where the system does not tell.
 */
export function machineLines({ cells }: RunResult): readonly string[] {
  const taken = cells.filter((cell) => !isValid(cell)).filter(mayBeTheMachine);
  return [...programLines(taken), ...stolenLines(taken)].map(sentence);
}

function mayBeTheMachine(cell: Cell): boolean {
  const { verdict } = cell;
  if (verdict === null) return false;
  if (byMachine.has(verdict.status)) return true;
  const much =
    meanOf(cell, 'foreignFraction') >= foreignMuch || meanOf(cell, 'stealFraction') >= stolenMuch;
  return byLoad.has(verdict.status) && much;
}

function programLines(cells: readonly Cell[]): readonly string[] {
  const busy = cells.filter((cell) => meanOf(cell, 'foreignFraction') >= foreignLeast);
  if (busy.length === 0) return [];
  const programs = busiestOf(busy.flatMap(({ generator }) => generator?.busiest ?? []));
  if (programs.length > 0) {
    return [`other programs took the machine: ${programs.map(busyProgram).join(', ')}`];
  }
  const most = Math.max(...busy.map((cell) => meanOf(cell, 'foreignFraction')));
  return [
    `other programs took ${percent(most)} of the processors' time; which they are cannot be seen ` +
      'from here',
  ];
}

function stolenLines(cells: readonly Cell[]): readonly string[] {
  const most = Math.max(0, ...cells.map((cell) => meanOf(cell, 'stealFraction')));
  return most < stolenLeast
    ? []
    : [`the hypervisor took ${percent(most)} of the processors' time (steal)`];
}

type Taken = Exclude<keyof MachineSecond, 'second'>;

/** Over the seconds that are known; 0 without any. */
function meanOf({ generator }: Cell, taken: Taken): number {
  const known = (generator?.machine ?? [])
    .map((second) => second[taken])
    .filter((fraction) => fraction !== null);
  return known.length === 0 ? 0 : mean(known);
}
