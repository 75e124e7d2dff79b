import type { Path, Problems } from '../problem.ts';
import type { Table } from '../table-types.ts';
import { type CountedTables, distinctValues } from './distinct-values.ts';
import { expectedRows } from './expected-rows.ts';
import { isSurelyUnique } from './surely-unique.ts';

/** Rows that repeat a value on average, from which on a constraint is taken for broken. */
const repeatsTolerated = 0.5;

/** Primary keys and unique constraints that the rows, as they are made, would break. */
export function checkUnique(table: Table, counted: CountedTables, problems: Problems): void {
  const path: Path = ['tables', table.name];
  for (const [index, column] of table.primary.entries()) {
    const nulls = table.columns.find(({ name }) => name === column)?.nulls ?? 0;
    if (nulls === 0) continue;
    const here = table.primary.length === 1 ? [...path, 'primary'] : [...path, 'primary', index];
    const allowed = 'columns that never are, without `null:`';
    const text = `${column} is NULL in some rows; allowed: ${allowed}`;
    problems.add(here, text);
  }
  const lists = [
    { columns: table.primary, at: [...path, 'primary'] },
    ...table.unique.map((columns, index) => ({ columns, at: [...path, 'unique', index] })),
  ];
  for (const { columns, at } of lists) {
    const fault = columns.length === 0 ? undefined : repeats(table, columns, counted);
    if (fault !== undefined) problems.add(at, fault);
  }
}

function repeats(
  table: Table,
  columns: readonly string[],
  counted: CountedTables,
): string | undefined {
  const rows = expectedRows(table, counted.tree, counted.tenants);
  const values = columns.reduce(
    (product, column) => product * distinctValues(table, column, counted),
    1,
  );
  const shown = columns.join(', ');
  const found = `(${shown}) has at most ${whole(values)} different values`;
  if (values < rows * (1 - averageSlack)) {
    return (
      `${found}, but ${table.name} has about ${whole(rows)} rows; allowed: as many values as ` +
      'rows, or a further column'
    );
  }
  if (isSurelyUnique(table, columns, counted)) return undefined;
  // How many pairs of rows agree, where each value is as likely as any other.
  const pairs = (rows * (rows - 1)) / 2 / values;
  if (!(pairs > repeatsTolerated)) return undefined;
  return (
    `(${shown}) is drawn from ${whole(values)} values for each of about ${whole(rows)} rows, of ` +
    `which about ${whole(pairs)} pairs would agree; allowed: columns that tell rows apart, such ` +
    'as id, padded, or sequence with the key of the parent'
  );
}

/** Numbers of rows are averages. */
const averageSlack = 0.01;

const whole = (value: number): string =>
  Math.round(value).toLocaleString('en', { maximumSignificantDigits: 3 });
