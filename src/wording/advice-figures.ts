import { counted, duration, ms, percent, ratio, roughBytes, short } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

/** What was worked out of the candidates beside their capacity. */
export const adviceFigureSentences: Sentences = {
  'advice-answers-within': (said) =>
    `As it is placed, and simulated, ${answersText(said, 'p99Ms', 'usedFraction')} at the load ` +
    `of today; at twice that ${answersText(said, 'p99MsAtTwice', 'usedFractionAtTwice')}.`,
  'advice-salt-chosen': (said) =>
    `${said.name('strategy')}, the best of ${short(said.number('tried'))} salts, puts ` +
    `${ratio(said.number('now'))} times the mean load on its fullest shard, where the middle one ` +
    `puts ${ratio(said.number('median'))}. That luck fades: ${fadingText(said)}.`,
  'advice-next-step': (said) =>
    `Its next step, to ${counted(said.number('shardCount'), 'shard')}, moves ` +
    `${percent(said.number('movedFraction'))} of the load and ` +
    `${roughBytes(said.number('bytes'))} of today's data: ` +
    `${duration(said.number('hours') * 3_600_000)} until nothing is written twice.`,
};

function fadingText(said: Said): string {
  const [own, middle] = [said.numbers('own'), said.numbers('middle')];
  const parts = said.numbers('months').map((months, index) => {
    const [chosen, other] = [own[index] ?? null, middle[index] ?? null];
    return `after ${months} months ${ratio(chosen)}, with the middle one ${ratio(other)}`;
  });
  return parts.join('; ');
}

function answersText(said: Said, p99: string, used: string): string {
  const p99Ms = said.perhaps(p99);
  if (p99Ms !== null) return `99 % of the operations are answered within ${ms(p99Ms)}`;
  const fraction = said.number(used);
  if (fraction < 1) return 'there are too few operations for a p99';
  return `its fullest shard gets ${percent(fraction)} of the work that it can do`;
}
