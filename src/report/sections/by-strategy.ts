import { type Rank, rankByWriteBalance } from '../../result/ranking.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import type { Block, Section, Value } from '../document.ts';
import { joined } from '../charts/chart.ts';
import { percent, rate, ratio } from '../number.ts';
import { name } from '../text.ts';
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
import { writeBandCharts } from '../charts/write-band.ts';
import { distributionBlocks } from './distribution.ts';

const load = { group: 'Load, QPS' };
const response = { group: 'Response, ms' };
const balance = { group: 'Write balance, max/mean' };
const fanOut = { group: 'Fan-out' };

const columns = [
  column('Strategy', { align: 'text' }),
  column('Verdict', { align: 'text' }),
  column('offered', { ...load, meaning: 'Arrivals intended per second' }),
  column('accepted', { ...load, meaning: 'Successful operations per second' }),
  column('p50', response),
  column('p95', response),
  column('p99', response),
  column('this run', { ...balance, meaning: 'Hottest shard over the mean of the shards' }),
  column('ideal', { ...balance, meaning: 'A perfect hash with as many distinct keys' }),
  column('floor', { ...balance, meaning: 'No router on this shard key can go below' }),
  column('p5–p95', { ...balance, meaning: 'Placement band: p5 to p95 over 1,000 hash salts' }),
  column('rank', { ...balance, meaning: 'By the band; a range where bands overlap' }),
  column('scatter', { ...fanOut, meaning: 'Share of operations that go to all shards' }),
  column('shards', { ...fanOut, meaning: 'Mean number of shards touched by an operation' }),
];

/** One row a strategy, in the order of the scenario. */
export function byStrategySection(result: RunResult): Section {
  const ranks = rankByWriteBalance(result);
  const rows = result.cells.map((cell) => rowOf(cell, ranks));
  const table: Block = {
    kind: 'table',
    caption: 'Each strategy over the whole window',
    columns,
    rows,
    note: missingNote(rows),
  };
  return {
    id: 'strategies',
    title: 'By strategy',
    blocks: [
      table,
      { kind: 'charts', group: writeBandCharts(result) },
      ...distributionBlocks(result),
    ],
  };
}

function rowOf(cell: Cell, ranks: readonly Rank[]): readonly Value[] {
  const unmeasured = cell.status === 'ok' ? 'not measured' : `not measured: ${cell.status}`;
  const overall = cell.overall?.responseMs;
  const writes = cell.imbalance?.writeQps;
  const alone = cell.shardCount < 2 ? 'one shard has no balance' : null;
  const why = alone ?? unmeasured;
  return [
    strategyValue(cell),
    verdictValue(cell),
    numberOr(cell.load?.offeredQps, rate, unmeasured),
    numberOr(cell.load?.acceptedQps, rate, unmeasured),
    ...(['p50', 'p95', 'p99'] as const).map((percentile) =>
      overall === undefined ? missing(unmeasured) : percentileValue(overall, percentile),
    ),
    numberOr(alone === null ? writes?.maxOverMean : null, ratio, why),
    numberOr(alone === null ? writes?.idealMaxOverMean : null, ratio, why),
    numberOr(
      alone === null ? writes?.tenantFloor : null,
      ratio,
      alone ?? (writes === undefined ? unmeasured : "the shard key's values are not known"),
    ),
    bandValue(cell, why),
    rankValue(
      ranks.find((rank) => rank.strategy === cell.strategy),
      why,
    ),
    numberOr(cell.fanOut?.scatterFraction, percent, unmeasured),
    numberOr(cell.fanOut?.shardQueriesPerOperation, ratio, unmeasured),
  ];
}

function bandValue(cell: Cell, why: string): Value {
  const writes = cell.imbalance?.writeQps;
  if (writes === undefined || cell.shardCount < 2) return missing(why);
  if (writes.band === null) return missing('no hash, so no salts: one placement');
  return value(`${ratio(writes.band.p5)}–${ratio(writes.band.p95)}`);
}

function rankValue(rank: Rank | undefined, why: string): Value {
  if (rank === undefined) return missing(why);
  const text = rank.from === rank.to ? `${rank.from}` : `${rank.from}–${rank.to}`;
  const others = rank.noDifferenceFrom.map(name);
  return {
    ...value(text),
    why: others.length === 0 ? null : `no difference from ${joined(others)}`,
  };
}
