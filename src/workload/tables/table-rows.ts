import { present } from '../../base/assert.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { rngFrom } from '../../base/rng.ts';
import { allSteps, type Steps, within } from '../../base/steps.ts';
import { UserError } from '../../base/user-error.ts';
import type { Table, TableSet } from '../../scenario/table-types.ts';
import { interleavedSteps, maxRows } from '../rows.ts';
import type { LoadedTable, Tenants } from '../types.ts';
import { expectedRows, expectedTableRows, rowCounts } from './row-counts.ts';

/**
 * The rows of all tables, parents first. Tables that hang on tenants are interleaved in the order
 * of time, as the one table of the short form is; the children of a row follow one another, in the
 * order of their parents. Each table's rows follow from the seed, its own name and its parents.
 */
export function buildTableRows(set: TableSet, tenants: Tenants, seed: number): LoadedTable[] {
  return allSteps(tableRowSteps(set, tenants, seed));
}

/** The same in pieces. */
export function* tableRowSteps(
  set: TableSet,
  tenants: Tenants,
  seed: number,
): Steps<LoadedTable[]> {
  const expected = expectedTableRows(set, tenants.count);
  const total = expected.reduce((sum, count) => sum + count, 0);
  const loaded = new Map<string, LoadedTable>();
  let done = 0;
  for (const [i, table] of set.tables.entries()) {
    const next = done + (expected[i] ?? 0);
    const steps = stepsOf(table, tenants, seed, loaded);
    const share = Math.max(1, total);
    loaded.set(table.name, yield* within(steps, done / share, next / share));
    done = next;
    yield done / share;
  }
  return [...loaded.values()];
}

function* stepsOf(
  table: Table,
  tenants: Tenants,
  seed: number,
  loaded: ReadonlyMap<string, LoadedTable>,
): Steps<LoadedTable> {
  const { name, per, rows } = table;
  const parent =
    per?.kind === 'table' ? present(loaded.get(per.table), `rows of ${per.table}`) : null;
  const owners = per === null ? 1 : (parent?.count ?? tenants.count);
  // Before so many are counted one by one, which takes memory.
  checkCount(name, expectedRows(rows, owners));
  const tenantOf = parent !== null && hasOneEach(parent, tenants) ? parent.tenantOf : null;
  const counts = rowCounts(table, owners, tenants, seed, tenantOf);
  const count = counts.reduce((total, own) => total + own, 0);
  checkCount(name, count);
  if (per === null) return { count, tenantOf: null, parentOf: null, starts: null, order: null };
  if (parent !== null) return yield* childSteps(counts, count, parent);
  const own = yield* interleavedSteps(counts, count, rngFrom(seed, `rows/${name}`));
  return { count, parentOf: null, ...own };
}

/** Whether it hangs on tenants and has one row of each. */
function hasOneEach({ count, starts, parentOf }: LoadedTable, tenants: Tenants): boolean {
  if (parentOf !== null || starts === null || count !== tenants.count) return false;
  return starts.every((start, tenant) => start === tenant);
}

const parentsInPiece = 2 ** 17;

function* childSteps(counts: Uint32Array, count: number, parent: LoadedTable): Steps<LoadedTable> {
  const parentOf = new Uint32Array(count);
  const tenantOf = parent.tenantOf === null ? null : new Uint32Array(count);
  const starts = new Uint32Array(parent.count + 1);
  for (let first = 0; first < parent.count; first += parentsInPiece) {
    const end = Math.min(parent.count, first + parentsInPiece);
    fillChildren(counts, first, end, starts, parentOf);
    if (tenantOf !== null && parent.tenantOf !== null) {
      for (let row = starts[first] ?? 0; row < (starts[end] ?? 0); row += 1) {
        tenantOf[row] = parent.tenantOf[parentOf[row] ?? 0] ?? 0;
      }
    }
    yield end / parent.count;
  }
  return { count, tenantOf, parentOf, starts, order: null };
}

/** The children of parents from `first` to before `end`, whose own start is known. */
function fillChildren(
  counts: Uint32Array,
  first: number,
  end: number,
  starts: Uint32Array,
  parentOf: Uint32Array,
): void {
  let at = starts[first] ?? 0;
  for (let owner = first; owner < end; owner += 1) {
    const next = at + (counts[owner] ?? 0);
    // A call to `fill` costs more than the few children that a row mostly has.
    for (; at < next; at += 1) parentOf[at] = owner;
    starts[owner + 1] = next;
  }
}

function checkCount(name: string, count: number): void {
  if (count <= maxRows) return;
  throw new UserError(
    `table ${name} would have ${Math.round(count)} rows; at most ${maxRows} can be numbered`,
    { exitCode: exitCodes.usage, hint: 'give it or the tables above it fewer rows' },
  );
}
