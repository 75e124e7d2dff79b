import type { CandidateCharacteristics } from '../../result/characteristics-document.ts';
import type { CandidateKey, KeyValues, SchemaEvidence } from '../evidence.ts';
import { byText } from '../keys/key-columns.ts';

export type Basis = CandidateCharacteristics['basis'];

/** How the rows of a key's tables spread over its values. */
export interface KeyDistribution {
  readonly rows: number;
  /** One for each table whose rows were looked at. */
  readonly tables: readonly KeyValues[];
  /** That with the most rows: shares are of its rows. undefined: none was looked at. */
  readonly largest: KeyValues | undefined;
  readonly distinct: number;
  readonly distinctDoubtful: boolean;
  readonly nullFraction: number;
  readonly basis: Basis;
}

export function keyDistribution(
  { key, columns }: CandidateKey,
  values: readonly KeyValues[],
  schema: SchemaEvidence,
): KeyDistribution {
  const own = values.filter((each) => each.key === key);
  const tables = columns.flatMap(({ table }) => bestOf(own.filter((each) => each.table === table)));
  const largest = tables.toSorted(byRows)[0];
  const looked = new Map(tables.map((each) => [each.table, each.rows]));
  const counts = new Map(schema.tables.map(({ name, rows }) => [name, rows.count]));
  const rows = columns.reduce(
    (sum, { table }) => sum + (looked.get(table) ?? counts.get(table) ?? 0),
    0,
  );
  const most = tables.toSorted((one, other) => other.distinct - one.distinct)[0];
  return {
    rows,
    tables,
    largest,
    distinct: most?.distinct ?? 0,
    distinctDoubtful: most?.distinctDoubtful ?? true,
    nullFraction: nullFractionOf(tables),
    basis: worstBasis(tables),
  };
}

/** From worst to best. */
const bases: readonly Basis[] = ['estimated', 'sampled', 'exact'];

/** Several sources may have looked at a table. */
const bestOf = (values: readonly KeyValues[]): readonly KeyValues[] =>
  values
    .toSorted(
      (one, other) =>
        bases.indexOf(other.basis) - bases.indexOf(one.basis) || other.looked - one.looked,
    )
    .slice(0, 1);

function byRows(one: KeyValues, other: KeyValues): number {
  return (
    filled(other) - filled(one) || other.distinct - one.distinct || byText(one.table, other.table)
  );
}

/** Rows that have a value. */
const filled = ({ rows, nullFraction }: KeyValues): number => rows * (1 - nullFraction);

/** Of the rows of all tables together. */
function nullFractionOf(tables: readonly KeyValues[]): number {
  const rows = tables.reduce((sum, each) => sum + each.rows, 0);
  const nulls = tables.reduce((sum, each) => sum + each.rows * each.nullFraction, 0);
  return rows === 0 ? 0 : nulls / rows;
}

const worstBasis = (tables: readonly KeyValues[]): Basis =>
  bases.find((basis) => tables.some((each) => each.basis === basis)) ?? 'estimated';

/** 1 / x, where x is a share that was seen. */
export const inverse = (share: number | undefined | null): number | null =>
  share === undefined || share === null || !(share > 0) ? null : 1 / share;
