import { setTimeout as sleep } from 'node:timers/promises';
import type { AnswerRow, ReadOnlySession } from '../session-types.ts';
import { healthFact, type HealthPart, healthUnseen, numberOf } from './health-report.ts';
import type { ServerSettings } from './server-settings.ts';
import * as most from './thresholds.ts';

const looks = 5;
const betweenMs = 150;

/** Sessions of clients but this one; of others a role may see no type. */
const sessionsSql = `
  select count(*)::float8 as connections,
    (count(*) filter (where state like 'idle%'))::float8 as idle,
    (count(*) filter (where state in ('active', 'fastpath function call')))::float8 as active,
    (count(*) filter (where backend_type is null))::float8 as hidden,
    (count(*) filter (where state = 'active' and wait_event_type = 'Lock'))::float8 as lock,
    (count(*) filter (where state = 'active'
      and wait_event_type in ('LWLock', 'BufferPin')))::float8 as lwlock,
    (count(*) filter (where state = 'active' and wait_event_type = 'IO'))::float8 as io,
    extract(epoch from now() - min(xact_start))::float8 as oldest,
    bool_or(state like 'idle in%' and xact_start = oldest_start) as oldest_idle
  from (select *, min(xact_start) over () as oldest_start from pg_stat_activity
    where pid <> pg_backend_pid() and (backend_type = 'client backend'
      or backend_type is null and datid is not null and usesysid is not null)) as sessions`;

/** Statistics stand still within a transaction, so each look is one of its own. */
export async function sessionFacts(
  session: ReadOnlySession,
  settings: ServerSettings,
): Promise<HealthPart> {
  const seen: AnswerRow[] = [];
  for (let look = 0; look < looks; look += 1) {
    if (look > 0) await sleep(betweenMs);
    seen.push(...(await session.sample((query) => query(sessionsSql))));
  }
  const mean = (name: string): number =>
    seen.reduce((sum, row) => sum + (numberOf(row[name]) ?? 0), 0) / Math.max(1, seen.length);
  const hidden = Math.max(0, ...seen.map((row) => numberOf(row.hidden) ?? 0));
  return {
    facts: [connections(mean, settings), waits(mean), longTransaction(seen)],
    unseen:
      hidden > 0
        ? [
            healthUnseen('health-sessions-hidden', ['connections', 'waits', 'long-transactions'], {
              sessions: hidden,
            }),
          ]
        : [],
  };
}

type Mean = (name: string) => number;

function connections(mean: Mean, { connectionsAllowed: allowed }: ServerSettings) {
  // Our own connection is one more.
  const taken = mean('connections') + 1;
  const share = allowed <= 0 ? 0 : taken / allowed;
  const isCrowded =
    share > most.connectionShareMost ||
    mean('idle') > most.idleConnectionsMost ||
    mean('active') > most.activeSessionsMost;
  return healthFact('connections', share, 'share', {
    numbers: { connections: taken, allowed, idle: mean('idle'), active: mean('active') },
    arguesFor: isCrowded ? 'pooler' : null,
  });
}

function waits(mean: Mean) {
  const [lock, lwlock, io] = [mean('lock'), mean('lwlock'), mean('io')];
  const waiting = lock + lwlock + io;
  const isBoundByReads = io > most.ioWaitsMost && io > mean('active') / 2;
  return healthFact('waits', waiting, 'sessions', {
    numbers: { looks, active: mean('active'), lock, lwlock, io },
    arguesFor: isBoundByReads ? 'more-memory' : null,
  });
}

function longTransaction(seen: readonly AnswerRow[]) {
  const last = seen.at(-1);
  const seconds = Math.max(0, numberOf(last?.oldest) ?? 0);
  return healthFact('long-transactions', seconds, 's', {
    numbers: { idle: last?.oldest_idle === true ? 1 : 0 },
    arguesFor: seconds > most.transactionSecondsMost ? 'vacuum' : null,
  });
}
