import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from, type CopyStreamQuery } from 'pg-copy-streams';
import { present } from '../base/assert.ts';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { columnValue } from '../workload/attributes.ts';
import type { Workload } from '../workload/types.ts';
import type { ShardAddress } from '../base/shard-address.ts';
import { applicationName } from './connection.ts';
import { diskHint, temporaryFolder } from '../wording/disk-hint.ts';

/** Bytes collected for a shard before they are handed to its stream. */
const chunkLength = 64 * 1024;

/**
 * Loads the workload's rows by COPY, each to the shard that `shardOf` says, all shards at once.
 * Returns the rows sent to each shard.
 */
export async function copyRows(
  addresses: readonly ShardAddress[],
  workload: Workload,
  table: string,
  shardOf: (tenant: number, row: number) => number,
): Promise<number[]> {
  const columns = workload.columns.map(({ name }) => name);
  const text =
    `copy ${table} (${columns.map((name) => pg.escapeIdentifier(name)).join(', ')}) from ` +
    'stdin';
  const sinks = await Promise.all(addresses.map((address) => openSink(address, text)));
  try {
    await writeRows(sinks, workload, shardOf);
    await Promise.all(sinks.map((sink) => sink.end()));
  } catch (error) {
    throw copyError(error);
  } finally {
    await Promise.all(sinks.map((sink) => sink.close()));
  }
  return sinks.map((sink) => sink.rows);
}

async function writeRows(
  sinks: readonly Sink[],
  workload: Workload,
  shardOf: (tenant: number, row: number) => number,
): Promise<void> {
  const values = workload.columns.map(({ name }) => columnValue(workload, name));
  const { count, tenantOf } = workload.rows;
  for (let row = 0; row < count; row++) {
    const tenant = tenantOf[row] ?? 0;
    let line = '';
    for (let c = 0; c < values.length; c++) {
      if (c > 0) line += '\t';
      line += escapeCopy(present(values[c], 'column')(tenant, row));
    }
    const sink = present(sinks[shardOf(tenant, row)], 'shard');
    sink.rows += 1;
    sink.pending += `${line}\n`;
    if (sink.pending.length >= chunkLength) await sink.flush();
  }
}

/** COPY's text format: backslash, tab and line ends are escaped; nothing is NULL. */
function escapeCopy(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text
        .replaceAll('\\', '\\\\')
        .replaceAll('\t', '\\t')
        .replaceAll('\n', '\\n')
        .replaceAll('\r', '\\r')
    : text;
}

class Sink {
  rows = 0;
  pending = '';
  private readonly client: pg.Client;
  private readonly stream: CopyStreamQuery;
  private failure: Error | null = null;

  constructor(client: pg.Client, stream: CopyStreamQuery) {
    this.client = client;
    this.stream = stream;
    stream.on('error', (error) => {
      this.failure = error;
    });
  }

  async flush(): Promise<void> {
    if (this.failure !== null) throw this.failure;
    const chunk = this.pending;
    this.pending = '';
    if (!this.stream.write(chunk)) await once(this.stream, 'drain');
  }

  async end(): Promise<void> {
    if (this.pending !== '') await this.flush();
    this.stream.end();
    await finished(this.stream);
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}

async function openSink(address: ShardAddress, text: string): Promise<Sink> {
  const client = new pg.Client({ ...address, application_name: applicationName });
  client.on('error', () => undefined);
  await client.connect();
  return new Sink(client, client.query(from(text)));
}

const diskFull = '53100';

function copyError(cause: unknown): UserError {
  // A router of the user's says itself what is wrong with it.
  if (cause instanceof UserError) return cause;
  const { code, message, where } = cause as { code?: string; message: string; where?: string };
  if (code === diskFull) {
    return new UserError(`the disk is full: ${message}`, {
      exitCode: exitCodes.unusable,
      hint: diskHint(temporaryFolder),
      cause,
    });
  }
  return new UserError(`loading the rows failed: ${message}${where ? ` (${where})` : ''}`, {
    exitCode: exitCodes.usage,
    hint: 'compare schema.columns with the columns of the table that schema.ddl creates',
    cause,
  });
}
