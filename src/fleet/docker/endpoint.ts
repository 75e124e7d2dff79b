import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where an engine may listen; `where` is for messages. */
export interface Endpoint {
  readonly where: string;
  /** null: an address that only testcontainers can read (its properties file, TLS). */
  readonly target: { readonly socketPath: string } | { readonly url: URL } | null;
}

const pingTimeoutMs = 3000;
const hint =
  'start Docker, or set DOCKER_HOST to the address at which it listens; --fleet embedded ' +
  'needs no Docker';

/** The places of testcontainers, in its order; null when there is no sign of an engine. */
export function findEndpoint(environment: Environment): Endpoint | null {
  const host = environment['DOCKER_HOST'];
  if (host !== undefined && host !== '') return fromDockerHost(host, environment);
  const properties = join(homedir(), '.testcontainers.properties');
  if (existsSync(properties)) return { where: properties, target: null };
  const runtime = environment['XDG_RUNTIME_DIR'];
  const sockets = [
    '/var/run/docker.sock',
    ...(runtime === undefined ? [] : [join(runtime, 'docker.sock')]),
    join(homedir(), '.docker/run/docker.sock'),
    join(homedir(), '.docker/desktop/docker.sock'),
    `/run/user/${process.getuid?.() ?? 0}/docker.sock`,
  ];
  const socketPath = sockets.find((path) => existsSync(path));
  return socketPath === undefined ? null : { where: socketPath, target: { socketPath } };
}

function fromDockerHost(host: string, environment: Environment): Endpoint {
  const where = `DOCKER_HOST=${host}`;
  const url = URL.canParse(host) ? new URL(host) : null;
  if (url?.protocol === 'unix:') return { where, target: { socketPath: url.pathname } };
  if (url === null || !['tcp:', 'http:', 'https:'].includes(url.protocol)) {
    throw new UserError(`${where} cannot be used; allowed: unix:///path or tcp://host:port`, {
      exitCode: exitCodes.unusable,
      hint: 'ssh: forward the socket (ssh -L /tmp/docker.sock:/var/run/docker.sock host)',
    });
  }
  const encrypted = url.protocol === 'https:' || environment['DOCKER_TLS_VERIFY'] === '1';
  return { where, target: encrypted ? null : { url } };
}

/**
 * Asks for a sign of life, in 3 s at most: before testcontainers is imported (256 ms), and because
 * that library passes over a DOCKER_HOST that does not answer and takes the next engine silently.
 * @throws {UserError} that says where nobody answered, and why
 */
export async function checkEndpoint(endpoint: Endpoint | null): Promise<void> {
  if (endpoint === null) {
    throw new UserError('no Docker engine was found (no DOCKER_HOST, no socket)', {
      exitCode: exitCodes.unusable,
      hint,
    });
  }
  if (endpoint.target === null) return;
  const problem = await ping(endpoint.target);
  if (problem === null) return;
  if (problem === 'EACCES' || problem === 'EPERM') {
    throw new UserError(`${endpoint.where}: this user is not allowed to use the Docker engine`, {
      exitCode: exitCodes.unusable,
      hint: 'sudo usermod -aG docker $USER, then log in again; --fleet embedded needs no Docker',
    });
  }
  throw new UserError(`no Docker engine answers at ${endpoint.where} (${problem})`, {
    exitCode: exitCodes.unusable,
    hint,
  });
}

/** null when it answers, else the error's code. */
function ping(
  target: { readonly socketPath: string } | { readonly url: URL },
): Promise<string | null> {
  const address =
    'url' in target
      ? { host: target.url.hostname, port: target.url.port === '' ? 2375 : target.url.port }
      : target;
  return new Promise((resolve) => {
    const asked = request(
      { ...address, path: '/_ping', agent: false, timeout: pingTimeoutMs },
      (answer) => {
        answer.resume();
        const { statusCode } = answer;
        resolve(statusCode === 200 ? null : `HTTP ${statusCode ?? 0}`);
      },
    );
    asked.once('timeout', () => {
      asked.destroy(new Error(`silent for ${pingTimeoutMs / 1000} s`));
    });
    asked.once('error', (error) => {
      resolve((error as NodeJS.ErrnoException).code ?? error.message);
    });
    asked.end();
  });
}
