import type { HealthFact } from '../../../profile/evidence.ts';
import type { Query } from '../session-types.ts';
import type { HealthCode } from './health-codes.ts';
import { healthFact, type HealthPart, healthUnseen, numberOf } from './health-report.ts';
import type { ServerSettings } from './server-settings.ts';
import * as most from './thresholds.ts';

/**
 * Counters of this database since its last reset, or since those of the whole server began where it
 * never had one (from version 15 on that is not written down).
 */
const databaseSql = `
  select blks_hit::float8 as hits, blks_read::float8 as reads, tup_fetched::float8 as fetched,
    tup_inserted::float8 as inserted, tup_updated::float8 as updated,
    tup_deleted::float8 as deleted,
    extract(epoch from now() - coalesce(stats_reset,
      (select stats_reset from pg_stat_bgwriter)))::float8 as seconds
  from pg_stat_database where datname = current_database()`;

const rates: readonly HealthCode[] = ['block-reads', 'write-rate', 'read-share'];

/** @param bytes of all tables: what fits into shared buffers needs no more memory */
export async function databaseFacts(
  query: Query,
  { sharedBuffersBytes, blockBytes }: ServerSettings,
  bytes: number,
): Promise<HealthPart> {
  const [row] = await query(databaseSql);
  const read = (name: string): number => numberOf(row?.[name]) ?? 0;
  const seconds = numberOf(row?.seconds);
  const [hits, reads] = [read('hits'), read('reads')];
  const requests = hits + reads;
  const ratio = requests === 0 ? 1 : hits / requests;
  const isLong = (seconds ?? 0) >= most.rateSecondsLeast;
  const isCold = isLong && ratio < most.cacheHitRatioLeast && requests >= most.blockRequestsLeast;
  const hitRatio = healthFact('cache-hit-ratio', ratio, 'share', {
    numbers: { hits, reads, seconds },
    arguesFor: isCold && bytes > sharedBuffersBytes ? 'more-memory' : null,
  });
  if (seconds === null || seconds <= 0) {
    return { facts: [hitRatio], unseen: [healthUnseen('health-time-unknown', rates)] };
  }
  const readsPerSecond = reads / seconds;
  const blockReads = healthFact('block-reads', readsPerSecond, 'blocks/s', {
    numbers: { bytesPerSecond: readsPerSecond * blockBytes, seconds },
    arguesFor: isLong && readsPerSecond > most.blockReadsPerSecondMost ? 'more-memory' : null,
  });
  const rows = {
    fetched: read('fetched'),
    inserted: read('inserted'),
    updated: read('updated'),
    deleted: read('deleted'),
  };
  return { facts: [hitRatio, blockReads, ...rowRates(rows, seconds)], unseen: [] };
}

interface RowCounters {
  readonly fetched: number;
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

function rowRates(
  { fetched, inserted, updated, deleted }: RowCounters,
  seconds: number,
): HealthFact[] {
  const written = inserted + updated + deleted;
  const fetchedPerSecond = fetched / seconds;
  const share = fetched + written === 0 ? 0 : fetched / (fetched + written);
  const isLong = seconds >= most.rateSecondsLeast;
  const isRead =
    isLong && share >= most.readShareLeast && fetchedPerSecond >= most.fetchedPerSecondLeast;
  return [
    healthFact('write-rate', written / seconds, 'rows/s', {
      numbers: { inserted, updated, deleted, seconds },
      arguesFor: isLong && written / seconds > most.writesPerSecondMost ? 'sharding' : null,
    }),
    healthFact('read-share', share, 'share', {
      numbers: { fetchedPerSecond, writtenPerSecond: written / seconds, seconds },
      arguesFor: isRead ? 'replica' : null,
    }),
  ];
}
