import type { Engine } from './engine.ts';

/** What testcontainers 12.2.0 uses when RYUK_CONTAINER_IMAGE is not set. */
const ryuk = 'testcontainers/ryuk:0.14.0';

/**
 * Whether testcontainers' reaper (Ryuk) can watch too. It adds what our watchdog cannot do: it
 * outlives this machine when the engine is another one. It is never pulled, so that shards start
 * without a registry.
 */
export async function hasReaper({ docker }: Engine): Promise<boolean> {
  if (process.env['TESTCONTAINERS_RYUK_DISABLED'] === 'true') return false;
  try {
    await docker.getImage(process.env['RYUK_CONTAINER_IMAGE'] ?? ryuk).inspect();
    return true;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return false;
    throw error;
  }
}
