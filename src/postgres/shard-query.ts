import type { Connection } from 'pg';
import { Frame } from './frame.ts';

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
  /** What to run; the caller fills it before the query is submitted. */
  readonly frame = new Frame();
  private readonly ended: QueryEnded;

  constructor(ended: QueryEnded) {
    this.ended = ended;
  }

  submit(connection: Connection): void {
    connection.stream.write(this.frame.finish());
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
