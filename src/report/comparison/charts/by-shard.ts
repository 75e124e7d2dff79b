import type { TopLevelSpec } from 'vega-lite';
import type { ComparisonDocument } from '../../../result/comparison-document.ts';
import { rate, significant } from '../../../wording/format.ts';
import { type Chart, type ChartGroup, inWords } from '../../charts/chart.ts';
import { chartConfig, percentileShapes } from '../../charts/palette.ts';
import { sharedScale } from '../../charts/shared-scale.ts';
import { name } from '../../text.ts';
import { type Panel, panelsOf, shardsMax, sideColour, sidesOf } from './panels.ts';

interface Row {
  readonly side: string;
  readonly shard: number;
  readonly value: number;
  /** What the value is, where a panel has several. */
  readonly of: string;
}

interface Design {
  readonly design: string;
  readonly title: string;
  readonly legend: string;
  readonly axis: string;
  readonly text: (value: number) => string;
  readonly rows: (panel: Panel) => readonly Row[];
  readonly marks: 'bars' | 'points';
}

/** Response percentiles of each shard, both sides beside each other. */
export const shardResponseCharts = (document: ComparisonDocument): ChartGroup =>
  groupOf(document, {
    design: 'compared-response-ms',
    title: 'Response times by shard on both sides',
    legend: 'Runs of a side merged.',
    axis: 'response time, ms',
    text: significant,
    marks: 'points',
    rows: ({ curves }) =>
      curves.flatMap(({ side, shards }) =>
        shards.flatMap((one) =>
          (['p50', 'p95', 'p99'] as const).flatMap((of) => {
            const value = one[of];
            return value === null ? [] : [{ side, shard: one.shard, of, value }];
          }),
        ),
      ),
  });

/** Write QPS of each shard, both sides beside each other. */
export const shardWriteCharts = (document: ComparisonDocument): ChartGroup =>
  groupOf(document, {
    design: 'compared-write-qps',
    title: 'Writes by shard on both sides',
    legend: 'Successful writes per second, the mean of the runs of a side.',
    axis: 'write QPS',
    text: rate,
    marks: 'bars',
    rows: ({ curves }) =>
      curves.flatMap(({ side, shards }) =>
        shards.map(({ shard, writeQps }) => ({ side, shard, of: 'writes', value: writeQps })),
      ),
  });

function groupOf(document: ComparisonDocument, design: Design): ChartGroup {
  const { panels, note } = panelsOf(document);
  const highestOf = (panel: Panel): number =>
    Math.max(0, ...design.rows(panel).map(({ value }) => value));
  const scale = sharedScale(panels.map(highestOf));
  const sides = sidesOf(panels);
  return {
    design: design.design,
    title: design.title,
    legend: `${design.legend} ${scale.note}${note}`,
    charts: panels.map((panel): Chart => {
      const subject = name(panel.strategy);
      const rows = design.rows(panel);
      const shards = new Set(rows.map(({ shard }) => shard)).size;
      if (rows.length === 0 || shards > shardsMax) {
        const title = rows.length === 0 ? 'nothing measured' : `too many shards to draw: ${shards}`;
        return { subject, title, description: title, spec: null };
      }
      const highest = highestOf(panel);
      const most = rows.find(({ value }) => value === highest);
      const what = most?.of === 'writes' ? '' : `${most?.of ?? ''} `;
      return {
        subject,
        title:
          `most: ${what}${design.text(highest)} on shard ${most?.shard ?? 0} of side ` +
          `${most?.side ?? ''}${scale.wordFor(highest)}`,
        description: `${inWords(
          rows.map(
            ({ side, shard, of, value }) =>
              `side ${side} shard ${shard} ${of} ${design.text(value)}`,
          ),
        )}.`,
        spec: specOf(rows, design, scale.endOf(highest), sides),
      };
    }),
  };
}

function specOf(
  rows: readonly Row[],
  { axis, marks }: Design,
  highest: number,
  sides: readonly string[],
): TopLevelSpec {
  return {
    config: chartConfig,
    width: 270,
    height: 130,
    data: { values: [...rows] },
    mark: marks === 'bars' ? { type: 'bar' } : { type: 'point', filled: true, size: 45 },
    encoding: {
      x: {
        field: 'shard',
        type: 'ordinal',
        title: 'shard',
        axis: { labelAngle: 0, labelOverlap: true },
      },
      xOffset: { field: 'side', type: 'nominal' },
      y: {
        field: 'value',
        type: 'quantitative',
        title: axis,
        scale: { domain: [0, highest * 1.1], nice: false },
        axis: { tickCount: 4 },
      },
      color: sideColour(sides),
      ...(marks === 'points' && {
        shape: {
          field: 'of',
          type: 'nominal',
          scale: { domain: ['p50', 'p95', 'p99'], range: [...percentileShapes] },
          legend: { orient: 'top', title: null },
        },
      }),
    },
  };
}
