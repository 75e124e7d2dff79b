import type { IndexEvidence } from '../../../profile/evidence.ts';
import type { Index } from './indexes.ts';
import type { CatalogNames } from './catalog-names.ts';

export interface IndexParts {
  readonly names: CatalogNames;
  /** An expression in names of the scenario. */
  readonly renamed: (sql: string) => string;
  /** With those of its partitions. */
  readonly bytes: number;
  readonly scans: number | null;
}

export function indexEvidence(index: Index, parts: IndexParts): IndexEvidence {
  const { names, renamed } = parts;
  return {
    name: index.name,
    columns: index.columns.map((number, i) =>
      number === 0
        ? bracketed(renamed(index.expressions[i] ?? ''))
        : names.column(index.table, number),
    ),
    unique: index.unique,
    partial: index.partial,
    bytes: parts.bytes,
    scans: parts.scans,
  };
}

const bracketed = (sql: string): string => (/^\(.*\)$/s.test(sql) ? sql : `(${sql})`);

/** Whether what it says of its plain columns holds for all rows. */
export const isUniqueForAll = (index: Index): boolean =>
  index.unique &&
  !index.primary &&
  !index.exclusion &&
  !index.partial &&
  index.valid &&
  !index.columns.includes(0);
