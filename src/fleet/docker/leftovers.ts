import { connectEngine, type Docker, type Engine } from './engine.ts';
import { ownerIsGone } from '../owner.ts';
import { ownerLabel, runLabel } from './labels.ts';

export interface Removed {
  readonly containers: number;
  readonly volumes: number;
  /** Containers of runs that go on, or were started on another machine. */
  readonly kept: number;
}

interface Labelled {
  readonly Labels?: Readonly<Record<string, string>> | null;
}

/**
 * Removes the containers and volumes of runs whose process has ended (kill -9, power cut).
 * @throws {UserError} exit 3, when no engine answers
 */
export async function removeLeftovers(found?: Engine): Promise<Removed> {
  const { docker } = found ?? (await connectEngine());
  return removeWhere(docker, runLabel, ({ Labels }) => ownerIsGone(Labels?.[ownerLabel]));
}

/** Removes everything of one run, whoever started it. */
export function removeRun(docker: Docker, run: string): Promise<Removed> {
  return removeWhere(docker, `${runLabel}=${run}`, () => true);
}

async function removeWhere(
  docker: Docker,
  label: string,
  condition: (labelled: Labelled) => boolean,
): Promise<Removed> {
  const filters = { label: [label] };
  const all = await docker.listContainers({ all: true, filters });
  const containers = all.filter((each) => condition(each));
  await Promise.all(containers.map(({ Id }) => removeContainer(docker, Id)));
  // Volumes go with their containers; those that are left lost theirs in another way.
  const { Volumes } = await docker.listVolumes({ filters: { label: [label] } });
  const volumes = (Volumes ?? []).filter((each) => condition(each));
  const removed = await Promise.all(volumes.map(({ Name }) => removeVolume(docker, Name)));
  return {
    containers: containers.length,
    volumes: removed.filter(Boolean).length,
    kept: all.length - containers.length,
  };
}

/** Ends a container and removes it with its volumes; one that is gone already is fine. */
export async function removeContainer(docker: Docker, id: string): Promise<void> {
  try {
    await docker.getContainer(id).remove({ force: true, v: true });
  } catch (error) {
    // 404: it is gone. 409: somebody else is removing it; the end of that is awaited.
    const { statusCode } = error as { statusCode?: number };
    if (statusCode === 404) return;
    if (statusCode !== 409) throw error;
    await docker
      .getContainer(id)
      .wait({ condition: 'removed' })
      .catch((gone: { statusCode?: number }) => {
        if (gone.statusCode !== 404) throw gone;
      });
  }
}

async function removeVolume(docker: Docker, name: string): Promise<boolean> {
  try {
    await docker.getVolume(name).remove();
    return true;
  } catch (error) {
    // 404: it is gone. 409: a container that was kept uses it.
    if ([404, 409].includes((error as { statusCode?: number }).statusCode ?? 0)) return false;
    throw error;
  }
}
