/** Exit codes of the program. 1 is Node's own and means a bug. */
export const exitCodes = {
  /** The command did what it was asked to do. */
  ok: 0,
  /** The command line or the scenario has a mistake, or a file that it names is not there. */
  usage: 2,
  /**
   * This machine or the shards cannot: no image, no disk, no memory, no Postgres, no connection.
   */
  unusable: 3,
  /**
   * A limit of a run is broken, the gate failed (a missing baseline included), a compared result is
   * worse, or a router breaks a promise.
   */
  failed: 4,
  /** The run finished, but the numbers of at least one cell are not VALID. */
  invalid: 5,
  /** The gate could not decide, or nothing of two results could be compared. */
  undecided: 6,
  /** Interrupted by Ctrl-C; what was measured before is kept. */
  interrupted: 130,
  /** Ended by SIGTERM; what was measured before is kept. */
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
