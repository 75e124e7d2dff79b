import type { Node } from 'libpg-query';
import type { ReadStatement } from '../../sql/sql-reader.ts';
import { nodeOf } from '../../sql/tree.ts';

/** One parameter where it stands in a statement, in UTF-16 units. */
export interface ParameterPlace {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

export function parameterPlaces({ sql, tree, placeOf }: ReadStatement): ParameterPlace[] {
  const found = new Map<number, ParameterPlace>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const parameter = nodeOf(value as Node, 'ParamRef');
    if (parameter?.location !== undefined) {
      const start = placeOf(parameter.location);
      const written = /^\$(\d+)/.exec(sql.slice(start));
      const [text = '', digits = '0'] = written ?? [];
      found.set(start, { number: Number(digits), start, end: start + text.length });
    }
    for (const below of Object.values(value)) visit(below);
  };
  visit(tree);
  return [...found.values()];
}
