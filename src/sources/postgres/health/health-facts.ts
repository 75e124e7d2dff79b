import type { HealthFact, SchemaEvidence, Unseen } from '../../../profile/evidence.ts';
import type { ReadOnlySession } from '../session-types.ts';
import { databaseFacts } from './database-facts.ts';
import { type HealthCode, healthCodes } from './health-codes.ts';
import { type HealthPart, healthUnseen, seenOnStandby } from './health-report.ts';
import { indexFacts } from './index-facts.ts';
import { checkpoints, walRate } from './log-facts.ts';
import { replicationLag, transactionAge } from './replication-facts.ts';
import { serverSettings } from './server-settings.ts';
import { sessionFacts } from './session-facts.ts';
import { sizeFacts, tableBytes } from './size-facts.ts';
import { tableFacts } from './table-facts.ts';

/**
 * What guides tell people to look at before they shard, each with its number and what it argues
 * for. Names of tables and indexes are in it, and no values of the user's data.
 */
export async function healthFacts(
  session: ReadOnlySession,
  { tables }: SchemaEvidence,
): Promise<{ facts: HealthFact[]; unseen: Unseen[] }> {
  const settings = await session.sample(serverSettings);
  const bytes = tables.reduce((sum, table) => sum + tableBytes(table), 0);
  const parts: HealthPart[] = [
    await seen(['cache-hit-ratio', 'block-reads', 'write-rate', 'read-share'], () =>
      session.sample((query) => databaseFacts(query, settings, bytes)),
    ),
    await seen(['wal-rate'], () => session.sample((query) => walRate(query, settings))),
    await seen(['requested-checkpoints'], () =>
      session.sample((query) => checkpoints(query, settings)),
    ),
    tableFacts(tables),
    { facts: [...indexFacts(tables), ...sizeFacts(tables, settings)], unseen: [] },
    await seen(['connections', 'waits', 'long-transactions'], () =>
      sessionFacts(session, settings),
    ),
    await seen(['replication-lag'], () =>
      session.sample((query) => replicationLag(query, settings)),
    ),
    await seen(['transaction-id-age'], () =>
      session.sample((query) => transactionAge(query, settings)),
    ),
  ];
  const all = {
    facts: parts.flatMap((part) => part.facts).toSorted((a, b) => placeOf(a) - placeOf(b)),
    unseen: parts.flatMap((part) => part.unseen),
  };
  const { facts, unseen } = settings.standby ? seenOnStandby(all) : all;
  return { facts: [...facts], unseen: [...unseen] };
}

const placeOf = ({ code }: HealthFact): number => healthCodes.findIndex((each) => each === code);

/** What Postgres refuses is told and left out; a connection that is lost is not. */
async function seen(
  facts: readonly HealthCode[],
  look: () => Promise<HealthPart>,
): Promise<HealthPart> {
  try {
    return await look();
  } catch (error) {
    const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
    if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code) || /^(08|57P)/.test(code)) {
      throw error;
    }
    return {
      facts: [],
      unseen: [healthUnseen('health-refused', facts, {}, { sqlstate: code })],
    };
  }
}
