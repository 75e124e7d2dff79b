import type { Family } from './families.ts';
import type { Cond, Term } from './terms.ts';

/** One use of a table in a statement; or the rows of a set operation or a recursive CTE. */
export interface Instance {
  readonly id: number;
  /** null: rows of a set operation. */
  readonly table: string | null;
  /** Where it stands in the SQL as written. */
  readonly at: number;
  /** Families of its columns; a column that is not there is not known. */
  readonly families: ReadonlyMap<string, Family | undefined>;
  /** What holds for those of its rows that can change the outcome; set by `placeConds`. */
  conds: readonly Cond[];
}

export interface OutColumn {
  readonly name: string;
  /** null: not plainly a column or a parameter. */
  readonly term: Term | null;
}

/** Where rows come from. */
export type Rel =
  | { readonly kind: 'none' }
  /** A function, or a table of the system. */
  | { readonly kind: 'opaque' }
  | { readonly kind: 'instance'; readonly instance: Instance }
  | { readonly kind: 'block'; readonly block: Block }
  | JoinRel;

export interface JoinRel {
  readonly kind: 'join';
  readonly type: JoinType;
  readonly left: Rel;
  readonly right: Rel;
  readonly on: Predicate;
  /** What it comes to where conditions above refuse the rows that it would fill up with NULL. */
  effective: JoinType | 'right';
}

export type JoinType = 'inner' | 'left' | 'full';

export interface Predicate {
  readonly conds: readonly Cond[];
  readonly links: readonly Link[];
}

/** A sub-select within an expression. */
export interface Link {
  readonly block: Block;
  /** What holds for its rows besides what it says itself: of `x in (select y ...)`, x = y. */
  readonly inward: readonly Cond[];
  /** Whether each row that passes has one of its rows: EXISTS and IN, not negated. */
  readonly positive: boolean;
  readonly at: number;
}

export type Block = SelectBlock | SetBlock | WriteBlock;

export interface SelectBlock {
  readonly kind: 'select';
  readonly rel: Rel;
  readonly where: Predicate;
  /** Sub-selects in what it gives, groups and orders. */
  readonly links: readonly Link[];
  readonly outputs: readonly OutColumn[];
  /** Its columns are not all known. */
  readonly open: boolean;
  readonly features: Features;
  /** Rows of VALUES, where there are several. */
  readonly rows?: readonly (readonly (Term | null)[])[];
  readonly at: number;
}

/** What makes more or less of rows than the rows themselves. */
export interface Features {
  /** Terms of GROUP BY; empty for aggregates over all rows; null: none. */
  readonly group: readonly Term[] | null;
  readonly having: boolean;
  /** Terms of DISTINCT; null: none. */
  readonly distinct: readonly Term[] | null;
  readonly limit: boolean;
  readonly offset: boolean;
  /** Terms of PARTITION BY, of each window. */
  readonly windows: readonly (readonly Term[])[];
}

export interface SetBlock {
  readonly kind: 'set';
  readonly operation: 'union' | 'union all' | 'intersect' | 'except' | 'recursive';
  readonly arms: readonly [Block, Block];
  /** Its rows, whose columns are named by their numbers from 0. */
  readonly rows: Instance;
  /** Of a recursive CTE: its rows as its second arm reads them. */
  readonly self?: Instance;
  readonly outputs: readonly OutColumn[];
  readonly open: boolean;
  readonly features: Features;
  readonly at: number;
}

/** INSERT, UPDATE, DELETE or MERGE, with what RETURNING gives. */
export interface WriteBlock {
  readonly kind: 'write';
  readonly verb: 'insert' | 'update' | 'delete' | 'merge';
  /** null: a view or a table that is not known. */
  readonly table: string | null;
  /** The rows that are updated or deleted, with what they are joined with; or what is inserted. */
  readonly source: SelectBlock | SetBlock | WriteBlock;
  /** Rows that are changed or deleted. */
  readonly target: Instance | null;
  /** Rows that are made, each with the conditions that say what its columns hold. */
  readonly made: readonly { readonly instance: Instance; readonly holds: readonly Cond[] }[];
  readonly sets: readonly SetColumn[];
  readonly deletes: boolean;
  readonly conflict: Conflict | null;
  readonly links: readonly Link[];
  readonly outputs: readonly OutColumn[];
  readonly open: boolean;
  readonly at: number;
}

export interface SetColumn {
  readonly column: string;
  readonly term: Term | null;
  readonly at: number;
}

export interface Conflict {
  /** Columns of the unique constraint; null: any, or one that is not known. */
  readonly columns: readonly string[] | null;
  readonly at: number;
}

export const noFeatures: Features = {
  group: null,
  having: false,
  distinct: null,
  limit: false,
  offset: false,
  windows: [],
};
