import type { TopLevelSpec } from 'vega-lite';
import type {
  CandidateCharacteristics,
  CharacteristicsDocument,
} from '../../../result/characteristics-document.ts';
import { percent } from '../../../wording/format.ts';
import { type ChartGroup, inWords } from '../../charts/chart.ts';
import { chartConfig, palette, stackColours } from '../../charts/palette.ts';
import { name } from '../../text.ts';

/** In the order in which they stack, the best first. */
const fates = [
  { fate: 'single', label: 'one shard' },
  { fate: 'reference', label: 'any shard' },
  { fate: 'multi', label: 'several shards' },
  { fate: 'scatter', label: 'all shards' },
  { fate: 'notRunnable', label: 'cannot run' },
] as const;

/** More bars than this are too many to compare. */
const shownMost = 12;

/** What becomes of the calls under each key, a bar for each. */
export function bindShareCharts({ candidates }: CharacteristicsDocument): ChartGroup {
  const shown = candidates.filter(({ bindShare }) => bindShare !== null).slice(0, shownMost);
  const words = shown.map(
    ({ key, bindShare }) => `${name(key)} ${percent(bindShare?.single ?? 0)} on one shard`,
  );
  return {
    design: 'bind-share',
    title: 'What becomes of the calls under each key',
    legend:
      'Share of the calls by the shards they ask: ' +
      `${fates.map(({ label }) => label).join(', ')}.`,
    charts: [
      {
        subject: 'all calls',
        title: shown.length === 0 ? 'no queries were seen' : 'by share of the calls',
        description: `Calls by key: ${inWords(words)}.`,
        spec: shown.length === 0 ? null : specOf(shown),
      },
    ],
  };
}

function specOf(shown: readonly CandidateCharacteristics[]): TopLevelSpec {
  const keys = shown.map(({ key }) => name(key));
  const values = shown.flatMap(({ key, bindShare }) =>
    fates.map(({ fate, label }, order) => ({
      key: name(key),
      label,
      order,
      share: bindShare?.[fate] ?? 0,
    })),
  );
  return {
    config: chartConfig,
    width: 560,
    height: 24 * shown.length + 10,
    data: { values },
    mark: { type: 'bar', stroke: palette.ground, strokeWidth: 1 },
    encoding: {
      y: {
        field: 'key',
        type: 'nominal',
        sort: keys,
        title: null,
        axis: { labelLimit: 200, domain: false, ticks: false },
      },
      x: {
        field: 'share',
        type: 'quantitative',
        title: 'share of the calls',
        scale: { domain: [0, 1] },
        axis: { format: '.0%' },
      },
      order: { field: 'order', type: 'quantitative' },
      color: {
        field: 'label',
        type: 'nominal',
        title: null,
        sort: fates.map(({ label }) => label),
        scale: { domain: fates.map(({ label }) => label), range: [...stackColours] },
        legend: { orient: 'bottom', columns: 5 },
      },
    },
  };
}
