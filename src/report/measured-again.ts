import { cellName, isSameCell, verdictReasons, verdictWord } from '../result/cells.ts';
import type { Cell, RunResult } from '../result/types.ts';
import { counted, listed, ms } from '../wording/format.ts';
import { name, sentence } from './text.ts';

/** A cell whose first measurement the machine spoilt. */
interface MeasuredAgain {
  readonly name: string;
  /** In the order in which they were measured; the last is the cell that all else is about. */
  readonly attempts: readonly [Cell, ...Cell[]];
}

/** Which attempt at its cell it was, from 1 on. */
export const attemptOf = ({ attempt = 1 }: Cell): number => attempt;

export function measuredAgain({ cells, spoilt = [] }: RunResult): readonly MeasuredAgain[] {
  return cells.flatMap((cell) => {
    const [first, ...others] = spoilt
      .filter((earlier) => isSameCell(earlier, cell))
      .toSorted((a, b) => attemptOf(a) - attemptOf(b));
    if (first === undefined) return [];
    return [{ name: name(cellName(cell, cells)), attempts: [first, ...others, cell] as const }];
  });
}

/** How many there are, where there are any; full sentences. */
export function measuredAgainSentence(result: RunResult): string {
  const again = measuredAgain(result);
  if (again.length === 0) return '';
  const were = again.length === 1 ? 'was' : 'were';
  return (
    `${counted(again.length, 'cell')} ${were} measured again, because the machine had spoilt the ` +
    'measurement before; all numbers are those of the last attempt.'
  );
}

/** Each with why, and with what its attempts gave beside each other. */
export function measuredAgainLines(result: RunResult): readonly string[] {
  return measuredAgain(result).map(({ name: cell, attempts }) => {
    const gave = attempts.map(
      (attempt) => `attempt ${attemptOf(attempt)} ${verdictWord(attempt)}${timesOf(attempt)}`,
    );
    const why = attempts.slice(0, -1).map(whySpoilt).join(' ');
    return `${cell} was measured again: ${listed(gave)}.${why === '' ? '' : ` ${why}`}`;
  });
}

function timesOf({ overall }: Cell): string {
  if (overall === null) return '';
  const { p50, p99 } = overall.responseMs;
  const known = (time: number | null): string => (time === null ? 'not known' : ms(time));
  return ` (p50 ${known(p50)}, p99 ${known(p99)})`;
}

const byMachine: ReadonlySet<string> = new Set(['other-programs', 'stolen-time']);

/** What its verdict follows from, and who took the machine; '' where nothing is said. */
export function whySpoilt(cell: Cell): string {
  const reasons = (cell.verdict?.reasons ?? []).filter(
    ({ severity, code }) => severity === 'error' || byMachine.has(code),
  );
  const said = reasons.length > 0 ? reasons.map(({ text }) => text) : verdictReasons(cell);
  return sentence(said.join(' '));
}
