import type { Connection } from 'pg';

/** The parts of pg's connection that its own queries use to speak the extended protocol. */
interface Wire extends Omit<Connection, 'bind' | 'execute' | 'sync' | 'stream'> {
  readonly stream: Connection['stream'] & { cork(): void; uncork(): void };
  bind(message: { portal: string; statement: string; values: readonly string[] }): void;
  execute(message: { portal: string; rows: number }): void;
  sync(): void;
}

export interface ServerMessage {
  readonly message: string;
  readonly code?: string;
}

/** Called once for each run of a query: `code` is '' after success. */
export type QueryEnded = (code: string, message: string) => void;

/**
 * A query object of our own for pg's client, used again and again on one connection: bind, execute
 * and one sync of statements that were prepared before. The statements before one sync are one
 * transaction: an error undoes them all. Rows are received and thrown away unparsed, since what is
 * measured is the server and not the decoding of rows in this process.
 */
export class ShardQuery {
  private readonly ended: QueryEnded;
  /** What to run: parallel lists, of which the first `length` entries count. */
  private readonly statements: string[] = [];
  private readonly values: string[][] = [];
  private length = 0;

  constructor(ended: QueryEnded) {
    this.ended = ended;
  }

  clear(): void {
    this.length = 0;
  }

  /** Adds a run of a prepared statement; the caller fills the returned values, which are reused. */
  add(statement: string, valueCount: number): string[] {
    const values = (this.values[this.length] ??= []);
    this.statements[this.length] = statement;
    this.length += 1;
    values.length = valueCount;
    return values;
  }

  submit(connection: Connection): void {
    const wire = connection as unknown as Wire;
    wire.stream.cork();
    for (let i = 0; i < this.length; i++) {
      wire.bind({ portal: '', statement: this.statements[i] ?? '', values: this.values[i] ?? [] });
      wire.execute({ portal: '', rows: 0 });
    }
    wire.sync();
    wire.stream.uncork();
  }

  handleDataRow(): void {}

  handleRowDescription(): void {}

  handleCommandComplete(): void {}

  handleEmptyQuery(): void {}

  handlePortalSuspended(): void {}

  handleCopyInResponse(): void {}

  handleCopyData(): void {}

  /** The client forgets the query after an error; the server's ready message then frees it. */
  handleError(error: ServerMessage): void {
    this.ended(error.code ?? 'connection', error.message);
  }

  handleReadyForQuery(): void {
    this.ended('', '');
  }
}
