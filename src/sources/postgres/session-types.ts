/** A row of an answer, by column; int8 and numeric come as texts. */
export type AnswerRow = Readonly<Record<string, unknown>>;

/**
 * One statement, as text or (with values) as an unnamed one. Names outside of pg_catalog have to
 * stand with their schema.
 */
export type Query = (sql: string, values?: readonly unknown[]) => Promise<readonly AnswerRow[]>;

/** The one connection to a database that may only be read. */
export interface ReadOnlySession {
  /**
   * One short transaction, BEGIN READ ONLY with time-outs of its own, and its end; samples that are
   * asked for at the same time run one after another. Rejects with an error that has Postgres'
   * `code` (57014: it took too long), with a UserError when the connection was lost, and with the
   * signal's reason once that is aborted; the session can be used again after an error.
   */
  sample<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Cancels what runs; the backend is gone soon after. */
  close(): Promise<void>;
}
