import type { Duplex } from 'node:stream';
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import pg from 'pg';
import { exitCodes, UserError } from '../base/user-error.ts';
import { AnswerReader } from './answer-reader.ts';
import { Frame } from './frame.ts';
import { inOwnSchema } from './own-schema.ts';

/** How to reach a shard's database. Never printed: it holds a password. */
export interface ShardAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly ssl?: false | TlsOptions;
  /** Settings of every session, in the form of libpq's `options`. */
  readonly options?: string;
  /** Set on a server that is not ours: the only schema that may be touched, and the search path. */
  readonly schema?: string;
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

/**
 * One connection of a shard's pool. pg connects, authenticates and prepares; then the socket is ours:
 * a run is one write of a frame and one answer read, without an object or an event for each message.
 * It connects again by itself when it is used after a loss.
 */
export class PooledConnection {
  /** What to run; the caller fills it before each run. */
  readonly frame = new Frame();
  readonly shard: number;
  /** The shard query it works on, -1 while idle. */
  ticket = -1;
  private readonly options: ConnectionOptions;
  private readonly ended: RunEnded;
  private client: pg.Client | null = null;
  private socket: Duplex | null = null;
  private closed = false;

  constructor(shard: number, options: ConnectionOptions, ended: RunEnded) {
    this.shard = shard;
    this.options = options;
    this.ended = ended;
  }

  async connect(): Promise<void> {
    const { address, statementTimeoutMs, connectTimeoutMs, prepare } = this.options;
    const client = new pg.Client({
      ...address,
      application_name: applicationName,
      statement_timeout: statementTimeoutMs,
      connectionTimeoutMillis: connectTimeoutMs,
    });
    // The end of the socket tells the same, and is where the query under way is ended.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await inOwnSchema(client, address.schema, async () => {
        for (const text of prepare) await prepareStatement(client, text);
      });
      if (this.closed) throw new Error('the pool was closed meanwhile');
    } catch (error) {
      // An open socket would keep the process alive when the server is not ours to stop.
      await client.end().catch(() => undefined);
      throw error;
    }
    this.takeOver(client);
  }

  /** From here on pg sees no answer: its client only keeps the socket and says goodbye. */
  private takeOver(client: pg.Client): void {
    const socket = socketOf(client);
    const reader = new AnswerReader((code, message) => this.ended(this, code, message));
    socket.removeAllListeners('data');
    socket.on('data', (chunk: Uint8Array) => reader.feed(chunk));
    socket.once('close', () => {
      if (this.socket !== socket) return;
      this.client = null;
      this.socket = null;
      if (this.ticket === -1) return;
      const { code, message } = reader.error;
      this.ended(this, code || 'connection', message || 'the connection was lost');
    });
    this.client = client;
    this.socket = socket;
  }

  /** Runs what the frame holds; ends with one call of `ended`, after this returns. */
  run(): void {
    if (this.socket === null) void this.reconnectAndRun();
    else this.socket.write(this.frame.finish());
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

  /** Cuts the connection; a query under way ends with an error. */
  cut(): void {
    this.socket?.destroy();
  }

  async close(): Promise<void> {
    const { client } = this;
    this.closed = true;
    this.client = null;
    this.socket = null;
    await client?.end().catch(() => undefined);
  }
}

/** Syntax errors and unknown names: what the scenario's SQL can get wrong. */
const scenarioError = /^42/;

async function prepareStatement(client: pg.Client, text: string): Promise<void> {
  try {
    await client.query(text);
  } catch (cause) {
    const { code = '', message } = cause as { code?: string; message: string };
    if (!scenarioError.test(code)) throw cause;
    const statement = text.replace(/^prepare \S+ as /, '').trim();
    throw new UserError(`operations: Postgres says: ${message}\n  ${statement}`, {
      exitCode: exitCodes.usage,
      cause,
    });
  }
}

/** pg's types leave out the connection of a client. */
const socketOf = (client: pg.Client): Duplex =>
  (client as unknown as { connection: { stream: Duplex } }).connection.stream;
