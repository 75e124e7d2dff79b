import { z } from 'zod';
import { text } from '../fields.ts';

const allowed = 'two days from 1970 on, the earlier one first, such as 2024-01-01..2026-01-01';

const dayMs = 86_400_000;

/** Both days are included. */
export const dateRange = text(allowed, /^\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d$/)
  .transform((written, context) => {
    const [fromDay, toDay] = written.split('..').map(dayOf);
    if (fromDay !== undefined && toDay !== undefined && fromDay <= toDay) return { fromDay, toDay };
    context.addIssue({ code: 'custom', message: allowed });
    return z.NEVER;
  })
  .describe('First and last day, both included; rises with the row');

/** Days since 1970-01-01; undefined where the calendar has no such day. */
function dayOf(written: string): number | undefined {
  const ms = Date.parse(`${written}T00:00:00Z`);
  const isDay = !Number.isNaN(ms) && ms >= 0 && new Date(ms).toISOString().startsWith(written);
  return isDay ? ms / dayMs : undefined;
}
