import { setImmediate as turn } from 'node:timers/promises';
import type pg from 'pg';
import { present } from '../../base/assert.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import type { CopyColumn } from '../../workload/tables/copy-column.ts';
import { withClient } from '../database.ts';
import { inOwnSchema } from '../own-schema.ts';
import { CopyEncoder } from './copy-encoder.ts';
import { CopyStream } from './copy-stream.ts';
import { copyText, createStatements, filledColumns } from './table-ddl.ts';
import { copyError } from './table-errors.ts';
import { runStatements } from './run-statements.ts';
import { everyShard, type TableRows } from './table-rows.ts';

/** Bytes collected for a shard before they are handed to its stream. */
const chunkBytes = 64 * 1024;
/** Bytes under way to one shard while others are served. */
const underWayBytes = 512 * 1024;

/** Rows sent: of each table, to each shard. */
export type SentRows = readonly (readonly number[])[];

/**
 * Makes the tables and loads them by COPY, parents first, all shards at once. On each shard it is
 * one transaction, so that rows can be written as frozen, which saves writing them a second time.
 */
export async function copyTables(
  addresses: readonly ShardAddress[],
  rows: TableRows,
): Promise<SentRows> {
  return inTransactions(addresses, async (clients) => {
    const statements = createStatements(rows.set);
    await Promise.all(clients.map((client) => runStatements(client, statements)));
    const sent: number[][] = [];
    for (const table of rows.set.tables.keys()) sent.push(await copyTable(clients, rows, table));
    return sent;
  });
}

/** One transaction on each shard, all open together. */
async function inTransactions<T>(
  [address, ...others]: readonly ShardAddress[],
  work: (clients: readonly pg.Client[]) => Promise<T>,
  open: readonly pg.Client[] = [],
): Promise<T> {
  if (address === undefined) return work(open);
  return withClient(address, (client) =>
    inTransaction(client, address.schema, () => inTransactions(others, work, [...open, client])),
  );
}

async function inTransaction<T>(
  client: pg.Client,
  schema: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const results: T[] = [];
  const kept = async (): Promise<void> => void results.push(await work());
  if (schema !== undefined) await inOwnSchema(client, schema, kept);
  else {
    // Without a commit the connection ends, and the transaction with it.
    await client.query('begin');
    await kept();
    await client.query('commit');
  }
  return results[0] as T;
}

async function copyTable(
  clients: readonly pg.Client[],
  rows: TableRows,
  index: number,
): Promise<number[]> {
  const table = present(rows.set.tables[index], 'table');
  try {
    const streams = clients.map((client) => new CopyStream(client, copyText(table), underWayBytes));
    const columns = filledColumns(table).map(({ name }) => rows.column(index, name));
    const sinks = streams.map((stream) => new Sink(columns, [stream]));
    const everywhere = new Sink(columns, streams);
    await writeRows(rows, index, sinks, everywhere);
    const sent = sinks.map((sink) => sink.rows + everywhere.rows);
    await Promise.all(streams.map((stream) => stream.end()));
    return sent;
  } catch (error) {
    throw copyError(table.name, error);
  }
}

async function writeRows(
  rows: TableRows,
  index: number,
  sinks: readonly Sink[],
  everywhere: Sink,
): Promise<void> {
  const shardOf = rows.shardOf(index);
  const count = rows.count(index);
  for (let row = 0; row < count; row += 1) {
    const shard = shardOf(row);
    const sink = shard === everyShard ? everywhere : present(sinks[shard], 'shard of a row');
    sink.encoder.addRow(row);
    if (sink.encoder.full) await sink.flush();
  }
  for (const sink of [...sinks, everywhere]) await sink.flush();
}

/** Rows for one shard, or the same rows for all of them, encoded once. */
class Sink {
  readonly encoder: CopyEncoder;
  private readonly streams: readonly CopyStream[];

  constructor(columns: readonly CopyColumn[], streams: readonly CopyStream[]) {
    this.encoder = new CopyEncoder(columns, chunkBytes);
    this.streams = streams;
  }

  get rows(): number {
    return this.encoder.rows;
  }

  async flush(): Promise<void> {
    if (this.encoder.length === 0) return;
    const chunk = this.encoder.take();
    for (const stream of this.streams) stream.write(chunk);
    // Answers, and signals to this process, are heard between chunks.
    await turn();
    for (const stream of this.streams) await stream.room();
  }
}
