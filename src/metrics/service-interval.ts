// Means of blocks: Law & Carson 1979, "A sequential procedure for determining the length of a
// steady-state simulation"; Student's t for the mean of so many.
import { sum } from '../base/statistics/moments.ts';
import type { ServiceSamples } from './cell-samples.ts';

/** Parts of the window; service times close together resemble each other, parts hardly do. */
export const blocks = 20;
/** Of a rare operation so many blocks are taken together that each has a query. */
const groupings = [
  { together: 1, studentT: 2.093 },
  { together: 2, studentT: 2.262 },
  { together: 4, studentT: 2.776 },
] as const;

/** Within which the mean lies with 95 %, in milliseconds; null of too few queries. */
export function meanIntervalMs({
  countByBlock,
  totalNsByBlock,
}: ServiceSamples): { readonly low: number; readonly high: number } | null {
  for (const { together, studentT } of groupings) {
    const counts = grouped(countByBlock, together);
    if (counts.includes(0)) continue;
    const totals = grouped(totalNsByBlock, together);
    const all = sum(counts);
    const mean = sum(totals) / all;
    // Groups have different numbers of queries: their residuals, not their means, are alike.
    const squares = sum(totals.map((total, i) => (total - mean * (counts[i] ?? 0)) ** 2));
    const groups = counts.length;
    const error = (Math.sqrt((groups / (groups - 1)) * squares) / all) * studentT;
    return { low: Math.max(0, mean - error) / 1e6, high: (mean + error) / 1e6 };
  }
  return null;
}

function grouped(values: Float64Array, together: number): number[] {
  return Array.from({ length: values.length / together }, (_, group) => {
    let total = 0;
    for (let i = 0; i < together; i += 1) total += values[group * together + i] ?? 0;
    return total;
  });
}
