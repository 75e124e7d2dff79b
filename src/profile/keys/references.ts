import type { SchemaEvidence, TableEvidence } from '../evidence.ts';
import type { JoinedTables } from './column-uses.ts';
import { byText, columnId, type KeyColumn } from './key-columns.ts';
import { singular } from './key-names.ts';

/** Rows of a table that point to rows of another, or of the same. */
export interface Reference {
  readonly child: string;
  readonly columns: readonly string[];
  readonly parent: string;
  readonly references: readonly string[];
  /**
   * declared: by a foreign key. joined: templates join the parent by its key. named: it is called
   * `user_id` where there are users with an id.
   */
  readonly by: 'declared' | 'joined' | 'named';
}

/**
 * Foreign keys, and what templates join or names call as if there were one; in an order that names
 * decide. Those with a column that nobody shards by are left out.
 */
export function referencesIn(
  { tables }: SchemaEvidence,
  joins: readonly JoinedTables[],
  columns: ReadonlyMap<string, KeyColumn>,
): readonly Reference[] {
  const declared = tables.flatMap(({ name: child, foreign }) =>
    foreign.map(({ columns: own, table: parent, references }): Reference => {
      return { child, columns: own, parent, references, by: 'declared' };
    }),
  );
  const byName = new Map(tables.map((table) => [table.name, table]));
  const joined = joins.flatMap((join) => joinedReference(join, byName));
  const named = namedReferences(tables);
  const known = new Map([...named, ...joined, ...declared].map((each) => [textOf(each), each]));
  return [...known.keys()]
    .toSorted(byText)
    .flatMap((key) => known.get(key) ?? [])
    .filter((each) => hasKeyColumns(each, columns));
}

const textOf = ({ child, columns, parent, references }: Reference): string =>
  JSON.stringify([child, columns, parent, references]);

function hasKeyColumns(reference: Reference, known: ReadonlyMap<string, KeyColumn>): boolean {
  const { child, columns, parent, references } = reference;
  return columns.every((column, index) => {
    const own = known.get(columnId(child, column));
    const other = known.get(columnId(parent, references[index] ?? ''));
    return own !== undefined && own.family === other?.family;
  });
}

/** A join by all columns of a key of one side points to that side; by keys of both, to neither. */
function joinedReference(
  { left, right, pairs }: JoinedTables,
  tables: ReadonlyMap<string, TableEvidence>,
): Reference[] {
  const flipped = pairs.map(([one, other]) => [other, one] as const);
  const toRight = toKey(left, right, pairs, tables);
  const toLeft = toKey(right, left, flipped, tables);
  return (toRight === undefined) === (toLeft === undefined) ? [] : [toRight ?? toLeft ?? []].flat();
}

function toKey(
  child: string,
  parent: string,
  pairs: readonly (readonly [string, string])[],
  tables: ReadonlyMap<string, TableEvidence>,
): Reference | undefined {
  const { primary = [], unique = [] } = tables.get(parent) ?? {};
  const own = new Map(pairs.map(([column, pointed]) => [pointed, column]));
  const key = [primary, ...unique].find(
    (columns) => columns.length > 0 && columns.every((column) => own.has(column)),
  );
  if (key === undefined) return undefined;
  const columns = key.map((column) => own.get(column) ?? '');
  return { child, columns, parent, references: key, by: 'joined' };
}

/** Columns without a foreign key that are called as such columns mostly are. */
function namedReferences(tables: readonly TableEvidence[]): Reference[] {
  const byThing = Map.groupBy(
    tables.filter(({ primary }) => primary.length === 1 && primary[0] === 'id'),
    ({ name }) => singular(name),
  );
  return tables.flatMap(({ name: child, columns, foreign }) => {
    const declared = new Set(foreign.flatMap((key) => key.columns));
    return columns.flatMap(({ name }): Reference[] => {
      const parents = name.endsWith('_id') ? (byThing.get(name.slice(0, -3)) ?? []) : [];
      const [parent] = parents;
      if (parent === undefined || parents.length > 1 || declared.has(name)) return [];
      return [{ child, columns: [name], parent: parent.name, references: ['id'], by: 'named' }];
    });
  });
}
