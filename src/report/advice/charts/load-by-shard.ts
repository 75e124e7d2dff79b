import type { TopLevelSpec } from 'vega-lite';
import type { AdviceDocument, PlacedCandidate } from '../../../result/advice-document.ts';
import { counted, percent, ratio, short } from '../../../wording/format.ts';
import { type Chart, type ChartGroup, inWords } from '../../charts/chart.ts';
import { chartConfig, palette } from '../../charts/palette.ts';
import { name } from '../../text.ts';

/** What each shard of the best candidates has to do: a panel for each candidate. */
export function loadByShardCharts(document: AdviceDocument): ChartGroup {
  const { loadByShard, now } = document;
  const allowed = allowedOf(document);
  const most = Math.max(
    allowed ?? 0,
    ...loadByShard.flatMap(({ shards }) => shards.map((each) => each.workFraction * now.qps)),
  );
  return {
    design: 'load-by-shard',
    title: 'Load by shard',
    legend:
      `What each shard has to do of the ${short(now.qps)} operations a second of today. What ` +
      'several shards do for one operation counts on each of them. The fullest shard has another ' +
      'colour. ' +
      (allowed === null
        ? 'How much a shard can do is not known.'
        : `The line is ${percent(document.basis.utilisation)} of what a shard can do.`) +
      ' The salts are those of the scenario; the ranges over others are in the table. All panels ' +
      'have one scale.',
    charts: loadByShard.map((each) => panel(each, document, most)),
  };
}

function allowedOf({ basis: { shardQps, utilisation } }: AdviceDocument): number | null {
  return shardQps === null ? null : utilisation * shardQps;
}

function panel(placed: PlacedCandidate, document: AdviceDocument, most: number): Chart {
  const { strategy, shardCount, shards } = placed;
  const work = shards.map(({ workFraction }) => workFraction * document.now.qps);
  const largest = Math.max(...work);
  const mean = work.reduce((sum, each) => sum + each, 0) / work.length;
  return {
    subject: `${name(strategy)} on ${counted(shardCount, 'shard')}`,
    title:
      `${roleWords(placed, document)}: the fullest does ${ratio(largest / mean)} times ` +
      'the mean',
    description: `Operations a second: ${inWords(
      work.map((each, shard) => `shard ${shard} ${short(Math.round(each))}`),
    )}.`,
    spec: specOf(work, allowedOf(document), most),
  };
}

function roleWords({ role }: PlacedCandidate, { recommendation }: AdviceDocument): string {
  if (role === 'runner-up') return 'the runner-up';
  if (role === 'best-of-another-key') return 'the best of another key';
  return recommendation.kind === 'shard' ? 'recommended' : 'the best one, were it needed';
}

function specOf(work: readonly number[], allowed: number | null, most: number): TopLevelSpec {
  const fullest = work.indexOf(Math.max(...work));
  const values = work.map((qps, shard) => ({ shard, qps, isFullest: shard === fullest }));
  const y = {
    type: 'quantitative' as const,
    title: 'operations/s',
    scale: { domain: [0, 1.08 * most], nice: false },
    axis: { tickCount: 4, format: '~s' },
  };
  const line =
    allowed === null
      ? []
      : [
          {
            data: { values: [{ allowed }] },
            mark: { type: 'rule' as const, strokeWidth: 1.5, strokeDash: [5, 3] },
            encoding: { y: { field: 'allowed', ...y }, color: { value: palette.ink } },
          },
        ];
  return {
    config: chartConfig,
    width: 270,
    height: 140,
    data: { values },
    layer: [
      {
        mark: { type: 'bar', width: { band: 0.75 } },
        encoding: {
          x: {
            field: 'shard',
            type: 'ordinal',
            title: 'shard',
            axis: { labelAngle: 0, labelOverlap: true },
          },
          y: { field: 'qps', ...y },
          color: {
            condition: { test: 'datum.isFullest', value: palette.accent },
            value: palette.series,
          },
        },
      },
      ...line,
    ],
  };
}
