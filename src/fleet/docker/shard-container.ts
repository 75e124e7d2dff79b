import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import type { FleetRequest } from '../types.ts';
import { type Container, type Engine, messageOf } from './engine.ts';
import type { Image } from './image.ts';
import { shardLabel } from './labels.ts';
import { removeContainer } from './leftovers.ts';
import { freePort } from './port.ts';
import { waitUntilReady } from './readiness.ts';
import { postgresCommand } from './settings.ts';

export type Storage = 'volume' | 'tmpfs';

/** What all containers of a run share. */
export interface ContainerPlan {
  readonly engine: Engine;
  readonly image: Image;
  readonly request: FleetRequest;
  readonly storage: Storage;
  readonly labels: Readonly<Record<string, string>>;
  readonly password: string;
  /** Whether testcontainers' own reaper watches too. */
  readonly reaper: boolean;
  /** Called as soon as a container exists; an error here ends its start. */
  readonly onCreated: (id: string) => void;
}

export interface ShardContainer {
  readonly container: Container;
  readonly connection: ShardAddress;
}

const port = '5432/tcp';
const attempts = 4;
const user = 'shardlab';
/** Parallel queries exchange rows there; the engine's default of 64 MB is soon full. */
const sharedMemoryBytes = 256 * 2 ** 20;

/** Starts one shard and waits for its first answer. It has no CPU limit yet. */
export async function startShard(
  plan: ContainerPlan,
  shard: number,
  signal: AbortSignal,
): Promise<ShardContainer> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await startOnPort(plan, shard, await freePort(plan.engine.local), signal);
    } catch (error) {
      if (error instanceof UserError || signal.aborted) throw error;
      // Between finding a free port and using it another program may take it: then try the next.
      if (attempt < attempts && isPortTaken(error)) continue;
      throw new UserError(
        `shard ${shard} did not start from ${plan.image.name}: ${reason(error)}`,
        {
          exitCode: exitCodes.unusable,
          hint: isPortTaken(error)
            ? 'other programs took the free ports that were found: try again'
            : 'the image must behave like the official Postgres image; ' +
              'SHARDLAB_POSTGRES_IMAGE names another',
          cause: error,
        },
      );
    }
  }
}

const isPortTaken = (error: unknown): boolean =>
  /port is already allocated|address already in use/i.test(messageOf(error));

/** The engine's own sentence, without the library's frame around it. */
const reason = (error: unknown): string =>
  messageOf(error)
    .replace(/^\(HTTP code \d+\) [\w ]* - /, '')
    .trim();

async function startOnPort(
  plan: ContainerPlan,
  shard: number,
  hostPort: number,
  signal: AbortSignal,
): Promise<ShardContainer> {
  const { engine, image, request, password } = plan;
  const { docker } = engine;
  const connection: ShardAddress = {
    host: engine.host,
    port: hostPort,
    user,
    password,
    database: 'postgres',
    ssl: false,
  };
  const { GenericContainer } = await import('testcontainers');
  let id = '';
  class PostgresContainer extends GenericContainer {
    protected override async beforeContainerCreated(): Promise<void> {
      // Each look forks inside the shard's quota; we ask with a query.
      this.createOpts.Healthcheck = { Test: ['NONE'] };
      Object.assign(this.hostConfig, hostConfig(plan, shard, hostPort));
    }
    protected override async containerCreated(containerId: string): Promise<void> {
      id = containerId;
      plan.onCreated(containerId);
    }
  }
  const container = new PostgresContainer(image.name)
    .withLabels({ ...plan.labels, [shardLabel]: String(shard) })
    .withEnvironment({
      POSTGRES_USER: user,
      POSTGRES_PASSWORD: password,
      POSTGRES_DB: 'postgres',
      POSTGRES_INITDB_ARGS: '--encoding=UTF8 --no-locale --no-sync',
      PGDATA: `${image.dataMount}/shardlab`,
    })
    .withCommand(postgresCommand(request))
    .withExposedPorts({ container: 5432, host: hostPort })
    .withAutoCleanup(plan.reaper)
    .withAutoRemove(false)
    .withWaitStrategy(answering((created) => waitUntilReady(created, connection, signal)));
  try {
    await container.start();
    return { container: docker.getContainer(id), connection };
  } catch (error) {
    if (id !== '') await removeContainer(docker, id);
    throw error;
  }
}

/** Our own condition in the form that testcontainers wants; the time-out is ours as well. */
function answering(ready: (container: Container) => Promise<void>) {
  const strategy = {
    waitUntilReady: ready,
    withStartupTimeout: () => strategy,
    isStartupTimeoutSet: () => true,
    getStartupTimeout: () => 0,
  };
  return strategy;
}

/** What GenericContainer has no methods for: loopback, labelled volumes, a bounded log. */
function hostConfig(plan: ContainerPlan, shard: number, hostPort: number): object {
  const { engine, image, request, storage, labels } = plan;
  const { dataMount } = image;
  const binding = { HostIp: engine.local ? '127.0.0.1' : '', HostPort: String(hostPort) };
  const memory = request.quota?.memoryBytes;
  const volume = {
    Type: 'volume',
    Target: dataMount,
    Source: '',
    VolumeOptions: { Labels: { ...labels, [shardLabel]: String(shard) } },
  };
  return {
    PortBindings: { [port]: [binding] },
    ShmSize: sharedMemoryBytes,
    LogConfig: { Type: 'json-file', Config: { 'max-size': '4m', 'max-file': '1' } },
    ...(storage === 'tmpfs' ? { Tmpfs: { [dataMount]: 'rw,mode=1777' } } : { Mounts: [volume] }),
    // Equal limits: a shard that swaps would be measured as a slow disk.
    ...(memory === undefined ? {} : { Memory: memory, MemorySwap: memory }),
  };
}
