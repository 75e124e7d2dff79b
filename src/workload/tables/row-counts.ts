import { rngFrom } from '../../base/rng.ts';
import type { RowCount, RowSkew, Table, TableSet } from '../../scenario/table-types.ts';
import { tenantWeights } from '../distributions.ts';
import { below, mix, saltOf } from '../mix.ts';
import { apportion, shuffle } from '../rows.ts';
import type { Tenants } from '../types.ts';
import { sharedCounts } from './shared-counts.ts';

/**
 * Rows below each owner of a table: each tenant, each row of the parent, or the one that stands for
 * no owner.
 *
 * @param tenantOf of each row of the parent, where that has one row of each tenant
 */
export function rowCounts(
  table: Table,
  owners: number,
  tenants: Tenants,
  seed: number,
  tenantOf: Uint32Array | null = null,
): Uint32Array {
  const { name, rows } = table;
  switch (rows.kind) {
    case 'fixed':
      return new Uint32Array(owners).fill(rows.count);
    case 'range': {
      const salt = saltOf(seed, `rows/${name}`);
      const width = rows.to - rows.from + 1;
      return new Uint32Array(owners).map((_, i) => rows.from + below(mix(salt, i, 0), width));
    }
    case 'skewed':
      return owners === 0 ? new Uint32Array(0) : skewedCounts(table, rows, owners, seed);
    case 'byTenantBytes':
      return apportion(tenants.bytes, Math.max(owners, rows.total));
    case 'shared': {
      const counts = sharedCounts(owners, rows);
      const isOfTenants = table.per?.kind === 'tenant' || tenantOf !== null;
      const isUneven = rows.quantiles !== null || rows.top !== undefined;
      if (isOfTenants && isUneven) return byBytes(counts, tenants, tenantOf);
      shuffle(counts, rngFrom(seed, `rows/${name}/sizes`), owners - 1, 0);
      return counts;
    }
  }
}

/** The tenants with most bytes have most rows. */
function byBytes(
  ascending: Uint32Array,
  { bytes }: Tenants,
  tenantOf: Uint32Array | null,
): Uint32Array {
  const bytesOf = tenantOf === null ? bytes : Float64Array.from(tenantOf, (t) => bytes[t] ?? 0);
  const order = Uint32Array.from(bytesOf.keys()).toSorted(
    (a, b) => (bytesOf[a] ?? 0) - (bytesOf[b] ?? 0) || b - a,
  );
  const counts = new Uint32Array(ascending.length);
  for (let i = 0; i < order.length; i += 1) counts[order[i] ?? 0] = ascending[i] ?? 0;
  return counts;
}

/**
 * Which owner has most is left to chance: what comes first in a table need not be the largest.
 * Owners are placed in a random order of the sizes, which are exact.
 */
function skewedCounts(
  { name }: Table,
  { mean, by }: Extract<RowCount, { kind: 'skewed' }>,
  owners: number,
  seed: number,
): Uint32Array {
  const counts = apportion(skewWeights(by, owners), Math.max(owners, Math.round(mean * owners)));
  shuffle(counts, rngFrom(seed, `rows/${name}/sizes`), owners - 1, 0);
  return counts;
}

function skewWeights(by: RowSkew, count: number): Float64Array {
  const idType = 'int8';
  switch (by.distribution) {
    case 'zipf':
      return tenantWeights({ distribution: 'zipf', exponent: by.exponent, count, idType });
    case 'pareto':
      return tenantWeights({ distribution: 'pareto', shape: by.shape, count, idType });
    case 'lognormal':
      return tenantWeights({ distribution: 'lognormal', sigma: by.sigma, count, idType });
  }
}

/** Rows that each table is expected to have, in the order of the set, without making one. */
export function expectedTableRows(set: TableSet, tenants: number): readonly number[] {
  const found = new Map<string, number>();
  return set.tables.map(({ name, per, rows }) => {
    const count = expectedRows(rows, ownersOf(per, tenants, found));
    found.set(name, count);
    return count;
  });
}

function ownersOf(per: Table['per'], tenants: number, found: ReadonlyMap<string, number>): number {
  if (per === null) return 1;
  return per.kind === 'tenant' ? tenants : (found.get(per.table) ?? 0);
}

/** Of a table with so many owners, give or take what chance adds to a range. */
export function expectedRows(rows: RowCount, owners: number): number {
  switch (rows.kind) {
    case 'fixed':
      return owners * rows.count;
    case 'range':
      return (owners * (rows.from + rows.to)) / 2;
    case 'skewed':
      return owners * Math.max(1, rows.mean);
    case 'byTenantBytes':
      return Math.max(owners, rows.total);
    case 'shared':
      return owners > 0 ? rows.total : 0;
  }
}
