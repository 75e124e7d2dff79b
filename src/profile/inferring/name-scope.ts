import type { Node, RangeVar } from 'libpg-query';
import { nodeOf, textsOf } from '../../sql/tree.ts';
import type { StoredName } from '../evidence.ts';
import type { NamedColumn } from './statement-names.ts';

/** Something in FROM. */
export interface NameItem {
  readonly alias: string;
  /** Name of the table; null: it is none. */
  readonly key: string | null;
  readonly stored: StoredName | null;
}

export interface NameScope {
  readonly items: readonly NameItem[];
  /** Names of CTEs. */
  readonly queries: ReadonlySet<string>;
  readonly outer: NameScope | null;
  /** What the statement gives has these names, which ORDER BY may use. */
  readonly outputs?: ReadonlySet<string>;
}

export const noScope: NameScope = { items: [], queries: new Set(), outer: null };

/** A scope, with what in FROM is still to be visited. */
interface OpenedScope extends NameScope {
  readonly nested: readonly Node[];
  /** Columns of both sides of a join that USING merges. */
  readonly merged: readonly { readonly left: NamedColumn; readonly right: NamedColumn }[];
}

export function scopeIn(
  outer: NameScope,
  { queries, from }: { readonly queries: readonly string[]; readonly from: readonly unknown[] },
): OpenedScope {
  const known = new Set([...outer.queries, ...queries]);
  const items: NameItem[] = [];
  const nested: Node[] = [];
  const merged: { left: NamedColumn; right: NamedColumn }[] = [];
  const add = (node: Node): void => {
    const table = nodeOf(node, 'RangeVar');
    const join = nodeOf(node, 'JoinExpr');
    if (table !== undefined) items.push(itemOf(table, known));
    else if (join !== undefined) {
      const before = items.length;
      if (join.larg !== undefined) add(join.larg);
      const middle = items.length;
      if (join.rarg !== undefined) add(join.rarg);
      const keys = (part: readonly NameItem[]) => part.flatMap(({ key }) => key ?? []);
      const [left, right] = [keys(items.slice(before, middle)), keys(items.slice(middle))];
      for (const column of textsOf(join.usingClause)) {
        if (left.length === 0 || right.length === 0) continue;
        merged.push({ left: { tables: left, column }, right: { tables: right, column } });
      }
      if (join.quals !== undefined) nested.push(join.quals);
    } else {
      const { alias } = (Object.values(node)[0] ?? {}) as { alias?: { aliasname?: string } };
      items.push({ alias: alias?.aliasname ?? '', key: null, stored: null });
      nested.push(node);
    }
  };
  for (const each of from.flat()) if (each !== undefined) add(asNode(each));
  return { items, queries: known, outer, nested, merged };
}

/** The table that a statement writes stands there without the name of its kind. */
const asNode = (value: unknown): Node =>
  typeof value === 'object' && value !== null && 'relname' in value
    ? { RangeVar: value as RangeVar }
    : (value as Node);

const ofSystem = new Set(['pg_catalog', 'information_schema', 'pg_toast']);

function itemOf(table: RangeVar, queries: ReadonlySet<string>): NameItem {
  const { schemaname: schema, relname: name = '', alias } = table;
  const isQuery = schema === undefined && queries.has(name);
  const isSystem = schema === undefined ? name.startsWith('pg_') : ofSystem.has(schema);
  const called = alias?.aliasname ?? name;
  if (isQuery || isSystem) return { alias: called, key: null, stored: null };
  const inPublic = schema === undefined || schema === 'public';
  return {
    alias: called,
    key: inPublic ? name : `${schema}.${name}`,
    stored: { schema: inPublic ? 'public' : schema, name },
  };
}
