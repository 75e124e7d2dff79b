import { z } from 'zod';
import { count } from './distribution.ts';

/** What a shard's server did from the checkpoint after the load to the end, warm-up included. */
export const shardServer = z.strictObject({
  sharedBuffersBytes: count,
  /** Limit of the shard's memory; null where nothing sets one. */
  memoryBytes: count.nullable(),
  /** Tables with their indexes, and the indexes alone, at the end. */
  bytes: count,
  indexBytes: count,
  /** The indexes after the load. */
  indexBytesLoaded: count,
  /** Blocks found in shared_buffers, and those that had to be read. */
  blocksHit: count,
  blocksRead: count,
  /** Write queries before the window: with those of the window, all since the checkpoint. */
  writesBefore: count,
  indexes: count,
  rowsInserted: count,
  rowsUpdated: count,
  rowsDeleted: count,
  /** null, as the log, on servers that others use as well. */
  tempFiles: count.nullable(),
  tempBytes: count.nullable(),
  deadlocks: count.nullable(),
  wal: z
    .strictObject({
      records: count,
      /** Full-page images: the first change of a page after a checkpoint. */
      images: count,
      bytes: count,
      /** Of the images alone, and different pages changed; null where the log could not be read. */
      imageBytes: count.nullable(),
      pages: count.nullable(),
    })
    .nullable(),
});

export type ShardServer = z.infer<typeof shardServer>;
