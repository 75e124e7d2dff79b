import type { CandidateKey, ForeignEvidence, SchemaEvidence, TableEvidence } from '../evidence.ts';
import { isUnique } from './tenancy.ts';

/** That rows of one table point to rows of another one. */
export interface TableLink {
  readonly child: string;
  readonly parent: string;
  readonly columns: readonly string[];
  readonly references: readonly string[];
  /** The foreign key; null: columns of the same meaning, which nothing declares. */
  readonly declared: ForeignEvidence | null;
  /** Whether each row points to one. */
  readonly always: boolean;
  readonly inPrimary: boolean;
  /** Rows of the child over rows of the parent. */
  readonly childrenPerParent: number;
}

/** Foreign keys, and what the columns of candidate keys say where none is declared. */
export function tableLinks(
  { tables }: SchemaEvidence,
  candidates: readonly CandidateKey[],
): TableLink[] {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const links = tables.flatMap((child) =>
    child.foreign.flatMap((foreign) => {
      const parent = byName.get(foreign.table);
      if (parent === undefined || !isUnique(parent, foreign.references)) return [];
      return [linkOf(child, parent, foreign.columns, foreign.references, foreign)];
    }),
  );
  for (const { root, columns } of candidates) {
    const parent = root === null ? undefined : byName.get(root);
    const references = columns.find(({ table }) => table === root)?.columns;
    if (parent === undefined || references === undefined || !isUnique(parent, references)) continue;
    for (const each of columns) {
      const child = byName.get(each.table);
      if (child === undefined || child === parent) continue;
      const isKnown = links.some(
        (link) =>
          link.child === child.name &&
          each.columns.every((column) => link.columns.includes(column)),
      );
      if (!isKnown) links.push(linkOf(child, parent, each.columns, references, null));
    }
  }
  return links;
}

function linkOf(
  child: TableEvidence,
  parent: TableEvidence,
  columns: readonly string[],
  references: readonly string[],
  declared: ForeignEvidence | null,
): TableLink {
  const own = child.columns.filter(({ name }) => columns.includes(name));
  return {
    child: child.name,
    parent: parent.name,
    columns,
    references,
    declared,
    always: own.every(({ notNull, stats }) => notNull || (stats?.nullFraction ?? 1) === 0),
    inPrimary: columns.every((column) => child.primary.includes(column)),
    childrenPerParent: child.rows.count / Math.max(1, parent.rows.count),
  };
}

export interface UncircledLinks {
  readonly kept: readonly TableLink[];
  /** Without which the tables have an order. */
  readonly leftOut: readonly TableLink[];
}

/** Tables are loaded one after another: of each circle the link is left out that says least. */
export function withoutCircles(links: readonly TableLink[], root: string | null): UncircledLinks {
  let kept = [...links];
  const leftOut: TableLink[] = [];
  for (let circle = circleIn(kept); circle.length > 0; circle = circleIn(kept)) {
    const [least] = circle.toSorted((one, other) => weightIn(one, root) - weightIn(other, root));
    if (least === undefined) break;
    leftOut.push(least);
    kept = kept.filter((link) => link !== least);
  }
  return { kept, leftOut };
}

/** How much is lost with it: what may be NULL and what nothing declares goes first. */
function weightIn(link: TableLink, root: string | null): number {
  const many = Math.min(0.9, link.childrenPerParent / 1e6) + (link.inPrimary ? 0.05 : 0);
  return (
    (link.always ? 8 : 0) + (link.declared === null ? 0 : 4) + (link.child === root ? 0 : 2) + many
  );
}

/** The links of one circle; a table that points to itself is none. */
function circleIn(links: readonly TableLink[]): TableLink[] {
  const from = new Map<string, TableLink[]>();
  for (const link of links) {
    if (link.child === link.parent) continue;
    from.set(link.child, [...(from.get(link.child) ?? []), link]);
  }
  const done = new Set<string>();
  const path: TableLink[] = [];
  const visit = (table: string): TableLink[] => {
    if (done.has(table)) return [];
    const at = path.findIndex(({ child }) => child === table);
    if (at !== -1) return path.slice(at);
    for (const link of from.get(table) ?? []) {
      path.push(link);
      const found = visit(link.parent);
      if (found.length > 0) return found;
      path.pop();
    }
    done.add(table);
    return [];
  };
  for (const table of from.keys()) {
    const found = visit(table);
    if (found.length > 0) return found;
  }
  return [];
}
