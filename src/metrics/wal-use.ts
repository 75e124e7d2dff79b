import { distinctPages, touchesFor } from '../base/statistics/distinct-pages.ts';
import type { Cell, ShardResult } from '../result/types.ts';
import type { WalResult } from '../result/wal-result.ts';

/** Postgres' page, unless it was built with another. */
const pageBytes = 8192;

/** Parts of the window that the curve shows. */
const curveSteps = 6;

/** Rows that were changed touch pages of the table as well, of which the model knows nothing. */
const insertedEnough = 0.9;

interface WalSettings {
  /** Sizes of one shard's indexes. */
  readonly indexBytes: readonly number[];
  readonly checkpointMs: number;
}

/** null where no server was asked, or where nothing was written. */
export function walUse(
  shards: Cell['shards'],
  windowMs: number,
  settings: WalSettings,
): WalResult | null {
  const counted = countedOf(shards, windowMs / 1000);
  if (counted === null) return null;
  const seconds = settings.checkpointMs / 1000;
  const sizes = [counted.indexBytes, ...settings.indexBytes];
  return {
    ...counted,
    curve: walCurve(shards, curveSteps),
    forecasts: sizes.flatMap((size) => walForecast(counted, size, seconds) ?? []),
  };
}

type WalCounted = Omit<WalResult, 'curve' | 'forecasts'>;

function countedOf(shards: Cell['shards'], windowSeconds: number): WalCounted | null {
  const asked = shards.flatMap(({ server }) => (server?.wal ? [{ server, wal: server.wal }] : []));
  if (asked.length === 0 || asked.length < shards.length) return null;
  const sum = (read: (one: (typeof asked)[number]) => number): number =>
    asked.reduce((all, one) => all + read(one), 0);
  const inserted = sum(({ server }) => server.rowsInserted);
  const rows = inserted + sum(({ server }) => server.rowsUpdated + server.rowsDeleted);
  if (rows === 0) return null;
  const writes = shards.reduce((all, { writesSent }) => all + writesSent, 0);
  const allWrites = writes + sum(({ server }) => server.writesBefore);
  const inWindow = allWrites === 0 ? 0 : (rows * writes) / allWrites;
  const images = sum(({ wal }) => wal.images);
  const indexBytes = sum(({ server }) => server.indexBytes) / asked.length;
  const rowsPerShard = rows / asked.length;
  return {
    rows,
    insertedFraction: inserted / rows,
    records: sum(({ wal }) => wal.records),
    images,
    bytes: sum(({ wal }) => wal.bytes),
    imageBytes: asked.some(({ wal }) => wal.imageBytes === null)
      ? null
      : sum(({ wal }) => wal.imageBytes ?? 0),
    pages: asked.some(({ wal }) => wal.pages === null) ? null : sum(({ wal }) => wal.pages ?? 0),
    indexBytes,
    rowsPerShard,
    rowsPerSecond: inWindow / windowSeconds / asked.length,
    randomTouchesPerRow: touchesPerRow(shards, {
      pages: sum(({ server }) => server.indexBytesLoaded) / pageBytes,
      images,
      rows,
      rowsPerWrite: allWrites === 0 ? 0 : rows / allWrites,
      bytes: sum(({ wal }) => wal.bytes),
      imageBytes: sum(({ wal }) => wal.imageBytes ?? 0),
      indexes: Math.max(...asked.map(({ server }) => server.indexes)),
    }),
  };
}

interface Logged {
  readonly pages: number;
  readonly images: number;
  readonly rows: number;
  readonly rowsPerWrite: number;
  readonly bytes: number;
  readonly imageBytes: number;
  readonly indexes: number;
}

/** Share of the pages with an image from which on more touches hardly make more images. */
const nearlyAll = 0.95;

/**
 * From images back to touches, all shards together. Once nearly every page has its image, images
 * say nothing of how often pages were touched: so it is asked at the first second in which half of
 * the pages had theirs, or else at the end. null where even then nearly all had.
 */
function touchesPerRow(shards: Cell['shards'], logged: Logged): number | null {
  const { pages, indexes } = logged;
  if (pages < 1) return null;
  const { images, rows } = whenHalfHaveImages(shards, logged);
  if (rows === 0 || images > nearlyAll * pages) return null;
  return Math.min(indexes, touchesFor(pages, images) / rows);
}

function whenHalfHaveImages(
  shards: Cell['shards'],
  { pages, images, rows, rowsPerWrite, bytes, imageBytes }: Logged,
): { readonly images: number; readonly rows: number } {
  const seconds = loggedSeconds(shards);
  if (imageBytes === 0 || images <= pages / 2 || seconds.length === 0) return { images, rows };
  const recordBytes = (bytes - imageBytes) / rows;
  const imagesIn = (second: { readonly writes: number; readonly bytes: number }): number =>
    (Math.max(0, second.bytes - second.writes * rowsPerWrite * recordBytes) * images) / imageBytes;
  const inWindow = seconds.reduce((sum, second) => sum + imagesIn(second), 0);
  let sofar = Math.max(0, images - inWindow);
  let writes = total(shards, ({ server }) => server?.writesBefore ?? 0);
  for (const second of seconds) {
    if (sofar >= pages / 2) break;
    sofar += imagesIn(second);
    writes += second.writes;
  }
  return { images: sofar, rows: writes * rowsPerWrite };
}

/** In at most `steps` parts; ends at the first checkpoint, and leaves out the last second. */
function walCurve(shards: Cell['shards'], steps: number): WalResult['curve'] {
  // Of the last second the log is seen to its last look only.
  const rows = loggedSeconds(shards).slice(0, -1);
  const size = Math.max(1, Math.ceil(rows.length / steps));
  const curve: WalResult['curve'] = [];
  let before = total(shards, ({ server }) => server?.writesBefore ?? 0);
  for (let start = 0; start < rows.length; start += size) {
    const own = rows.slice(start, start + size);
    const writes = own.reduce((sum, row) => sum + row.writes, 0);
    const bytes = own.reduce((sum, row) => sum + row.bytes, 0);
    const fromWrites = before / shards.length;
    before += writes;
    if (writes === 0) continue;
    curve.push({ fromWrites, toWrites: before / shards.length, bytesPerWrite: bytes / writes });
  }
  return curve;
}

/** Writes and log of all shards, second by second, to the first checkpoint. */
function loggedSeconds(shards: Cell['shards']) {
  const length = Math.min(...shards.map(secondsBeforeCheckpoint));
  return Array.from({ length }, (_, second) => ({
    writes: total(shards, ({ series }) => series[second]?.writes ?? 0),
    bytes: total(shards, ({ series }) => series[second]?.walBytes ?? 0),
  }));
}

/** 0 where nobody looked at the log. */
function secondsBeforeCheckpoint({ series, server }: ShardResult): number {
  if (!server?.wal || series.some(({ walBytes }) => walBytes === undefined)) return 0;
  const first = series.findIndex(({ checkpoints = 0 }) => checkpoints > 0);
  return first === -1 ? series.length : first + 1;
}

const total = (shards: readonly ShardResult[], read: (shard: ShardResult) => number): number =>
  shards.reduce((sum, shard) => sum + read(shard), 0);

/**
 * What a row costs with indexes of this size and a checkpoint every so many seconds. Images: the
 * pages that the rows of one interval touch, pages x (1 - (1 - 1/pages)^touches). Records: as
 * measured. null where a part is not known.
 */
function walForecast(
  counted: WalCounted,
  indexBytes: number,
  checkpointSeconds: number,
): WalResult['forecasts'][number] | null {
  const { imageBytes, randomTouchesPerRow, rowsPerSecond, insertedFraction } = counted;
  const rows = rowsPerSecond * checkpointSeconds;
  if (imageBytes === null || randomTouchesPerRow === null || rows === 0) return null;
  if (insertedFraction < insertedEnough) return null;
  const images = distinctPages(Math.max(1, indexBytes / pageBytes), randomTouchesPerRow * rows);
  const imageSize = counted.images === 0 ? 0 : imageBytes / counted.images;
  const recordBytes = (counted.bytes - imageBytes) / counted.rows;
  const bytesPerRow = recordBytes + (images * imageSize) / rows;
  return {
    indexBytes,
    checkpointSeconds,
    rows,
    imagesPerRow: images / rows,
    bytesPerRow,
    bytesPerSecond: bytesPerRow * rowsPerSecond,
  };
}
