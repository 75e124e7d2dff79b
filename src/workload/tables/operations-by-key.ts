import { present } from '../../base/assert.ts';
import type { Layout } from '../../scenario/layout-types.ts';
import type { Operation } from '../../scenario/types.ts';

/** Operations that say how they fare under each shard key. */
export function operationsByKey(
  operations: readonly Operation[],
  layouts: ReadonlyMap<string, Layout>,
): Operation[] {
  return operations.map((operation, index) => ({
    ...operation,
    byKey: new Map(
      [...layouts].map(([key, layout]) => [
        key,
        present(layout.operations[index], `layout of ${operation.name} by ${key}`),
      ]),
    ),
  }));
}
