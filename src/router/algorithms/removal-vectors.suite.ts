import { expect } from 'vitest';
import { z } from 'zod';
import type { Buckets } from './buckets.ts';

/** What an engine did: where its keys were at first and after each removal or addition. */
export const removals = z.object({
  initial: z.array(z.int()),
  steps: z.array(
    z.union([
      z.object({ op: z.literal('remove'), bucket: z.int(), map: z.array(z.int()) }),
      z.object({ op: z.literal('add'), returned: z.int(), map: z.array(z.int()) }),
    ]),
  ),
});

/** Takes the same steps and expects the same buckets; `map` gives the bucket of each key. */
export function replay(
  buckets: Pick<Buckets, 'add' | 'remove'>,
  map: () => number[],
  { initial, steps }: z.infer<typeof removals>,
): void {
  expect(initial.length).toBe(60);
  expect(map()).toEqual(initial);
  expect(steps.length).toBe(5);
  for (const step of steps) {
    if (step.op === 'remove') buckets.remove(step.bucket);
    else expect(buckets.add()).toBe(step.returned);
    expect(map()).toEqual(step.map);
  }
}
