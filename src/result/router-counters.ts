import { z } from 'zod';
import { documentFormat } from './document-text.ts';

/**
 * What routers do, counted and not timed, `"schema": "shardlab/router-counters/v1"`: the same on
 * every machine, so any difference is a change of a router.
 */

/** A digest of answers, or a count; by what was counted, in words. */
export const counterValues = z.record(z.string(), z.union([z.string(), z.number()]));

export const counterDocument = z.strictObject({
  schema: z.literal('shardlab/router-counters/v1'),
  /** Of the keys that were routed. */
  seed: z.int(),
  /** By key hash: a digest of what it makes of the keys. */
  hashes: z.record(z.string(), z.string()),
  /** By router, as it is named on the command line. */
  routers: z.record(z.string(), counterValues),
});

export type CounterValues = z.infer<typeof counterValues>;
export type CounterDocument = z.infer<typeof counterDocument>;

const { parse, format } = documentFormat(counterDocument, 'shardlab gate --write-counters');

/** Reads counters. */
export const parseCounters = parse;

/** Writes them, routers and hashes in the order of their names so that changes can be read. */
export function formatCounters({ hashes, routers, ...rest }: CounterDocument): string {
  return format({ ...rest, hashes: byName(hashes), routers: byName(routers) });
}

function byName<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  // Plain comparison, as every machine sorts alike.
  const names = Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(names);
}
