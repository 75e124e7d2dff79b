import { mkdir, mkdtemp, rm, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';

export interface EngineOptions {
  readonly memoryBytes: number;
  readonly threads: number;
  /** Made where it is not there; what the engine puts there is gone after `close`. */
  readonly temporaryFolder: string;
  readonly signal: AbortSignal;
}

export type EngineRow = Readonly<Record<string, unknown>>;

/** One DuckDB for all files of a command, in bounded memory; what does not fit goes to disk. */
export class FileEngine {
  readonly folder: string;
  readonly #made: string | undefined;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly signal: AbortSignal;
  readonly #interrupt: () => void;
  #closed = false;

  private constructor(
    place: { folder: string; made: string | undefined },
    duckdb: { instance: DuckDBInstance; connection: DuckDBConnection },
    signal: AbortSignal,
  ) {
    this.folder = place.folder;
    this.#made = place.made;
    this.#instance = duckdb.instance;
    this.#connection = duckdb.connection;
    this.signal = signal;
    this.#interrupt = (): void => this.#connection.interrupt();
    signal.addEventListener('abort', this.#interrupt);
  }

  static async start(options: EngineOptions): Promise<FileEngine> {
    const place = await temporaryPlace(resolve(options.temporaryFolder));
    try {
      // 70 MB of native code that only those who profile files need.
      const { DuckDBInstance: Instance } = await import('@duckdb/node-api');
      const instance = await Instance.create(':memory:', settings(options, place.folder));
      const connection = await instance.connect();
      for (const statement of statements) await connection.run(statement);
      return new FileEngine(place, { instance, connection }, options.signal);
    } catch (error) {
      await removePlace(place);
      throw error;
    }
  }

  /** Rejects with what `engineError` makes of DuckDB's errors. */
  async query(sql: string): Promise<readonly EngineRow[]> {
    this.#checkRunning();
    try {
      const reader = await this.#connection.runAndReadAll(sql);
      return reader.getRowObjectsJS();
    } catch (error) {
      this.#checkRunning();
      throw engineError(error);
    }
  }

  #checkRunning(): void {
    // Its reason may be the name of a signal, which is no error.
    if (this.signal.aborted) throw new Error('interrupted', { cause: this.signal.reason });
  }

  /** The only row of an answer. */
  async row(sql: string): Promise<EngineRow> {
    const [first] = await this.query(sql);
    return first ?? {};
  }

  /** Tells the share of the running query that is done, each second. */
  async watched<T>(work: () => Promise<T>, tell: (share: number) => void): Promise<T> {
    const timer = setInterval(() => {
      const { percentage } = this.#connection.progress;
      if (percentage > 0) tell(percentage / 100);
    }, 1000);
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.signal.removeEventListener('abort', this.#interrupt);
    this.#connection.closeSync();
    this.#instance.closeSync();
    await removePlace({ folder: this.folder, made: this.#made });
  }
}

const statements = [
  "set TimeZone = 'UTC'",
  'set enable_progress_bar = true',
  'set enable_progress_bar_print = false',
  // Compressed, less of what was read goes to disk and comes back: a sixth less time.
  "attach ':memory:' as rows (compress)",
  'use rows',
];

/**
 * Of the memory that it is given. What it has given back its allocator keeps for a while, beside
 * the limit: while 2 GB were read that was up to 0.3 of the limit, more on a busy machine.
 */
const ownShare = 0.75;

function settings(options: EngineOptions, folder: string): Record<string, string> {
  return {
    threads: String(options.threads),
    memory_limit: `${Math.floor((ownShare * options.memoryBytes) / 1e6)}MB`,
    temp_directory: folder,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // Rows keep their order in the file, which says whether a column rises with it.
    preserve_insertion_order: 'true',
    // Left to itself the allocator keeps up to half as much again of what was given back to it.
    allocator_background_threads: 'true',
    allocator_flush_threshold: '2MB',
    allocator_bulk_deallocation_flush_threshold: '2MB',
  };
}

/** What the user can mend, as such; any other error as it is. */
function engineError(error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  const [first = message] = message.split('\n');
  if (message.startsWith('Out of Memory Error')) {
    return new UserError(`the rows do not fit the memory that was given: ${first}`, {
      exitCode: exitCodes.unusable,
      hint: 'give more memory, or a folder with more room for temporary files',
      cause: error,
    });
  }
  if (/No space left|Could not write|max_temp_directory_size/.test(message)) {
    return new UserError(`temporary files could not be written: ${first}`, {
      exitCode: exitCodes.unusable,
      hint: 'they are put beside --out; choose a place with room for about the size of the files',
      cause: error,
    });
  }
  return error;
}

async function temporaryPlace(
  within: string,
): Promise<{ folder: string; made: string | undefined }> {
  const made = await mkdir(within, { recursive: true });
  return { folder: await mkdtemp(join(within, 'rows-')), made: made === undefined ? made : within };
}

async function removePlace(place: { folder: string; made: string | undefined }): Promise<void> {
  await rm(place.folder, { recursive: true, force: true });
  // Of what we made; others may have put something there since.
  if (place.made !== undefined) await rmdir(place.made).catch(() => undefined);
}
