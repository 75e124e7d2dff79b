import type { ForeignEvidence, TableEvidence } from '../../../profile/evidence.ts';
import type { CatalogNames } from './catalog-names.ts';
import type { Constraint } from './constraints.ts';
import { isUniqueForAll } from './index-evidence.ts';
import type { Index } from './indexes.ts';

type Keys = Pick<TableEvidence, 'primary' | 'unique' | 'exclusions' | 'foreign' | 'checks'>;

export interface KeyParts {
  readonly names: CatalogNames;
  /** An expression in names of the scenario. */
  readonly renamed: (sql: string) => string;
  /** Whether a table is in the evidence. */
  readonly isKnown: (id: string) => boolean;
}

/** @param constraints of one table, like `indexes` */
export function keyEvidence(
  constraints: readonly Constraint[],
  indexes: readonly Index[],
  parts: KeyParts,
): Keys {
  const { names, renamed, isKnown } = parts;
  const of = (kind: Constraint['kind']): readonly Constraint[] =>
    constraints.filter((each) => each.kind === kind);
  const [primary] = of('primary');
  const overTime = of('primary').filter(({ temporal }) => temporal);
  return {
    // One WITHOUT OVERLAPS as well: it is unique on all of its columns.
    primary: primary === undefined ? [] : names.columns(primary.table, primary.columns),
    unique: indexes
      .filter(isUniqueForAll)
      .map(({ table, columns }) => names.columns(table, columns)),
    exclusions: [...of('exclusion'), ...overTime].map(({ name, sql }) => ({
      name,
      definition: sql ?? '',
    })),
    foreign: of('foreign')
      .filter(({ references, temporal }) => isKnown(references) && !temporal)
      .map((each) => foreignEvidence(each, names)),
    checks: of('check').flatMap(({ sql }) => (sql === null ? [] : [renamed(sql)])),
  };
}

const onDelete: Readonly<Record<string, ForeignEvidence['onDelete']>> = {
  c: 'cascade',
  n: 'set null',
  // To the default, which for nearly all columns is NULL.
  d: 'set null',
};

const foreignEvidence = (each: Constraint, names: CatalogNames): ForeignEvidence => ({
  columns: names.columns(each.table, each.columns),
  table: names.table(each.references),
  references: names.columns(each.references, each.referenced),
  onDelete: onDelete[each.onDelete] ?? 'no action',
});
