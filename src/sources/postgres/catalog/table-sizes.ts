import type { TableEvidence } from '../../../profile/evidence.ts';
import type { Catalog } from './read-catalog.ts';
import type { Relation } from './relations.ts';
import type { Sizes } from './sizes.ts';

type StoredCatalog = Pick<Catalog, 'sizes' | 'partitioning'>;

interface Stored {
  readonly id: string;
  readonly pages: number;
}

/** Of one table, partition or index; that of the planner where nothing better is known. */
export const mainBytes = ({ exact, blockBytes }: Sizes, { id, pages }: Stored): number =>
  exact.get(id)?.main ?? pages * blockBytes;

/** With all partitions. */
export function tableBytes(catalog: StoredCatalog, table: Relation): TableEvidence['bytes'] {
  const { sizes } = catalog;
  const leaves = catalog.partitioning.leavesOf(table);
  const sum = (of: (leaf: Relation) => number): number =>
    leaves.reduce((total, leaf) => total + of(leaf), 0);
  return {
    heap: sum((leaf) => mainBytes(sizes, leaf)),
    toast: sum(({ id }) => sizes.exact.get(id)?.toast ?? 0),
    indexes: 0,
  };
}

/** @param liveRows of the counters; null: not known */
export function tableRows(
  catalog: StoredCatalog,
  table: Relation,
  liveRows: (id: string) => number | null,
): TableEvidence['rows'] {
  const leaves = catalog.partitioning.leavesOf(table);
  const each = leaves.map((leaf) => rowsOfOne(catalog.sizes, leaf, liveRows(leaf.id)));
  const known = each.flatMap((rows) => rows ?? []);
  const isExact = known.length === each.length && known.every(({ exact }) => exact);
  if (known.length === 0 && !isExact) return { count: 0, basis: 'none' };
  const count = known.reduce((total, rows) => total + rows.count, 0);
  return { count, basis: isExact ? 'exact' : 'estimated' };
}

/**
 * As the planner does it: rows a page when it was last looked at, times the pages of now. null:
 * nothing is known.
 */
function rowsOfOne(
  sizes: Sizes,
  relation: Relation,
  liveRows: number | null,
): { readonly count: number; readonly exact: boolean } | null {
  const { kind, tuples, pages } = relation;
  // reltuples of a table on another server is that server's at the time of ANALYZE.
  if (kind === 'foreign') return tuples > 0 ? { count: tuples, exact: false } : null;
  const bytes = sizes.exact.get(relation.id)?.main;
  if (bytes === 0) return { count: 0, exact: true };
  if (tuples > 0 && pages > 0) {
    const now = bytes === undefined ? pages : bytes / sizes.blockBytes;
    return { count: Math.round((tuples / pages) * now), exact: false };
  }
  // Analysed when all rows had gone: the file stays.
  if (tuples === 0 && pages > 0) return { count: liveRows ?? 0, exact: false };
  return liveRows === null || liveRows === 0 ? null : { count: liveRows, exact: false };
}
