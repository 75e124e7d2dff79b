import { request } from 'node:http';
import type { Engine } from './engine.ts';
import { findEndpoint } from './endpoint.ts';

export type Glance = Pick<
  Engine,
  'name' | 'cores' | 'memoryBytes' | 'local' | 'canLimitCpu' | 'dataFolder'
>;

/**
 * What an engine says of itself, asked without the library, which takes a second to find it: null
 * where none answers within the time, or only testcontainers can read its address.
 */
export async function glanceAtEngine(
  environment: Readonly<Record<string, string | undefined>>,
  timeoutMs: number,
): Promise<Glance | null> {
  const endpoint = findEndpoint(environment);
  const target = endpoint?.target ?? null;
  if (target === null) return null;
  const text = await ask(
    'url' in target ? { host: target.url.hostname, port: target.url.port || 2375 } : target,
    timeoutMs,
  );
  if (text === null) return null;
  const info = JSON.parse(text) as Readonly<Record<string, unknown>>;
  return {
    name: `Docker ${String(info['ServerVersion'])}`,
    cores: Number(info['NCPU']),
    memoryBytes: Number(info['MemTotal']),
    local: 'socketPath' in target || ['localhost', '127.0.0.1'].includes(target.url.hostname),
    canLimitCpu: info['CpuCfsQuota'] === true,
    dataFolder: String(info['DockerRootDir']),
  };
}

/** The body of the engine's answer; null without one. */
function ask(
  address:
    | { readonly socketPath: string }
    | { readonly host: string; readonly port: string | number },
  timeoutMs: number,
): Promise<string | null> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const asked = request({ ...address, path: '/info', agent: false, signal }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.once('end', () => resolve(answer.statusCode === 200 ? text : null));
      answer.once('error', () => resolve(null));
    });
    asked.once('error', () => resolve(null));
    asked.end();
  });
}
