/** One statement that a log shows. */
export interface LogRecord {
  /** Of its first line, from 1. */
  readonly line: number;
  /** Text that tells sessions apart; '' where the log does not say. */
  readonly session: string;
  /** Milliseconds since 1970; null: not known. */
  readonly atMs: number | null;
  readonly durationMs: number | null;
  /** As it was sent, with $1, $2 ... where it had bind parameters. */
  readonly sql: string;
  /** In text form; null in the list: NULL. null: none were logged. */
  readonly parameters: readonly (string | null)[] | null;
  /** That it ran in; null or absent: the log does not say. */
  readonly database?: string | null;
}
