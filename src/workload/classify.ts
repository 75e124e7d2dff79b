import { present } from '../base/assert.ts';
import type { Fate, OperationLayout } from '../scenario/layout-types.ts';
import { keyBits, keyColumns } from '../scenario/shard-key.ts';
import type { Binding, Operation, Statement } from '../scenario/types.ts';

export type Routing = 'single-shard' | 'multi-shard' | 'scatter-gather';

/**
 * How an operation is routed by a shard key. A statement that fixes the key by equality goes to one
 * shard, by a list or a range to some, and one that does not fix it to all; an operation is as wide
 * as its widest statement. null is the baseline without a router, where all go to the one shard.
 * `splitBy` is the second column where values of the key are split: without it, an operation goes
 * to several shards whenever it meets one of these.
 */
export function classify(
  operation: Operation,
  keyColumn: string | null,
  splitBy: string | null = null,
): Routing {
  if (keyColumn === null) return 'single-shard';
  if (operation.script !== undefined) return routingByFate[layoutUnder(operation, keyColumn).fate];
  const bindings = operation.statements.map((statement) => keyBinding(statement, keyColumn));
  if (bindings.includes(null)) return 'scatter-gather';
  if (bindings.some((binding) => binding?.by !== 'value')) return 'multi-shard';
  const oneRow = operation.statements.every(
    (statement, i) => splitBy === null || rowsNamed(statement, bindings[i] ?? null, splitBy) === 1,
  );
  if (!oneRow) return 'multi-shard';
  return bindsTwoRows(bindings) ? 'multi-shard' : 'single-shard';
}

/** Where an operation with a script goes by a shard key; `single` is the baseline. */
function layoutUnder({ name, byKey }: Operation, keyName: string): OperationLayout {
  return present(byKey?.get(keyName), `layout of ${name} by ${keyName}`);
}

/** One that is not run asks no shard, and one that any shard can answer asks one. */
const routingByFate: Readonly<Record<Fate, Routing>> = {
  single: 'single-shard',
  multi: 'multi-shard',
  scatter: 'scatter-gather',
  reference: 'single-shard',
  notRunnable: 'single-shard',
};

/**
 * Whether one execution can write on several shards, and then is not atomic: a write that is not
 * single-shard, for it binds different key values, several of them, or none.
 */
export function canCrossShards(
  operation: Operation,
  keyColumn: string | null,
  splitBy: string | null = null,
): boolean {
  return operation.kind === 'write' && classify(operation, keyColumn, splitBy) !== 'single-shard';
}

/**
 * The strongest way in which a statement fixes a shard key: value before list before range. A key
 * of several columns is fixed only where all of them are, by equality and of one row: from a list
 * or a range of one column, or from a part of the key, no shard follows.
 */
export function keyBinding(statement: Statement, key: string): Binding | null {
  const columns = keyColumns(key);
  const [first] = columns;
  if (columns.length === 1 && first !== undefined) {
    const binding = columnBinding(statement, first);
    if (keyBits(key) === null || binding === null) return binding;
    // Neighbouring integers have any bits.
    return binding.by === 'range' ? null : binding;
  }
  for (const other of [false, true]) {
    const isFixed = (column: string): boolean =>
      statement.binds.some((b) => b.column === column && b.by === 'value' && b.other === other);
    if (columns.every(isFixed)) return { column: key, by: 'value', count: 1, other };
  }
  return null;
}

function columnBinding(statement: Statement, column: string): Binding | null {
  const own = statement.binds.filter((binding) => binding.column === column);
  for (const by of ['value', 'list', 'range'] as const) {
    const found = own.find((binding) => binding.by === by);
    if (found !== undefined) return found;
  }
  return null;
}

/**
 * Rows that a statement names of a split value that it fixes: 1 is the row itself, more are those
 * of a list, and 0 means that it reaches into all pieces, as it does not say which rows.
 */
export function rowsNamed(statement: Statement, key: Binding | null, by: string): number {
  const second = keyBinding(statement, by);
  if (key?.by !== 'value' || second === null || second.other !== key.other) return 0;
  if (second.by === 'range') return 0;
  return second.by === 'value' ? 1 : second.count;
}

/** Some statements address the arrival's own row and some its second one. */
function bindsTwoRows(bindings: readonly (Binding | null)[]): boolean {
  return new Set(bindings.map((binding) => binding?.other)).size > 1;
}
