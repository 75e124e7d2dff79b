import type { Fate, Layout } from '../../scenario/layout-types.ts';
import type { Operation } from '../../scenario/types.ts';
import { heldByRows } from '../../sql/held-foreign.ts';
import { layoutsOf } from '../../sql/layouts.ts';
import { type Placing, placingOf } from '../../sql/placing.ts';
import { statementFate } from '../../sql/statement-fate.ts';
import type { WritingTables } from './written-statement.ts';

/** How tables lie by each key of the scenario, with what becomes of operations there. */
export function layoutsByKey(
  operations: readonly Operation[],
  { set, reader }: WritingTables,
): readonly Layout[] {
  const strategies = set.keys.map(({ name }) => ({ key: name }));
  const layouts = layoutsOf({ set, operations, strategies, tenants: 1000, reader });
  return set.keys.flatMap(({ name }) => layouts.get(name) ?? []);
}

/** What lies where, by key. */
export const placingsOf = (layouts: readonly Layout[], { set }: WritingTables): Placing[] =>
  layouts.map(({ tables }) => placingOf(set, tables, heldByRows(set, tables)));

/** What becomes of a template by each key. */
export function templateFates(
  sql: string,
  placings: readonly Placing[],
  { analyst }: WritingTables,
): readonly Fate[] {
  const { analysis, parameters } = analyst.of(sql);
  return placings.map((placing) => statementFate(analysis, parameters, placing).fate);
}
