import type { Duplex } from 'node:stream';
import pg from 'pg';
import type { ShardAddress } from '../base/shard-address.ts';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { type Outbox, revokeFrame, stageFrame, frameBytesMax } from '../traffic/outbox.ts';
import type { RowCounts } from '../traffic/ports.ts';
import { AnswerReader } from './answer-reader.ts';
import { FirstRow } from './first-row.ts';
import { Frame, statementName } from './frame.ts';
import { ReadingSocket } from './reading-socket.ts';
import { inOwnSchema } from './own-schema.ts';
import { rollback } from './prepared-statements.ts';

export interface ConnectionOptions {
  readonly address: ShardAddress;
  readonly statementTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** `PREPARE name AS ...` of every statement that will be run. */
  readonly prepare: readonly string[];
  /** Whether a ROLLBACK is prepared as well. */
  readonly rollsBack: boolean;
  /** Whether `report` will be called. */
  readonly reports: boolean;
  /** Where its frames are staged; absent: they never are. */
  readonly outbox?: Outbox;
}

export const applicationName = 'shardlab';

/** The end of a run: '' after success, else an SQLSTATE or an errno name. */
export type RunEnded = (
  connection: PooledConnection,
  code: string,
  message: string,
  rows?: RowCounts,
) => void;

/**
 * One connection of a shard's pool. pg connects, authenticates and prepares; then the socket is
 * ours: a run is one write of a frame and one answer read, without an object or an event for each
 * message. It connects again by itself when it is used after a loss.
 */
export class PooledConnection {
  /** What to run; the caller fills it before each run. */
  readonly frame: Frame;
  /** Of the last answer, where it was wanted before the run. */
  readonly firstRow = new FirstRow();
  readonly shard: number;
  /** Number among all connections, its place in the outbox. */
  readonly place: number;
  /** The shard query it works on, -1 while idle. */
  ticket = -1;
  private readonly options: ConnectionOptions;
  private readonly ended: RunEnded;
  private client: pg.Client | null = null;
  private socket: Duplex | null = null;
  /** Of the socket, for frames that another thread writes; -1: none may. */
  private descriptor = -1;
  private staged = false;
  /** Whether the server knows how to report at once. */
  private canReport = false;
  /** Ends the report under way. */
  private reported: ((code: string) => void) | null = null;
  private closed = false;

  constructor(shard: number, place: number, options: ConnectionOptions, ended: RunEnded) {
    this.shard = shard;
    this.place = place;
    const { outbox } = options;
    this.frame =
      outbox === undefined
        ? new Frame()
        : new Frame(Buffer.from(outbox.frames.buffer, place * frameBytesMax, frameBytesMax));
    this.options = options;
    this.ended = ended;
  }

  async connect(timeoutMs = this.options.connectTimeoutMs): Promise<void> {
    const { address, statementTimeoutMs, prepare, rollsBack, reports } = this.options;
    // TLS reads from its socket by itself.
    const reading = address.ssl ? null : new ReadingSocket();
    const client = new pg.Client({
      ...address,
      ...(reading && { stream: () => reading.socket }),
      application_name: applicationName,
      statement_timeout: statementTimeoutMs,
      connectionTimeoutMillis: timeoutMs,
    });
    // The end of the socket tells the same, and is where the query under way is ended.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await inOwnSchema(client, address.schema, async () => {
        for (const text of prepare) await prepareStatement(client, text);
      });
      // Outside of a transaction it does nothing but warn.
      if (rollsBack) await client.query(rollback);
      this.canReport = reports && (await prepareReport(client));
      if (this.closed)
        throw new Error('the pool was closed while this connection was being opened');
    } catch (error) {
      // An open socket would keep the process alive when the server is not ours to stop.
      await client.end().catch(() => undefined);
      throw error;
    }
    this.takeOver(client, reading);
  }

  /** From here on pg sees no answer: its client only keeps the socket and says goodbye. */
  private takeOver(client: pg.Client, reading: ReadingSocket | null): void {
    const socket = socketOf(client);
    const reader = new AnswerReader((code, message, rows) => {
      this.staged = false;
      if (this.reported === null) this.ended(this, code, message, rows);
      else this.reported(code);
    }, this.firstRow);
    socket.removeAllListeners('data');
    if (reading === null) socket.on('data', (chunk: Uint8Array) => reader.feed(chunk));
    else reading.readInto((bytes, length) => reader.feed(bytes, length));
    socket.once('close', () => {
      if (this.socket !== socket) return;
      this.client = null;
      this.socket = null;
      this.reported?.('connection');
      // What is staged is not under way yet: it connects again when it is due.
      if (this.ticket === -1 || this.staged) return;
      const { code, message } = reader.error;
      this.ended(this, code || 'connection', message || 'the connection was lost');
    });
    this.client = client;
    this.socket = socket;
    this.descriptor = this.options.outbox === undefined ? -1 : descriptorOf(socket);
    if (this.descriptor >= 0) beforeClosing(socket, () => this.keepOffSocket());
  }

  /** Whether it is open: after a loss no transaction is. */
  get isOpen(): boolean {
    return this.socket !== null;
  }

  /**
   * Leaves what the frame holds to the thread that sends it when it is due; false when that cannot
   * be: no socket of our own, or a frame that is too long.
   */
  stage(): boolean {
    const { outbox } = this.options;
    if (outbox === undefined || this.socket === null || this.descriptor < 0) return false;
    const frame = this.frame.finish();
    if (!this.frame.inPlace) return false;
    this.staged = true;
    stageFrame(outbox, this.place, this.descriptor, frame.length);
    return true;
  }

  /** Gives up what is staged, and was not sent. */
  unstage(): void {
    if (this.options.outbox !== undefined) revokeFrame(this.options.outbox, this.place);
    this.staged = false;
  }

  /** What was staged is due, and the other thread could not send it. */
  runStaged(): void {
    this.staged = false;
    this.run();
  }

  /** The socket is about to close: from now on nobody else may write to it. */
  private keepOffSocket(): void {
    this.descriptor = -1;
    const { outbox } = this.options;
    if (outbox === undefined || !this.staged) return;
    // A frame that was sent is under way and ends with the socket; any other waits until it is due.
    if (!revokeFrame(outbox, this.place)) this.staged = false;
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

  /**
   * Has the session report what it did; false where it cannot. A lost connection has nothing left
   * to report.
   */
  async report(): Promise<boolean> {
    const { socket, frame } = this;
    if (socket === null) return true;
    if (!this.canReport || this.ticket !== -1) return false;
    frame.clear();
    frame.bind(reportName, 0);
    frame.execute();
    const code = await new Promise<string>((resolve) => {
      this.reported = resolve;
      socket.write(frame.finish());
    });
    this.reported = null;
    return code === '';
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

const reportName = statementName('shardlab_report');

/** False before Postgres 15, which has no such function. */
async function prepareReport(client: pg.Client): Promise<boolean> {
  try {
    await client.query('prepare shardlab_report as select pg_stat_force_next_flush()');
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === unknownFunction) return false;
    throw error;
  }
}

const unknownFunction = '42883';

/**
 * The descriptor of a plain socket, which another thread may write to while this one waits for the
 * answer; -1 where there is none: TLS (this thread has the keys), Windows.
 */
function descriptorOf(socket: Duplex): number {
  if ('encrypted' in socket) return -1;
  return handleOf(socket)?.fd ?? -1;
}

/**
 * Calls `then` before the descriptor is closed: the system gives its number to the next socket. By
 * the time of the event 'close' it is too late.
 */
function beforeClosing(socket: Duplex, then: () => void): void {
  const handle = handleOf(socket);
  if (handle === undefined) return;
  const close = handle.close.bind(handle);
  handle.close = (closed) => {
    then();
    close(closed);
  };
}

interface SocketHandle {
  readonly fd?: number;
  close(closed?: () => void): void;
}

/** Node does not document the handle of a socket; where it is missing nothing is staged. */
const handleOf = (socket: Duplex): SocketHandle | undefined =>
  (socket as unknown as Record<string, SocketHandle | undefined>)['_handle'];

/** pg's types leave out the connection of a client. */
const socketOf = (client: pg.Client): Duplex =>
  (client as unknown as { connection: { stream: Duplex } }).connection.stream;
