import type { Evidence, TableEvidence } from '../evidence.ts';
import type { DraftRows } from './draft.ts';
import type { Hanging } from './hanging.ts';
import { fewerQuantiles, withZeros, writtenQuantiles } from './quantile-list.ts';
import type { TableLink } from './table-links.ts';
import type { Tenancy } from './tenancy.ts';
import { decimal, flowList } from './yaml-text.ts';

/** How many rows are found where. */
export interface CountedTables {
  readonly evidence: Evidence;
  readonly tenancy: Tenancy;
  readonly tenants: number;
  /** Rows that the scenario has. */
  rowsOf(table: string): number;
}

/** Rows as `rows:` has them, and where their numbers are from. */
export function tableRows(
  table: TableEvidence,
  hanging: Hanging,
  counted: CountedTables,
): DraftRows & { readonly basis: 'exact' | 'sampled' | 'even' | 'estimated' | null } {
  const total = counted.rowsOf(table.name);
  const plain = (flow: string, mayBeNone: boolean) => {
    return { total, flow, mayBeNone, most: Number(flow), basis: null };
  };
  if (hanging.on === 'nothing' || total === 0) return plain(String(total), total === 0);
  if (table.name === counted.tenancy.root) return { ...plain('1', false), total };
  const owners = hanging.on === 'tenant' ? counted.tenants : counted.rowsOf(hanging.link.parent);
  const found = quantilesOf(table, hanging, counted, owners);
  const isSame = found === null || found.quantiles.every((value) => value === found.quantiles[0]);
  if (isSame && total % Math.max(1, owners) === 0) {
    return { ...plain(String(total / Math.max(1, owners)), false), basis: found?.basis ?? 'even' };
  }
  const isShared = found === null || isSame || !found.quantiles.some((value) => value > 0);
  const quantiles = isShared ? [] : writtenQuantiles(fewerQuantiles(found.quantiles));
  const list = isShared ? '' : `, quantiles: ${flowList(quantiles.map(decimal))}`;
  return {
    total,
    flow: `{ total: ${total}${list} }`,
    // A total alone of a table per tenant is at least one each.
    most: Math.ceil(total / Math.max(1, owners)) * unevenness(quantiles),
    mayBeNone: hanging.on === 'table' || !isShared || total < owners,
    basis: found?.basis ?? 'even',
  };
}

/** The largest over the mean, rounded up. */
function unevenness(quantiles: readonly number[]): number {
  if (quantiles.length === 0) return 1;
  const mean = quantiles.reduce((sum, value) => sum + value, 0) / quantiles.length;
  return Math.ceil((quantiles.at(-1) ?? 0) / Math.max(mean, Number.MIN_VALUE)) + 1;
}

interface Spread {
  readonly quantiles: readonly number[];
  readonly basis: 'exact' | 'sampled' | 'estimated';
}

function quantilesOf(
  table: TableEvidence,
  hanging: Exclude<Hanging, { on: 'nothing' }>,
  counted: CountedTables,
  owners: number,
): Spread | null {
  if (hanging.on === 'tenant') return ofKey(table.name, counted, owners);
  const { link } = hanging;
  const shape = counted.evidence.shapes.find(
    ({ parent, child, columns, quantiles }) =>
      parent === link.parent &&
      child === link.child &&
      quantiles.length > 1 &&
      columns.length === link.columns.length &&
      columns.every((column) => link.columns.includes(column)),
  );
  if (shape !== undefined) return { quantiles: shape.quantiles, basis: shape.basis };
  return isByTenant(link, counted.tenancy) ? ofKey(table.name, counted, owners) : null;
}

/** Whether it hangs on the rows that are the tenants, so that children are counted by tenant. */
function isByTenant(link: TableLink, { root, columnOf }: Tenancy): boolean {
  return link.parent === root && link.columns[0] === columnOf.get(link.child);
}

function ofKey(
  table: string,
  { evidence, tenancy, rowsOf }: CountedTables,
  owners: number,
): Spread | null {
  const found = evidence.values.find(
    (each) => each.key === tenancy.key.key && each.table === table && each.rowsPerValue.length > 1,
  );
  if (found === undefined) return null;
  const all = Math.max(found.distinct, tenancy.root === null ? 0 : rowsOf(tenancy.root), owners);
  return {
    quantiles: withZeros(found.rowsPerValue, 1 - found.distinct / Math.max(1, all)),
    basis: found.basis,
  };
}
