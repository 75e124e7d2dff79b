import { setTimeout as sleep } from 'node:timers/promises';
import { connectionFault } from '../../base/connection/connection-fault.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { Steps } from '../../base/steps.ts';
import type {
  QueryEvidence,
  SchemaEvidence,
  SourceEvidence,
  Unparsed,
  Unseen,
} from '../../profile/evidence.ts';
import { renamedSql } from '../../profile/sql-names.ts';
import { type Grammar, loadGrammar } from '../../sql/grammar.ts';
import { interruptible } from '../interruptible.ts';
import { type ActivitySample, readActivity } from './activity.ts';
import { catalogNames } from './catalog/catalog-names.ts';
import { readCatalog } from './catalog/read-catalog.ts';
import { schemaEvidence } from './catalog/schema-evidence.ts';
import { unseenTables } from './catalog/unseen-tables.ts';
import { databaseUrl, shownUrl } from './open-connection.ts';
import { PostgresSession } from './read-only-session.ts';
import { seenActivity } from './seen-activity.ts';
import { readServerAbout, type ServerAbout } from './server-about.ts';
import type { ReadOnlySession } from './session-types.ts';
import { seenStatements, type SeenStatements } from './statements/seen-statements.ts';
import {
  type NoStatements,
  readStatements,
  type StatementSample,
} from './statements/statement-counters.ts';
import { unseen } from './unseen-codes.ts';

export interface PostgresSource {
  readonly evidence: SourceEvidence;
  readonly schema: SchemaEvidence;
  /** null: no statements could be seen; `unseen` has the reason. */
  readonly queries: QueryEvidence | null;
  /** Of statements; as those of `queries` they say 0 for this source. */
  readonly unparsed: readonly Unparsed[];
  readonly unseen: readonly Unseen[];
  /** Open: who opened the source closes it. */
  readonly session: ReadOnlySession;
}

export interface PostgresOptions {
  /** How long reads and writes are counted; null: since the last reset. */
  readonly watchMs: number | null;
  readonly signal: AbortSignal;
  readonly report: (done: string) => void;
}

/**
 * Reads schema, statistics and statements of a database, in short transactions that only read.
 *
 * @throws {UserError} exit 2 for a URL that is none; exit 3 where the database cannot be reached,
 *   refuses, or is lost on the way. No message has a part of the password.
 * @throws the signal's reason
 */
export async function openPostgres(url: string, options: PostgresOptions): Promise<PostgresSource> {
  const address = databaseUrl(url, process.env);
  const session = await PostgresSession.open(address, options.signal);
  try {
    return await readSource(session, shownUrl(address), options);
  } catch (error) {
    await session.close();
    options.signal.throwIfAborted();
    // What has no code is a mistake of ours.
    if (error instanceof UserError || !isOfServer(error)) throw error;
    const { text } = connectionFault(error);
    throw new UserError(`${shownUrl(address)} cannot be read: ${text}`, {
      exitCode: exitCodes.unusable,
      cause: error,
    });
  }
}

const isOfServer = (error: unknown): boolean =>
  typeof (error as { code?: unknown }).code === 'string';

async function readSource(
  session: ReadOnlySession,
  name: string,
  options: PostgresOptions,
): Promise<PostgresSource> {
  const grammar = await loadGrammar();
  const about = await readServerAbout(session);
  const first = await readCounters(session);
  const started = performance.now();
  const catalog = await readCatalog(session, options.report);
  const watched = await watch(session, started, options);
  const activity = seenActivity(first.activity, watched?.activity ?? null, about.trackCounts);
  const names = catalogNames(catalog);
  const schema = await interruptible(
    schemaEvidence(catalog, names, activity, (sql, known) => renamedSql(sql, known, grammar)),
    options.signal,
  );
  const statements = await interruptible(
    statementsOf(first, watched, schema, grammar),
    options.signal,
  );
  return {
    evidence: sourceEvidence(name, about, schema, statements),
    schema,
    queries: statements.queries,
    unparsed: statements.unparsed,
    unseen: [
      ...(about.isStandby ? [unseen('standby-counters')] : []),
      ...unseenTables(catalog, names, schema),
      ...activity.unseen,
      ...statements.unseen,
    ],
    session,
  };
}

interface Counted {
  readonly activity: ActivitySample;
  readonly statements: StatementSample | NoStatements;
}

async function readCounters(session: ReadOnlySession): Promise<Counted> {
  // The views of statistics stay as they are within one transaction.
  return {
    activity: await session.sample(readActivity),
    statements: await readStatements(session),
  };
}

const reportMs = 1_000;

/** A second look at the counters, when the time that was asked for is over. */
async function watch(
  session: ReadOnlySession,
  startedMs: number,
  { watchMs, signal, report }: PostgresOptions,
): Promise<Counted | null> {
  if (watchMs === null) return null;
  for (;;) {
    const leftMs = startedMs + watchMs - performance.now();
    if (leftMs <= 0) break;
    report(`watching for ${Math.ceil(leftMs / 1000)} s more`);
    await sleep(Math.min(reportMs, leftMs), undefined, { signal });
  }
  return readCounters(session);
}

function statementsOf(
  first: Counted,
  second: Counted | null,
  schema: SchemaEvidence,
  grammar: Grammar,
): Steps<SeenStatements> {
  const stored = new Set(schema.tables.map((table) => table.stored.name));
  return seenStatements(first.statements, second?.statements ?? null, {
    grammar,
    renamed: (sql) => renamedSql(sql, schema, grammar),
    isTable: (table) => stored.has(table),
  });
}

function sourceEvidence(
  name: string,
  about: ServerAbout,
  schema: SchemaEvidence,
  statements: SeenStatements,
): SourceEvidence {
  return {
    kind: 'postgres',
    name,
    read: {
      tables: schema.tables.length,
      views: schema.views.length,
      ...(about.databaseBytes === null ? {} : { databaseBytes: about.databaseBytes }),
      ...statements.read,
    },
    about: {
      version: about.version,
      database: about.database,
      role: about.isStandby ? 'standby' : 'primary',
    },
  };
}
