import { present } from '../base/assert.ts';
import { classPlace, type TenantClasses } from '../metrics/tenant-classes.ts';
import { isTenantKey } from '../workload/tenant-key.ts';
import type { Tenants, Workload } from '../workload/types.ts';
import type { CellTables } from './tables/cell-tables.ts';

/** How a cell spreads its rows. */
interface CellRows {
  /** null for the baseline on one shard. */
  readonly keyName: string | null;
  readonly splitBy: string | null;
  readonly plan: { readonly shardCount: number };
  /** Of the one table of the short form. */
  readonly shardOf: (tenant: number, row: number) => number;
  readonly tables?: CellTables | null;
}

/** Loaded rows and their shards. */
interface PlacedRows {
  /** Visits rows of tenants that are wanted, as long as they are. */
  scan(wanted: (tenant: number) => boolean, visit: (tenant: number, shard: number) => void): void;
}

const largest = classPlace('largest');
const restOfTop = classPlace('rest-of-top-1-percent');
const beside = classPlace('others-beside-largest');
const elsewhere = classPlace('others-elsewhere');

/**
 * The classes of a cell's tenants: sizes are those that the scenario asks for, not the realised
 * ones, so that they are the same in every cell and phase. null where no tenant is larger than
 * another.
 */
export function classedTenants(workload: Workload, cell: CellRows): TenantClasses | null {
  const sized = bySize(workload.tenants);
  if (sized === null) return null;
  const rows = placedRows(workload, cell);
  const { shardCount } = cell.plan;
  const hot = new Set<number>();
  rows.scan(
    (tenant) => sized[tenant] === largest && hot.size < shardCount,
    (_, shard) => hot.add(shard),
  );
  const largestOn = [...hot].toSorted((a, b) => a - b);
  // Where it has rows on all shards, nobody is elsewhere.
  if (hot.size === shardCount) return { classOf: sized, largestOn };
  const classOf = sized.map((place) => (place === beside ? elsewhere : place));
  rows.scan(
    (tenant) => classOf[tenant] === elsewhere,
    (tenant, shard) => {
      if (hot.has(shard)) classOf[tenant] = beside;
    },
  );
  return { classOf, largestOn };
}

/** All cells of a run have the same tenants. */
const known = new WeakMap<Tenants, Uint8Array | null>();

/** Without regard to places: all others are beside the largest. */
function bySize(tenants: Tenants): Uint8Array | null {
  let classOf = known.get(tenants);
  if (classOf === undefined) {
    // Of those who join or leave, the expected share of the arrivals is no size.
    classOf = sizeClasses(tenants.changes?.sizes ?? tenants.weights);
    known.set(tenants, classOf);
  }
  return classOf;
}

function sizeClasses(sizes: Float64Array): Uint8Array | null {
  const ascending = sizes.toSorted();
  const { length } = sizes;
  const most = ascending.at(-1) ?? 0;
  if (most === (ascending[0] ?? 0)) return null;
  const least = leastOfTop(ascending, Math.ceil(length / 100));
  return Uint8Array.from(sizes, (size) => {
    if (size === most) return largest;
    return size >= least ? restOfTop : beside;
  });
}

/** Of those that are equally large at the edge none is in, or chance would choose among them. */
function leastOfTop(ascending: Float64Array, topCount: number): number {
  const first = ascending.length - topCount;
  const below = ascending[first - 1] ?? 0;
  return ascending.subarray(first).find((size) => size > below) ?? Number.POSITIVE_INFINITY;
}

function placedRows(
  workload: Workload,
  { keyName, splitBy, shardOf, tables }: CellRows,
): PlacedRows {
  if (tables) return rowsOfTables(workload, tables);
  const { starts, order } = workload.rows;
  // All rows of a tenant lie together where the key is the tenant, whole.
  const together = splitBy === null && (keyName === null || isTenantKey(workload, keyName));
  return {
    scan(wanted, visit) {
      for (let tenant = 0; tenant < workload.tenants.count; tenant += 1) {
        const start = starts[tenant] ?? 0;
        const end = together ? start + 1 : (starts[tenant + 1] ?? 0);
        for (let at = start; at < end && wanted(tenant); at += 1) {
          visit(tenant, shardOf(tenant, order[at] ?? 0));
        }
      }
    },
  };
}

/** Of the first table that spreads the rows of tenants by the shard key, or of the first at all. */
function rowsOfTables(workload: Workload, tables: CellTables): PlacedRows {
  const { set, loaded } = present(workload.tables, 'tables');
  const placements = new Map(tables.layout.tables.map((each) => [each.table, each.placement]));
  const own = set.tables.flatMap(({ name }, index) => {
    const tenantOf = loaded[index]?.tenantOf ?? null;
    const placement = placements.get(name);
    return tenantOf === null || placement === 'reference' ? [] : [{ name, tenantOf, placement }];
  });
  const table = own.find(({ placement }) => placement === 'sharded') ?? own[0];
  const shardOf = table === undefined ? null : tables.shardOf(table.name);
  return {
    scan(wanted, visit) {
      for (const [row, tenant] of table?.tenantOf.entries() ?? []) {
        if (shardOf !== null && wanted(tenant)) visit(tenant, shardOf(row));
      }
    },
  };
}
