import { isValid, verdictReasons, verdictWord } from '../../result/cells.ts';
import type { RunResult } from '../../result/types.ts';
import type { Section } from '../document.ts';
import { name, sentence } from '../text.ts';
import { toneOf } from '../values.ts';

/** Whether the numbers below may be believed: each cell's status in words. */
export function verdictsSection(result: RunResult): Section {
  const { cells } = result;
  return {
    id: 'verdicts',
    title: 'Verdicts',
    blocks: [
      { kind: 'paragraph', text: summary(result) },
      {
        kind: 'verdicts',
        verdicts: cells.map((cell) => ({
          strategy: name(cell.strategy),
          word: verdictWord(cell),
          tone: toneOf(cell),
          reasons: [...verdictReasons(cell), ...cell.notes].map(sentence),
        })),
      },
    ],
  };
}

function summary({ cells }: RunResult): string {
  const valid = cells.filter(isValid).length;
  if (cells.length === 0) return 'Nothing was measured: the result has no cells.';
  if (valid === cells.length) {
    return `All ${cells.length} cells are VALID: their numbers may be taken at their word.`;
  }
  return (
    `${valid} of ${cells.length} cells are VALID. The numbers of the others show what happened, ` +
    'but not what the strategy can do.'
  );
}
