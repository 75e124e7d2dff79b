import type { ShardAddress } from '../../base/shard-address.ts';
import { ScriptTarget } from '../../postgres/script/script-target.ts';
import { PostgresTarget, type PostgresTargetOptions } from '../../postgres/target.ts';
import type { CellTables } from '../../traffic/tables/cell-tables.ts';
import type { Workload } from '../../workload/types.ts';

/** Where the queries of a cell on real shards go. */
export type CellTarget = PostgresTarget | ScriptTarget;

/** `tables` is null in the short form of one table. */
export function cellTarget(
  workload: Workload,
  tables: CellTables | null,
  addresses: readonly ShardAddress[],
  options: PostgresTargetOptions,
): CellTarget {
  return tables === null
    ? new PostgresTarget(workload, addresses, options)
    : new ScriptTarget(workload, tables, addresses, options);
}

/** A phase may have routes of its own. */
export function follow(target: CellTarget, tables: CellTables | null): void {
  if (target instanceof ScriptTarget && tables !== null) target.follow(tables.trace());
}
