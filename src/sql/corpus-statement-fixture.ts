import type { Fate, FateCode } from '../scenario/layout-types.ts';

export interface CorpusStatement {
  readonly sql: string;
  readonly fate: Fate;
  readonly code?: FateCode;
  /** The caller puts groups or limits of all answers together, which the test does not do. */
  readonly merged?: true;
  /** It would come out right on these shards, but that could not be told from the statement. */
  readonly careful?: true;
}

export const fated =
  (fate: Fate, code: FateCode) =>
  (...sqls: string[]): CorpusStatement[] =>
    sqls.map((sql) => ({ sql, fate, code }));
