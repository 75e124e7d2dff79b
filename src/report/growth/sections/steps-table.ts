import type { CapacityRow, CostRow, GrowthDocument } from '../../../result/growth-document.ts';
import type { Block, Tone, Value } from '../../document.ts';
import { counted, duration, percent, times } from '../../../wording/format.ts';
import { name } from '../../text.ts';
import { column, missing, missingNote, value } from '../../values.ts';
import { moneyRange } from '../amounts.ts';
import { monthsValue } from '../known-months.ts';
import { capacityOf, chosenRemedy, costOf, planTo, stepTo } from '../rows.ts';

const columns = [
  column('Databases', { align: 'text' }),
  column('a month', {
    group: 'Bill',
    meaning: 'The whole bill, from all low prices to all high prices',
  }),
  column('infrastructure', {
    group: 'Bill',
    meaning: 'Infrastructure, as a multiple of the present',
  }),
  column('capacity', { group: 'Buys', meaning: 'Capacity, as a multiple of the present' }),
  column('months', { group: 'Buys', meaning: 'Until the first shard is full: p50, p10 to p90' }),
  column('keys', {
    group: 'Moves',
    meaning: 'Share of the keys that change shard in the step to this row',
  }),
  column('copying', { group: 'Moves', meaning: 'At the throttle, one move after the other' }),
  column('Verdict', { align: 'text' }),
];

/** One instance, the present and each step, for the strategy that the page is about. */
export function stepsTable(document: GrowthDocument, strategy: string | null): Block {
  const own = strategy === null ? [] : capacityOf(document, strategy);
  const rows = [...capacityOf(document, null), ...own].map((row) => rowOf(document, row));
  return {
    kind: 'table',
    caption: 'What each count costs, buys and moves',
    columns,
    rows,
    note: [
      strategy === null ? '' : `Shards with ${name(strategy)}.`,
      `Money in ${name(document.cost[0]?.currency ?? '')}; the section What it costs has ` +
        'the reasons of the verdicts.',
      missingNote(rows) ?? '',
    ]
      .filter((text) => text !== '')
      .join(' '),
  };
}

const tones: Readonly<Record<CostRow['verdict']['status'], Tone>> = {
  present: 'plain',
  sound: 'good',
  unknown: 'doubtful',
  dear: 'doubtful',
  wrong: 'bad',
  'too small': 'doubtful',
  'no gain': 'doubtful',
  'depends on the placement': 'doubtful',
};

export function verdictOf({ verdict }: CostRow): Value {
  return { ...value(verdict.status), tone: tones[verdict.status] };
}

function rowOf(document: GrowthDocument, row: CapacityRow): readonly Value[] {
  const { recommendation, now } = document;
  const isChosen =
    chosenRemedy(document) === null &&
    row.shardCount === recommendation.shardCount &&
    recommendation.kind !== 'measure' &&
    (row.strategy === null) === (recommendation.strategy === null);
  const cost = costOf(document, row);
  const step = stepTo(document, row.strategy, row.shardCount);
  const plan = planTo(document, row.strategy, row.shardCount);
  const label =
    row.strategy === null
      ? `one instance${now.shardCount === 1 ? ' (now)' : ''}`
      : row.shardCount === now.shardCount
        ? `${row.shardCount} (now)`
        : counted(row.shardCount, 'shard');
  const none = row.shardCount === now.shardCount ? 'the present' : 'no step of the path';
  return [
    { ...value(isChosen ? `${label} ◂` : label), first: true },
    cost === null ? missing('no cost') : value(moneyRange(cost.monthlyCost.total)),
    cost === null ? missing('no cost') : value(times(cost.costRatio)),
    row.capacityRatio === null
      ? missing('it is not known which strategy the present shards use')
      : value(times(row.capacityRatio)),
    monthsValue(row, row.monthsToFull),
    step === null ? missing(none) : value(percent(step.keysMovedFraction)),
    plan === null ? missing(none) : value(duration(1000 * plan.copySeconds)),
    cost === null ? missing('no cost') : verdictOf(cost),
  ];
}
