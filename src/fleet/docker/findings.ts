import { UserError } from '../../base/user-error.ts';
import { connectEngine, type Engine, messageOf } from './engine.ts';
import { localImage, officialImage, ownImage } from './image.ts';
import { bytes } from '../../wording/format.ts';

/** One line of `doctor`. */
export interface Finding {
  readonly what: string;
  readonly found: string;
  /** What to do about it; null where all is well. */
  readonly remedy: string | null;
  /** Whether shardlab can run at all without it. */
  readonly vital: boolean;
}

const optional = { vital: false } as const;

/**
 * Engine and image, for `doctor`. Nothing is pulled or started.
 * @param image the asked image, null for the usual ones
 */
export async function dockerFindings(image: string | null): Promise<readonly Finding[]> {
  let engine: Engine;
  try {
    engine = await connectEngine();
  } catch (error) {
    const remedy = (error instanceof UserError ? error.hint : undefined) ?? 'see docker info';
    return [{ what: 'Docker engine', found: messageOf(error), remedy, ...optional }];
  }
  return [engineFinding(engine), await imageFinding(engine, image)];
}

function engineFinding(engine: Engine): Finding {
  const { name, cores, memoryBytes, local, host, canLimitCpu } = engine;
  const where = local ? 'this machine' : host;
  return {
    what: 'Docker engine',
    found: `${name} on ${where}: ${cores} cores, ${bytes(memoryBytes)}`,
    remedy: canLimitCpu
      ? null
      : 'it cannot limit the CPU of containers: leave topology.quota out, or use another engine',
    ...optional,
  };
}

async function imageFinding(engine: Engine, asked: string | null): Promise<Finding> {
  const what = 'shard image';
  const image = await localImage(engine, asked);
  if (image !== null) {
    return { what, found: `${image.name} (${image.id})`, remedy: null, ...optional };
  }
  return {
    what,
    found: `${asked ?? `${ownImage} or ${officialImage}`} is not here yet; a run pulls it`,
    remedy:
      `docker build -t ${ownImage} docker, or without a registry: sudo ` +
      'docker/build-from-debian.sh',
    ...optional,
  };
}
