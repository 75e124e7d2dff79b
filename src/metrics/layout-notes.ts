import { type Fact, fact } from '../result/finding.ts';
import type { LostConstraint, Layout, TableLayout } from '../scenario/layout-types.ts';

/** Below both, a table without a column of the shard key is a reference table by default. */
export interface ReferenceThresholds {
  readonly rowsMax: number;
  /** Share of the operations, by their weights, that write it. */
  readonly writingFractionMax: number;
}

/** What a person should know of where the tables lie. */
export function layoutNotes(layout: Layout, thresholds: ReferenceThresholds): readonly Fact[] {
  return [...placedByDefault(layout.tables, thresholds), ...lostNotes(layout.lost)];
}

function placedByDefault(
  tables: readonly TableLayout[],
  { rowsMax, writingFractionMax }: ReferenceThresholds,
): readonly Fact[] {
  const placed = tables.filter(({ reason }) => reason !== 'key' && reason !== 'stated');
  if (placed.length === 0) return [];
  const by = (placement: TableLayout['placement']): string[] =>
    placed.filter((one) => one.placement === placement).map(({ table }) => table);
  const ownKey = placed
    .filter(({ placement }) => placement === 'own-key')
    .map(({ table, keyColumns }) => `${table} (${keyColumns.join(', ')})`);
  return [
    fact('tables-placed-by-default', {
      numbers: { rowsMax, writingFractionMax },
      names: { reference: by('reference'), ownKey, home: by('home') },
      place: '/tables',
    }),
  ];
}

function lostNotes(lost: readonly LostConstraint[]): readonly Fact[] {
  const foreign = lost.filter(({ kind }) => kind === 'foreign');
  const unique = lost.filter(({ kind }) => kind !== 'foreign');
  return [
    ...lostNote('foreign-keys-lost', foreign.map(written)),
    ...lostNote('unique-constraints-lost', unique.map(written)),
  ];
}

function lostNote(code: string, constraints: readonly string[]): readonly Fact[] {
  if (constraints.length === 0) return [];
  return [fact(code, { severity: 'warning', names: { constraints }, place: '/lostConstraints' })];
}

const written = ({ table, columns, references }: LostConstraint): string =>
  `${table} (${columns.join(', ')})${references === undefined ? '' : ` to ${references}`}`;
