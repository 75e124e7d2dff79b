import type { AdviceDocument } from '../../../result/advice-document.ts';
import { hotRemedyWords } from '../../../wording/advice-words.ts';
import { integer, money, percent, ratio, short, times } from '../../../wording/format.ts';
import type { Block, Section } from '../../document.ts';
import { name, sentence } from '../../text.ts';
import { column, missing, missingNote, numberOr, value } from '../../values.ts';

type HotTenant = AdviceDocument['hotTenants'][number];

/** More are in the document. */
const shownMost = 5;

/** The heaviest values and what can be done with each; none where no value weighs. */
export function hotTenantsSection({ hotTenants }: AdviceDocument): Section[] {
  if (hotTenants.length === 0) return [];
  const more = hotTenants.length - shownMost;
  const blocks: Block[] = hotTenants.slice(0, shownMost).flatMap(blocksOf);
  if (more > 0) blocks.push({ kind: 'paragraph', text: `${more} more are in advice.json.` });
  return [{ id: 'hot', title: 'What weighs most, and what to do with it', blocks }];
}

function blocksOf(hot: HotTenant): Block[] {
  const { value: of, share, options, advised } = hot;
  const unbuilt = 'it cannot be built';
  const rows = options.map((option) => [
    {
      ...value(hotRemedyWords(option.remedy)),
      first: true,
    },
    option.remedy === advised
      ? { ...value('advised'), tone: 'good' as const }
      : option.possible
        ? value('possible')
        : { ...value('not possible'), tone: 'doubtful' as const },
    option.capacityQps === null
      ? missing(unbuilt)
      : value(short(Math.round(option.capacityQps.p50))),
    numberOr(option.capacityRatio, times, unbuilt),
    option.maxOverMean === null
      ? missing(unbuilt)
      : value(`${ratio(option.maxOverMean.p50)} to ${ratio(option.maxOverMean.p95)}`),
    numberOr(option.singleShardFraction, percent, unbuilt),
    numberOr(option.listedKeys, integer, unbuilt),
    numberOr(option.noisyReach?.keysFraction, percent, unbuilt),
    value(money(option.monthlyCost)),
  ]);
  const reasons = options.flatMap(({ remedy, reasons: own }) =>
    own.map(({ text }) => `${hotRemedyWords(remedy)}: ${sentence(text)}`),
  );
  return [
    { kind: 'heading', text: `${hot.of} ${name(of)}: ${percent(share)} of the load` },
    { kind: 'paragraph', text: sentence(hot.finding.text) },
    {
      kind: 'table',
      caption: `What can be done with ${name(of)}`,
      columns: [
        column('What to do', { align: 'text' }),
        column('Verdict', { align: 'text' }),
        column('op/s', { group: 'capacity', meaning: 'Of the mix, in the middle placement' }),
        column('times', { group: 'capacity', meaning: 'Against the instance' }),
        column('max/mean', { meaning: 'In the middle placement, and in a bad one' }),
        column('one shard', { meaning: 'Operations that one shard answers' }),
        column('keys listed', { meaning: 'On the list that somebody keeps' }),
        column('feel it', { meaning: 'Of the other keys, those that lie where it does' }),
        column('bill', { meaning: 'A month' }),
      ],
      rows,
      note: missingNote(rows),
    },
    ...(reasons.length === 0 ? [] : [{ kind: 'list' as const, items: reasons }]),
  ];
}
