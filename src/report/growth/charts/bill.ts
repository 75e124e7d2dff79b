import type { TopLevelSpec } from 'vega-lite';
import type { CostRow, GrowthDocument } from '../../../result/growth-document.ts';
import { type ChartGroup, inWords } from '../../charts/chart.ts';
import { chartConfig, palette, stackColours } from '../../charts/palette.ts';
import { name } from '../../text.ts';
import { moneyRange } from '../amounts.ts';
import { bills } from '../rows.ts';
import { listed, money, times } from '../../../wording/format.ts';
import { intervalLayer, labelLayer, shardsAxis } from './bar-layers.ts';

/** Parts of the bill that have a colour, if they can be seen; the table has each by itself. */
const parts = [
  { label: 'machines', of: (cost: Cost) => cost.compute.mid + cost.replicas.mid },
  { label: 'overhead', of: (cost: Cost) => cost.overhead.mid },
  { label: 'storage', of: (cost: Cost) => cost.storage.mid },
  { label: 'people', of: (cost: Cost) => cost.people.mid },
  { label: 'engineering', of: (cost: Cost) => cost.crossShardEngineering.mid },
] as const;

type Cost = CostRow['monthlyCost'];

/** The monthly bill of each count by its parts. */
export function billCharts(document: GrowthDocument): ChartGroup {
  const rows = bills(document);
  const currency = name(rows[0]?.currency ?? '');
  const subject = `${currency} a month`;
  const used = parts.filter(({ of }) =>
    rows.some(({ monthlyCost }) => of(monthlyCost) > 0.005 * monthlyCost.total.mid),
  );
  const words = rows.map(
    ({ shardCount, monthlyCost }) =>
      `${shardCount} ${noun(shardCount)} ${moneyRange(monthlyCost.total)}`,
  );
  return {
    design: 'monthly-cost',
    title: titleOf(document, rows),
    legend:
      `${currency} a month by parts: ${listed(used.map(({ label }) => label))}. Machines ` +
      'include standbys. The line on each bar goes from the bill with all low prices to ' +
      'the bill with all high prices. 1 is one unsharded instance.',
    charts: [
      rows.length === 0
        ? { subject, title: 'no costs', description: 'No costs are known.', spec: null }
        : {
            subject,
            title: 'with the assumptions that are listed below',
            description: `Bill in ${currency} a month: ${inWords(words)}.`,
            spec: billSpec(rows, currency, used),
          },
    ],
  };
}

const noun = (count: number): string => (count === 1 ? 'instance' : 'shards');

function titleOf(document: GrowthDocument, rows: readonly CostRow[]): string {
  const present = rows.find(({ shardCount }) => shardCount === document.now.shardCount);
  const last = rows.at(-1);
  if (present === undefined || last === undefined) return 'What each count costs';
  const factor =
    present.monthlyCost.total.mid === 0
      ? 1
      : last.monthlyCost.total.mid / present.monthlyCost.total.mid;
  return (
    `${last.shardCount} shards cost ${times(factor)} as much as the present ` + present.shardCount
  );
}

function billSpec(
  rows: readonly CostRow[],
  currency: string,
  used: readonly (typeof parts)[number][],
): TopLevelSpec {
  const values = rows.flatMap(({ shardCount, monthlyCost }) =>
    used.map(({ label, of }, order) => ({
      shards: shardCount,
      part: label,
      order,
      amount: of(monthlyCost),
    })),
  );
  const totals = rows.map(({ shardCount, monthlyCost: { total } }) => ({
    shards: shardCount,
    ...total,
    label: money(total.mid),
  }));
  const highest = Math.max(...totals.map(({ high }) => high));
  const x = shardsAxis('databases');
  return {
    config: chartConfig,
    width: 300,
    height: 170,
    data: { values },
    layer: [
      {
        mark: { type: 'bar', width: { band: 0.7 }, stroke: palette.ground, strokeWidth: 0.5 },
        encoding: {
          x,
          y: {
            field: 'amount',
            type: 'quantitative',
            stack: 'zero',
            title: `${currency} a month`,
            scale: { domain: [0, highest * 1.12] },
            axis: { tickCount: 5, format: '~s' },
          },
          order: { field: 'order', type: 'quantitative' },
          color: {
            field: 'part',
            type: 'nominal',
            scale: {
              domain: used.map(({ label }) => label),
              range: stackColours.slice(0, used.length),
            },
            legend: { orient: 'top', title: null, columns: 3, labelLimit: 0 },
          },
        },
      },
      intervalLayer(x, totals),
      labelLayer(x, 'high', totals),
    ],
  };
}
