import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A port that is free at this moment. It is chosen here and not by the engine because a container
 * that is started again (after a fault) must be found where it was.
 * @param local whether the engine publishes on this machine; elsewhere a port can only be guessed
 */
export async function freePort(local: boolean): Promise<number> {
  if (!local) return randomInt(20_000, 32_000);
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise<void>((resolve) => {
    probe.close(() => resolve());
  });
  if (address === null || typeof address === 'string') throw new Error('no port was assigned');
  return address.port;
}
