import { contentOf } from '../../result/finding-content.ts';
import type {
  CapacityRow,
  CostRow,
  GrowthDocument,
  LargestTenant,
  Recommendation,
} from '../../result/growth-document.ts';
import type { Tone } from '../document.ts';
import {
  type Entry,
  folded,
  type Head,
  layout,
  sentenceWidth,
  type TerminalOptions,
} from '../terminal-layout.ts';
import { name, sentence } from '../text.ts';
import { assumptionsText, monthsRange, unknown } from './amounts.ts';
import { doubtfulPlans } from './doubtful-plans.ts';
import { drawnText, mostOften, placementRows, placementsOf } from './placement-rows.ts';
import { capacityOf, costOf, leadStrategy, planTo, stepTo, strategiesOf } from './rows.ts';
import { counted, duration, hundredths, money, ratio, times } from '../../wording/format.ts';
import { dash, number, plain, words } from '../terminal-entries.ts';

/**
 * Every step of every strategy in one table of at most `width` columns, and what to do in words.
 */
export function growthTable(document: GrowthDocument, options: TerminalOptions): string {
  const width = sentenceWidth(options);
  const rows = [null, ...strategiesOf(document)].flatMap((strategy) =>
    capacityOf(document, strategy).map((row, index) => rowOf(document, row, index === 0)),
  );
  const paragraphs = [
    legend(document),
    doubtfulPlans(document, ['wrong', 'dear']),
    whyNotMore(document),
    tenants(document),
  ];
  const parts = [
    missingFirst(document, width, options.colour),
    layout(heads, rows, options),
    placementTable(document, options),
    ...paragraphs.map((lines) => lines.flatMap((line) => folded(line, width)).join('\n')),
    answer(document, width, options.colour),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const heads: readonly Head[] = [
  words('strategy'),
  number('to'),
  number('keys %', 3),
  number('copying', 5),
  number('bill', 2),
  number('cost', 4),
  number('buys', 1),
  number('months'),
  words('plan'),
];

const tones: Readonly<Record<string, Tone>> = {
  sound: 'good',
  wrong: 'bad',
  unknown: 'doubtful',
  dear: 'doubtful',
  'too small': 'doubtful',
  'no gain': 'doubtful',
  'depends on the placement': 'doubtful',
};

function rowOf(document: GrowthDocument, row: CapacityRow, first: boolean): Entry[] {
  const { strategy, shardCount } = row;
  const step = stepTo(document, strategy, shardCount);
  const plan = planTo(document, strategy, shardCount);
  const cost = costOf(document, row);
  const verdict = cost?.verdict.status ?? '';
  return [
    plain(first ? name(strategy ?? instance(document)) : ''),
    plain(String(shardCount)),
    plain(step === null ? dash : hundredths(step.keysMovedFraction)),
    plain(plan === null ? dash : duration(1000 * plan.copySeconds)),
    plain(cost === null ? dash : money(cost.monthlyCost.total.mid)),
    plain(cost === null ? dash : times(cost.costRatio)),
    plain(row.capacityRatio === null ? unknown : times(row.capacityRatio)),
    plain(monthsRange(row, row.monthsToFull, { to: '-', atLeast: '≥' })),
    {
      text: verdict === 'depends on the placement' ? 'depends' : verdict,
      tone: tones[verdict] ?? 'plain',
    },
  ];
}

const instance = ({ now }: GrowthDocument): string =>
  now.shardCount === 1 ? 'one instance (now)' : 'one instance';

/** Nobody shall read the table for an answer that it does not have. */
function missingFirst({ recommendation }: GrowthDocument, width: number, colour: boolean): string {
  if (recommendation.kind !== 'measure') return '';
  return bold(folded(sentence(recommendation.advice.text), width).join('\n'), colour);
}

const placementHeads: readonly Head[] = [
  words('placements'),
  number('to'),
  number('databases', 3),
  number('buys', 2),
  number('months'),
  words('most are', 1),
];

/** Rows of routers with a hash, over all their placements: another range than that of futures. */
function placementTable(document: GrowthDocument, options: TerminalOptions): string {
  const placements = placementsOf(document);
  if (!placements) return '';
  const found = placementRows(document, '-');
  const rows = found.map(({ row, databases, buys, months }, index): Entry[] => [
    plain(found[index - 1]?.row.strategy === row.strategy ? '' : name(row.strategy ?? '')),
    plain(String(row.shardCount)),
    plain(databases),
    plain(buys),
    plain(months ?? unknown),
    plain(mostOften(costOf(document, row))),
  ]);
  const note =
    `This table shows the range of 9 of 10 placements (${drawnText(placements)}). ` +
    'databases: the number of databases whose work the shards do; months: with the middle ' +
    'trend. The table above shows the placement in the middle, and its months with the ' +
    'range of 8 of 10 futures. depends: fewer than 9 of 10 placements have the same ' +
    'verdict.';
  return [layout(placementHeads, rows, options), ...folded(note, sentenceWidth(options))].join(
    '\n',
  );
}

function legend({ cost, capacity }: GrowthDocument): string[] {
  const currency = name(cost[0]?.currency ?? '');
  const basis = sentence(capacity[0]?.basis.text ?? '');
  const has = (status: CostRow['verdict']['status']): boolean =>
    cost.some(({ verdict }) => verdict.status === status);
  return [
    'to: number of shards; keys %: keys that the step from the row above moves; copying: ' +
      `time to copy at the throttle; bill: ${currency} a month; cost: infrastructure as a ` +
      'multiple of today; buys: capacity as a multiple of today; months: until the first ' +
      'shard is full, p50 (p10-p90). wrong: more than triples the bill but does not double ' +
      'the write capacity.' +
      (has('dear') ? ' dear: a unit of capacity costs more than twice its present cost.' : '') +
      (capacity.some(({ bound }) => bound === 'at least')
        ? ' ≥: at least, because only a lower bound of the capacity is known.'
        : ''),
    ...(has('unknown') || capacity.some(({ bound }) => bound === 'unknown')
      ? ['? and unknown: this needs a measured capacity.']
      : []),
    ...(basis === '' ? [] : [`Capacity of a shard: ${basis}.`]),
  ];
}

/** Why the largest count does less than its number, for the strategy that is recommended. */
function whyNotMore(document: GrowthDocument): string[] {
  const last = capacityOf(document, leadStrategy(document)).at(-1);
  if (last === undefined || saysWhy(document.recommendation, last)) return [];
  return [`${name(last.strategy ?? '')}: ${sentence(last.why.text)}`];
}

/** Whether it is a reason of the recommendation already. */
function saysWhy({ reasons }: Recommendation, { why }: CapacityRow): boolean {
  return reasons.some(({ code, numbers }) => {
    const own = Object.entries(why.numbers);
    return code === 'can-do' && own.every(([key, value]) => numbers[key] === value);
  });
}

/** The largest tenant where it decides, with what can be done about it. */
function tenants({ largestTenants, recommendation }: GrowthDocument): string[] {
  const deciding = largestTenants.filter(
    ({ noShardCountHelps, remedies }) => noShardCountHelps || remedies.length > 0,
  );
  const byLimit = new Map(deciding.map((tenant) => [contentOf(tenant.limit), tenant]));
  const own = deciding.find(({ strategy }) => strategy === recommendation.strategy);
  if (own !== undefined) byLimit.set(contentOf(own.limit), own);
  return [...byLimit.values()].flatMap((tenant) =>
    [sentence(tenant.limit.text)].concat(remediesOf(tenant, recommendation.shardCount)),
  );
}

/** Each kind of remedy once: on the recommended count, else on the fewest shards. */
function remediesOf({ strategy, remedies }: LargestTenant, shardCount: number): string[] {
  const preferred = remedies.filter((remedy) => remedy.shardCount === shardCount);
  const byKind = new Map([...remedies.toReversed(), ...preferred].map((one) => [one.kind, one]));
  return [...byKind.values()].map(
    ({ kind, tenant, shardCount: shards, maxOverMean, capacityRatio, how }) =>
      `  ${kind} for ${name(tenant)} (${name(strategy)}, ${counted(shards, 'shard')}): max/mean ` +
      `${ratio(maxOverMean.after)} instead of ${ratio(maxOverMean.before)}, capacity ` +
      `${times(capacityRatio)}: ${sentence(how.text)}`,
  );
}

function answer({ recommendation }: GrowthDocument, width: number, colour: boolean): string {
  const { advice, act, reasons, restsOn = [] } = recommendation;
  const lead = folded(`${sentence(advice.text)} ${sentence(act.text)}`, width).join('\n');
  const rests =
    restsOn.length === 0
      ? []
      : [`This advice depends on these assumptions: ${assumptionsText(restsOn)}.`];
  const why = [...rests, ...reasons.map((reason) => reason.text)].flatMap((one) =>
    folded(`- ${sentence(one)}`, width),
  );
  return [bold(lead, colour), ...why].join('\n');
}

const bold = (lead: string, colour: boolean): string =>
  colour ? `\u001b[1m${lead}\u001b[22m` : lead;
