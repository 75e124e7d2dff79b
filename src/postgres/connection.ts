import pg from 'pg';
import { ShardQuery } from './shard-query.ts';

/** How to reach a shard's database. Never printed: it holds a password. */
export interface ShardAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface ConnectionOptions {
  readonly address: ShardAddress;
  readonly statementTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** `PREPARE name AS ...` of every statement that will be run. */
  readonly prepare: readonly string[];
}

export const applicationName = 'shardlab';

/** The end of a run: '' after success, else an SQLSTATE or an errno name. */
export type RunEnded = (connection: PooledConnection, code: string, message: string) => void;

/** One connection of a shard's pool. It connects again by itself when it is used after a loss. */
export class PooledConnection {
  readonly query: ShardQuery;
  readonly shard: number;
  /** The shard query it works on, -1 while idle. */
  ticket = -1;
  private readonly options: ConnectionOptions;
  private readonly ended: RunEnded;
  private client: pg.Client | null = null;

  constructor(shard: number, options: ConnectionOptions, ended: RunEnded) {
    this.shard = shard;
    this.options = options;
    this.ended = ended;
    this.query = new ShardQuery((code, message) => this.ended(this, code, message));
  }

  async connect(): Promise<void> {
    const { address, statementTimeoutMs, connectTimeoutMs, prepare } = this.options;
    const client = new pg.Client({
      ...address,
      application_name: applicationName,
      statement_timeout: statementTimeoutMs,
      connectionTimeoutMillis: connectTimeoutMs,
    });
    // A lost connection also ends the query under way, which is where it is counted.
    client.on('error', () => this.forget(client));
    client.on('end', () => this.forget(client));
    await client.connect();
    for (const text of prepare) await client.query(text);
    this.client = client;
  }

  /** Runs what `query` holds; ends with one call of `ended`, after this returns. */
  run(): void {
    if (this.client === null) void this.reconnectAndRun();
    else this.client.query(this.query);
  }

  private async reconnectAndRun(): Promise<void> {
    try {
      await this.connect();
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      this.ended(this, code ?? 'connect', message);
      return;
    }
    this.run();
  }

  private forget(client: pg.Client): void {
    if (this.client === client) this.client = null;
  }

  /** Cuts the connection; a query under way ends with an error. */
  cut(): void {
    const { client } = this;
    this.client = null;
    // pg's types leave out the socket, and `end` would wait for a server that does not answer.
    const { connection } = (client ?? {}) as { connection?: { stream: { destroy(): void } } };
    connection?.stream.destroy();
  }

  async close(): Promise<void> {
    const { client } = this;
    this.client = null;
    await client?.end().catch(() => undefined);
  }
}
