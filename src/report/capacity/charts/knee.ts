import type { TopLevelSpec } from 'vega-lite';
import type { CapacityDocument, CapacityStrategy } from '../../../result/capacity-document.ts';
import type { CapacityStep } from '../../../result/capacity-step.ts';
import { short } from '../../../wording/format.ts';
import { type Chart, type ChartGroup, inWords } from '../../charts/chart.ts';
import { extent, logTicks } from '../../charts/log-ticks.ts';
import { chartConfig, palette } from '../../charts/palette.ts';
import { headline, outcomeOf, sustainedText, timesText, titleOf } from '../rows.ts';

/** Accepted against offered rate with the p99 above, a panel for each strategy. */
export function kneeCharts(document: CapacityDocument): ChartGroup {
  const all = document.strategies.flatMap(({ steps }) => steps);
  const axes = {
    rates: logTicks(all.flatMap(({ offeredQps, acceptedQps }) => [offeredQps, acceptedQps])),
    times: logTicks(all.flatMap(({ responseMs }) => responseMs.p99 ?? [])),
    limitMs: limitOf(document),
  };
  return {
    design: 'knee',
    title: headline(document) ?? 'No rate was seen to hold the objective',
    legend:
      'Each point is a window. Above: p99 of the response time; the dashed line is the limit. ' +
      'Below: operations that succeeded in the window, a second; the faint line is all that ' +
      'arrived. The upright line is the rate that the strategy sustains. All axes are ' +
      'logarithmic and the same in all panels; a window whose p99 falls among failures has no ' +
      'point above.',
    charts: document.strategies.map((strategy) => panel(strategy, document, axes)),
  };
}

interface Axes {
  readonly rates: readonly number[];
  readonly times: readonly number[];
  readonly limitMs: number | null;
}

/** Of an objective on the p99 of all operations; others have no line in this chart. */
function limitOf({ strategies }: CapacityDocument): number | null {
  const values = strategies.flatMap(({ steps }) => steps.flatMap(({ objectives }) => objectives));
  return (
    values.find(({ expression }) => expression.startsWith('response_ms: p(99)<'))?.limit ?? null
  );
}

const wordsOf = (step: CapacityStep): string =>
  `${short(step.rateQps)}/s ${outcomeOf(step).text}, accepted ${short(step.acceptedQps)}/s, ` +
  timesText(step);

function panel(strategy: CapacityStrategy, document: CapacityDocument, axes: Axes): Chart {
  const { steps, sustainedQps } = strategy;
  const subject = titleOf(strategy, document);
  if (steps.length === 0) {
    const title = 'no window was measured';
    return { subject, title, description: title, spec: null };
  }
  const inOrder = steps.toSorted((a, b) => a.rateQps - b.rateQps);
  const next = inOrder.find(({ rateQps }) => rateQps > (sustainedQps ?? 0));
  const title =
    sustainedQps === null
      ? 'no rate held the objective'
      : `${sustainedText(strategy)}/s sustained` +
        (next === undefined ? '' : `; at ${short(next.rateQps)}/s ${timesText(next)}`);
  return {
    subject,
    title,
    description: `Windows by their rate: ${inWords(inOrder.map(wordsOf))}.`,
    spec: kneeSpec(strategy, axes),
  };
}

/** Same place, another shape and colour for windows that broke the objective. */
const byOutcome = {
  field: 'outcome',
  scale: {
    domain: ['held', 'broken', 'generator late', 'spoilt'],
    range: [palette.series, palette.accent, palette.third, palette.faint],
  },
  legend: { orient: 'top' as const, title: null },
};
const shapes = { ...byOutcome.scale, range: ['circle', 'cross', 'triangle-up', 'diamond'] };

function kneeSpec(
  { steps, sustainedQps }: CapacityStrategy,
  { rates, times, limitMs }: Axes,
): TopLevelSpec {
  const values = steps.map((step) => ({
    offered: step.offeredQps,
    accepted: Math.max(step.acceptedQps, rates[0] ?? 1),
    p99: step.responseMs.p99,
    outcome: outcomeOf(step).text,
  }));
  const axis = (ticks: readonly number[]) => ({
    scale: { type: 'log' as const, domain: [...(extent(ticks) ?? [1, 10])], nice: false },
    axis: { values: [...ticks], format: ',~r', labelOverlap: true as const },
  });
  const x = {
    field: 'offered',
    type: 'quantitative' as const,
    title: 'offered, operations a second',
    ...axis(rates),
  };
  const points = { type: 'point' as const, filled: true, size: 45, opacity: 1 };
  const marks = { color: byOutcome, shape: { field: 'outcome', scale: shapes } };
  const y = (field: string, title: string, ticks: readonly number[]) => ({
    field,
    type: 'quantitative' as const,
    title,
    ...axis(ticks),
  });
  const knee = sustainedQps === null ? [] : [ruleAt('offered', sustainedQps, x)];
  const timesAxis = y('p99', 'p99, ms', times);
  const known = values.filter(({ p99 }) => p99 !== null);
  const limit = limitMs === null || times.length === 0 ? [] : [limitRule(limitMs, timesAxis)];
  return {
    config: chartConfig,
    vconcat: [
      {
        width: 245,
        height: 90,
        layer: [
          ...knee,
          ...limit,
          { data: { values: known }, mark: points, encoding: { x, y: timesAxis, ...marks } },
        ],
      },
      {
        width: 245,
        height: 110,
        layer: [
          {
            data: { values: (extent(rates) ?? []).map((rate) => ({ offered: rate, all: rate })) },
            mark: { type: 'line', strokeWidth: 1 },
            encoding: {
              x,
              y: y('all', 'accepted a second', rates),
              color: { value: palette.faint },
            },
          },
          ...knee,
          {
            data: { values },
            mark: points,
            encoding: { x, y: y('accepted', 'accepted a second', rates), ...marks },
          },
        ],
      },
    ],
  };
}

function ruleAt<X extends { readonly field: string }>(field: string, value: number, x: X) {
  return {
    data: { values: [{ [field]: value }] },
    mark: { type: 'rule' as const, strokeWidth: 1.5 },
    encoding: { x, color: { value: palette.ink } },
  };
}

function limitRule<Y extends { readonly field: string }>(limitMs: number, y: Y) {
  return {
    data: { values: [{ [y.field]: limitMs }] },
    mark: { type: 'rule' as const, strokeDash: [4, 3], strokeWidth: 1 },
    encoding: { y, color: { value: palette.ink } },
  };
}
