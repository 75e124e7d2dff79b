// Ways through the tree of libpg_query, whose nodes are objects with one key: { ColumnRef: ... }.
import type { Node, ParseResult, TypeName } from 'libpg-query';

type KindsOf<N> = N extends N ? keyof N : never;
export type NodeKind = KindsOf<Node>;
type NodeOf<K extends NodeKind> = Extract<Node, Readonly<Record<K, unknown>>>[K &
  keyof Extract<Node, Readonly<Record<K, unknown>>>];

/** What a node holds if it is of that kind. */
export function nodeOf<K extends NodeKind>(node: Node | undefined, kind: K): NodeOf<K> | undefined {
  return (node as Readonly<Record<string, NodeOf<K>>> | undefined)?.[kind];
}

/** The one statement of a text; undefined where there is none or several. */
export function soleStatement(tree: ParseResult | null): Node | undefined {
  const statements = tree?.stmts ?? [];
  return statements.length === 1 ? statements[0]?.stmt : undefined;
}

/** Texts of a list of names. */
export function textsOf(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => nodeOf(node, 'String')?.sval ?? []);
}

/** The operator of an expression, without its schema. */
export const operatorOf = (name: readonly Node[] | undefined): string => textsOf(name).at(-1) ?? '';

export function itemsOf(node: Node | undefined): readonly Node[] | undefined {
  return nodeOf(node, 'List')?.items;
}

/** `int8`, `pg_catalog.int4` and so on, without its schema; '' where it is not plainly one. */
export function typeNameOf(type: TypeName | undefined): string {
  if (type === undefined || type.arrayBounds !== undefined || type.typmods !== undefined) return '';
  return textsOf(type.names).at(-1) ?? '';
}
