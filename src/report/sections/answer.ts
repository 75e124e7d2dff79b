import { verdictReasons, verdictWord } from '../../result/cells.ts';
import { ranking } from '../../result/ranking.ts';
import type { RunResult } from '../../result/types.ts';
import type { Block, Section } from '../document.ts';
import { headline } from '../headline.ts';
import { strategySentence } from '../strategy-sentence.ts';
import { name, sentence } from '../text.ts';
import { toneOf } from '../values.ts';
import { changesOf } from './changes.ts';

/** Verdict and reasons, one sentence for each strategy, and what would change the picture. */
export function answerSection(result: RunResult): Section {
  const { cells } = result;
  const ranks = ranking(result);
  const common = commonReasons(result);
  const changes = changesOf(result);
  const blocks: Block[] = [{ kind: 'lead', sentences: headline(result) }];
  if (cells.length > 0) {
    blocks.push({
      kind: 'verdicts',
      verdicts: cells.map((cell) => ({
        strategy: name(cell.strategy),
        word: verdictWord(cell),
        tone: toneOf(cell),
        sentence: strategySentence(cell, ranks),
        reasons: [...verdictReasons(cell), ...cell.notes]
          .filter((reason) => !common.includes(reason))
          .map(sentence),
      })),
    });
  }
  if (common.length > 0) {
    blocks.push({
      kind: 'paragraph',
      text: `For every ${result.source} cell: ${common.map(sentence).join(' ')}`,
    });
  }
  if (changes.length > 0) {
    blocks.push(
      { kind: 'heading', text: 'What would change this result' },
      { kind: 'list', items: changes },
    );
  }
  return { id: 'answer', title: 'Verdict', blocks };
}

/** Reasons that all measured cells have are said once. */
function commonReasons({ cells }: RunResult): readonly string[] {
  const [first, ...others] = cells
    .filter(({ verdict }) => verdict !== null)
    .map((cell) => new Set([...verdictReasons(cell), ...cell.notes]));
  if (first === undefined || others.length === 0) return [];
  return [...first].filter((reason) => others.every((reasons) => reasons.has(reason)));
}
