import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { DockerOptions } from './fleet.ts';

const image = 'SHARDLAB_POSTGRES_IMAGE';
const storage = 'SHARDLAB_DOCKER_STORAGE';

/** @throws {UserError} exit 2, for a storage that does not exist */
export function dockerOptions(
  environment: Readonly<Record<string, string | undefined>>,
): DockerOptions {
  const asked = environment[storage] ?? 'volume';
  if (asked !== 'volume' && asked !== 'tmpfs') {
    throw new UserError(`${storage}: found "${asked}"; allowed: volume, tmpfs`, {
      exitCode: exitCodes.usage,
    });
  }
  const name = environment[image] ?? '';
  return { image: name === '' ? null : name, storage: asked };
}
