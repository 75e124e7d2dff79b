import { isSameCell, verdictWord } from '../../result/cells.ts';
import { hasWriteBalance, type Rank, ranking, scatteredWrites } from '../../result/ranking.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import { whyNoBand } from '../capacity-text.ts';
import type { Block, Column, Value } from '../document.ts';
import { percent, rate, ratio } from '../../wording/format.ts';
import { namesOf } from '../text.ts';
import { column, missing, missingNote, numberOr, strategyValue, value } from '../values.ts';

const capacity = { group: 'Work of so many databases' };
const busiest = { group: 'Busiest shard' };
const balance = { group: 'Balance of writes, max/mean' };

const columnsFor = (by: string): readonly Column[] => [
  column('Strategy', { align: 'text' }),
  column('this run', {
    ...capacity,
    meaning: 'One database without shards is 1; the fullest shard decides',
  }),
  column('p5–p95', { ...capacity, meaning: 'The same over hash salts, p5 is the worst' }),
  column('rank', { meaning: `By ${by}, of the VALID strategies; a range where bands overlap` }),
  column('queries/s', { ...busiest, meaning: 'Successful shard queries per second' }),
  column('work/s', { ...busiest, meaning: 'The same, each query with the cost of its operation' }),
  column('this run', { ...balance, meaning: 'Writes sent to the hottest shard over the mean' }),
  column('ideal', { ...balance, meaning: 'A perfect hash with as many distinct keys' }),
  column('floor', { ...balance, meaning: 'No router on this shard key can go below' }),
  column('p5–p95', { ...balance, meaning: 'Placement band: p5 to p95 over 1,000 hash salts' }),
];

/** What the shards of each strategy carry together, and how evenly. */
export function carriedTable(result: RunResult): Block {
  const { by, ranks } = ranking(result);
  const rows = result.cells.map((cell) => [
    strategyValue(cell),
    ...capacityValues(cell),
    rankValue(cell, ranks),
    ...busiestValues(cell),
    ...balanceValues(cell),
  ]);
  return {
    kind: 'table',
    caption: 'What the shards of each strategy carry',
    columns: columnsFor(by),
    rows,
    note: missingNote(rows),
  };
}

const unmeasured = ({ status }: Cell): string =>
  status === 'ok' ? 'not recorded' : `not measured: ${status}`;

function capacityValues(cell: Cell): readonly Value[] {
  if (cell.work === undefined) return [missing(unmeasured(cell)), missing(unmeasured(cell))];
  const { placement, band } = cell.work.relativeCapacity;
  if (cell.shardCount < 2) return [value(ratio(placement)), missing('one shard has one placement')];
  return [
    value(ratio(placement)),
    band === null ? missing(whyNoBand(cell)) : value(`${ratio(band.p5)}–${ratio(band.p95)}`),
  ];
}

function rankValue(cell: Cell, ranks: readonly Rank[]): Value {
  const rank = ranks.find((one) => isSameCell(one, cell));
  if (rank === undefined) {
    if (cell.shardCount < 2) return missing('one shard is not ranked');
    const word = verdictWord(cell);
    return missing(word === 'VALID' ? 'nothing to rank by' : `${word} is not ranked`);
  }
  const text = rank.from === rank.to ? `${rank.from}` : `${rank.from}–${rank.to}`;
  const others = rank.noDifferenceFrom;
  const why = others.length === 0 ? null : `no difference from ${namesOf(others)} can be shown`;
  return { ...value(text), why };
}

function busiestValues(cell: Cell): readonly Value[] {
  const { work } = cell;
  if (work === undefined || work.shards.length === 0) {
    return [missing(unmeasured(cell)), missing(unmeasured(cell))];
  }
  return [
    value(rate(Math.max(...work.shards.map(({ queriesPerSecond }) => queriesPerSecond)))),
    value(rate(Math.max(...work.shards.map(({ workPerSecond }) => workPerSecond)))),
  ];
}

function balanceValues(cell: Cell): readonly Value[] {
  const writes = cell.imbalance?.writeQps;
  const why = noBalance(cell);
  if (writes === undefined || why !== null) {
    return Array.from({ length: 4 }, () => missing(why ?? unmeasured(cell)));
  }
  const { maxOverMean, idealMaxOverMean, tenantFloor, band } = writes;
  return [
    numberOr(maxOverMean, ratio, 'no writes'),
    numberOr(idealMaxOverMean, ratio, 'no writes'),
    numberOr(tenantFloor, ratio, "the shard key's values are not known"),
    band === null ? missing(whyNoBand(cell)) : value(`${ratio(band.p5)}–${ratio(band.p95)}`),
  ];
}

function noBalance(cell: Cell): string | null {
  if (cell.shardCount < 2) return 'one shard has no balance';
  if (hasWriteBalance(cell)) return null;
  return `${percent(scatteredWrites(cell))} of the writes go to all shards`;
}
