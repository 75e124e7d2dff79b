import type { SourceEvidence, Template, Unparsed } from '../../profile/evidence.ts';
import type { LogRecord } from './log-record.ts';

export interface LogOptions {
  /** `log_line_prefix` of a plain log; left out: it is found by trying the common ones. */
  readonly prefix?: string;
  /** What to call it where the path is that of a copy, as of standard input. */
  readonly name?: string;
  /** Index of this source among all; 0 by default. */
  readonly source?: number;
  readonly signal: AbortSignal;
  /** Told now and then how far reading is, in words. */
  readonly report: (done: string) => void;
}

/** A file that shows statements. */
export interface LogSource {
  /** Counts are those of the last reading; those of a log are zero before the first. */
  readonly evidence: SourceEvidence;
  readonly kind: 'log' | 'pg_stat_statements' | 'sql';
  /**
   * In batches; empty for a dump. Each call reads the file again. Records come in the order of
   * their lines, also those whose duration the log has in a later line; only behind a statement
   * that runs for 20,000 others these go ahead. Those of one session are always in order.
   * `atMs` is when the line was written: at the end of the statement where it has the duration.
   */
  records(): AsyncIterable<readonly LogRecord[]>;
  /** Of a dump of pg_stat_statements; in names of the database, as it has them. */
  readonly templates?: readonly Template[];
  /** Of the last reading. */
  unparsed(): Unparsed[];
}
