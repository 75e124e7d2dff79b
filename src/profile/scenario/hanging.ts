import type { SchemaEvidence } from '../evidence.ts';
import type { TableLink } from './table-links.ts';
import type { Tenancy } from './tenancy.ts';

/** What the rows of a table hang on: each tenant, a row of another table, or nothing. */
export type Hanging =
  | { readonly on: 'tenant' }
  | { readonly on: 'table'; readonly link: TableLink }
  | { readonly on: 'nothing' };

/**
 * By table. Rows belong to a tenant where a way of foreign keys leads there, or where they have the
 * tenant's id themselves. Of several tables that a row could hang on it is the one that its primary
 * key names, else the one with fewest children a row: from there the others are reached.
 */
export function hangingOf(
  { tables }: SchemaEvidence,
  links: readonly TableLink[],
  tenancy: Tenancy,
): ReadonlyMap<string, Hanging> {
  const onTheWay = tablesOnTheWay(
    tables.map(({ name }) => name),
    links,
    tenancy,
  );
  const hanging = new Map<string, Hanging>();
  for (const { name } of tables) {
    if (name === tenancy.root) {
      hanging.set(name, { on: 'tenant' });
      continue;
    }
    const [best] = links
      .filter((link) => link.child === name && link.parent !== name && onTheWay.has(link.parent))
      .filter((link) => link.always || link.columns.includes(tenancy.columnOf.get(name) ?? ''))
      .toSorted((one, other) => preferred(one, other, tenancy));
    if (best !== undefined && onTheWay.has(name)) hanging.set(name, { on: 'table', link: best });
    else if (tenancy.columnOf.has(name)) hanging.set(name, { on: 'tenant' });
    else hanging.set(name, besideTenants(name, links));
  }
  return hanging;
}

/** A table of pairs of rows (films and their actors) hangs on one of both. */
function besideTenants(name: string, links: readonly TableLink[]): Hanging {
  const [best] = links
    .filter((link) => link.child === name && link.parent !== name && link.inPrimary && link.always)
    .toSorted((one, other) => one.childrenPerParent - other.childrenPerParent);
  return best === undefined ? { on: 'nothing' } : { on: 'table', link: best };
}

/** What may be NULL leads to the tenants too where nothing else does. */
function tablesOnTheWay(
  names: readonly string[],
  links: readonly TableLink[],
  { root, columnOf }: Tenancy,
): ReadonlySet<string> {
  const found = new Set(names.filter((name) => name === root || columnOf.has(name)));
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { child, parent, always } of links) {
      if (always && found.has(parent)) found.add(child);
    }
  }
  return found;
}

function preferred(one: TableLink, other: TableLink, tenancy: Tenancy): number {
  const better = (is: (link: TableLink) => boolean): number => Number(is(other)) - Number(is(one));
  return (
    better(({ always }) => always) ||
    better(({ inPrimary }) => inPrimary) ||
    better((link) => hasKeyOf(link, tenancy) || !tenancy.columnOf.has(link.child)) ||
    one.childrenPerParent - other.childrenPerParent ||
    better(({ declared }) => declared !== null) ||
    (one.parent < other.parent ? -1 : 1)
  );
}

/** Whether a row that hangs there has the id of the tenant whose row it hangs on. */
function hasKeyOf(link: TableLink, { columnOf }: Tenancy): boolean {
  const at = link.columns.indexOf(columnOf.get(link.child) ?? '');
  // A table above without the id gets it from further above.
  const above = columnOf.get(link.parent);
  return at === -1 ? above === undefined : link.references[at] === above;
}
