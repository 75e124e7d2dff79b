import type { ShardAddress } from '../../../base/shard-address.ts';
import type { CandidateKey, KeyValues } from '../../../profile/evidence.ts';
import { startShards } from '../../../testing/embedded-shards.ts';
import { type TestDatabase, testDatabase } from '../database-evidence-fixture.ts';
import { type MeasuredKeys, measureKeys } from './measure-keys.ts';
import type { MeasureOptions } from './measuring.ts';

/** A server with a database, measured as tests need it. */
export interface MeasuredDatabase {
  readonly server: ShardAddress;
  readonly write: TestDatabase['write'];
  /** By another session where one is given. */
  measured(
    candidates: readonly CandidateKey[],
    options?: Partial<MeasureOptions>,
    session?: TestDatabase,
  ): Promise<MeasuredKeys>;
  /** Of one table by some of its columns. */
  values(
    table: string,
    columns: readonly string[],
    options?: Partial<MeasureOptions>,
  ): Promise<KeyValues>;
  stop(): Promise<void>;
}

export const candidate = (
  key: string,
  columns: Readonly<Record<string, readonly string[]>>,
  root: string | null = null,
): CandidateKey => ({
  key,
  columns: Object.entries(columns).map(([table, names]) => ({ table, columns: names })),
  root,
  because: ['several tables'],
});

/** Nothing is small enough to be counted. */
export const sampling = { small: { rows: -1, bytes: -1 } };

export async function startMeasured(): Promise<MeasuredDatabase> {
  const { fleet, servers } = await startShards(1);
  const [server] = servers;
  if (server === undefined) throw new Error('no server');
  const database = await testDatabase(server);
  const measured: MeasuredDatabase['measured'] = async (candidates, options, session = database) =>
    measureKeys(session, await database.schema(), candidates, {
      exact: null,
      sampleRows: 30_000,
      signal: new AbortController().signal,
      report: () => undefined,
      ...options,
    });
  return {
    server,
    write: (...statements) => database.write(...statements),
    measured,
    async values(table, columns, options) {
      const { values, unseen } = await measured([candidate('key', { [table]: columns })], options);
      const [only] = values;
      if (only === undefined) throw new Error(`nothing is known: ${JSON.stringify(unseen)}`);
      return only;
    },
    async stop() {
      await database.close();
      await fleet.stop();
    },
  };
}
