import type { Query } from '../session-types.ts';
import { healthFact, type HealthPart, healthUnseen, numberOf } from './health-report.ts';
import type { ServerSettings } from './server-settings.ts';
import * as most from './thresholds.ts';

/** WAL is counted from here on. */
const walCounted = 140_000;
/** Checkpoints have a view of their own from here on. */
const checkpointerView = 170_000;

export async function walRate(query: Query, { version }: ServerSettings): Promise<HealthPart> {
  if (version < walCounted) {
    const unseen = healthUnseen('health-not-counted', ['wal-rate'], {
      version: Math.floor(version / 10_000),
    });
    return { facts: [], unseen: [unseen] };
  }
  const [row] = await query(
    `select wal_bytes::float8 as bytes, wal_fpi::float8 as pages,
      extract(epoch from now() - stats_reset)::float8 as seconds from pg_stat_wal`,
  );
  const seconds = numberOf(row?.seconds);
  const bytes = numberOf(row?.bytes) ?? 0;
  if (seconds === null || seconds <= 0) {
    return { facts: [], unseen: [healthUnseen('health-time-unknown', ['wal-rate'])] };
  }
  const isHigh = seconds >= most.rateSecondsLeast && bytes / seconds > most.walBytesPerSecondMost;
  const rate = healthFact('wal-rate', bytes / seconds, 'bytes/s', {
    numbers: { bytes, seconds, fullPages: numberOf(row?.pages) },
    arguesFor: isHigh ? 'sharding' : null,
  });
  return { facts: [rate], unseen: [] };
}

export async function checkpoints(query: Query, { version }: ServerSettings): Promise<HealthPart> {
  const columns =
    version >= checkpointerView ? 'num_timed, num_requested' : 'checkpoints_timed, checkpoints_req';
  const view = version >= checkpointerView ? 'pg_stat_checkpointer' : 'pg_stat_bgwriter';
  const [timedColumn, requestedColumn] = columns.split(', ');
  const [row] = await query(
    `select ${timedColumn}::float8 as timed, ${requestedColumn}::float8 as requested,
      extract(epoch from now() - stats_reset)::float8 as seconds from ${view}`,
  );
  const timed = numberOf(row?.timed) ?? 0;
  const requested = numberOf(row?.requested) ?? 0;
  const share = timed + requested === 0 ? 0 : requested / (timed + requested);
  return {
    facts: [
      healthFact('requested-checkpoints', share, 'share', {
        numbers: { timed, requested, seconds: numberOf(row?.seconds) },
      }),
    ],
    unseen: [],
  };
}
