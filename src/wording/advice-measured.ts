import { counted, listed, short } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

/** Whether real shards agree with the ranking of the advice. */
export const adviceMeasuredSentences: Sentences = {
  'advice-ranking-held': (said) =>
    `The ranking held: ${comparedText(said)}, and ${againstText(said)}${tauText(said)}.`,
  'advice-ranking-not-held': (said) =>
    `The ranking did not hold: ${reversedText(said)}${tauText(said)}. Take what was measured ` +
    'where it looks like your servers, and find out what the prediction leaves out.',
  'advice-ranking-cannot-be-told': (said) => {
    if (said.number('candidates') < 2) {
      const known = said.number('candidates') === 0 ? 'no capacity is' : 'one capacity alone is';
      return `Whether the ranking holds cannot be told: ${known} known, and it takes two.`;
    }
    return (
      'Whether the ranking holds cannot be told: of ' +
      `${counted(said.number('candidates'), 'candidate')} that were measured no two that are ` +
      `predicted to differ lie apart${tauText(said)}.`
    );
  },
  'advice-measured-better': (said) =>
    `${listed(said.list('better'), 4)} took more than the recommended ` +
    `${said.name('recommended')}: up to ${short(said.number('bestQps'))}/s instead of ` +
    `${short(said.number('sustainedQps'))}/s.`,
  'advice-nothing-measured-better': (said) =>
    `Nothing that was measured surely takes more than the recommended ` +
    `${said.name('recommended')} (${short(said.number('sustainedQps'))}/s).`,
  'advice-measured-on-fewer': (said) =>
    `Measured on ${counted(said.number('shards'), 'shard')}: ` +
    `${said.number('recommendedShards')}, as recommended, do not fit here. The predictions ` +
    `beside it are those for ${said.number('shards')}.`,
  'advice-measured-at-least': (said) =>
    `Search ${said.number('round')}: the largest rate that it tries, ` +
    `${short(said.number('sustainedQps'))}/s, still holds, so the capacity is at least that.`,
  'advice-measured-unfinished': (said) =>
    `Search ${said.number('round')}: its ${counted(said.number('windows'), 'window')} were not ` +
    'enough to confirm an answer.',
  'advice-measured-interrupted': (said) =>
    `Search ${said.number('round')} was interrupted after ` +
    `${counted(said.number('windows'), 'window')} and does not count.`,
  'advice-measured-failed': (said) => `It could not be measured: ${said.name('error')}.`,
  'advice-not-measured': (said) =>
    `Nothing was measured: ${unmeasurable[said.name('why')] ?? 'there is nothing to rank'}.`,
};

const unmeasurable: Readonly<Record<string, string>> = {
  'not-runnable': 'under every candidate some operations cannot run',
  alone: 'only one candidate is left, and a ranking needs two',
};

const comparedText = (said: Said): string =>
  `of ${counted(said.number('pairs'), 'pair')} ${said.number('confirmed')} ` +
  `${said.number('confirmed') === 1 ? 'is' : 'are'} surely in the predicted order`;

function againstText(said: Said): string {
  const contradicted = said.number('contradicted');
  return contradicted === 0 ? 'none is surely in the other' : `${contradicted} in the other`;
}

function reversedText(said: Said): string {
  const less = said.list('less');
  const pairs = said.list('more').map((more, index) => `${more} over ${less[index] ?? ''}`);
  return `against the prediction, ${listed(pairs, 3)} surely took more`;
}

function tauText(said: Said): string {
  const tau = said.perhaps('kendallTau');
  return tau === null ? '' : ` (Kendall’s tau ${tau.toFixed(2)})`;
}
