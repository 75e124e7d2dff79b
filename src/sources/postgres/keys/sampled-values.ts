import { distinctOf, pairsOf, quantilesOf, rowsOf } from './count-classes.ts';
import { distinctEstimate } from './distinct-estimate.ts';
import type { MeasuredValues } from './exact-values.ts';
import { allThere, type KeyTable, keyValues, namedValues, valueNames } from './key-table.ts';
import { type Measuring, statementMs } from './measuring.ts';
import { rateMixture, wholeValues } from './rate-mixture.ts';
import { type SampleClause, sampleClause } from './sample-clause.ts';
import { groupsSql, type ValueGroups, valueGroups } from './value-groups.ts';

/** From a sample of the table's rows; null where that did not work. */
export async function sampledValues(
  measuring: Measuring,
  place: KeyTable,
): Promise<MeasuredValues | null> {
  const sample = sampleClause(place.table, measuring.options.sampleRows, measuring.ways);
  const rows = await measuring.ask(place, sampleSql(place, sample), statementMs);
  if (rows === null) return null;
  const groups = valueGroups(rows);
  const looked = rowsOf(groups.classes) + (groups.totals.nulls ?? 0);
  // A table that is not empty was missed: nothing is known of it.
  if (looked === 0 && place.table.bytes.heap > 0) return null;
  measuring.read.sampledRows = (measuring.read.sampledRows ?? 0) + looked;
  const known = place.table.rows.basis !== 'none';
  return valuesOf(groups, {
    looked,
    rows: Math.max(looked, known ? place.table.rows.count : Math.round(looked / sample.share)),
    whole: sample.share >= 1,
  });
}

/**
 * Rows of a sample are grouped by value and page: pairs of rows on one page say little of pairs in
 * the table, for they were often inserted together.
 */
function sampleSql(place: KeyTable, sample: SampleClause): string {
  const values = keyValues(place);
  const names = valueNames(values);
  const page = sample.byPages
    ? `, t.tableoid::text || ((t.ctid::text::point)[0])::text as page`
    : '';
  const there = allThere(names);
  const where = sample.where === '' ? '' : ` where ${sample.where}`;
  const byPage = sample.byPages ? ', page' : '';
  const on = 'from counted where';
  const paired = 'select coalesce(sum(n * n), 0)';
  return groupsSql(
    [
      `drawn as (select ${namedValues(values)}${page} from ${sample.from}${where})`,
      `counted as (select ${names.join(', ')}${byPage}, count(*) as n` +
        ` from drawn group by ${names.join(', ')}${byPage})`,
      `groups as (select ${names.join(', ')}, sum(n) as n ${on} ${there}` +
        ` group by ${names.join(', ')})`,
    ],
    names.length,
    {
      nulls: `select coalesce(sum(n), 0) ${on} not (${there})`,
      ...(sample.byPages && {
        samePageAlike: `${paired} ${on} ${there}`,
        samePage: `${paired} from (select sum(n) as n ${on} ${there} group by page) as pages`,
      }),
    },
  );
}

interface Drawn {
  readonly looked: number;
  /** Of the table. */
  readonly rows: number;
  readonly whole: boolean;
}

function valuesOf(groups: ValueGroups, { looked, rows, whole }: Drawn): MeasuredValues {
  const { classes, top } = groups;
  const there = rowsOf(classes);
  const nullFraction = looked === 0 ? 0 : (groups.totals.nulls ?? 0) / looked;
  const rowsThere = Math.max(there, Math.round(rows * (1 - nullFraction)));
  const { distinct, doubtful } = distinctEstimate(classes, rowsThere);
  const taken = rowsThere === 0 ? 1 : there / rowsThere;
  const mixture = rateMixture(classes, Math.max(0, distinct - distinctOf(classes)), taken);
  // Of the values that were seen once all look alike: a few stand for them.
  const shown = top.filter(({ count }, at) => count > 1 || at < 5);
  const expected = (count: number): number => (whole ? count : mixture.expected(count));
  return {
    basis: whole ? 'exact' : 'sampled',
    rows,
    looked,
    distinct,
    distinctDoubtful: doubtful,
    nullFraction,
    top: shown.map(({ value, count }) => ({ value, share: expected(count) / there })),
    sumOfSquares: squares(groups, there, rowsThere),
    rowsPerValue: doubtful
      ? []
      : quantilesOf(whole ? classes : wholeValues(mixture.classes)).map((rate) =>
          whole ? rate : Math.max(1, rate / taken),
        ),
  };
}

/**
 * Sum of squared shares of the table, without bias: the share of alike pairs among pairs of drawn
 * rows on different pages stands for that among all pairs of rows; each row is also its own pair.
 */
function squares({ classes, totals }: ValueGroups, there: number, rows: number): number {
  if (rows === 0) return 0;
  const { samePageAlike = there, samePage = there } = totals;
  const pairs = there ** 2 - samePage;
  const alike = pairsOf(classes) + there - samePageAlike;
  return pairs <= 0 ? 1 / rows : ((alike / pairs) * (rows - 1) + 1) / rows;
}
