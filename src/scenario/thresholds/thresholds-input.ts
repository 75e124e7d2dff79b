import { z } from 'zod';
import { flag, list, record, text } from '../fields.ts';
import { durationMs } from '../quantities.ts';

const expression = text('an expression such as p(99)<50');

/** The form of one: what stands in the texts is read where the names are known. */
const thresholdInput = z.union(
  [
    expression,
    record({
      threshold: expression.describe('The expression'),
      abortOnFail: flag()
        .prefault(false)
        .describe('Whether the run ends as soon as the limit is broken'),
      delayAbortEval: durationMs
        .prefault('0s')
        .describe('How much of the window passes before `abortOnFail` looks at it'),
    }),
  ],
  { error: 'an expression such as p(99)<50, or { threshold, abortOnFail, delayAbortEval }' },
);

export const thresholdsInput = z
  .record(z.string(), list(thresholdInput, 'a list of one or more expressions such as p(99)<50'), {
    error: 'a map from metrics such as response_ms{operation:place_order} to lists of expressions',
  })
  .describe('Limits by which a run passes or fails (exit code 4), by metric and tags');

type ThresholdInput = z.output<typeof thresholdInput>;

/** By metric and tags; a hole wherever one is not sound. */
export type SoundThresholds = Readonly<Record<string, readonly (ThresholdInput | undefined)[]>>;

/** What is sound of a part that need not be, so that its other problems show at once. */
export function soundThresholds(part: unknown): SoundThresholds {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return {};
  return Object.fromEntries(
    Object.entries(part).map(([key, limits]) => [
      key,
      Array.isArray(limits) ? limits.map((each) => thresholdInput.safeParse(each).data) : [],
    ]),
  );
}
