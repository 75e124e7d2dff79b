import type { AdviceMeasured, RankedPair } from '../../../result/advice-measured.ts';
import { ratio } from '../../../wording/format.ts';
import type { Block, Tone, Value } from '../../document.ts';
import { dash } from '../../terminal-entries.ts';
import { name } from '../../text.ts';
import { column, value } from '../../values.ts';

/** Each two candidates: what their ratio is predicted to be, and what it is. */
export function pairsTable({ pairs }: AdviceMeasured): Block {
  return {
    kind: 'table',
    caption: 'Each two of them: how many times what the second takes the first takes',
    columns: [
      column('First', { align: 'text' }),
      column('second', { align: 'text' }),
      column('predicted'),
      column('measured'),
      column('and so', { align: 'text' }),
    ],
    rows: pairs.map((pair) => [
      { ...value(name(pair.first)), first: true },
      value(name(pair.second)),
      value(ratio(pair.predictedRatio)),
      value(pair.measuredRatio === null ? dash : ratio(pair.measuredRatio)),
      standing(pair),
    ]),
    note: 'Overlap: some rate lies in the intervals of both. Alike: predicted within 5 %.',
  };
}

function standing({ order, toldApart, predictedAlike }: RankedPair): Value {
  const said = (text: string, tone: Tone): Value => ({ ...value(text), tone });
  if (!toldApart) return said('they overlap', 'plain');
  if (predictedAlike) return said('predicted to be alike', 'plain');
  return order === 'same' ? said('as predicted', 'good') : said('the other way round', 'bad');
}
