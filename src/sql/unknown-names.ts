import type { KnownNames, SqlProblem } from '../scenario/vocabulary.ts';
import { suggest } from '../base/suggest.ts';
import type { ReadStatement } from './sql-reader.ts';

/** Names of tables in a statement that the scenario does not have. */
export function unknownNames(
  { tree, placeOf }: ReadStatement,
  { tables, views }: KnownNames,
): readonly SqlProblem[] {
  const known = [...tables, ...views].map(({ name }) => name);
  const own = new Set(nodesNamed(tree, 'CommonTableExpr').map(({ ctename }) => ctename));
  return nodesNamed(tree, 'RangeVar').flatMap(({ relname = '', location = 0 }) => {
    if (known.includes(relname) || own.has(relname)) return [];
    const meant = suggest(relname, known);
    const end = meant === undefined ? '' : `; did you mean ${meant}?`;
    const text = `there is no table ${relname} in the scenario${end}`;
    return [{ text, at: placeOf(location) }];
  });
}

interface NamedNode {
  readonly relname?: string;
  readonly ctename?: string;
  readonly location?: number;
}

function nodesNamed(tree: unknown, kind: 'CommonTableExpr' | 'RangeVar'): NamedNode[] {
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([key, value]) => {
    const below = nodesNamed(value, kind);
    return key === kind ? [value as NamedNode, ...below] : below;
  });
}
