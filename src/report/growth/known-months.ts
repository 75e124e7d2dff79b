import type { CapacityRow } from '../../result/growth-document.ts';
import type { Value } from '../document.ts';
import { missing, value } from '../values.ts';
import { knownMonths, monthsRange, needsCapacity } from './amounts.ts';

/** A row's months as a table shows them. */
export function monthsValue(
  row: Pick<CapacityRow, 'bound' | 'horizonMonths'>,
  found: CapacityRow['monthsToFull'],
): Value {
  const known = knownMonths(row, found);
  return known === null ? missing(needsCapacity) : value(monthsRange(row, known));
}
