import { verdictWord } from '../../result/cells.ts';
import { contentOf } from '../../result/finding-content.ts';
import type { Finding } from '../../result/finding.ts';
import { ranking } from '../../result/ranking.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import type { Block, Section, VerdictCard } from '../document.ts';
import { headline } from '../headline.ts';
import { strategySentence } from '../strategy-sentence.ts';
import { isAboutTables } from '../tables/key-notes.ts';
import { name, sentence } from '../text.ts';
import { toneOf } from '../values.ts';
import { changesOf } from './changes.ts';

/** Verdict and reasons, one sentence for each strategy, and what would change the picture. */
export function answerSection(result: RunResult): Section {
  const common = commonFindings(result);
  const changes = changesOf(result);
  const blocks: Block[] = [{ kind: 'lead', sentences: headline(result) }];
  if (result.cells.length > 0) blocks.push({ kind: 'verdicts', verdicts: verdictCards(result) });
  if (common.size > 0) {
    blocks.push({
      kind: 'paragraph',
      text: `For every ${result.source} cell: ${[...common.values()].map(sentence).join(' ')}`,
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

/** What is to be said of each cell, but for what is said of all of them. */
export function verdictCards(result: RunResult): VerdictCard[] {
  const ranks = ranking(result);
  const common = commonFindings(result);
  return result.cells.map((cell) => ({
    strategy: name(cell.strategy),
    word: verdictWord(cell),
    tone: toneOf(cell),
    sentence: strategySentence(cell, ranks),
    reasons: [
      ...(cell.error === null ? [] : [cell.error]),
      ...saidOf(cell).flatMap((said) => (common.has(contentOf(said)) ? [] : [said.text])),
    ].map(sentence),
  }));
}

/**
 * Why a cell has its verdict, and what else there is to know of it; notes on tables stand with
 * those.
 */
const saidOf = ({ verdict, notes }: Cell): readonly Finding[] => [
  ...(verdict?.reasons ?? []),
  ...notes.filter((note) => !isAboutTables(note)),
];

/** What is said of all measured cells is said once: sentences by what they say. */
function commonFindings({ cells }: RunResult): ReadonlyMap<string, string> {
  const [first, ...others] = cells.filter(({ verdict }) => verdict !== null);
  if (first === undefined || others.length === 0) return new Map();
  const said = others.map((cell) => new Set(saidOf(cell).map(contentOf)));
  return new Map(
    saidOf(first)
      .map((finding) => [contentOf(finding), finding.text] as const)
      .filter(([content]) => said.every((contents) => contents.has(content))),
  );
}
