import { tmpdir } from 'node:os';
import { UserError } from '../base/user-error.ts';
import type { FleetName } from './names.ts';
import { type Glance, glanceAtEngine } from './docker/glance.ts';
import { checkEngineDisk, checkLimits } from './docker/limits.ts';
import { dockerOptions } from './docker/options.ts';
import { checkSpace } from './embedded/space.ts';
import type { FleetRequest } from './types.ts';

/** Where a run would most likely put its shards, and what it would then refuse. */
export interface Room {
  readonly fleet: FleetName;
  /** null: as far as can be seen without starting anything, they fit. */
  readonly problem: UserError | null;
}

const glanceMs = 500;

/** Looks whether shards fit their machine, without starting, pulling or writing anything. */
export async function roomFor(
  request: FleetRequest,
  asked: FleetName | null,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Room> {
  if (asked === 'urls') return { fleet: asked, problem: null };
  const engine = asked === 'embedded' ? null : await glanceAtEngine(environment, glanceMs);
  const fleet = asked ?? (engine === null ? 'embedded' : 'docker');
  try {
    if (fleet === 'embedded') await checkSpace(request, tmpdir());
    else if (engine !== null) await checkEngine(request, engine, environment);
    return { fleet, problem: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { fleet, problem: error };
  }
}

async function checkEngine(
  request: FleetRequest,
  engine: Glance,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  checkLimits(request, engine);
  await checkEngineDisk(request, engine, dockerOptions(environment).storage);
}
