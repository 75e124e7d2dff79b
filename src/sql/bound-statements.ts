import type { NamedKey, TableSet } from '../scenario/table-types.ts';
import type { Operation } from '../scenario/types.ts';
import { layoutsOf } from './layouts.ts';
import type { StatementReader } from './sql-reader.ts';

/**
 * Of each statement of the operation's own script, whether it goes by values of the key; undefined
 * where it cannot run by that key.
 */
export function boundStatements(
  set: TableSet,
  { name, kind, weight, script }: Operation,
  key: NamedKey,
  reader: StatementReader,
): readonly (boolean | undefined)[] {
  // Its way round may be what runs by this key.
  const own = { name, kind, weight, statements: [], ...(script && { script }) };
  const layouts = layoutsOf({
    set: { ...set, keys: [key] },
    operations: [own],
    strategies: [{ key: key.name }],
    tenants: 1,
    reader,
  });
  const statements = layouts.get(key.name)?.operations[0]?.statements ?? [];
  return statements.map(({ route }) => {
    if (route.to === 'nowhere') return undefined;
    return (route.to === 'keys' || route.to === 'range') && route.router === 'main';
  });
}
