import { contentOf } from '../../../result/finding-content.ts';
import type { CapacityRow, GrowthDocument } from '../../../result/growth-document.ts';
import type { Block, Section, Value } from '../../document.ts';
import { fineRatio, percent, rate, ratio, times } from '../../../wording/format.ts';
import { name, sentence } from '../../text.ts';
import { column, missing, missingNote, value } from '../../values.ts';
import { needsCapacity } from '../amounts.ts';
import { boughtCharts } from '../charts/bought.ts';
import { untilFullCharts } from '../charts/until-full.ts';
import { monthsValue } from '../known-months.ts';
import { drawnText, placementRows, placementsOf } from '../placement-rows.ts';
import { capacityOf, strategiesOf } from '../rows.ts';

const fullest = { group: 'Work of the fullest shard' };

const columns = [
  column('Strategy', { align: 'text' }),
  column('shards'),
  column('operations/s', { meaning: 'Rate at which the fullest shard reaches its capacity' }),
  column('writes/s', { meaning: 'The writes among these operations' }),
  column('of today', { meaning: 'Capacity against the present' }),
  column('databases', { meaning: 'Number of databases whose work the shards do' }),
  column('by key', { ...fullest, meaning: 'Operations that the shard key directs' }),
  column('if even', { ...fullest, meaning: 'The same if all shards got equal work' }),
  column('all shards', { ...fullest, meaning: 'Operations that every shard must answer' }),
  column('fullest', { group: 'Used today' }),
  column('mean', { group: 'Used today' }),
];

/** What each count can carry, and why it is not the number of shards. */
export function capacitySection(document: GrowthDocument): Section {
  const rows = grouped(document, (row, first) => [
    nameOf(row, first),
    value(String(row.shardCount)),
    rateOf(row, row.capacityQps),
    rateOf(row, row.writeCapacityQps),
    row.capacityRatio === null ? missing(noPresent) : value(times(row.capacityRatio)),
    value(ratio(row.effectiveShards)),
    value(fineRatio(row.hottest.keyedWork)),
    value(fineRatio(row.hottest.evenKeyedWork)),
    value(fineRatio(row.hottest.scatterWork)),
    usedOf(row, row.utilisation?.max),
    usedOf(row, row.utilisation?.mean),
  ]);
  const basis = [...new Set(document.capacity.map((row) => sentence(row.basis.text)))];
  const blocks: Block[] = [
    { kind: 'charts', group: boughtCharts(document) },
    {
      kind: 'table',
      caption: 'What each count can carry',
      columns,
      rows,
      note: [
        'Work is a share: 1 is the work of all operations on one database that holds everything.',
        missingNote(rows) ?? '',
      ]
        .join(' ')
        .trim(),
    },
    ...placementTable(document),
    { kind: 'list', items: whys(document) },
    ...operationCosts(document),
    { kind: 'paragraph', text: `Capacity of one shard: ${basis.join('; ')}.` },
  ];
  return { id: 'capacity', title: 'What it buys', blocks, startsPage: true };
}

const costColumns = [
  column('Operation', { align: 'text' }),
  column('share', { meaning: 'Of all operations' }),
  column('cost', { meaning: 'Work of one operation; the mean operation has 1' }),
  column('95 %', { meaning: 'Interval of the cost with 95 % confidence' }),
  column('of the work', { meaning: 'share x cost, if everything is on one database' }),
  column('Cost is', { align: 'text' }),
];

/** What each operation costs, and how that is known. */
function operationCosts({ capacity }: GrowthDocument): readonly Block[] {
  const operations = capacity.find(({ strategy }) => strategy === null)?.hottest.operations ?? [];
  const rows = operations.flatMap((one): Value[][] => {
    const { operation, share, cost, costSource, costInterval, workShare } = one;
    if (costSource === undefined || workShare === undefined) return [];
    return [
      [
        { ...value(name(operation)), first: true },
        value(percent(share)),
        value(ratio(cost)),
        intervalOf(costSource, costInterval ?? null),
        value(percent(workShare)),
        value(costSource === 'unmeasured' ? 'cost 1 (unmeasured)' : costSource),
      ],
    ];
  });
  if (rows.length === 0) return [];
  const caption = 'What each operation costs';
  return [{ kind: 'table', caption, columns: costColumns, rows, note: missingNote(rows) }];
}

function intervalOf(
  source: 'given' | 'measured' | 'unmeasured',
  interval: { readonly low: number; readonly high: number } | null,
): Value {
  if (interval !== null) return value(`${ratio(interval.low)} to ${ratio(interval.high)}`);
  return missing(source === 'measured' ? 'too few queries for an interval' : `cost is ${source}`);
}

const noPresent = 'it is not known which strategy the present shards use';

/** `at least` where the capacity is a lower bound. */
function rateOf({ bound }: CapacityRow, amount: number | null): Value {
  if (amount === null) return missing(needsCapacity);
  return value(`${bound === 'at least' ? '≥' : ''}${rate(amount)}`);
}

/** At most, where the capacity is a lower bound. */
function usedOf({ bound }: CapacityRow, used: number | undefined): Value {
  if (used === undefined) return missing(needsCapacity);
  return value(`${bound === 'at least' ? '≤' : ''}${percent(used)}`);
}

const placementColumns = [
  column('Strategy', { align: 'text' }),
  column('shards'),
  column('databases', {
    group: '9 of 10 placements',
    meaning: 'Number of databases whose work they do',
  }),
  column('of today', { group: '9 of 10 placements', meaning: 'Capacity against the present' }),
  column('months', { group: '9 of 10 placements', meaning: 'Until full, with the middle trend' }),
  column('Verdicts', { align: 'text', meaning: 'How many placements have which verdict' }),
];

/** What other placements of the same keys do: another range than that of the futures. */
function placementTable(document: GrowthDocument): readonly Block[] {
  const placements = placementsOf(document);
  if (!placements) return [];
  const found = placementRows(document);
  const rows = found.map(({ row, databases, buys, months, verdicts }, index) => [
    nameOf(row, found[index - 1]?.row.strategy !== row.strategy),
    value(String(row.shardCount)),
    value(databases),
    value(buys),
    months === null ? missing(needsCapacity) : value(months),
    value(name(verdicts)),
  ]);
  const note =
    `From p5 to p95 of ${drawnText(placements)}. Other tables show the placement in the ` +
    'middle; their months have the range of 8 of 10 futures. If the ranges of two ' +
    'strategies overlap, it is not known which of them is better.';
  return [
    {
      kind: 'table',
      caption: 'What other placements of the same keys do',
      columns: placementColumns,
      rows,
      note: [note, missingNote(rows) ?? ''].join(' ').trim(),
    },
  ];
}

/** Of the largest count of each strategy; those that say the same once. */
function whys(document: GrowthDocument): readonly string[] {
  const last = strategiesOf(document).flatMap((strategy) => {
    const row = capacityOf(document, strategy).at(-1);
    return row === undefined ? [] : [{ strategy, why: row.why }];
  });
  return [...Map.groupBy(last, ({ why }) => contentOf(why)).values()].map((own) => {
    const names = own.map(({ strategy }) => name(strategy)).join(', ');
    return `${names}: ${sentence(own[0]?.why.text ?? '')}`;
  });
}

const monthColumns = [
  column('Strategy', { align: 'text' }),
  column('shards'),
  column('full', {
    group: 'Months',
    meaning: 'The first shard, by load or bytes: p50 (p10 to p90)',
  }),
  column('by load', { group: 'Months' }),
  column('by bytes', { group: 'Months' }),
  column('First to fill', { align: 'text' }),
];

/** How long each count lasts, and which shard is full first. */
export function monthsSection(document: GrowthDocument): Section {
  const rows = grouped(document, (row, first) => [
    nameOf(row, first),
    value(String(row.shardCount)),
    monthsValue(row, row.monthsToFull),
    monthsValue(row, row.monthsToFullBy.load),
    monthsValue({ ...row, bound: 'known' }, row.monthsToFullBy.bytes),
    firstOf(row),
  ]);
  return {
    id: 'months',
    title: 'How long it lasts',
    blocks: [
      { kind: 'charts', group: untilFullCharts(document) },
      {
        kind: 'table',
        caption: 'Months until the first shard is full',
        columns: monthColumns,
        rows,
        note: missingNote(rows),
      },
    ],
  };
}

function firstOf(row: CapacityRow): Value {
  if (row.firstToFill !== null) return value(firstText(row.firstToFill));
  return missing(row.monthsToFull === null ? needsCapacity : 'no shard is full in any future');
}

function firstText({ shard, fraction, why }: NonNullable<CapacityRow['firstToFill']>): string {
  return `shard ${shard} (${percent(fraction)} of futures): ${sentence(why.text)}`;
}

function nameOf({ strategy }: CapacityRow, first: boolean): Value {
  return { ...value(strategy === null ? 'one instance' : name(strategy)), first };
}

/** Rows by strategy, the one instance first. */
function grouped(
  document: GrowthDocument,
  show: (row: CapacityRow, first: boolean) => readonly Value[],
): readonly (readonly Value[])[] {
  return [null, ...strategiesOf(document)].flatMap((strategy) =>
    capacityOf(document, strategy).map((row, index) => show(row, index === 0)),
  );
}
