import { dirname, resolve } from 'node:path';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { mapOf } from '../../growth/present-placement.ts';
import { readUserFile } from '../../host/files.ts';
import type { Strategy } from '../../scenario/types.ts';
import { parseShardMap } from '../../workload/shard-map.ts';
import { decodeTenantFile } from '../../workload/text-file.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import { isTenantKey } from '../../workload/tenant-key.ts';

/**
 * The shard of each tenant by the map of growth.present, whose path is relative to the scenario;
 * null where it names none. A UserError says everything that is wrong with the file.
 */
export async function presentMap({
  loaded: { scenario, workload },
  path: scenarioPath,
  strategies,
}: {
  readonly loaded: Pick<LoadedScenario, 'scenario' | 'workload'>;
  readonly path: string;
  readonly strategies: readonly Strategy[];
}): Promise<Uint32Array | null> {
  const map = mapOf(scenario.growth);
  if (map === null) return null;
  if (!strategies.some(({ key }) => isTenantKey(workload, key))) {
    throw new UserError(
      `${scenarioPath}: growth.present: ${map.file} gives the shards of tenants, but no strategy ` +
        'is sharded by the tenant',
      { exitCode: exitCodes.usage, hint: 'Leave growth.present out, or add such a strategy.' },
    );
  }
  const path = resolve(dirname(scenarioPath), map.file);
  const text = decodeTenantFile(await readUserFile(path, 'shard map'), path);
  return parseShardMap(text, path, map, {
    ids: workload.tenants.ids,
    idType: scenario.tenants.idType,
    weights: scenario.topology.weights,
  });
}
