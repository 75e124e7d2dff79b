import { isValid } from '../result/cells.ts';
import type { Rank } from '../result/ranking.ts';
import type { Cell } from '../result/types.ts';
import { rate, ratio, significant } from './number.ts';

/** One strategy in one sentence: balance, fan-out, speed. */
export function strategySentence(cell: Cell, ranks: readonly Rank[]): string {
  if (cell.status !== 'ok' || cell.load === null) return 'Nothing was measured.';
  const parts = [...balance(cell, ranks), ...fanOut(cell), ...speed(cell, cell.load)];
  const [first = '', ...others] = parts;
  return `${[first.charAt(0).toUpperCase() + first.slice(1), ...others].join('; ')}.`;
}

function balance(cell: Cell, ranks: readonly Rank[]): readonly string[] {
  if (cell.router === null) return ['the baseline on one shard'];
  const writes = cell.imbalance?.writeQps;
  if (writes === undefined || writes.maxOverMean === null || cell.shardCount < 2) return [];
  const rank = ranks.find(({ strategy }) => strategy === cell.strategy);
  const place = rank === undefined ? '' : `${placeOf(rank, ranks.length)} on write balance: `;
  const band =
    writes.band === null
      ? ' (no hash, so no other draw)'
      : `, over salts ${ratio(writes.band.p5)}× to ${ratio(writes.band.p95)}×`;
  return [`${place}the hottest shard took ${ratio(writes.maxOverMean)}× the mean${band}`];
}

function placeOf({ from, to }: Rank, count: number): string {
  return from === to ? `rank ${from} of ${count}` : `rank ${from} to ${to} of ${count}`;
}

function fanOut({ fanOut: asks, shardCount }: Cell): readonly string[] {
  if (asks === null || shardCount < 2) return [];
  return [`an operation asks ${ratio(asks.shardQueriesPerOperation)} shards`];
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
