import { z } from 'zod';
import { atLeast } from './fields.ts';

const allowed = 'a list of 2 to 1,001 numbers from 0 up that do not fall, the last above 0';

/** Values at equal steps from the smallest of them to the largest. */
export const quantileTable = z
  .array(atLeast(0, 1e12), { error: allowed })
  .refine((list) => list.length >= 2 && list.length <= 1001, { error: allowed })
  .refine((list) => list.every((value, i) => value >= (list[i - 1] ?? 0)), { error: allowed })
  .refine((list) => (list.at(-1) ?? 0) > 0, { error: allowed });
