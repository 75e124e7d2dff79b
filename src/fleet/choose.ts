import { connectEngine, messageOf } from './docker/engine.ts';
import { dockerFleet } from './docker/fleet.ts';
import { findImage, localImage } from './docker/image.ts';
import { dockerOptions } from './docker/options.ts';
import { embeddedFleet } from './embedded/fleet.ts';
import type { FleetName } from './names.ts';
import type { Fleet } from './types.ts';
import { urlsFleet } from './urls/fleet.ts';
import { shardUrls } from './urls/shard-urls.ts';

export interface FleetWish {
  /** What --fleet says; null when it is left out. */
  readonly asked: FleetName | null;
  /** Connection URLs of the scenario; empty when it has none. */
  readonly urls: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface ChosenFleet {
  readonly fleet: Fleet;
  /** Why this one, as the end of a sentence: `docker: Docker 28.2.2 answers and has ...`. */
  readonly why: string;
}

const pullTimeoutMs = 60_000;

/**
 * The fleet that is asked for, else docker if an engine answers and an image is at hand or pulled
 * within 60 s, else embedded. The user's own servers are written to only when that is asked for.
 * @throws {UserError} for wrong URLs or settings; a missing engine that was asked for shows at its
 *   start
 */
export async function chooseFleet(wish: FleetWish, signal: AbortSignal): Promise<ChosenFleet> {
  const { asked, urls, environment } = wish;
  switch (asked) {
    case 'docker':
      return { fleet: dockerFleet(dockerOptions(environment)), why: 'asked for' };
    case 'embedded':
      return { fleet: embeddedFleet, why: 'asked for' };
    case 'urls':
      return { fleet: urlsFleet(shardUrls(urls, environment)), why: 'asked for' };
    case null:
      return defaultFleet(environment, signal);
  }
}

async function defaultFleet(
  environment: FleetWish['environment'],
  signal: AbortSignal,
): Promise<ChosenFleet> {
  const options = dockerOptions(environment);
  try {
    const engine = await connectEngine();
    const here = await localImage(engine, options.image);
    const limited = AbortSignal.any([signal, AbortSignal.timeout(pullTimeoutMs)]);
    const image = here ?? (await findImage(engine, options.image, limited));
    const how = here === null ? 'was pulled' : 'is there';
    return {
      fleet: dockerFleet({ ...options, image: image.name }),
      why: `${engine.name} answers and ${image.name} ${how}`,
    };
  } catch (error) {
    signal.throwIfAborted();
    // Whatever is wrong with an engine that nobody asked for: there is another way.
    return { fleet: embeddedFleet, why: messageOf(error) };
  }
}
