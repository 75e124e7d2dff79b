import { present } from '../../base/assert.ts';
import type { KeyType, RoutedKeyType } from '../../base/keys.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { definitionOf } from '../../router/build-router.ts';
import { topologiesOf } from '../../scenario/shard-counts.ts';
import { keyColumns, keyTypeOf } from '../../scenario/shard-key.ts';
import { keyColumnsOf, keyTypeOfColumn } from '../../scenario/tables/table-keys.ts';
import type { TableSet } from '../../scenario/table-types.ts';
import type { Scenario, Strategy } from '../../scenario/types.ts';
import { type LoadedScenario, routerSpec } from './load-scenario.ts';

/**
 * A UserError for settings of routers that do not fit the shard counts of the command line: those
 * of the scenario itself were checked when it was parsed.
 */
export function checkSettingsAt(loaded: Pick<LoadedScenario, 'scenario' | 'ownRouters'>): void {
  const { scenario } = loaded;
  const problems = scenario.strategies.flatMap((strategy) => {
    const { settings } = definitionOf(routerSpec(strategy, loaded));
    if (settings === undefined) return [];
    return topologiesOf(scenario.topology).flatMap((topology) => {
      const read = settings.read(strategy.settings, topology, keyType(strategy, scenario));
      const found = 'problems' in read ? read.problems : [];
      const at = `--shards: with ${topology.shardCount}, strategy ${strategy.name}`;
      return found.map((problem) => `${at}: ${problem}`);
    });
  });
  if (problems.length > 0) throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
}

function keyType({ key }: Strategy, { schema, tables, tenants }: Scenario): RoutedKeyType {
  if (tables !== undefined) return keyTypeOfTables(key, tables, tenants.idType);
  const [column, ...others] = keyColumns(key);
  if (others.length > 0) return 'composite';
  const found = schema.columns.find(({ name }) => name === column);
  return present(found && keyTypeOf(found.generator, tenants.idType), `type of ${key}`);
}

/** All tables with the key have columns of the same types. */
function keyTypeOfTables(key: string, tables: TableSet, idType: KeyType): RoutedKeyType {
  const { table, columns } = present(keyColumnsOf(tables, key)[0], `a table with ${key}`);
  const [column, ...others] = columns;
  if (others.length > 0) return 'composite';
  const type = keyTypeOfColumn(tables, table, column ?? '', idType);
  return present(type, `type of ${key}`);
}
