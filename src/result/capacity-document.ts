import { z } from 'zod';
import { capacityStep } from './capacity-step.ts';
import { count, fraction, measure } from './distribution.ts';
import { documentFormat } from './document-text.ts';
import { finding } from './finding.ts';
import { runResult } from './types.ts';

/**
 * The output document of `capacity`, `"schema": "shardlab/capacity/v1"`: the largest rate that each
 * strategy sustains, and every window that shows it. Everything a report says is drawn from it.
 */

/** What stands in the way of a higher rate. */
export const limitedBy = z.strictObject({
  /**
   * shard: it is the first that is full. generator: the load generator of this machine, so that the
   * shards may take more. machine: other programs had taken the machine whenever the next higher
   * rate was tried. none: no rate that was tried broke the objective.
   */
  kind: z.enum(['shard', 'generator', 'machine', 'none']),
  /** Which one; absent for the other kinds. */
  shard: count.optional(),
  reason: finding,
});

export const capacityStrategy = z.strictObject({
  /** `single`, or shard key/router. */
  strategy: z.string(),
  shardKey: z.string().nullable(),
  router: z.string().nullable(),
  hash: z.string().nullable(),
  shardCount: count,
  /**
   * found: between two rates that were confirmed. at-least: the largest rate that may be tried
   * holds the objective, or the load generator could offer no more. not-met: the lowest rate does
   * not hold it. unfinished: the steps were used up before the answer was confirmed, or other
   * programs may have broken the rate above it.
   */
  status: z.enum(['found', 'at-least', 'not-met', 'unfinished', 'failed', 'interrupted']),
  /** Why it failed; null otherwise. */
  error: z.string().nullable(),
  /** Largest rate that holds the objective; null: none was seen to. */
  sustainedQps: measure.nullable(),
  /**
   * Rates between which the answer lies. low: every window up to it held. high: no window from it
   * on did; null: there is none.
   */
  interval: z.strictObject({ low: measure, high: measure.nullable() }).nullable(),
  /** null: nothing was measured. */
  limitedBy: limitedBy.nullable(),
  /** Every window, in the order in which it was measured. */
  steps: z.array(capacityStep),
  notes: z.array(finding),
});

export const capacityDocument = z.strictObject({
  schema: z.literal('shardlab/capacity/v1'),
  name: z.string(),
  description: z.string(),
  seed: z.int(),
  startedAt: z.iso.datetime(),
  source: z.enum(['measured', 'simulated']),
  /** The command that repeats this search. */
  command: z.string(),
  environment: runResult.shape.environment,
  objective: z.strictObject({
    /** All of them must hold. */
    expressions: z.array(z.string()),
    /** assumed: neither the command line nor the scenario has one. */
    from: z.enum(['command line', 'scenario', 'assumed']),
  }),
  /** What the search was allowed. */
  search: z.strictObject({
    /** Window of a step; it is longer where so few operations would not show the objective. */
    durationMs: measure,
    warmupMs: measure,
    startQps: measure,
    lowestQps: measure,
    highestQps: measure,
    stepsMax: count,
    /** The two rates of the answer are no further apart. */
    precisionFraction: fraction,
    /** Strategies in the order in which they were searched, drawn from the seed. */
    order: z.array(z.string()),
  }),
  findings: z.array(finding),
  /** The scenario as understood, all defaults filled in. */
  scenario: runResult.shape.scenario,
  /** In the order of the scenario; those whose turn did not come are missing. */
  strategies: z.array(capacityStrategy),
});

export type CapacityDocument = z.infer<typeof capacityDocument>;
export type CapacityStrategy = z.infer<typeof capacityStrategy>;
export type LimitedBy = z.infer<typeof limitedBy>;

/** Reads and writes documents of `capacity`. */
export const { parse: parseCapacityDocument, format: formatCapacityDocument } = documentFormat(
  capacityDocument,
  'shardlab capacity',
);

/** Whether a text says that it is such a document, of whatever version; it may not be sound. */
export function isCapacityDocument(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text);
    const isObject = typeof json === 'object' && json !== null && 'schema' in json;
    return isObject && String(json.schema).startsWith('shardlab/capacity/');
  } catch {
    // Whoever reads it says what is wrong with it.
    return false;
  }
}
