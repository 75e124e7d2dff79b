import { z } from 'zod';
import { count, fraction, measure } from './distribution.ts';

/**
 * What a cell wrote to the log, from the checkpoint after the load to the end, all shards together.
 */
export const walResult = z.strictObject({
  rows: count,
  /** Share of the rows that were inserted, not changed or deleted. */
  insertedFraction: fraction,
  records: count,
  /** Full-page images: the first change of a page after a checkpoint. */
  images: count,
  bytes: count,
  /** Of the images alone, and different pages changed; null where the log could not be read. */
  imageBytes: count.nullable(),
  pages: count.nullable(),
  /** Of one shard, the mean. */
  indexBytes: measure,
  rowsPerShard: measure,
  rowsPerSecond: measure,
  /**
   * Pages that one row touches, counted as if each were drawn from all pages of the indexes: what
   * gives as many images as there were; null where the indexes have no page.
   */
  randomTouchesPerRow: measure.nullable(),
  /** Bytes of a write in parts of the window, by the writes of a shard since the checkpoint. */
  curve: z.array(
    z.strictObject({ fromWrites: measure, toWrites: measure, bytesPerWrite: measure }),
  ),
  /** A model: other sizes of the indexes, and a checkpoint every so many seconds. */
  forecasts: z.array(
    z.strictObject({
      indexBytes: measure,
      checkpointSeconds: measure,
      /** Of a shard, from one checkpoint to the next. */
      rows: measure,
      imagesPerRow: measure,
      bytesPerRow: measure,
      bytesPerSecond: measure,
    }),
  ),
});

export type WalResult = z.infer<typeof walResult>;
