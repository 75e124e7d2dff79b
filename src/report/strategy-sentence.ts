import { isSameCell, isValid } from '../result/cells.ts';
import { hasWriteBalance, type Rank, type Ranking, scatteredWrites } from '../result/ranking.ts';
import type { Cell } from '../result/types.ts';
import { capacityText, whyNoBand } from './capacity-text.ts';
import { percent, rate, ratio, significant } from '../wording/format.ts';

/** One strategy in one sentence: what it carries, balance, fan-out, speed. */
export function strategySentence(cell: Cell, ranking: Ranking): string {
  if (cell.status !== 'ok' || cell.load === null) return 'Nothing was measured.';
  const parts = [
    ...place(cell, ranking),
    ...balance(cell),
    ...fanOut(cell),
    ...speed(cell, cell.load),
  ];
  const [first = '', ...others] = parts;
  return `${[first.charAt(0).toUpperCase() + first.slice(1), ...others].join('; ')}.`;
}

/** Its rank, with what the rank is of. */
function place(cell: Cell, { by, ranks }: Ranking): readonly string[] {
  if (cell.router === null) return ['the baseline on one shard'];
  const rank = ranks.find((one) => isSameCell(one, cell));
  const ranked = rank === undefined ? '' : `${placeOf(rank)} by ${by}`;
  if (cell.work === undefined || cell.shardCount < 2) return ranked === '' ? [] : [ranked];
  const { band } = cell.work.relativeCapacity;
  const over = band === null ? whyNoBand(cell) : `over ${band.salts} hash salts`;
  const does = `${cell.shardCount} shards do the work of ${capacityText(cell)} databases (${over})`;
  return [ranked === '' ? does : `${ranked}: ${does}`];
}

function placeOf({ from, to, of }: Rank): string {
  return from === to ? `rank ${from} of ${of}` : `rank ${from} to ${to} of ${of}`;
}

function balance(cell: Cell): readonly string[] {
  const writes = cell.imbalance?.writeQps;
  if (writes === undefined || writes.maxOverMean === null || cell.shardCount < 2) return [];
  if (!hasWriteBalance(cell)) {
    return [`${percent(scatteredWrites(cell))} of its writes go to all shards`];
  }
  const band =
    writes.band === null
      ? ''
      : ` (over hash salts ${ratio(writes.band.p5)}× to ${ratio(writes.band.p95)}×)`;
  return [`the hottest shard got ${ratio(writes.maxOverMean)}× the mean of the writes${band}`];
}

function fanOut({ fanOut: asks, shardCount, work }: Cell): readonly string[] {
  if (asks === null || shardCount < 2) return [];
  const queries = Math.max(0, ...(work?.shards ?? []).map((shard) => shard.queriesPerSecond));
  const busiest = queries === 0 ? '' : ` and the busiest shard answers ${rate(queries)} queries/s`;
  return [`an operation asks ${ratio(asks.shardQueriesPerOperation)} shards on average${busiest}`];
}

function speed(cell: Cell, load: NonNullable<Cell['load']>): readonly string[] {
  const p99 = cell.overall?.responseMs.p99 ?? null;
  const tail = p99 === null ? [] : [`p99 ${significant(p99)} ms`];
  if (isValid(cell)) return tail;
  return [
    `${rate(load.acceptedQps)} of ${rate(load.offeredQps)} operations/s were accepted`,
    ...tail,
  ];
}
