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
  const found: NamedNode[] = [];
  const waiting = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const own = (node as Record<string, NamedNode | undefined>)[kind];
    if (own !== undefined) found.push(own);
    waiting.push(...Object.values(node));
  }
  return found;
}
