import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionUrl } from '../../base/connection/connection-url.ts';
import { isLoss, lostConnection, openConnection } from './open-connection.ts';
import type { PlainClient } from './plain-client.ts';
import type { AnswerRow, Query, ReadOnlySession } from './session-types.ts';
import { beginReadOnly, marked, transactionMsMost } from './transaction-limits.ts';

/** How long a cancelled statement may take to end before its connection is cut. */
const endMs = 600;

/**
 * Reads by one connection, which is opened again where it was lost between two samples. It ends by
 * itself when the signal is aborted.
 */
export class PostgresSession implements ReadOnlySession {
  readonly #url: ConnectionUrl;
  readonly #signal: AbortSignal;
  readonly #abort = (): void => void this.close();
  #client: PlainClient | null = null;
  /** Settles when the sample under way has ended. */
  #last: Promise<unknown> = Promise.resolve();
  /** Settles when the statement under way has ended; null between statements. */
  #statement: Promise<unknown> | null = null;
  #closing: Promise<void> | null = null;

  private constructor(url: ConnectionUrl, signal: AbortSignal) {
    this.#url = url;
    this.#signal = signal;
  }

  /** @throws {UserError} when the server cannot be reached, or refuses */
  static async open(url: ConnectionUrl, signal: AbortSignal): Promise<PostgresSession> {
    const session = new PostgresSession(url, signal);
    await session.#connected();
    signal.addEventListener('abort', session.#abort, { once: true });
    if (signal.aborted) await session.close();
    signal.throwIfAborted();
    return session;
  }

  sample<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const ended = this.#last.then(() => this.#transaction(work));
    this.#last = ended.catch(() => undefined);
    return ended;
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #transaction<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const client = await this.#begun();
    let expired = false;
    const timer = setTimeout(() => {
      expired = true;
      void client.cancelRunning();
    }, transactionMsMost);
    const query: Query = (sql, values) => {
      if (expired) return Promise.reject(tooLong());
      return this.#send(client, marked(sql), values);
    };
    try {
      const result = await work(query);
      await this.#send(client, 'COMMIT');
      return result;
    } catch (error) {
      this.#signal.throwIfAborted();
      await this.#send(client, 'ROLLBACK').catch(() => undefined);
      throw isLoss(error) ? lostConnection(this.#url, error) : error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Servers and poolers end what has been idle, and tell so when it is used again. */
  async #begun(): Promise<PlainClient> {
    const client = await this.#connected();
    try {
      await this.#send(client, beginReadOnly);
      return client;
    } catch (error) {
      this.#signal.throwIfAborted();
      if (!isLoss(error)) throw error;
      this.#client = null;
      client.destroy();
    }
    const next = await this.#connected();
    try {
      await this.#send(next, beginReadOnly);
      return next;
    } catch (error) {
      this.#signal.throwIfAborted();
      throw isLoss(error) ? lostConnection(this.#url, error) : error;
    }
  }

  async #send(
    client: PlainClient,
    text: string,
    values?: readonly unknown[],
  ): Promise<readonly AnswerRow[]> {
    this.#throwIfClosed();
    const config = values === undefined ? { text } : { text, values: [...values] };
    const answer = client.query<AnswerRow>(config);
    const ended = answer.then(
      () => undefined,
      () => undefined,
    );
    this.#statement = ended;
    try {
      return (await answer).rows;
    } finally {
      if (this.#statement === ended) this.#statement = null;
    }
  }

  #throwIfClosed(): void {
    this.#signal.throwIfAborted();
    if (this.#closing !== null) throw new Error('this session was closed');
  }

  async #connected(): Promise<PlainClient> {
    this.#throwIfClosed();
    if (this.#client !== null) return this.#client;
    const client = await openConnection(this.#url, this.#signal);
    client.once('end', () => {
      if (this.#client === client) this.#client = null;
    });
    this.#client = client;
    return client;
  }

  async #close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#abort);
    const client = this.#client;
    if (client === null) return;
    if (this.#statement !== null) {
      const ended = this.#statement;
      await client.cancelRunning();
      await Promise.race([ended, sleep(endMs)]);
    }
    await Promise.race([client.end().catch(() => undefined), sleep(endMs)]);
    client.destroy();
  }
}

const tooLong = (): Error =>
  Object.assign(new Error(`the transaction was older than ${transactionMsMost / 1000} s`), {
    code: '57014',
  });
