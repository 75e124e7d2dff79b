// proc(5): /proc/<pid>/comm and /proc/<pid>/cmdline; docker-proxy is what dockerd starts for a
// published port, with the port behind -host-port.
import { readdir, readFile } from 'node:fs/promises';

const proxyName = 'docker-proxy';

/** The port of the host that a docker-proxy listens on; null of any other command line. */
export function proxiedPort(commandLine: string): number | null {
  const parts = commandLine.split('\0');
  const at = parts.indexOf('-host-port');
  const port = Number(parts[at + 1] ?? '');
  return parts[0]?.endsWith(proxyName) === true && at > 0 && port > 0 ? port : null;
}

/**
 * Processes that carry the bytes of these ports between this machine and its containers: their work
 * is that of the shards, though they are no part of a container. None where there is no /proc, or
 * where the engine forwards ports in the kernel.
 */
export async function proxiesOf(ports: ReadonlySet<number>): Promise<readonly number[]> {
  const names = await readdir('/proc').catch(() => []);
  const found = await Promise.all(
    names.map(async (name) => {
      if (!/^\d+$/.test(name)) return [];
      if ((await textOf(`/proc/${name}/comm`)).trim() !== proxyName) return [];
      const port = proxiedPort(await textOf(`/proc/${name}/cmdline`));
      return port !== null && ports.has(port) ? [Number(name)] : [];
    }),
  );
  return found.flat();
}

/** '' of a process that has ended. */
const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
