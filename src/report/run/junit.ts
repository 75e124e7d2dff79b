import { cellName, isValid, verdictReasons, verdictWord } from '../../result/cells.ts';
import type { ThresholdResult } from '../../result/threshold-result.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import { junitXml, type TestCase } from '../junit-xml.ts';
import { thresholdCell, thresholdCells } from '../threshold-lines.ts';

/**
 * A run as JUnit XML: a case for the verdict of each cell, an error where its numbers are not
 * valid, and one for each limit and cell.
 */
export function runJunit(result: RunResult): string {
  const { cells, thresholds = [] } = result;
  const named = thresholdCells(thresholds);
  return junitXml('shardlab', 'shardlab.run', result.startedAt, [
    ...cells.map((cell) => ofVerdict(cell, result)),
    ...thresholds.map((each) => ofLimit(each, thresholdCell(each, named))),
  ]);
}

function ofVerdict(cell: Cell, { cells }: RunResult): TestCase {
  const details = verdictReasons(cell);
  return {
    name: `numbers of ${cellName(cell, cells)}`,
    outcome: isValid(cell) ? 'passed' : 'error',
    message: `${verdictWord(cell)}: ${details[0] ?? ''}`,
    details,
  };
}

const ofLimit = ({ expression, ok, note }: ThresholdResult, cell: string): TestCase => ({
  name: `${expression} (${cell})`,
  outcome: ok ? 'passed' : 'failure',
  message: note.text,
  details: [note.text],
});
