import { contentOf } from '../../../result/finding-content.ts';
import type {
  CapacityRow,
  CostRow,
  GrowthDocument,
  TenantRemedy,
} from '../../../result/growth-document.ts';
import type { Block, Fact, Section } from '../../document.ts';
import { duration, money, percent, rate, ratio, times } from '../../../wording/format.ts';
import { name, sentence } from '../../text.ts';
import { assumptionsText, knownMonths, months, monthsRange, moneyRange } from '../amounts.ts';
import { billCharts } from '../charts/bill.ts';
import { untilFullCharts } from '../charts/until-full.ts';
import { capacityOf, chosenRemedy, costOf, leadStrategy, planTo, wholeWayTo } from '../rows.ts';
import { stepsTable } from './steps-table.ts';

/** The page for a lead: what to do, why, what it costs, and until when. */
export function summarySection(document: GrowthDocument): Section {
  const { recommendation } = document;
  const strategy = leadStrategy(document);
  const blocks: Block[] = [
    {
      kind: 'lead',
      sentences: [recommendation.advice, recommendation.act].map(({ text }) => sentence(text)),
    },
    { kind: 'facts', facts: [...factsOf(document, strategy), ...restsOn(document)] },
    stepsTable(document, strategy),
    { kind: 'heading', text: 'Why' },
    { kind: 'list', items: reasonsOf(document) },
  ];
  if (strategy !== null) {
    const [group, cost] = [untilFullCharts(document, [strategy]), billCharts(document)];
    // Without a capacity there are no months to draw.
    const charts = [...group.charts.filter(({ spec }) => spec !== null), ...cost.charts];
    blocks.push({
      kind: 'charts',
      group: {
        design: 'summary',
        title: 'How long each count lasts, and what it costs',
        legend:
          'Months until the first shard is full: the middle of the futures, and the range ' +
          'of 8 of 10 futures. The monthly bill by parts, with the range of its prices.',
        charts,
      },
    });
  }
  return { id: 'recommendation', title: 'Recommendation', blocks, onePage: true };
}

/** A tenant that no shard count helps with comes first. */
function reasonsOf({ recommendation, largestTenants }: GrowthDocument): readonly string[] {
  const stuck = largestTenants.filter(({ noShardCountHelps }) => noShardCountHelps);
  const found = [...stuck.map(({ limit }) => limit), ...recommendation.reasons];
  const once = new Map(found.map((each) => [contentOf(each), each]));
  return [...once.values()].map(({ text }) => sentence(text));
}

/** The recommended count beside the present. */
function factsOf(document: GrowthDocument, strategy: string | null): readonly Fact[] {
  const { now } = document;
  if (document.recommendation.kind === 'measure') return [];
  const rows = [...capacityOf(document, strategy), ...capacityOf(document, null)];
  const present = rows.find(({ shardCount }) => shardCount === now.shardCount);
  const target = targetOf(document, strategy);
  const remedy = chosenRemedy(document);
  if (remedy !== null) return remedyFacts(remedy, begin(document));
  if (target === undefined) return [];
  const before = present === undefined ? null : costOf(document, present);
  const after = costOf(document, target);
  return [
    ...bill(before, after),
    ...lasts(present, target),
    ...moves(document, strategy, target),
    ...writes(target),
    begin(document),
  ];
}

function writes({ bound, capacityRatio, writeCapacityQps }: CapacityRow): readonly Fact[] {
  if (writeCapacityQps === null) return [];
  const least = bound === 'at least' ? 'at least ' : '';
  const today = capacityRatio === null ? '' : `${times(capacityRatio)} of today’s: `;
  return [{ term: 'Write capacity', text: `${today}${least}${money(writeCapacityQps)} writes/s` }];
}

/** Assumptions of which another value may change the recommendation. */
function restsOn({ recommendation }: GrowthDocument): readonly Fact[] {
  const { restsOn: assumptions = [] } = recommendation;
  return assumptions.length === 0
    ? []
    : [{ term: 'Depends on', text: assumptionsText(assumptions) }];
}

function begin({ recommendation, capacity, now }: GrowthDocument): Fact {
  const { actWithinMonths, kind, shardCount } = recommendation;
  const horizon = capacity[0]?.horizonMonths ?? 0;
  const term = kind === 'stay' ? 'Look again' : 'Begin';
  if (actWithinMonths === null) {
    const isSmaller = shardCount < now.shardCount;
    const isOpen = capacity.some(({ bound }) => bound !== 'known' && bound !== undefined);
    return { term, text: isSmaller || isOpen ? 'no date' : `not within ${horizon} months` };
  }
  const text = actWithinMonths < 0.5 ? 'now' : `within ${months(actWithinMonths, horizon)} months`;
  return { term, text };
}

function remedyFacts(remedy: TenantRemedy, start: Fact): readonly Fact[] {
  const { maxOverMean, capacityQps, capacityRatio, how, shardCount } = remedy;
  return [
    { term: 'Shards', text: String(shardCount) },
    {
      term: 'Imbalance',
      text: `max/mean ${ratio(maxOverMean.after)} instead of ${ratio(maxOverMean.before)}`,
    },
    {
      term: 'Capacity',
      text:
        `${times(capacityRatio)} of today’s` +
        (capacityQps === null ? '' : `: ${rate(capacityQps)} operations/s`),
    },
    { term: 'How', text: sentence(how.text) },
    start,
  ];
}

/** The row that the recommendation is about: of the instance, where that is what it is. */
function targetOf(document: GrowthDocument, strategy: string | null): CapacityRow | undefined {
  const { kind, shardCount } = document.recommendation;
  const rows = capacityOf(document, kind === 'one instance' ? null : strategy);
  return rows.find((row) => row.shardCount === shardCount);
}

function bill(before: CostRow | null, after: CostRow | null): readonly Fact[] {
  if (after === null) return [];
  const { currency, monthlyCost, costRatio } = after;
  const change =
    before === null || before === after
      ? ''
      : `; today ${money(before.monthlyCost.total.mid)}; infrastructure ${times(costRatio)}`;
  return [
    {
      term: 'Monthly bill',
      text: `${name(currency)} ${moneyRange(monthlyCost.total)}${change}`,
    },
  ];
}

function lasts(present: CapacityRow | undefined, target: CapacityRow): readonly Fact[] {
  const words = (row: CapacityRow): string => {
    const known = knownMonths(row, row.monthsToFull);
    if (known === null) return 'an unknown time (it needs a measured capacity)';
    return known.p50 === 0 ? 'full already' : `${monthsRange(row, known)} months`;
  };
  const today = present === undefined || present === target ? '' : `; today ${words(present)}`;
  return [{ term: 'Lasts', text: `${words(target)}${today}` }];
}

function moves(
  document: GrowthDocument,
  strategy: string | null,
  { shardCount }: CapacityRow,
): readonly Fact[] {
  const whole = wholeWayTo(document, strategy, shardCount);
  const plan = planTo(document, strategy, shardCount);
  if (whole === null) return [];
  const { bytesMovedFraction: bytes, keysMovedFraction: keys, from } = whole;
  const seconds = plan === null ? null : (bytes * document.now.bytes) / plan.throttleBytesPerSecond;
  const copied =
    seconds === null ? '' : `; copying takes ${duration(1000 * seconds)} at the throttle`;
  return [
    {
      term: `Moves from ${from}`,
      text: `${percent(keys)} of the keys, ${percent(bytes)} of the bytes${copied}`,
    },
  ];
}
