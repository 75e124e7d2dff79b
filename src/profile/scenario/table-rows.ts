import { sum } from '../../base/statistics/moments.ts';
import type { Evidence, KeyValues, TableEvidence } from '../evidence.ts';
import type { DraftRows } from './draft.ts';
import type { Hanging } from './hanging.ts';
import { belowTop, fewerQuantiles, withZeros, writtenQuantiles } from './quantile-list.ts';
import type { TableLink } from './table-links.ts';
import type { Tenancy } from './tenancy.ts';
import { decimal, flowList } from './yaml-text.ts';

/** How many rows are found where. */
export interface CountedTables {
  readonly evidence: Evidence;
  readonly tenancy: Tenancy;
  readonly tenants: number;
  /** Rows that the scenario has. */
  readonly rowsOf: (table: string) => number;
  /** And those that were seen. */
  readonly seenOf: (table: string) => number;
  readonly tenantsSeen: number;
  /** The table whose rows the shares of the tenants are of. */
  readonly sharesOf: string | null;
}

export type SpreadBasis = 'exact' | 'sampled' | 'even' | 'estimated' | null;

/** Rows as `rows:` has them, and where their numbers are from. */
export function tableRows(
  table: TableEvidence,
  hanging: Hanging,
  counted: CountedTables,
): DraftRows & { readonly basis: SpreadBasis } {
  const total = counted.rowsOf(table.name);
  const plain = (flow: string, mayBeNone: boolean, basis: SpreadBasis = null) => {
    return { total, flow, mayBeNone, most: Number(flow), basis };
  };
  if (hanging.on === 'nothing' || total === 0) return plain(String(total), total === 0);
  if (table.name === counted.tenancy.root) return plain('1', false);
  const owners = Math.max(
    1,
    hanging.on === 'tenant' ? counted.tenants : counted.rowsOf(hanging.link.parent),
  );
  const found = spreadOf(table, hanging, counted, owners);
  // By the tenants' bytes, which are those of rows.
  const isKnown = found === null || counted.sharesOf === table.name;
  const isByBytes = hanging.on === 'tenant' && isKnown && total >= owners;
  if (isByBytes) {
    return { ...plain(`{ total: ${total} }`, false, found?.basis ?? null), most: total };
  }
  const isSame = found === null || found.quantiles.every((value) => value === found.quantiles[0]);
  if (isSame && total % owners === 0) {
    return plain(String(total / owners), false, found?.basis ?? 'even');
  }
  const seen = {
    rows: counted.seenOf(table.name) * (1 - (found?.nullFraction ?? 0)),
    owners: hanging.on === 'tenant' ? counted.tenantsSeen : counted.seenOf(hanging.link.parent),
  };
  const uneven = found !== null && !isSame ? unevenRows(found, seen, total, owners) : null;
  return {
    total,
    flow: `{ total: ${total}${uneven?.flow ?? ''} }`,
    most: uneven?.most ?? Math.ceil(total / owners),
    // A total alone of a table per tenant is at least one each.
    mayBeNone: hanging.on === 'table' || uneven !== null || total < owners,
    basis: found?.basis ?? 'even',
  };
}

interface Spread {
  /** Rows an owner at 0, 0.01 ... 1. */
  readonly quantiles: readonly number[];
  /** Shares of the rows that the owners with most have; empty where it is not known. */
  readonly top: readonly number[];
  /** Rows that belong to none of them, and are in no share and no quantile. */
  readonly nullFraction: number;
  readonly basis: 'exact' | 'sampled' | 'estimated';
}

/** How many of the owners with most may stand by themselves. */
const topSizes = [0, 3, 5, 10, 20, 50, 100, 200, 500, 1000];

/** Share of the rows that may be with other owners than seen. */
const sumOff = 0.02;

/**
 * The owners with most by themselves, as many as it takes until the table of quantiles accounts for
 * the rows of the others: between its last two steps may lie most of all rows.
 */
function unevenRows(
  { quantiles, top }: Spread,
  seen: { readonly rows: number; readonly owners: number },
  total: number,
  owners: number,
): { readonly flow: string; readonly most: number } {
  const wanted = Math.max(1, seen.rows);
  const all = Math.max(owners, seen.owners);
  const counts = top.map((share) => share * wanted).filter((count) => count >= 1);
  const sizes = topSizes.filter((size) => size <= counts.length && size < owners);
  const tried = sizes.map((size) => {
    const first = counts.slice(0, size);
    const rest = belowTop(quantiles, all, size, counts[size - 1] ?? 0);
    return { first, rest, off: Math.abs(sum(first) + sum(rest) - wanted) };
  });
  const near = tried.find(({ off }) => off <= sumOff * wanted);
  const best = near ?? tried.toSorted((a, b) => a.off - b.off)[0];
  const first = (best?.first ?? []).map((count) =>
    Math.max(1, Math.round((count / wanted) * total)),
  );
  const table = writtenQuantiles(
    fewerQuantiles(percentiles(best?.rest ?? Float64Array.from(quantiles))),
  );
  const fits = sum(first) <= total;
  const parts = [
    ...(first.length > 0 && fits ? [`top: ${flowList(first.map(decimal))}`] : []),
    ...(table.some((value) => value > 0) ? [`quantiles: ${flowList(table.map(decimal))}`] : []),
  ];
  const mean = sum(table) / table.length;
  const unevenness = Math.ceil((table.at(-1) ?? 0) / Math.max(mean, Number.MIN_VALUE)) + 1;
  const most = Math.max(first[0] ?? 0, Math.ceil(total / owners) * unevenness);
  return { flow: parts.map((part) => `, ${part}`).join(''), most };
}

function percentiles(ascending: Float64Array): number[] {
  const last = ascending.length - 1;
  return Array.from({ length: 101 }, (_, i) => {
    const at = (i / 100) * last;
    const step = Math.min(Math.floor(at), Math.max(0, last - 1));
    const [below = 0, above = below] = [ascending[step], ascending[step + 1]];
    return below + (above - below) * (at - step);
  });
}

function spreadOf(
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
      areSame(columns, link.columns),
  );
  if (shape !== undefined) {
    const found = valuesOf(link, counted.evidence);
    return {
      quantiles: shape.quantiles,
      top: found?.top.map(({ share }) => share).toSorted((a, b) => b - a) ?? [],
      nullFraction: found?.nullFraction ?? 0,
      basis: shape.basis,
    };
  }
  return isByTenant(link, counted.tenancy) ? ofKey(table.name, counted, owners) : null;
}

const areSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((column) => other.includes(column));

/** Of the candidate key that has the link's columns in the child. */
function valuesOf(link: TableLink, { candidates, values }: Evidence): KeyValues | undefined {
  const keys = candidates.filter(({ columns }) =>
    columns.some((each) => each.table === link.child && areSame(each.columns, link.columns)),
  );
  return values.find(
    ({ key, table, basis }) =>
      table === link.child && basis !== 'estimated' && keys.some((each) => each.key === key),
  );
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
    top: found.basis === 'estimated' ? [] : found.top.map(({ share }) => share),
    nullFraction: found.nullFraction,
    basis: found.basis,
  };
}
