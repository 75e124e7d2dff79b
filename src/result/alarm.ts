import { z } from 'zod';
import { count, measure, perhaps } from './distribution.ts';
import { finding } from './finding.ts';

export const alarm = z.strictObject({
  rule: z.string(),
  shard: count.nullable(),
  /** Largest level kept for `forMs`, or that of the whole window; null also where it has no end. */
  value: perhaps,
  limit: measure,
  state: z.enum(['fired', 'quiet', 'not evaluated']),
  /** Whether the rule stands in published advice on sharded Postgres, as it is written here. */
  published: z.boolean().optional(),
  /** For how long the rule must hold; absent where the whole window was judged as one. */
  forMs: measure.optional(),
  /** Longest time in a row above the limit, and the second of the window in which it began. */
  heldMs: measure.optional(),
  sinceSecond: count.nullable().optional(),
  /** The same of the whole window. */
  overWindow: perhaps.optional(),
  /** Why it was not evaluated, or what the value means. */
  note: finding,
});
