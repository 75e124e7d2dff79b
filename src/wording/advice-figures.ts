import { counted, duration, ms, percent, roughBytes } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

/** What was worked out of the candidates beside their capacity. */
export const adviceFigureSentences: Sentences = {
  'advice-answers-within': (said) =>
    `As it is placed, and simulated, ${answersText(said, 'p99Ms', 'usedFraction')} at the load ` +
    `of today; at twice that ${answersText(said, 'p99MsAtTwice', 'usedFractionAtTwice')}.`,
  'advice-next-step': (said) =>
    `Its next step, to ${counted(said.number('shardCount'), 'shard')}, moves ` +
    `${percent(said.number('movedFraction'))} of the load and ` +
    `${roughBytes(said.number('bytes'))} of today's data: ` +
    `${duration(said.number('hours') * 3_600_000)} until nothing is written twice.`,
};

function answersText(said: Said, p99: string, used: string): string {
  const p99Ms = said.perhaps(p99);
  if (p99Ms !== null) return `99 % of the operations are answered within ${ms(p99Ms)}`;
  const fraction = said.number(used);
  if (fraction < 1) return 'there are too few operations for a p99';
  return `its fullest shard gets ${percent(fraction)} of the work that it can do`;
}
