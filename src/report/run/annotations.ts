import { cellName, isSameCell, isValid, verdictReasons, verdictWord } from '../../result/cells.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import { machineLines } from '../machine-lines.ts';
import { measuredAgainLines } from '../measured-again.ts';
import { thresholdCell, thresholdCells } from '../threshold-lines.ts';
import type { Annotation } from '../workflow-commands.ts';

/**
 * Why a run does not pass, for a pull request: cells that are not valid, then limits that are
 * broken; as warnings what took the machine, as notices what was measured again.
 *
 * @param file the scenario, as the user named it
 */
export function runAnnotations(result: RunResult, file: string): readonly Annotation[] {
  const { cells, thresholds = [] } = result;
  const named = thresholdCells(thresholds);
  const doubtful = cells.filter((cell) => !isValid(cell) && !endedByLimit(cell, result));
  // Where numbers are not valid, limits may be broken or kept by chance.
  const ofLimit = doubtful.length === 0 ? 'error' : 'warning';
  return [
    ...doubtful.map((cell): Annotation => {
      const title = `${cellName(cell, cells)}: ${verdictWord(cell)}`;
      return { level: 'error', title, text: verdictReasons(cell).join(' '), file };
    }),
    ...thresholds
      .filter(({ ok }) => !ok)
      .map((each): Annotation => {
        const title = `limit broken: ${thresholdCell(each, named)}`;
        return { level: ofLimit, title, text: `${each.expression}: ${each.note.text}`, file };
      }),
    ...machineLines(result).map(
      (text): Annotation => ({ level: 'warning', title: 'the machine was busy', text, file }),
    ),
    ...measuredAgainLines(result).map(
      (text): Annotation => ({ level: 'notice', title: 'measured again', text, file }),
    ),
  ];
}

/** The limit says it already. */
const endedByLimit = (cell: Cell, { thresholds = [] }: RunResult): boolean =>
  cell.status !== 'ok' &&
  thresholds.some(
    ({ strategy, shardCount, endedAtMs }) =>
      endedAtMs !== undefined &&
      strategy !== null &&
      shardCount !== null &&
      isSameCell({ strategy, shardCount }, cell),
  );
