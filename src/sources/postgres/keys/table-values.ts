import type { KeyValues } from '../../../profile/evidence.ts';
import { estimatedValues, statisticsSuffice } from './estimated-values.ts';
import { exactValues, mayCountExactly, type MeasuredValues } from './exact-values.ts';
import { isReadable, isUnique, type KeyTable } from './key-table.ts';
import { type Measuring, placeOf } from './measuring.ts';
import { rowOrder } from './monotonic.ts';
import { sampledValues } from './sampled-values.ts';
import { countedUnique, withExamples } from './unique-values.ts';

/** How rows of one table spread over the values of a key; null: that is not known. */
export async function tableValues(
  measuring: Measuring,
  place: KeyTable,
): Promise<KeyValues | null> {
  if (!isReadable(place)) {
    measuring.unseen.add('key-unreadable', placeOf(place));
    return null;
  }
  const measured = await measuredValues(measuring, place);
  if (measured === null) {
    if (place.table.kind !== 'foreign') measuring.unseen.add('key-unmeasured', placeOf(place));
    return null;
  }
  const order = measuring.hasTime(place)
    ? await rowOrder(measuring, place)
    : { monotonic: null, physicalCorrelation: null };
  return { key: place.key, table: place.table.name, ...measured, ...order };
}

/**
 * The best that can be had: small tables are counted. Of large ones the planner's statistics are
 * taken where they say it all; else a sample, for they know neither pairs of columns nor what is
 * behind the most common values; where that fails, what the statistics have.
 */
async function measuredValues(
  measuring: Measuring,
  place: KeyTable,
): Promise<MeasuredValues | null> {
  const estimated = estimatedValues(place);
  if (place.table.kind === 'foreign') {
    measuring.unseen.add('key-of-foreign-table', placeOf(place));
    return estimated;
  }
  if (!measuring.hasTime(place)) return estimated;
  const isSmall = measuring.isSmall(place);
  if (isSmall || mayCountExactly(measuring, place)) {
    const count = !isSmall && isUnique(place) ? countedUnique : exactValues;
    const counted = await count(measuring, place);
    if (counted !== null) return counted;
  }
  if (estimated !== null && statisticsSuffice(place)) {
    return withExamples(measuring, place, estimated);
  }
  return (await sampledValues(measuring, place)) ?? estimated;
}
