import type { TableActivity, Unseen } from '../../profile/evidence.ts';
import { activityBetween, type ActivitySample } from './activity.ts';
import { unseen } from './unseen-codes.ts';

/** Counters of tables and indexes, over a time. */
export interface SeenActivity {
  /** null: not known since when. */
  readonly seconds: number | null;
  /** By id of a table or partition; null: nothing is counted. */
  readonly tables: ReadonlyMap<string, Omit<TableActivity, 'seconds'>> | null;
  /** By id of an index, since its counters were reset. */
  readonly indexScans: ReadonlyMap<string, number> | null;
  readonly unseen: readonly Unseen[];
}

/**
 * Between two samples; or, with one only, since the last reset.
 *
 * @param counting whether the server counts at all (track_counts)
 */
export function seenActivity(
  first: ActivitySample,
  second: ActivitySample | null,
  counting: boolean,
): SeenActivity {
  if (!counting) {
    return { seconds: null, tables: null, indexScans: null, unseen: [unseen('activity-off')] };
  }
  const last = second ?? first;
  const { indexScans } = last;
  const sinceReset = secondsSince(last);
  if (second === null) {
    const { tables } = first;
    return { seconds: sinceReset.seconds, tables, indexScans, unseen: sinceReset.unseen };
  }
  const changes = activityBetween(first, second);
  if (changes === null || first.resetAtSeconds !== second.resetAtSeconds) {
    const reset = [unseen('reset-while-watching', { of: 'tables' }), ...sinceReset.unseen];
    const { tables } = second;
    return { seconds: sinceReset.seconds, tables, indexScans, unseen: reset };
  }
  const seconds = second.atSeconds - first.atSeconds;
  return { seconds, tables: changes, indexScans, unseen: [] };
}

function secondsSince(sample: ActivitySample): {
  readonly seconds: number | null;
  readonly unseen: readonly Unseen[];
} {
  const { atSeconds, resetAtSeconds, countingSinceSeconds } = sample;
  if (resetAtSeconds !== null) return { seconds: atSeconds - resetAtSeconds, unseen: [] };
  if (countingSinceSeconds === null) {
    return { seconds: null, unseen: [unseen('activity-since-unknown')] };
  }
  // A database that was made later has been counted for a shorter time.
  const seconds = atSeconds - countingSinceSeconds;
  return { seconds, unseen: [unseen('activity-since-server', {}, { seconds })] };
}
