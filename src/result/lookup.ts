import { z } from 'zod';
import { count, distribution, fraction, measure, perhaps } from './distribution.ts';

const lookupTally = {
  /** Keys that were routed and had an entry in the cache, and those that had none. */
  hits: count,
  misses: count,
  /** null where no operation bound the shard key. */
  hitRate: fraction.nullable(),
  /** Keys routed by an entry that the directory no longer had. */
  staleRoutes: count,
  /** Operations sent to a shard that their key had left. */
  wrongShardReads: count,
  wrongShardWrites: count,
};

/** A directory in Postgres behind a cache: what looking up cost, and what a stale entry did. */
export const lookupResult = z.strictObject({
  /** Where the table is, in words. */
  place: z.string(),
  /** Entries of the table before the first operation. */
  keys: count,
  cacheSize: count,
  ttlMs: measure,
  /** Connections that look-ups shared. */
  connections: count,
  ...lookupTally,
  staleFraction: fraction.nullable(),
  /** Hits whose look-up was still under way: they waited for the same answer. */
  waited: count,
  /** Look-ups sent, and how many of them failed. */
  queries: count,
  failures: count,
  /** From the miss to the answer. */
  lookupMs: distribution,
  /** Time spent waiting for look-ups, as a mean over all operations. */
  addedMs: perhaps,
  move: z
    .strictObject({
      tenant: z.string(),
      from: count,
      to: count,
      /** Since the start of the window, as are all moments. */
      atMs: measure,
      /** Last operation that went to the shard it had left; null: none did. */
      lastStaleMs: perhaps,
      /** Rows that came to that shard after the switch; null: the window ended before it. */
      rowsStranded: count.nullable(),
    })
    .nullable(),
  /** The same arrivals and cache with look-ups that take no time; null: no schedule. */
  replay: z.strictObject(lookupTally).nullable(),
  /** The replay with other sizes of cache, the smallest first. */
  curve: z.array(
    z.strictObject({ cacheSize: count, hitRate: fraction.nullable(), staleRoutes: count }),
  ),
});

export type LookupResult = z.infer<typeof lookupResult>;
