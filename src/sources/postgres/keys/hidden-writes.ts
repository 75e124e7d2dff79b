import { type CountClass, pairsOf, rowsOf } from './count-classes.ts';

/** Of the rows of a table that transactions have left, so many updates hide some of them. */
const updatesMost = 0.2;
/** Fewer transactions say less than many of which some are hidden. */
const countedLeast = 100;
/** Standard errors: as some of the writes are hidden for certain, less than a proof will do. */
const errorsMost = 1;

/**
 * Where rows are updated again and again, those of the busiest values are so most of all: what is
 * left makes the load look more even than it is. Tables to which rows are added say more.
 *
 * @param updated rows, as the database has counted them
 * @param left rows of versions that are there, bulk loads aside
 */
export const hidesWrites = (updated: number, left: number): boolean => updated > updatesMost * left;

/**
 * Whether the writes of some tables, which hide few, are more uneven than those of all by more than
 * luck: else all of them are the better ones, for they are more.
 */
export function isClearlyMoreUneven(
  some: readonly CountClass[],
  all: readonly CountClass[],
): boolean {
  if (rowsOf(some) < countedLeast) return false;
  const { squares, error } = unevenness(some);
  return squares - unevenness(all).squares > errorsMost * error;
}

/** The unbiased sum of the squares of the shares behind counts, with its standard error. */
function unevenness(classes: readonly CountClass[]): {
  readonly squares: number;
  readonly error: number;
} {
  const counted = rowsOf(classes);
  if (counted < 2) return { squares: 0, error: Number.POSITIVE_INFINITY };
  const squares = pairsOf(classes) / (counted * (counted - 1));
  const cubes = classes.reduce(
    (sum, { count, values }) => sum + values * (count / counted) ** 3,
    0,
  );
  const variance = (4 * Math.max(0, cubes - squares ** 2)) / counted + (2 * squares) / counted ** 2;
  return { squares, error: Math.sqrt(variance) };
}
