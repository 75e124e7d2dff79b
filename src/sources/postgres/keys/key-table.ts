import pg from 'pg';
import type { ColumnEvidence, TableEvidence } from '../../../profile/evidence.ts';

/** Columns of one table, in SQL: those of a candidate, or of one end of a foreign key. */
export interface KeyTable {
  readonly key: string;
  readonly table: TableEvidence;
  readonly columns: readonly ColumnEvidence[];
}

/** null: the table or a column of it is not there. */
export function keyTable(
  key: string,
  table: TableEvidence | undefined,
  columns: readonly string[],
): KeyTable | null {
  if (table === undefined) return null;
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const found = columns.flatMap((name) => byName.get(name) ?? []);
  return found.length === columns.length ? { key, table, columns: found } : null;
}

/** Longer values are cut: they are shown, and compared with those of other sources. */
const valueLength = 500;

/** The table under the name t; without the tables that inherit from it, which are tables too. */
export function fromTable({ stored, kind }: TableEvidence): string {
  const name = `${pg.escapeIdentifier(stored.schema)}.${pg.escapeIdentifier(stored.name)}`;
  return `${kind === 'table' ? 'only ' : ''}${name}`;
}

/** Values to group by, one for each column; their text where the type knows no order. */
export const keyValues = ({ columns }: KeyTable, alias = 't'): string[] =>
  columns.map((column) => {
    const value = `${alias}.${pg.escapeIdentifier(column.stored)}`;
    return hasOrder(column) ? value : `${value}::text`;
  });

export const keyTexts = ({ columns }: KeyTable, alias = 't'): string[] =>
  columns.map(({ stored }) => `${alias}.${pg.escapeIdentifier(stored)}::text`);

export const allThere = (values: readonly string[]): string =>
  values.map((value) => `${value} is not null`).join(' and ');

/** `expressions as v1, v2 ...` */
export const namedValues = (values: readonly string[]): string =>
  values.map((value, at) => `${value} as v${at + 1}`).join(', ');

/** Their names: `v1, v2 ...` */
export const valueNames = (values: readonly string[], alias?: string): string[] =>
  values.map((_, at) => `${alias === undefined ? '' : `${alias}.`}v${at + 1}`);

/** The text of a key: its columns with U+001F between them. */
export const joinedText = (names: readonly string[]): string =>
  `left(${names.map((name) => `${name}::text`).join(' || chr(31) || ')}, ${valueLength})`;

const orderless = new Set(
  'json xml point line lseg box path polygon circle aclitem pg_snapshot txid_snapshot'.split(' '),
);

/** Whether values can be sorted and grouped as they are. */
export const hasOrder = ({ base, typeKind }: ColumnEvidence): boolean =>
  typeKind !== 'composite' && !orderless.has(base);

/** Names of columns of the key of which no two rows have the same values; null: there are none. */
export function uniqueColumns({ table, columns }: KeyTable): readonly string[] | null {
  const names = new Set(columns.map(({ name }) => name));
  const known = [table.primary, ...table.unique].find(
    (unique) => unique.length > 0 && unique.every((name) => names.has(name)),
  );
  return known ?? null;
}

/** Whether no two rows have the same values. */
export const isUnique = (place: KeyTable): boolean => uniqueColumns(place) !== null;

/** Whether an index leads from values of the columns to their rows. */
export function hasIndex({ table, columns }: KeyTable): boolean {
  const names = columns.map(({ name }) => name);
  const leads = (indexed: readonly string[]): boolean =>
    names.every((name) => indexed.slice(0, names.length).includes(name));
  return (
    leads(table.primary) ||
    table.unique.some(leads) ||
    table.indexes.some((index) => !index.partial && leads(index.columns))
  );
}

export const isReadable = ({ columns }: KeyTable): boolean =>
  columns.every(({ readable }) => readable);
