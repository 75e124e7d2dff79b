import type { ChildShape } from '../../../profile/evidence.ts';
import { type CountClass, distinctOf, quantilesOf, rowsOf } from './count-classes.ts';
import { allThere, keyValues, namedValues, valueNames } from './key-table.ts';
import { type Measuring, statementMs } from './measuring.ts';
import { rateMixture, wholeValues } from './rate-mixture.ts';
import { sampleClause } from './sample-clause.ts';
import type { WantedShape } from './wanted-shapes.ts';

/**
 * Children a parent from a sample of the children: without an index nothing leads from parents to
 * them. The counts of the sample are freed of its luck, as far as that goes: the share of parents
 * without children is a guess where the sample is thin.
 */
export async function shapeOfChildren(
  measuring: Measuring,
  { parent, child }: WantedShape,
): Promise<ChildShape | null> {
  const sample = sampleClause(child.table, measuring.options.sampleRows, measuring.ways);
  const values = keyValues(child);
  const names = valueNames(values).join(', ');
  const where = [allThere(values), ...(sample.where === '' ? [] : [sample.where])];
  const rows = await measuring.ask(
    child,
    `with drawn as (select ${namedValues(values)} from ${sample.from}` +
      ` where ${where.join(' and ')})` +
      `, children as (select ${names}, count(*) as n from drawn group by ${names})` +
      ' select n, count(*) as many from children group by n',
    statementMs,
    true,
  );
  if (rows === null) return null;
  const classes = rows.map(({ n, many }) => ({ count: Number(n), values: Number(many) }));
  const seen = distinctOf(classes);
  const parents = Math.max(seen, parent.table.rows.count);
  if (parents === 0) return null;
  const whole = parentsOf(classes, parents, sample.share);
  const childless = whole.reduce(
    (sum, { count, values: many }) => sum + (count === 0 ? many : 0),
    0,
  );
  return {
    parent: parent.table.name,
    child: child.table.name,
    columns: child.columns.map(({ name }) => name),
    basis: 'sampled',
    parents,
    childless: childless / Math.max(1, distinctOf(whole)),
    mean: rowsOf(classes) / sample.share / parents,
    quantiles: quantilesOf(whole),
  };
}

/** Parents by their children in the table, those without any included. */
function parentsOf(classes: readonly CountClass[], parents: number, share: number): CountClass[] {
  const without = parents - distinctOf(classes);
  if (share >= 1) return [...classes, { count: 0, values: without }];
  // Far below one child: a parent without any.
  const { classes: mixed } = rateMixture(classes, without, share / 100);
  return wholeValues(mixed).map(({ count, values }) => ({
    count: count < share / 2 ? 0 : Math.max(1, count / share),
    values,
  }));
}
