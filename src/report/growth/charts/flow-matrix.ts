import type { TopLevelSpec } from 'vega-lite';
import type { GrowthStepRow } from '../../../result/growth-document.ts';
import { type Chart, type ChartGroup, inWords } from '../../charts/chart.ts';
import { chartConfig, palette } from '../../charts/palette.ts';
import { integer, percent } from '../../../wording/format.ts';
import { name } from '../../text.ts';

/** More shards than this make cells too small to be told apart. */
export const matrixMost = 32;
/** More shards than this leave no room for numbers. */
const numbersMost = 8;

/** From which shard to which the keys of one step go, a panel for each strategy. */
export function flowCharts(steps: readonly GrowthStepRow[]): ChartGroup {
  const [first] = steps;
  const darkest = Math.max(0, ...steps.map(largest));
  const path = first === undefined ? '' : ` from ${first.from} to ${first.to} shards`;
  return {
    design: 'flows',
    title: `Where the keys go${path}`,
    legend:
      'Each cell is the share of all keys that moves from the shard of its row to the ' +
      'shard of its column. Darker cells are larger shares, and an empty cell is no move. ' +
      'The vertical line is between the present shards and the new shards. All panels have ' +
      'one scale.',
    charts: steps.map((step) => panel(step, darkest)),
  };
}

function largest(step: GrowthStepRow): number {
  const { keys: total } = step.counted;
  return total === 0 ? 0 : Math.max(0, ...step.flows.map(({ keys }) => keys)) / total;
}

function panel(step: GrowthStepRow, darkest: number): Chart {
  const { strategy, from, to, strayKeys, flows, keysMovedFraction } = step;
  const subject = name(strategy);
  const moved = flows.reduce((sum, { keys }) => sum + keys, 0);
  if (moved === 0) {
    return { subject, title: 'nothing moves', description: 'Nothing moves.', spec: null };
  }
  const stray =
    strayKeys === 0
      ? to > from
        ? 'only to new shards'
        : 'only away from the removed shards'
      : `${percent(strayKeys / moved)} of these between shards that need no move`;
  const title = `moves ${percent(keysMovedFraction)}, ${stray}`;
  const most = flows.toSorted((a, b) => b.keys - a.keys).slice(0, 16);
  const largestFlows = inWords(most.map(flowInWords));
  return {
    subject,
    title,
    description: `Keys moved: ${integer(moved)}; the largest flows: ${largestFlows}.`,
    spec: Math.max(from, to) > matrixMost ? null : flowSpec(step, darkest),
  };
}

const flowInWords = ({ from, to, keys }: GrowthStepRow['flows'][number]): string =>
  `shard ${from} to ${to} ${integer(keys)}`;

const side = 270;

function flowSpec(step: GrowthStepRow, darkest: number): TopLevelSpec {
  const { from, to, flows } = step;
  const { keys: total } = step.counted;
  const labelled = Math.max(from, to) <= numbersMost;
  const values = flows.map(({ from: source, to: target, keys }) => ({
    source,
    target,
    share: keys / total,
    label: percent(keys / total),
  }));
  const shards = (count: number) => Array.from({ length: count }, (_, shard) => shard);
  const axis = { labelAngle: 0, labelOverlap: true, domain: false, ticks: false } as const;
  const x = {
    field: 'target',
    type: 'ordinal' as const,
    title: 'to shard',
    scale: { domain: shards(Math.max(from, to)) },
    axis: { ...axis, orient: 'top' as const },
  };
  const y = {
    field: 'source',
    type: 'ordinal' as const,
    title: 'from shard',
    scale: { domain: shards(from) },
    axis,
  };
  const height = Math.max(70, Math.min(side, (side * from) / Math.max(from, to)));
  const numbers = {
    mark: { type: 'text' as const, fontSize: 10 },
    encoding: {
      x,
      y,
      text: { field: 'label', type: 'nominal' as const },
      color: { value: palette.ink },
    },
  };
  return {
    config: { ...chartConfig, view: { stroke: palette.grid } },
    width: side,
    height,
    data: { values },
    layer: [
      {
        mark: { type: 'rect', stroke: palette.ground, strokeWidth: 1 },
        encoding: {
          x,
          y,
          color: { value: palette.series },
          opacity: {
            field: 'share',
            type: 'quantitative',
            scale: { domain: [0, darkest], range: [0.12, 0.6] },
            legend: null,
          },
        },
      },
      ...(to > from ? [boundary(from, to)] : []),
      ...(labelled ? [numbers] : []),
    ],
  };
}

/** Between the last old shard and the first new one. */
function boundary(from: number, to: number) {
  return {
    data: { values: [{}] },
    mark: { type: 'rule' as const, strokeDash: [3, 3] },
    encoding: {
      x: { value: (side * from) / to },
      y: { value: 0 },
      y2: { value: { expr: 'height' } },
      color: { value: palette.ink },
    },
  };
}
