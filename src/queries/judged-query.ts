import type { Fact } from '../result/finding.ts';
import type { Offence, QueryCounts } from '../result/queries-document.ts';
import type { Fate } from '../scenario/layout-types.ts';
import type { Allowance } from './allowances.ts';
import type { FoundStatement, FoundStatements } from './found-statement.ts';

export interface QueryFile {
  readonly file: string;
  readonly kind: 'sql' | 'log' | 'pg_stat_statements';
  readonly found: FoundStatements;
}

/** A statement, or a transaction, with what the gate knows of it before it looks at the base. */
export interface JudgedQuery {
  readonly file: string;
  readonly of: 'statement' | 'transaction';
  readonly statement: FoundStatement;
  readonly fingerprint: string;
  /** null: it has none. */
  readonly fate: Fate | null;
  readonly offence: Offence | null;
  readonly unread: boolean;
  readonly reason: Fact | null;
  readonly allowances: readonly Allowance[];
}

export interface PlacedFact {
  readonly line: number;
  readonly fact: Fact;
}

export interface JudgedFile {
  readonly queries: readonly JudgedQuery[];
  readonly passedOver: Readonly<QueryCounts['passedOver']>;
  readonly facts: readonly PlacedFact[];
}
