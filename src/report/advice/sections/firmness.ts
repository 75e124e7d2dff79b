import type { AdviceDocument } from '../../../result/advice-document.ts';
import { changeWords, insteadWords } from '../../../wording/advice-words.ts';
import { percent, short } from '../../../wording/format.ts';
import type { Section, Value } from '../../document.ts';
import { sentence } from '../../text.ts';
import { column, value } from '../../values.ts';
import { labelOf } from '../rows.ts';

type Firmness = AdviceDocument['recommendation']['firmness'];

/** After which changes the answer is another one, and after which it stays. */
export function firmnessSection({ recommendation: { firmness } }: AdviceDocument): Section {
  const { share, resamples, ownRates, firstChange, flips, kept } = firmness;
  const rows: Value[][] = [
    [
      { ...value(`${resamples} resamples of the tenants`), first: true },
      { ...value(`${percent(share)} the same`), bar: share },
    ],
    [
      { ...value(`${ownRates.futures} futures of ${short(ownRates.months)} months`), first: true },
      { ...value(`${percent(ownRates.share)} the same`), bar: ownRates.share },
    ],
    ...flips.map((flip) => [
      { ...value(changeWords(flip.change)), first: true },
      { ...value(answerText(flip)), tone: 'doubtful' as const },
    ]),
    ...kept.map((change) => [
      { ...value(changeWords(change)), first: true },
      { ...value('the same'), tone: 'good' as const },
    ]),
  ];
  return {
    id: 'firmness',
    title: 'How firm it is',
    blocks: [
      { kind: 'paragraph', text: sentence(firstChange.text) },
      {
        kind: 'table',
        caption: 'The answer when what it rests on changes',
        columns: [
          column('With', { align: 'text' }),
          column('the answer is', { align: 'text', meaning: 'Or one that is no different' }),
        ],
        rows,
        note:
          'The same: the same candidate, or one that cannot be told from it. Resamples draw the ' +
          'tenants anew from themselves, as many as there are. In the futures tenants grow at ' +
          'their own rates.',
      },
    ],
  };
}

function answerText({ kind, strategy, shardCount, instead }: Firmness['flips'][number]): string {
  if (kind === 'nothing-helps') return 'nothing helps';
  if (kind === 'stay') return insteadWords(instead);
  return labelOf({ strategy, shardCount, instance: null });
}
