import { present } from '../../base/assert.ts';
import type { CandidateKey, Evidence, SchemaEvidence, TableEvidence } from '../evidence.ts';

/** Whose values are the scenario's tenants: a key of one column. */
export interface Tenancy {
  readonly key: CandidateKey;
  /** The table whose rows are the tenants; null where no table has each value once. */
  readonly root: string | null;
  /** The key's column by table. */
  readonly columnOf: ReadonlyMap<string, string>;
}

/**
 * Tenants have one id. So a key of several columns has as its tenants the values of the first of
 * them: of (warehouse, district) the warehouses.
 */
export function tenancyOf(evidence: Evidence, schema: SchemaEvidence, main: CandidateKey): Tenancy {
  const key = isSingle(main) ? main : leadingKey(evidence, main);
  const columnOf = new Map(
    key.columns.flatMap(({ table, columns }) =>
      columns.slice(0, 1).map((column) => [table, column]),
    ),
  );
  const root = schema.tables.find(({ name }) => name === key.root);
  const column = root === undefined ? undefined : columnOf.get(root.name);
  const isRoot = root !== undefined && column !== undefined && isUnique(root, [column]);
  return { key, root: isRoot ? root.name : null, columnOf };
}

const isSingle = ({ columns }: CandidateKey): boolean =>
  columns.every((each) => each.columns.length === 1);

function leadingKey({ candidates }: Evidence, main: CandidateKey): CandidateKey {
  const first = present(
    main.columns.find(({ table }) => table === main.root) ?? main.columns[0],
    'a table of the key',
  );
  const leading = first.columns[0] ?? '';
  const known = candidates.find(
    (each) =>
      isSingle(each) &&
      each.columns.some(({ table, columns }) => table === first.table && columns[0] === leading),
  );
  return (
    known ?? {
      key: leading,
      columns: main.columns.map(({ table, columns }) => ({ table, columns: columns.slice(0, 1) })),
      root: null,
      because: [],
    }
  );
}

/** Whether columns are the primary key or have a unique constraint of their own. */
export function isUnique(
  { primary, unique }: Pick<TableEvidence, 'primary' | 'unique'>,
  columns: readonly string[],
): boolean {
  return [primary, ...unique].some(
    (each) => each.length === columns.length && each.every((column) => columns.includes(column)),
  );
}
