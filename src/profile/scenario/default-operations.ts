import type { Table, TableSet } from '../../scenario/table-types.ts';
import { quotedName as quoted } from '../operations/quoted-name.ts';
import type { WrittenOperation } from '../operations/written-operation.ts';
import type { Tenancy } from './tenancy.ts';

/**
 * Where no statement was seen: rows are read by key and by primary key, made and changed, in the
 * largest table that has the key.
 */
export function defaultOperations(
  set: TableSet,
  tenancy: Tenancy,
  rowsOf: (table: string) => number,
) {
  const [table] = set.tables
    .filter(({ name, columns }) => {
      const key = tenancy.columnOf.get(name);
      return key !== undefined && rowsOf(name) > 0 && columns.some((column) => column.name === key);
    })
    .toSorted((a, b) => rowsOf(b.name) - rowsOf(a.name));
  const any = set.tables.find(({ name }) => rowsOf(name) > 0);
  const chosen = table ?? any ?? set.tables[0];
  if (chosen === undefined) return [];
  return operationsOn(chosen, tenancy.columnOf.get(chosen.name) ?? null);
}

function operationsOn(table: Table, key: string | null): WrittenOperation[] {
  const { name, primary } = table;
  const made = table.columns.filter(({ generator }) => generator !== null);
  const byKey = key ?? made[0]?.name;
  const values = made.map((column) => `:new.${name}.${column.name}`);
  const names = made.map((column) => column.name);
  const from = quoted(name);
  const where = (columns: readonly string[]): string =>
    columns.map((column) => `${quoted(column)} = :${name}.${column}`).join(' and ');
  const own = primary.filter((column) => names.includes(column));
  const isByKey = byKey !== undefined && table.primary.join() !== byKey;
  const changed = made.find(
    (column) =>
      !primary.includes(column.name) && column.name !== key && isPlain(column.generator?.kind),
  );
  return [
    ...(isByKey
      ? [
          operation(
            `${name}_by_key`,
            'read',
            50,
            `select * from ${from} where ${where([byKey])} limit 20`,
          ),
        ]
      : []),
    ...(own.length > 0 && own.length === primary.length
      ? [operation(`${name}_by_id`, 'read', 25, `select * from ${from} where ${where(own)}`)]
      : []),
    operation(
      `insert_${name}`,
      'write',
      15,
      `insert into ${from} (${names.map(quoted).join(', ')}) values (${values.join(', ')})`,
    ),
    ...(changed !== undefined && own.length > 0 && own.length === primary.length
      ? [
          operation(
            `update_${name}`,
            'write',
            10,
            `update ${from} set ${quoted(changed.name)} = :new.${name}.${changed.name}` +
              ` where ${where(own)}`,
          ),
        ]
      : []),
  ];
}

const plainKinds = new Set(['text', 'words', 'choice', 'number', 'json', 'timestamp', 'date']);

const isPlain = (kind: string | undefined): boolean => kind !== undefined && plainKinds.has(kind);

function operation(
  name: string,
  kind: 'read' | 'write',
  weight: number,
  sql: string,
): WrittenOperation {
  return { name: name.slice(0, 60), kind, weight, comment: '', draw: {}, statements: [sql] };
}

/** Something to read a table with, where there is nothing else. */
export function probe(table: string): WrittenOperation {
  return operation('probe', 'read', 1, `select count(*) from ${quoted(table)}`);
}
