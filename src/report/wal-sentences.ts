import type { RunResult } from '../result/types.ts';
import type { WalResult } from '../result/wal-result.ts';
import { name } from './text.ts';
import { bytes, duration, percent, significant } from '../wording/format.ts';

interface Written {
  readonly strategy: string;
  readonly wal: WalResult;
  readonly bytesPerRow: number;
}

const writtenOf = ({ cells }: RunResult): readonly Written[] =>
  cells
    .flatMap(({ strategy, wal }) =>
      wal === undefined ? [] : [{ strategy, wal, bytesPerRow: wal.bytes / wal.rows }],
    )
    .toSorted((a, b) => a.bytesPerRow - b.bytesPerRow);

/** What a row cost in the log, and why that is no property of the strategy alone. */
export function walSentences(result: RunResult): readonly string[] {
  const written = writtenOf(result);
  const [least] = written;
  const most = written.at(-1);
  if (least === undefined || most === undefined) return [];
  const named = ({ strategy, bytesPerRow }: Written): string =>
    `${bytes(bytesPerRow)} (${name(strategy)})`;
  const range = written.length === 1 ? named(least) : `${named(least)} to ${named(most)}`;
  return [
    'For each row that was written, the write-ahead log (WAL) grew by ' +
      `${range}.${imagesText(written)} Postgres logs a whole page at its first change ` +
      'after a checkpoint, so this figure falls as a window gets longer: compare it only ' +
      'between runs with the same window, warm-up and data.',
  ];
}

function imagesText(written: readonly Written[]): string {
  const shares = written
    .flatMap(({ wal }) => (wal.imageBytes === null ? [] : [wal.imageBytes / wal.bytes]))
    .toSorted((a, b) => a - b);
  const [least] = shares;
  const most = shares.at(-1);
  if (least === undefined || most === undefined) return '';
  const range =
    percent(least) === percent(most) ? percent(most) : `${percent(least)} to ${percent(most)}`;
  return ` Whole pages are ${range} of it.`;
}

/** For each strategy with a forecast: what the largest of the stated indexes would make of it. */
export function walForecastSentences(result: RunResult): readonly string[] {
  return writtenOf(result).flatMap(({ strategy, wal }) => {
    const forecast = wal.forecasts.at(-1);
    if (forecast === undefined) return [];
    const { indexBytes, checkpointSeconds, imagesPerRow, bytesPerRow } = forecast;
    return [
      `${name(strategy)}: with ${bytes(indexBytes)} of indexes on each shard and a ` +
        `checkpoint every ${duration(checkpointSeconds * 1000)}, a row would log ` +
        `${bytes(bytesPerRow)}, with ${significant(imagesPerRow)} whole pages.`,
    ];
  });
}
