/** How a workload is to be looked at. */
export interface ProfileChoices {
  /** How long counters are watched; null: since they were last reset. */
  readonly watchMs: number | null;
  /** Rows are counted, tables up to so many rows and for so long; null: estimated and sampled. */
  readonly exact: { readonly rowsMost: number; readonly timeMs: number } | null;
  /** Rows of a table that a sample aims at. */
  readonly sampleRows: number;
  /** The candidate that the scenario is written for; null: the most promising one. */
  readonly key: string | null;
  /** Share of the calls that the scenario's operations are to stand for. */
  readonly coverage: number;
  /** Rows of the scenario over rows of the database; null: what fits this machine. */
  readonly scale: number | null;
  /** log_line_prefix of logs in the format stderr; null: found by trying. */
  readonly prefix: string | null;
  /** Of the reader of files. */
  readonly memoryBytes: number;
  /** Values stay as they are instead of becoming pseudonyms. */
  readonly keepValues: boolean;
}
