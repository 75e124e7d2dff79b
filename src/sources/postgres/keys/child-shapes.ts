import type { ChildShape, ColumnEvidence } from '../../../profile/evidence.ts';
import { type CountClass, distinctOf, quantilesOf, rowsOf } from './count-classes.ts';
import { nullFractionOf } from './estimated-values.ts';
import { allThere, fromTable, hasIndex, isReadable, keyTexts } from './key-table.ts';
import { type KeyTable, keyValues, namedValues, valueNames } from './key-table.ts';
import { type Measuring, placeOf, statementMs } from './measuring.ts';
import { sampleClause, type SamplingWays } from './sample-clause.ts';
import { shapeOfChildren } from './shape-of-children.ts';
import type { WantedShape } from './wanted-shapes.ts';

/** Parents whose children are counted one by one through an index. */
export const parentsToAsk = 2_000;

export interface MeasuredShape {
  readonly shape: ChildShape;
  /** Whether parents were looked at, each with all its children. */
  readonly byParents: boolean;
}

/** Children a parent; null where that is not known. */
export async function childShape(
  measuring: Measuring,
  wanted: WantedShape,
): Promise<MeasuredShape | null> {
  const measured = await measuredShape(measuring, wanted);
  if (measured === null) {
    const tables = [wanted.parent.table.name, wanted.child.table.name];
    measuring.unseen.add('shape-unmeasured', { key: wanted.child.key, tables });
  }
  return measured;
}

async function measuredShape(
  measuring: Measuring,
  wanted: WantedShape,
): Promise<MeasuredShape | null> {
  const { parent, child } = wanted;
  const both = [parent, child];
  if (!both.every(isReadable) || both.some(({ table }) => table.kind === 'foreign')) return null;
  if (!measuring.hasTime(child)) return null;
  if (both.every((each) => measuring.isSmall(each))) {
    const counted = await answered(measuring, wanted, countedSql(wanted), 'exact');
    if (counted !== null) return { shape: counted, byParents: true };
  }
  if (hasIndex(child) && child.columns.every((each, at) => alike(each, parent.columns[at]))) {
    const asked = await answered(measuring, wanted, askedSql(wanted, measuring.ways), 'sampled');
    if (asked !== null) return { shape: asked, byParents: true };
  }
  measuring.unseen.add('shape-without-index', placeOf(child));
  const shape = await shapeOfChildren(measuring, wanted);
  return shape === null ? null : { shape, byParents: false };
}

async function answered(
  measuring: Measuring,
  wanted: WantedShape,
  sql: string,
  basis: 'exact' | 'sampled',
): Promise<ChildShape | null> {
  const rows = await measuring.ask(wanted.child, sql, statementMs, true);
  if (rows === null) return null;
  const classes = rows.map(({ n, many }) => ({ count: Number(n), values: Number(many) }));
  const seen = distinctOf(classes);
  const { table } = wanted.parent;
  // Of a table that has rows none was drawn.
  if (seen === 0 && basis === 'sampled') return null;
  const parents = basis === 'exact' ? seen : Math.max(seen, table.rows.count);
  return shapeOf(wanted, { basis, classes, parents });
}

interface Shape {
  readonly basis: 'exact' | 'sampled';
  readonly classes: readonly CountClass[];
  readonly parents: number;
}

function shapeOf({ parent, child }: WantedShape, { basis, classes, parents }: Shape): ChildShape {
  const seen = distinctOf(classes);
  const without = classes.find(({ count }) => count === 0)?.values ?? 0;
  return {
    parent: parent.table.name,
    child: child.table.name,
    columns: child.columns.map(({ name }) => name),
    basis,
    parents,
    childless: seen === 0 ? 0 : without / seen,
    mean: (basis === 'exact' ? null : meanOfRows({ parent, child })) ?? meanOf(classes),
    quantiles: quantilesOf(classes),
  };
}

const meanOf = (classes: readonly CountClass[]): number =>
  classes.length === 0 ? 0 : rowsOf(classes) / distinctOf(classes);

/**
 * By the rows of both tables, where a foreign key sees to it that each child has its parent: the
 * few parents with the most children are seldom among those that were drawn. null: not known.
 */
function meanOfRows({ parent, child }: WantedShape): number | null {
  const names = child.columns.map(({ name }) => name).join();
  const isBound = child.table.foreign.some(
    ({ table, columns }) => table === parent.table.name && columns.join() === names,
  );
  const known = [parent, child].every(({ table }) => table.rows.basis !== 'none');
  const parents = parent.table.rows.count;
  if (!isBound || !known || parents === 0) return null;
  const isSure = child.columns.every(({ notNull, stats }) => notNull || stats !== null);
  return isSure ? (child.table.rows.count * (1 - nullFractionOf(child))) / parents : null;
}

/** Values that can be compared: as they are where the types are the same, else as text. */
function comparable(place: KeyTable, other: KeyTable, alias: string): string[] {
  const texts = keyTexts(place, alias);
  return keyValues(place, alias).map((value, at) =>
    alike(place.columns[at], other.columns[at]) ? value : (texts[at] ?? value),
  );
}

const integers = new Set(['smallint', 'integer', 'bigint']);
/** Types whose = is found whatever the search path. */
const builtIn =
  /^(smallint|integer|bigint|numeric|real|double|text|character|uuid|date|time|bytea|boolean|inet)/;

/** Whether = compares them as they are, so that an index can be used. */
function alike(one: ColumnEvidence | undefined, other: ColumnEvidence | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  if (integers.has(one.base) && integers.has(other.base)) return true;
  if (one.base !== other.base || one.typeKind !== other.typeKind) return false;
  return one.typeKind === 'enum' || (one.typeKind === 'base' && builtIn.test(one.base));
}

function countedSql({ parent, child }: WantedShape): string {
  const values = comparable(child, parent, 'c');
  const names = valueNames(values);
  const parents = comparable(parent, child, 'p');
  const joined = parents.map((value, at) => `${value} = children.v${at + 1}`).join(' and ');
  return [
    `with children as (select ${names.join(', ')}, count(*) as n from`,
    ` (select ${namedValues(values)} from ${fromTable(child.table)} c) as each`,
    ` where ${allThere(names)} group by ${names.join(', ')})`,
    ` select coalesce(n, 0) as n, count(*) as many from ${fromTable(parent.table)} p`,
    ` left join children on ${joined} where ${allThere(parents)} group by 1`,
  ].join('');
}

/** The planner is kept from counting all children by OFFSET 0: each parent asks for its own. */
function askedSql({ parent, child }: WantedShape, ways: SamplingWays): string {
  const sample = sampleClause(parent.table, parentsToAsk, ways);
  const parents = comparable(parent, child, 't');
  const names = valueNames(parents, 'p');
  const joined = comparable(child, parent, 'c')
    .map((value, at) => `${value} = ${names[at] ?? ''}`)
    .join(' and ');
  const where = [allThere(parents), ...(sample.where === '' ? [] : [sample.where])];
  return [
    `with p as (select ${namedValues(parents)} from ${sample.from} where ${where.join(' and ')})`,
    `, children as (select (select count(*) from ${fromTable(child.table)} c where ${joined}) as n`,
    ' from p offset 0)',
    ' select n, count(*) as many from children group by n',
  ].join('');
}
