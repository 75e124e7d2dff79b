import type { TopLevelSpec } from 'vega-lite';
import type { CandidateCharacteristics } from '../../../result/characteristics-document.ts';
import { duration, integer } from '../../../wording/format.ts';
import { type ChartGroup, inWords } from '../../charts/chart.ts';
import { chartConfig, palette } from '../../charts/palette.ts';
import { name } from '../../text.ts';

/** Load of the heaviest values over the time of the log. */
export function heatMapCharts({ key, heatMap }: CandidateCharacteristics): ChartGroup {
  const map = heatMap ?? { values: [], atSeconds: [], counts: [] };
  const totals = map.counts.map((row) => row.reduce((sum, each) => sum + each, 0));
  const words = map.values.map(
    (value, index) => `${name(value)} ${integer(totals[index] ?? 0)} operations`,
  );
  return {
    design: 'heat-map',
    title: `Load by value of ${name(key)} and time`,
    legend:
      'Each row is one of the heaviest values, each column a part of the time of the log; ' +
      'darker cells had more operations.',
    charts: [
      {
        subject: name(key),
        title: map.values.length === 0 ? 'no value is known' : timeOf(map.atSeconds),
        description: `Operations: ${inWords(words)}.`,
        spec: map.values.length === 0 ? null : specOf(map),
      },
    ],
  };
}

function timeOf(atSeconds: readonly number[]): string {
  const [from = 0, next = 1] = atSeconds;
  return `over ${duration(1000 * ((atSeconds.at(-1) ?? 0) + (next - from)))}`;
}

function specOf({
  values,
  atSeconds,
  counts,
}: NonNullable<CandidateCharacteristics['heatMap']>): TopLevelSpec {
  const step = (atSeconds[1] ?? 1) - (atSeconds[0] ?? 0);
  const cells = values.flatMap((value, row) =>
    atSeconds.map((at, column) => ({
      value: name(value),
      from: at,
      to: at + step,
      count: counts[row]?.[column] ?? 0,
    })),
  );
  return {
    config: { ...chartConfig, view: { stroke: palette.grid } },
    width: 560,
    height: 20 * values.length,
    data: { values: cells },
    mark: { type: 'rect' },
    encoding: {
      y: {
        field: 'value',
        type: 'ordinal',
        sort: values.map(name),
        title: null,
        axis: { labelLimit: 220, domain: false, ticks: false },
      },
      x: {
        field: 'from',
        type: 'quantitative',
        title: 'seconds from the first statement',
        scale: { nice: false },
        // The last label is moved into the frame, towards the one before it.
        axis: { tickCount: 6 },
      },
      x2: { field: 'to' },
      color: { value: palette.series },
      opacity: {
        field: 'count',
        type: 'quantitative',
        scale: { range: [0, 1] },
        legend: { title: 'operations', orient: 'bottom' },
      },
    },
  };
}
