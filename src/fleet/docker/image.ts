import type { Readable } from 'node:stream';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { type Engine, messageOf } from './engine.ts';

/** What docker/Dockerfile and docker/build-from-debian.sh build. */
export const ownImage = 'shardlab-postgres:local';
/** The version of docker/Dockerfile and of the embedded binaries; a test compares them. */
export const officialImage = 'postgres:18.4-bookworm';

const script = 'docker/build-from-debian.sh';

export interface Image {
  readonly name: string;
  /** First digits of its id. */
  readonly id: string;
  /**
   * Where to mount the data: the image's own volume, which would else be made without our labels.
   */
  readonly dataMount: string;
}

/** The image that is on the engine already: the asked one, else our own, else the official one. */
export async function localImage(engine: Engine, asked: string | null): Promise<Image | null> {
  for (const name of asked === null ? [ownImage, officialImage] : [asked]) {
    const image = await inspectImage(engine, name);
    if (image !== null) return image;
  }
  return null;
}

/**
 * An image on the engine, pulled if it is not there.
 * @throws {UserError} exit 3, naming the script that builds one, when it cannot be pulled
 */
export async function findImage(
  engine: Engine,
  asked: string | null,
  signal: AbortSignal,
): Promise<Image> {
  const local = await localImage(engine, asked);
  if (local !== null) return local;
  const name = asked ?? officialImage;
  try {
    await pull(engine, name, signal);
  } catch (cause) {
    throw new UserError(
      `there is no image ${asked ?? ownImage} here, and ${name} cannot be pulled: ` +
        messageOf(cause),
      {
        exitCode: exitCodes.unusable,
        hint:
          `sudo ${script} builds ${ownImage} from Debian packages; --fleet embedded needs no ` +
          'image',
        cause,
      },
    );
  }
  const pulled = await inspectImage(engine, name);
  if (pulled !== null) return pulled;
  throw new UserError(`${name} was pulled, but the engine does not have it`, {
    exitCode: exitCodes.unusable,
    hint: `docker pull ${name} says more`,
  });
}

async function inspectImage({ docker }: Engine, name: string): Promise<Image | null> {
  try {
    const { Id, Config } = await docker.getImage(name).inspect();
    const [declared] = Object.keys(Config.Volumes ?? {});
    const dataMount = declared ?? '/var/lib/shardlab';
    return { name, id: Id.replace('sha256:', '').slice(0, 12), dataMount };
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return null;
    throw error;
  }
}

/** testcontainers' own pull ends well even when the registry reports an error in the stream. */
async function pull({ docker }: Engine, name: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const stream = (await docker.pull(name)) as Readable;
  const stop = (): void => {
    stream.destroy(new Error('it took too long'));
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      stream.once('error', reject);
      docker.modem.followProgress(stream, (error: Error | null) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
