import { keyColumns } from '../scenario/shard-key.ts';
import type { Operation } from '../scenario/types.ts';
import { classify } from '../workload/classify.ts';
import { keyKinds } from '../workload/key-column.ts';
import type { Workload } from '../workload/types.ts';

/** A second column to split values of a shard key by. */
export interface SplitColumn {
  readonly name: string;
  /** Share of the operations that stay on one shard by the key alone, and by both columns. */
  readonly singleBefore: number;
  readonly singleAfter: number;
}

/**
 * The column by which splitting sends the fewest operations to several shards: the one that most of
 * the load names beside the key. Only columns that every insert fixes will do; null where there is
 * none, or the column is drawn from too few values to tell rows apart (a choice).
 */
export function splitColumn(workload: Workload, keyName: string): SplitColumn | null {
  const { operations } = workload;
  const columns = workload.columns.filter(
    ({ name, generator }) =>
      keyKinds.includes(generator.kind) &&
      generator.kind !== 'choice' &&
      generator.kind !== 'tenant' &&
      !keyColumns(keyName).includes(name) &&
      insertsBind(operations, name),
  );
  const singleBefore = singleShare(operations, keyName, null);
  const found = columns
    .map(({ name }) => ({
      name,
      singleBefore,
      singleAfter: singleShare(operations, keyName, name),
    }))
    .toSorted((a, b) => b.singleAfter - a.singleAfter);
  return found[0] ?? null;
}

function insertsBind(operations: readonly Operation[], column: string): boolean {
  return operations.every(({ statements }) =>
    statements
      .filter(({ insert }) => insert)
      .every(({ binds }) => binds.some((each) => each.column === column)),
  );
}

function singleShare(
  operations: readonly Operation[],
  keyName: string,
  splitBy: string | null,
): number {
  const total = operations.reduce((sum, { weight }) => sum + weight, 0);
  const single = operations.filter(
    (operation) => classify(operation, keyName, splitBy) === 'single-shard',
  );
  return single.reduce((sum, { weight }) => sum + weight, 0) / total;
}
