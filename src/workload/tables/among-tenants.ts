import type { Operation } from '../../scenario/types.ts';
import { buildAlias, drawAlias } from '../alias.ts';
import { mix, saltOf, toUniform } from '../mix.ts';
import type { Workload } from '../types.ts';
import { nodeOf, type TableNode } from './table-tree.ts';
import { tenantRowCount, tenantRows } from './tenant-rows.ts';

/** Who has rows of all tables that an operation draws from. */
export interface AmongTenants {
  /** The arrival's tenant, or where that one has no such rows another who has, drawn by weight. */
  tenantFor(tenant: number, number: number): number;
}

/**
 * An operation on orders is of somebody who has some: where numbers of rows are given in all
 * (`{ total }`), tenants without any are as they were found, and none of their own. Where a range
 * allows for none (`0..3`), an operation may find nothing. null: it is about nobody else's rows.
 */
export function amongTenants(
  { seed, tenants: { count, weights } }: Workload,
  nodes: ReadonlyMap<string, TableNode>,
  { name, script, instead }: Operation,
): AmongTenants | null {
  const drawn = [script, instead].flatMap((each) => each?.draws ?? []);
  const tables = new Set(drawn.flatMap(({ table, from }) => (from.kind === 'tenant' ? table : [])));
  const rows = [...tables]
    .map((table) => nodeOf(nodes, table))
    .filter(isShared)
    .flatMap((node) => tenantRows(node, count) ?? []);
  if (rows.length === 0) return null;
  const own = weights.map((weight, tenant) =>
    rows.every((each) => tenantRowCount(each, tenant) > 0) ? weight : 0,
  );
  const isAnybodyLeft = own.some((weight) => weight > 0);
  if (!isAnybodyLeft || own.every((weight, tenant) => weight === weights[tenant])) return null;
  const alias = buildAlias(own);
  const salt = saltOf(seed, `${name}/among`);
  return {
    tenantFor(tenant, number) {
      if ((own[tenant] ?? 0) > 0) return tenant;
      const word = mix(salt, tenant, 0);
      return drawAlias(alias, toUniform(mix(word, number, 0), mix(word, number, 1)));
    },
  };
}

function isShared(node: TableNode): boolean {
  if (node.table.rows.kind === 'shared') return true;
  return node.parent !== null && isShared(node.parent);
}
