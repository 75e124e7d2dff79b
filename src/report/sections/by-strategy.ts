import type { Cell, RunResult } from '../../result/types.ts';
import { writeBandCharts } from '../charts/write-band.ts';
import type { Block, Column, Section, Value } from '../document.ts';
import { percent, rate, ratio } from '../../wording/format.ts';
import { isRankedByLatency } from '../measured-repeats.ts';
import { servedFraction, servesAll } from '../served-part.ts';
import {
  column,
  missing,
  missingNote,
  numberOr,
  percentileValue,
  strategyValue,
  value,
  verdictValue,
} from '../values.ts';
import { carriedTable } from './carried-table.ts';
import { distributionBlocks } from './distribution.ts';

const load = { group: 'Load, QPS' };
const response = { group: 'Response, ms' };
const fanOut = { group: 'Fan-out' };

const byP50 = {
  meaning: 'Place by median response time; a range where no difference can be shown',
};

const columnsFor = (partly: boolean, ranked: boolean): readonly Column[] => [
  column('Strategy', { align: 'text' }),
  column('Verdict', { align: 'text' }),
  ...(partly ? [column('serves', { ...load, meaning: 'Share of the workload that it runs' })] : []),
  column('offered', { ...load, meaning: 'Arrivals intended per second' }),
  column('accepted', { ...load, meaning: 'Successful operations per second' }),
  column('p50', response),
  column('p95', response),
  column('p99', response),
  ...(ranked ? [column('by p50', byP50)] : []),
  column('scatter', { ...fanOut, meaning: 'Share of operations that go to all shards' }),
  column('shards', { ...fanOut, meaning: 'Mean number of shards touched by an operation' }),
];

/** One row a strategy, in the order of the scenario. */
export function byStrategySection(result: RunResult): Section {
  const partly = !result.cells.every(servesAll);
  const ranked = isRankedByLatency(result);
  const rows = result.cells.map((cell) => rowOf(cell, partly, ranked));
  const table: Block = {
    kind: 'table',
    caption: 'Each strategy over the whole window',
    columns: columnsFor(partly, ranked),
    rows,
    note: missingNote(rows),
  };
  return {
    id: 'strategies',
    title: 'By strategy',
    blocks: [
      table,
      carriedTable(result),
      { kind: 'charts', group: writeBandCharts(result) },
      ...distributionBlocks(result),
    ],
  };
}

function rowOf(cell: Cell, partly: boolean, ranked: boolean): readonly Value[] {
  const unmeasured = cell.status === 'ok' ? 'not measured' : `not measured: ${cell.status}`;
  const overall = cell.overall?.responseMs;
  return [
    strategyValue(cell),
    verdictValue(cell),
    ...(partly ? [value(percent(servedFraction(cell)))] : []),
    numberOr(cell.load?.offeredQps, rate, unmeasured),
    numberOr(cell.load?.acceptedQps, rate, unmeasured),
    ...(['p50', 'p95', 'p99'] as const).map((percentile) =>
      overall === undefined ? missing(unmeasured) : percentileValue(overall, percentile),
    ),
    ...(ranked ? [rankOf(cell)] : []),
    numberOr(cell.fanOut?.scatterFraction, percent, unmeasured),
    numberOr(cell.fanOut?.shardQueriesPerOperation, ratio, unmeasured),
  ];
}

const rankOf = ({ latencyRank: rank }: Cell): Value => {
  if (rank === undefined) return missing('its times are not ranked');
  return value(rank.from === rank.to ? `${rank.from}` : `${rank.from}–${rank.to}`);
};
