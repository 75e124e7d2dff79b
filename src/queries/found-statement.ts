/** A comment of one line; its line from 1. */
export interface FoundComment {
  readonly text: string;
  readonly line: number;
}

/** A statement of a file, with what stands around it. */
export interface FoundStatement {
  readonly sql: string;
  /** From 1; the column in UTF-16 units. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** In the lines directly above it, and behind its semicolon. */
  readonly comments: readonly FoundComment[];
  /** How often it was run; 1 where it is only written. */
  readonly calls: number;
}

/** What a file holds, in its order. */
export interface FoundStatements {
  readonly statements: readonly FoundStatement[];
  /** Comments that belong to no statement. */
  readonly strayComments: readonly FoundComment[];
  /** How many lines are psql's own, and how many are data of `copy ... from stdin`. */
  readonly commandLines: number;
  readonly dataLines: number;
  /** Line of a statement whose quote or comment never ends; null: there is none. */
  readonly open: number | null;
}
