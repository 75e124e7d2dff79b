import { present } from '../../base/assert.ts';
import type { RoutedKeyType } from '../../base/keys.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { definitionOf } from '../../router/build-router.ts';
import { topologiesOf } from '../../scenario/shard-counts.ts';
import { keyColumns, keyTypeOf } from '../../scenario/shard-key.ts';
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

function keyType({ key }: Strategy, { schema, tenants }: Scenario): RoutedKeyType {
  const [column, ...others] = keyColumns(key);
  if (others.length > 0) return 'composite';
  const found = schema.columns.find(({ name }) => name === column);
  return present(found && keyTypeOf(found.generator, tenants.idType), `type of ${key}`);
}
