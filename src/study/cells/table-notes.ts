import { type Fact, fact } from '../../result/finding.ts';
import type { Layout, LostConstraint, TableLayout } from '../../scenario/layout-types.ts';
import { referenceRowsMost, referenceWritesMost } from '../../sql/default-placement.ts';
import type { KeyWrites } from '../../workload/key-usage.ts';
import type { Workload } from '../../workload/types.ts';

/** What a person should know of where a cell's tables lie. */
export function tableNotes(
  { operations }: Workload,
  { key, tables, lost }: Layout,
  { crossing }: KeyWrites,
): Fact[] {
  const several = operations.filter((_, operation) => crossing?.has(operation) === true);
  return [
    ...several.map(({ name }) =>
      fact('operation-on-several-shards', {
        severity: 'warning',
        names: { operation: name, column: key },
      }),
    ),
    ...layoutNotes({ tables, lost }),
  ];
}

/** The same of any run: what was placed by default, and what is lost. */
export function layoutNotes({ tables, lost }: Pick<Layout, 'tables' | 'lost'>): Fact[] {
  const constraints = lost.map(named);
  return [
    ...placedByDefault(tables),
    ...(constraints.length === 0
      ? []
      : [fact('constraints-lost', { severity: 'warning', names: { constraints } })]),
  ];
}

/** Tables of which the strategy says nothing, and the limits that decided. */
function placedByDefault(tables: readonly TableLayout[]): Fact[] {
  const by = (reason: TableLayout['reason']): string[] =>
    tables.filter((each) => each.reason === reason).map(({ table }) => table);
  const [reference, own, home] = [by('small'), by('primary-key'), by('no-key')];
  if (reference.length + own.length + home.length === 0) return [];
  return [
    fact('tables-placed-by-default', {
      numbers: { rowsMax: referenceRowsMost, writesMaxFraction: referenceWritesMost },
      names: { reference, own, home },
    }),
  ];
}

/** `lines (product_id) -> products`, as it would be written. */
function named({ table, kind, columns, references }: LostConstraint): string {
  const list = `(${columns.join(', ')})`;
  if (kind === 'foreign') return `foreign key ${list} of ${table} to ${references ?? ''}`;
  return kind === 'unique' ? `unique ${list} of ${table}` : `primary key ${list} of ${table}`;
}
