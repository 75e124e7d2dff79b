/** A row of an answer, by column; int8 and numeric come as texts. */
export type AnswerRow = Readonly<Record<string, unknown>>;

export type Query = (sql: string, values?: readonly unknown[]) => Promise<readonly AnswerRow[]>;

/** The one connection to a database that may only be read. */
export interface ReadOnlySession {
  /**
   * One short transaction, BEGIN READ ONLY with time-outs of its own, and its end. Rejects with an
   * error that has Postgres' `code`; the session can be used again after that.
   */
  sample<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Cancels what runs; the backend is gone soon after. */
  close(): Promise<void>;
}
