import type { ContainerRuntimeClient } from 'testcontainers';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { checkEndpoint, findEndpoint } from './endpoint.ts';

export type Docker = ContainerRuntimeClient['container']['dockerode'];
export type Container = ReturnType<Docker['getContainer']>;

/** A container engine that answers. */
export interface Engine {
  readonly client: ContainerRuntimeClient;
  readonly docker: Docker;
  /** Such as `Docker 28.2.2`. */
  readonly name: string;
  readonly cores: number;
  readonly memoryBytes: number;
  /** Where published ports are reached. */
  readonly host: string;
  /** Whether containers share this machine with us. */
  readonly local: boolean;
  /** Whether it can limit the CPU of a container. */
  readonly canLimitCpu: boolean;
  /** What volumes lie on, in words. */
  readonly fileSystem: string;
  /** Where its volumes lie, on its own machine. */
  readonly dataFolder: string;
}

const here = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * Finds the engine as testcontainers does (DOCKER_HOST, the usual sockets, rootless ones).
 * @throws {UserError} exit 3, when none answers
 */
export async function connectEngine(): Promise<Engine> {
  const endpoint = findEndpoint(process.env);
  await checkEndpoint(endpoint);
  // Where a file says that this is a container, testcontainers takes the bridge's address, on which
  // nothing is published. It can be told otherwise by its environment only.
  const socket = endpoint?.target !== null && endpoint !== null && 'socketPath' in endpoint.target;
  if (socket) process.env['TESTCONTAINERS_HOST_OVERRIDE'] ??= '127.0.0.1';
  const { getContainerRuntimeClient } = await import('testcontainers');
  try {
    const client = await getContainerRuntimeClient();
    const { dockerode: docker } = client.container;
    const [info, version] = await Promise.all([docker.info(), docker.version()]);
    const { host } = client.info.containerRuntime;
    const local = here.has(host);
    return {
      client,
      docker,
      name: engineName(version),
      cores: Number(info.NCPU),
      memoryBytes: Number(info.MemTotal),
      host: local ? '127.0.0.1' : host,
      local,
      canLimitCpu: info.CpuCfsQuota === true,
      fileSystem: backingFileSystem(info),
      dataFolder: String(info.DockerRootDir ?? ''),
    };
  } catch (cause) {
    throw new UserError(
      `the Docker engine at ${endpoint?.where ?? 'an unknown place'} cannot be used: ` +
        messageOf(cause),
      { exitCode: exitCodes.unusable, hint: '--fleet embedded needs no Docker', cause },
    );
  }
}

interface Version {
  readonly Version: string;
  readonly Components?: readonly { readonly Name: string }[];
}

function engineName({ Version, Components }: Version): string {
  const [first] = Components ?? [];
  const podman = first?.Name.startsWith('Podman') === true;
  return `${podman ? 'Podman' : 'Docker'} ${Version}`;
}

function backingFileSystem(info: { Driver?: string; DriverStatus?: readonly string[][] }): string {
  const status = info.DriverStatus ?? [];
  const backing = status.find(([name]) => name === 'Backing Filesystem')?.[1];
  // The kernel calls ext2, ext3 and ext4 by one magic number.
  const fileSystem = backing === 'extfs' ? 'ext4' : backing;
  const disk = fileSystem ?? `the engine's disk (driver ${info.Driver ?? 'unknown'})`;
  return `Docker volume on ${disk}`;
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
