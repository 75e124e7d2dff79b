import type { CostRow, GrowthDocument } from '../../../result/growth-document.ts';
import type { Block, Section, Value } from '../../document.ts';
import { name } from '../../text.ts';
import { column, missing, value } from '../../values.ts';
import { moneyRange } from '../amounts.ts';
import { billCharts } from '../charts/bill.ts';
import { doubtfulPlans } from '../doubtful-plans.ts';
import { bills } from '../rows.ts';
import { verdictOf } from './steps-table.ts';
import { times } from '../../../wording/format.ts';

type Part = keyof CostRow['monthlyCost'];

/** Parts of the bill in the order in which they are added up. */
const parts: readonly (readonly [Part, string])[] = [
  ['compute', 'machines'],
  ['replicas', 'standbys'],
  ['overhead', 'backup, monitoring, spare room'],
  ['infrastructure', 'infrastructure in all'],
  ['storage', 'storage'],
  ['people', 'people’s hours'],
  ['crossShardEngineering', 'engineering across shards'],
  ['total', 'Total'],
];

const verdictColumns = [
  column('Strategy', { align: 'text' }),
  column('databases'),
  column('infrastructure', { meaning: 'Infrastructure against the present; low and high prices' }),
  column('bill', { meaning: 'The whole bill against the present' }),
  column('writes', { meaning: 'Write capacity against the present' }),
  column('a unit', { meaning: 'The bill for a unit of capacity, against the present' }),
  column('Verdict', { align: 'text' }),
];

/** The bill of each count by its parts, and whether what it buys is worth it. */
export function costSection(document: GrowthDocument): Section {
  const currency = name(document.cost[0]?.currency ?? '');
  const blocks: Block[] = [
    { kind: 'charts', group: billCharts(document) },
    billTable(bills(document), currency),
    {
      kind: 'table',
      caption: 'What each strategy costs, and what it gives',
      columns: verdictColumns,
      rows: document.cost.map((row, index) => [
        {
          ...value(row.strategy === null ? 'one instance' : name(row.strategy)),
          first: document.cost[index - 1]?.strategy !== row.strategy,
        },
        value(String(row.shardCount)),
        value(ratioRange(row)),
        value(times(row.billRatio)),
        row.capacityRatio === null ? missing(noPresent) : value(times(row.capacityRatio)),
        unitOf(row),
        verdictOf(row),
      ]),
      note:
        'wrong: more than triples the bill but does not double the write capacity; too ' +
        'small: full today; no gain: more shards with almost no more capacity; dear: a ' +
        'unit of capacity costs more than twice its present cost; unknown: this needs a ' +
        'measured capacity.',
    },
  ];
  const doubts = doubtfulPlans(document, ['wrong', 'too small', 'no gain', 'dear']);
  if (doubts.length > 0) blocks.push({ kind: 'list', items: doubts });
  return { id: 'cost', title: 'What it costs', blocks };
}

const noPresent = 'it is not known which strategy the present shards use';

function unitOf({ unitCostRatio }: CostRow): Value {
  return unitCostRatio === null || unitCostRatio === undefined
    ? missing(noPresent)
    : value(times(unitCostRatio));
}

/** Parts down, counts across. */
function billTable(rows: readonly CostRow[], currency: string): Block {
  return {
    kind: 'table',
    caption: `The monthly bill in ${currency}`,
    columns: [
      column('Part', { align: 'text' }),
      ...rows.map(({ shardCount }) =>
        column(shardCount === 1 ? 'one instance' : `${shardCount} shards`),
      ),
    ],
    rows: parts.map(([part, label]) => {
      const amounts = rows.map(({ monthlyCost }) => value(moneyRange(monthlyCost[part])));
      return [{ ...value(label), first: true }].concat(amounts);
    }),
    note:
      `${currency} a month: with the stated prices, and from all low prices to all high prices. ` +
      'Engineering is paid once and spread over months (cost.engineering.spread).',
  };
}

function ratioRange({ costRatio, costRatioRange: { low, high } }: CostRow): string {
  const [from, to] = [times(low), times(high)];
  return from === to ? times(costRatio) : `${times(costRatio)} (${from} to ${to})`;
}
