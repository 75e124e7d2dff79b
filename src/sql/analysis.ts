import type { Node } from 'libpg-query';
import type { SqlProblem } from '../scenario/vocabulary.ts';
import type { Block, Instance } from './blocks.ts';
import { Building, type NameProblem, type Place } from './building.ts';
import type { Catalog } from './catalog.ts';
import { placeConds } from './conditions.ts';
import type { Family } from './families.ts';
import { readSelect } from './read-select.ts';
import { readWrite } from './read-writes.ts';
import type { ReadStatement } from './sql-reader.ts';
import { nodeOf, soleStatement } from './tree.ts';

/** What a statement does, by the names that it uses. */
export interface Analysis {
  /** null: no statement that reads or writes rows, such as SET. */
  readonly block: Block | null;
  /** CTEs that write; each runs once, whether or not it is used. */
  readonly writes: readonly Block[];
  readonly instances: readonly Instance[];
  /** Whether it writes rows or locks those that it reads. */
  readonly locks: boolean;
  readonly volatile: readonly string[];
  /** Kind of the node of the statement: SelectStmt, TruncateStmt ... */
  readonly kind: string;
  readonly unknown: readonly NameProblem[];
}

export function analyse(
  statement: ReadStatement,
  catalog: Catalog,
  familyOfParameter: (number: number) => Family | undefined,
): Analysis {
  const { building, block, node } = build(statement, catalog, familyOfParameter);
  const { instances, writes, volatile, problems } = building;
  const all = block === null ? writes : [block, ...writes];
  placeConds(all);
  const locks = building.locks || all.some(({ kind }) => kind === 'write');
  return { block, writes, instances, locks, volatile, kind: node, unknown: problems };
}

/** Names of no table or column, which are known before what holds for which rows. */
export const unknownIn = (statement: ReadStatement, catalog: Catalog): readonly SqlProblem[] =>
  withoutConsequences(build(statement, catalog, () => undefined).building.problems);

function build(
  { tree, placeOf }: ReadStatement,
  catalog: Catalog,
  familyOfParameter: (number: number) => Family | undefined,
): { building: Building; block: Block | null; node: string } {
  const building = new Building(catalog, readSelect, placeOf, familyOfParameter);
  const place: Place = { scope: { items: [], outer: null }, queries: new Map() };
  const statement = soleStatement(tree);
  const block = statement === undefined ? null : blockOf(statement, place, building);
  return { building, block, node: Object.keys(statement ?? {})[0] ?? '' };
}

/** Where a table is not known, what its name stands for elsewhere is not known either. */
function withoutConsequences(problems: readonly NameProblem[]): readonly SqlProblem[] {
  const tables = problems.filter(({ what }) => what === 'table');
  const told = tables.length === 0 ? problems : tables;
  return told.map(({ text, at }) => ({ text, at }));
}

function blockOf(statement: Node, place: Place, building: Building): Block | null {
  const select = nodeOf(statement, 'SelectStmt');
  return select === undefined
    ? readWrite(statement, place, building)
    : readSelect(select, place, building);
}
