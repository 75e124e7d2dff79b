import type { Binding, Operation, Statement } from '../scenario/types.ts';

export type Routing = 'single-shard' | 'multi-shard' | 'scatter-gather';

/**
 * How an operation is routed by a shard key. A statement that fixes the key by equality goes to one
 * shard, by a list or a range to some, and one that does not fix it to all; an operation is as wide
 * as its widest statement. null is the baseline without a router, where all go to the one shard.
 */
export function classify(operation: Operation, keyColumn: string | null): Routing {
  if (keyColumn === null) return 'single-shard';
  const bindings = operation.statements.map((statement) => keyBinding(statement, keyColumn));
  if (bindings.includes(null)) return 'scatter-gather';
  if (bindings.some((binding) => binding?.by !== 'value')) return 'multi-shard';
  return bindsTwoRows(bindings) ? 'multi-shard' : 'single-shard';
}

/**
 * Whether one execution can write on several shards, and then is not atomic: a write that is not
 * single-shard, for it binds different key values, several of them, or none.
 */
export function canCrossShards(operation: Operation, keyColumn: string | null): boolean {
  return operation.kind === 'write' && classify(operation, keyColumn) !== 'single-shard';
}

/** The strongest way in which a statement fixes a column: value before list before range. */
export function keyBinding(statement: Statement, column: string): Binding | null {
  const own = statement.binds.filter((binding) => binding.column === column);
  for (const by of ['value', 'list', 'range'] as const) {
    const found = own.find((binding) => binding.by === by);
    if (found !== undefined) return found;
  }
  return null;
}

/** Some statements address the arrival's own row and some its second one. */
function bindsTwoRows(bindings: readonly (Binding | null)[]): boolean {
  return new Set(bindings.map((binding) => binding?.other)).size > 1;
}
