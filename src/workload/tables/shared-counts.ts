import type { RowCount } from '../../scenario/table-types.ts';
import { valuesAt } from '../quantile-values.ts';

/**
 * Rows of so many owners, the fewest first, which add up to the total exactly. What an owner is due
 * is rounded by the running sum: up or down, and nothing is carried further than to the next one.
 */
export function sharedCounts(
  owners: number,
  { total: whole, top = [], quantiles }: Extract<RowCount, { kind: 'shared' }>,
): Uint32Array {
  const counts = new Uint32Array(owners);
  if (owners === 0) return counts;
  // With fewer owners than `top` names, these have what there is: the last one has the rest.
  const others = Math.max(1, owners - top.length);
  const first = top.slice(0, owners - others);
  counts.set(first.toReversed(), others);
  const total = whole - first.reduce((sum, count) => sum + count, 0);
  const table = valuesAt(quantiles ?? [1, 1], others);
  // A table whose only value above 0 no owner is at says nothing of who has the rows.
  const values = table.some((value) => value > 0) ? table : table.fill(1);
  const sum = values.reduce((all, value) => all + value, 0);
  let due = 0;
  let given = 0;
  for (let i = 0; i < others; i += 1) {
    due += values[i] ?? 0;
    const upTo = i === others - 1 ? total : Math.min(total, Math.round((due / sum) * total));
    counts[i] = upTo - given;
    given = upTo;
  }
  return counts;
}
