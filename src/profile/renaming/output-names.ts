import type { Node } from 'libpg-query';
import { nodeOf, textsOf } from '../../sql/tree.ts';
import { type Columns, type NameScope, renamedReference } from './name-scope.ts';

/** Names of what a SELECT or RETURNING gives: as it is called before, and when renamed. */
export function outputsOf(
  targets: readonly Node[],
  scope: NameScope,
  anywhere: Columns,
): ReadonlyMap<string, string> {
  return new Map(targets.flatMap((node) => outputOf(node, scope, anywhere)));
}

function outputOf(
  node: Node,
  scope: NameScope,
  anywhere: Columns,
): readonly (readonly [string, string])[] {
  const { name, val } = nodeOf(node, 'ResTarget') ?? {};
  // A name that is given stays.
  if (name !== undefined) return [[name, name]];
  const column = plainColumn(val);
  if (column === undefined) return [];
  const names = textsOf(column);
  if (names.length < column.length) {
    const alias = names.at(-1);
    const items = scope.items.filter((item) => alias === undefined || item.alias === alias);
    return items.flatMap(({ all }) => Array.from(all));
  }
  const last = names.at(-1) ?? '';
  return [[last, renamedReference(names, scope, anywhere)?.column ?? last]];
}

/** Casts give a column its own name. */
function plainColumn(node: Node | undefined): readonly Node[] | undefined {
  const cast = nodeOf(node, 'TypeCast');
  return cast === undefined ? nodeOf(node, 'ColumnRef')?.fields : plainColumn(cast.arg);
}
