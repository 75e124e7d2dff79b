/** One message of a Postgres log, whatever the format. */
export interface LogEntry {
  /** Of its first line, from 1. */
  readonly line: number;
  readonly session: string;
  /** null: the log does not say. */
  readonly database: string | null;
  /** Milliseconds since 1970; null: not known. */
  readonly atMs: number | null;
  /** `error`: ERROR, FATAL or PANIC, after which the statement has no result. */
  readonly severity: 'log' | 'error' | 'other';
  readonly message: string;
  readonly detail: string | null;
  /** The statement that an error is about. */
  readonly statement: string | null;
  /**
   * Whether it has a CONTEXT: then code within the server raised it (RAISE LOG), and it is no
   * logged statement, whatever it says.
   */
  readonly raised: boolean;
}

export type EntrySink = (entry: LogEntry) => void;

/** Makes entries of the lines of one format. */
export interface EntryReader {
  line(text: string, number: number): void;
  /** @param rest the last line, where no line feed ends it: it may be cut */
  end(rest: { readonly text: string; readonly number: number } | null): void;
}

export function severityOf(word: string): LogEntry['severity'] {
  if (word === 'LOG') return 'log';
  return word === 'ERROR' || word === 'FATAL' || word === 'PANIC' ? 'error' : 'other';
}

/** Of its last line, in any format. */
export const cutAtEnd = 'the last line is cut: its message was left out';
