import type { AdviceDocument } from '../../../result/advice-document.ts';
import type { RankedCandidate } from '../../../result/advice-measured.ts';
import { counted, duration, percent, ratio, short, significant } from '../../../wording/format.ts';
import type { Block, Section } from '../../document.ts';
import { name, sentence } from '../../text.ts';
import { column, missing, missingNote, numberOr, value } from '../../values.ts';
import { pairsTable } from './measured-pairs.ts';

type Measured = NonNullable<AdviceDocument['measured']>;

/** Whether real shards rank the candidates as the advice does; none where nothing was measured. */
export function measuredSection({ measured }: AdviceDocument): Section[] {
  if (measured === undefined) return [];
  const { reason, candidates, findings } = measured;
  const notes = candidates.flatMap((each) =>
    each.notes.map(({ text }) => `${name(each.strategy)}: ${sentence(text)}`),
  );
  const blocks: Block[] = [
    { kind: 'lead', sentences: [sentence(reason.text)] },
    rankingTable(measured),
    pairsTable(measured),
    {
      kind: 'list',
      items: [...new Set(notes), ...findings.map(({ text }) => sentence(text))],
    },
  ];
  return [{ id: 'measured', title: 'What real shards say', blocks }];
}

const notHeld = 'no rate was seen to hold the objective';

function rankingTable(measured: Measured): Block {
  const { candidates, shardCount, search, objective, environment, kendallTau, byChance } = measured;
  const rows = candidates.map((candidate) => {
    const { strategy, predicted, rank, sustainedQps, atRate } = candidate;
    return [
      { ...value(name(strategy)), first: true },
      value(String(predicted.rank)),
      value(ratio(predicted.databases)),
      numberOr(rank, String, notHeld),
      numberOr(sustainedQps, (qps) => short(Math.round(qps)), notHeld),
      intervalValue(candidate),
      numberOr(atRate?.p99Ms, significant, 'no window of that rate counts'),
    ];
  });
  const agreement =
    kendallTau === null
      ? ''
      : ` Kendall's tau of both orders is ${kendallTau.toFixed(2)}${
          byChance === null ? '' : ` (by chance as good in ${percent(byChance)} of cases)`
        }.`;
  const missed = missingNote(rows);
  return {
    kind: 'table',
    caption: 'The ranking, predicted and measured',
    columns: [
      column('Candidate', { align: 'text', named: true }),
      column('rank', { group: 'predicted' }),
      column('databases', { group: 'predicted', meaning: 'Whose work the shards do' }),
      column('rank', { group: 'measured' }),
      column('op/s', { group: 'measured', meaning: 'Largest rate that holds the objective' }),
      column('between', { group: 'measured', align: 'text' }),
      column('p99, ms', { group: 'measured', meaning: 'At the rate where searches begin' }),
    ],
    rows,
    note:
      `${counted(shardCount, 'shard')} each (${name(environment.fleet)}), windows of ` +
      `${duration(search.durationMs)}, ${objective.expressions.map(name).join(' and ')}.` +
      `${agreement}${missed === null ? '' : ` ${missed}`}`,
  };
}

function intervalValue({ interval }: RankedCandidate) {
  if (interval === null) return missing('nothing is known');
  const { low, high } = interval;
  return value(high === null ? `at least ${short(low)}` : `${short(low)} to ${short(high)}`);
}
