import type { Query } from '../session-types.ts';
import { healthFact, type HealthPart, healthUnseen, numberOf } from './health-report.ts';
import type { ServerSettings } from './server-settings.ts';
import * as most from './thresholds.ts';

/** Replicas of this server; a role without the right sees that they are there and no more. */
const replicasSql = `
  select count(*)::float8 as replicas, (count(*) filter (where state is null))::float8 as hidden,
    max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn))::float8 as bytes,
    max(extract(epoch from replay_lag))::float8 as seconds
  from pg_stat_replication`;

/** Of a standby: nothing is late where everything that came was replayed. */
const standbySql = `
  select pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())::float8 as bytes,
    case when pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
      else extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) end::float8
      as seconds`;

export async function replicationLag(
  query: Query,
  { standby }: ServerSettings,
): Promise<HealthPart> {
  const [row] = await query(standby ? standbySql : replicasSql);
  const hidden = numberOf(row?.hidden) ?? 0;
  if (hidden > 0) {
    const numbers = { replicas: hidden };
    return {
      facts: [],
      unseen: [healthUnseen('health-replication-hidden', ['replication-lag'], numbers)],
    };
  }
  const lag = healthFact('replication-lag', numberOf(row?.seconds) ?? 0, 's', {
    numbers: {
      bytes: numberOf(row?.bytes),
      replicas: numberOf(row?.replicas),
      standby: standby ? 1 : 0,
    },
  });
  return { facts: [lag], unseen: [] };
}

export async function transactionAge(
  query: Query,
  { freezeMaxAge }: ServerSettings,
): Promise<HealthPart> {
  const [row] = await query(
    'select max(age(datfrozenxid))::float8 as age, max(mxid_age(datminmxid))::float8 as multixact' +
      ' from pg_database',
  );
  const age = numberOf(row?.age) ?? 0;
  const isOld = age > most.freezeAgesMost * freezeMaxAge || age > most.transactionAgeMost;
  const fact = healthFact('transaction-id-age', age, 'transactions', {
    numbers: { freezeMaxAge, multixact: numberOf(row?.multixact) },
    arguesFor: isOld ? 'vacuum' : null,
  });
  return { facts: [fact], unseen: [] };
}
