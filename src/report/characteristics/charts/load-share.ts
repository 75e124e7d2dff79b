import type { TopLevelSpec } from 'vega-lite';
import type { CandidateCharacteristics } from '../../../result/characteristics-document.ts';
import { percent } from '../../../wording/format.ts';
import { type ChartGroup, inWords } from '../../charts/chart.ts';
import { chartConfig, palette } from '../../charts/palette.ts';
import { name } from '../../text.ts';
import { loadBasis } from '../rows.ts';

/** The share of each of the heaviest values. */
export function loadShareCharts({ key, load }: CandidateCharacteristics): ChartGroup {
  const values = load.top.map(({ value, share }) => ({ value: name(value), share }));
  const words = values.map(({ value, share }) => `${value} ${percent(share)}`);
  return {
    design: 'load-share',
    title: `The heaviest values of ${name(key)}`,
    legend:
      `Share ${loadBasis[load.basis]} of each of the heaviest values. The dashed lines are ` +
      'equal parts of 4 and of 16 shards.',
    charts: [
      {
        subject: name(key),
        title:
          values.length === 0
            ? 'no value is known'
            : `the largest has ${percent(load.largestShare)}`,
        description: `Shares: ${inWords(words)}.`,
        spec: values.length === 0 ? null : specOf(values),
      },
    ],
  };
}

function specOf(values: readonly { value: string; share: number }[]): TopLevelSpec {
  return {
    config: chartConfig,
    width: 560,
    height: 20 * values.length + 10,
    layer: [
      {
        data: { values: [...values] },
        mark: { type: 'bar', color: palette.series },
        encoding: {
          y: {
            field: 'value',
            type: 'nominal',
            sort: values.map(({ value }) => value),
            title: null,
            axis: { labelLimit: 220, domain: false, ticks: false },
          },
          x: {
            field: 'share',
            type: 'quantitative',
            title: 'share',
            axis: { format: '.1~%' },
          },
        },
      },
      {
        data: { values: [{ mean: 1 / 4 }, { mean: 1 / 16 }] },
        mark: { type: 'rule', strokeDash: [4, 3], color: palette.accent },
        encoding: { x: { field: 'mean', type: 'quantitative' } },
      },
    ],
  };
}
