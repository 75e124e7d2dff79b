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
  const since = last.resetAtSeconds;
  const sinceReset = since === null ? null : last.atSeconds - since;
  if (second === null) {
    const unknown = sinceReset === null ? [unseen('activity-since-unknown')] : [];
    return { seconds: sinceReset, tables: first.tables, indexScans, unseen: unknown };
  }
  const changes = activityBetween(first, second);
  if (changes === null || first.resetAtSeconds !== second.resetAtSeconds) {
    const names = { of: 'tables' };
    const unseenReset = [unseen('reset-while-watching', names)];
    return { seconds: sinceReset, tables: second.tables, indexScans, unseen: unseenReset };
  }
  const seconds = second.atSeconds - first.atSeconds;
  return { seconds, tables: changes, indexScans, unseen: [] };
}
