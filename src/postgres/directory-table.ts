import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { pipeline } from 'node:stream/promises';
import { decodeKey, type RoutedKeyType } from '../base/keys.ts';
import type { Directory } from '../directory/lookups.ts';
import type { KnownKeys, Router } from '../router/contract.ts';
import type { ShardAddress } from '../base/shard-address.ts';
import { applicationName } from './connection.ts';
import { recreateDatabase, withClient } from './database.ts';
import { inOwnSchema } from './own-schema.ts';

export const directoryTable = 'shardlab_directory';

/** As many as an application would spare for look-ups; one answers thousands a second. */
export const lookupConnections = 4;

/** Rows of one insert: a few hundred kilobytes of parameters. */
const batchRows = 10_000;

const columnTypes: Readonly<Record<RoutedKeyType, string>> = {
  text: 'text collate "C"',
  int8: 'int8',
  uuid: 'uuid',
  // Several columns as their canonical bytes (base/composite-keys.ts), in one.
  composite: 'bytea',
};

/** Where a directory is, and how that is said in reports. */
export interface DirectoryPlace {
  readonly address: ShardAddress;
  readonly description: string;
}

/**
 * Makes the table of the known keys: in a database of its own on the server of shard 0, or in the
 * schema that is ours there on a server that is not.
 */
export async function createDirectory(
  maintenance: ShardAddress,
  shard: ShardAddress,
  known: KnownKeys,
  router: Router,
): Promise<DirectoryPlace> {
  const ours = shard.schema === undefined;
  const address = ours ? await recreateDatabase(maintenance, directoryTable) : shard;
  const description = ours
    ? `table ${directoryTable} in a database of its own on the server of shard 0`
    : `table ${directoryTable} beside the rows of shard 0`;
  await withClient(address, (client) =>
    inOwnSchema(client, address.schema, async () => {
      const type = columnTypes[known.type];
      await client.query(
        `create table ${directoryTable} (key ${type} primary key, shard int4 not null)`,
      );
      for (let first = 0; first < known.count; first += batchRows) {
        await insertBatch(client, known, router, first);
      }
    }),
  );
  await withClient(address, (client) => client.query(`vacuum (analyze) ${directoryTable}`));
  return { address, description };
}

async function insertBatch(
  client: pg.Client,
  known: KnownKeys,
  router: Router,
  first: number,
): Promise<void> {
  const { type, bytes, offsets } = known;
  const keys: string[] = [];
  const shards: number[] = [];
  for (let key = first; key < Math.min(known.count, first + batchRows); key += 1) {
    const [start, end] = [offsets[key] ?? 0, offsets[key + 1] ?? 0];
    keys.push(keyText(type, bytes, start, end));
    shards.push(router.route(bytes, start, end));
  }
  const column = type === 'composite' ? 'bytea' : type;
  await client.query(
    `insert into ${directoryTable} select * from unnest($1::${column}[], $2::int4[])`,
    [keys, shards],
  );
}

/** A key as a parameter. */
function keyText(type: RoutedKeyType, bytes: Uint8Array, start: number, end: number): string {
  if (type !== 'composite') return decodeKey(type, bytes, start, end);
  return `\\x${Buffer.from(bytes.subarray(start, end)).toString('hex')}`;
}

export interface DirectoryOptions {
  readonly keyType: RoutedKeyType;
  readonly connections: number;
  readonly statementTimeoutMs: number;
}

/** The table as it is looked up and changed: a few connections, the statement prepared on each. */
export class DirectoryTable implements Directory {
  private readonly pool: pg.Pool;
  private readonly options: DirectoryOptions;

  constructor(address: ShardAddress, options: DirectoryOptions) {
    this.options = options;
    this.pool = new pg.Pool({
      ...address,
      application_name: applicationName,
      max: options.connections,
      // None is given up for being idle.
      idleTimeoutMillis: 0,
      // A run that breaks off must not wait for them.
      allowExitOnIdle: true,
      statement_timeout: options.statementTimeoutMs,
      connectionTimeoutMillis: options.statementTimeoutMs,
    });
    // A connection that is lost while idle is opened again by the next look-up.
    this.pool.on('error', () => undefined);
  }

  /** Opens and prepares every connection, all at once. */
  async warmUp(): Promise<void> {
    const { connections } = this.options;
    const clients = await Promise.all(
      Array.from({ length: connections }, () => this.pool.connect()),
    );
    const prepared = await Promise.allSettled(clients.map((client) => client.query(query(null))));
    for (const client of clients) client.release();
    const failed = prepared.find((each) => each.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  lookUp(
    key: Uint8Array,
    answered: (shard: number | null, code: string, message: string) => void,
  ): void {
    this.pool.query<[number]>(query(this.text(key))).then(
      ({ rows }) => answered(rows[0]?.[0] ?? null, '', ''),
      (error: unknown) => {
        const { code, message } = error as { code?: string; message: string };
        answered(null, code ?? 'directory', message);
      },
    );
  }

  /** Switches one entry; resolves when that is committed. */
  async move(key: Uint8Array, shard: number): Promise<void> {
    await this.pool.query(`update ${directoryTable} set shard = $2 where key = $1`, [
      this.text(key),
      shard,
    ]);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private text(key: Uint8Array): string {
    return keyText(this.options.keyType, key, 0, key.length);
  }
}

const query = (key: string | null) => ({
  name: 'shardlab_lookup',
  text: `select shard from ${directoryTable} where key = $1`,
  values: [key],
  rowMode: 'array' as const,
});

/** The rows of one value of a column. */
export interface RowsOf {
  readonly table: string;
  readonly column: string;
  readonly value: string;
}

const where = ({ table, column, value }: RowsOf): string =>
  `${table} where ${pg.escapeIdentifier(column)} = ${pg.escapeLiteral(value)}`;

/** Copies rows from one shard to another, which then both have them. */
export async function copyRows(
  source: ShardAddress,
  target: ShardAddress,
  rows: RowsOf,
): Promise<void> {
  await withClient(source, (reading) =>
    withClient(target, async (writing) => {
      const out = reading.query(copyTo(`copy (select * from ${where(rows)}) to stdout`));
      const into = writing.query(copyFrom(`copy ${rows.table} from stdin`));
      await pipeline(out, into);
    }),
  );
}

/** How many such rows a shard has. */
export function countRows(address: ShardAddress, rows: RowsOf): Promise<number> {
  return withClient(address, async (client) => {
    const found = await client.query<{ n: string }>(`select count(*) as n from ${where(rows)}`);
    return Number(found.rows[0]?.n);
  });
}
