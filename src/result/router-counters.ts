import { z } from 'zod';
import { assert } from '../base/assert.ts';
import { describeIssue, type DocumentSource, readDocument } from './document-text.ts';

/**
 * What routers do, counted and not timed, `"schema": "shardlab/router-counters/v1"`: the same on every
 * machine, so any difference is a change of a router.
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

const source: DocumentSource = {
  schemas: [counterDocument.shape.schema.value],
  given: 'Give the JSON that `shardlab gate --write-counters` has written.',
  again: 'run `shardlab gate --write-counters` again',
};

/**
 * Reads counters from their JSON.
 *
 * @param file its name, for messages only
 * @throws UserError (exit code 2) that lists every problem with its path in the document
 */
export function parseCounters(text: string, file: string): CounterDocument {
  return readDocument(text, file, counterDocument, source);
}

/** Writes them, routers and hashes in the order of their names so that changes can be read. */
export function formatCounters(document: CounterDocument): string {
  const parsed = counterDocument.safeParse(document, { reportInput: true });
  const problems = parsed.success ? [] : parsed.error.issues.map(describeIssue);
  assert(parsed.success, `valid counters: ${problems.join('; ')}`);
  const { hashes, routers, ...rest } = parsed.data;
  const ordered = { ...rest, hashes: byName(hashes), routers: byName(routers) };
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

function byName<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  // Plain comparison, as every machine sorts alike.
  const names = Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(names);
}
