/** A scenario before it is text: each part can be left out or changed until all of it holds. */

export interface DraftColumn {
  readonly name: string;
  readonly made: Made;
  /** As CREATE TABLE has it; null: that of what makes it. */
  readonly type: string | null;
  /** SQL; null without one. */
  readonly default: string | null;
  /** Share of the rows; 0 makes it NOT NULL. */
  readonly nulls: number;
  /** Where its numbers are from, without `#`; '' for none. */
  readonly comment: string;
}

/** How values come about: in YAML's flow style without the braces, such as `text: 20`. */
export type Made =
  | { readonly by: 'tenant' | 'sequence' | 'timestamp' }
  | { readonly by: 'id'; readonly style: string }
  | {
      readonly by: 'parent' | 'pick';
      readonly table: string;
      readonly column: string;
      readonly remote?: number;
    }
  | { readonly by: 'values'; readonly flow: string }
  /** Its default, or NULL. */
  | { readonly by: 'nothing' };

export interface DraftForeign {
  readonly columns: readonly string[];
  readonly table: string;
  readonly references: readonly string[];
  readonly onDelete: 'no action' | 'cascade' | 'set null';
}

export interface DraftRows {
  /** In all. */
  readonly total: number;
  /** As the scenario says it: `10`, `{ total: 90, quantiles: [0, 1, 4] }`. */
  readonly flow: string;
  /** Whether a tenant or parent may be without any. */
  readonly mayBeNone: boolean;
  /** Of one tenant or parent. */
  readonly most: number;
}

export interface DraftTable {
  readonly name: string;
  /** A table's name, or tenant. */
  readonly per: string | null;
  readonly rows: DraftRows;
  readonly columns: readonly DraftColumn[];
  readonly primary: readonly string[];
  readonly unique: readonly (readonly string[])[];
  readonly foreign: readonly DraftForeign[];
  readonly indexes: readonly (readonly string[])[];
  /** Lines above it, without `#`. */
  readonly comment: readonly string[];
}

export interface DraftKey {
  readonly name: string;
  /** Of the candidate. */
  readonly key: string;
  readonly columns: readonly { readonly table: string; readonly columns: readonly string[] }[];
}

export const tenantWord = 'tenant';
