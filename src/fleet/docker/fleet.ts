import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { present } from '../../base/assert.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { bounded } from '../bounded.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import type { Fault, Fleet, FleetRequest, Heal, RunningFleet } from '../types.ts';
import { connectEngine, type Engine, messageOf } from './engine.ts';
import { injectFault } from './faults.ts';
import { findImage, type Image } from './image.ts';
import { ownLabels, runLabel } from './labels.ts';
import { removeContainer, removeRun } from './leftovers.ts';
import { cpuLimit } from './cpu-quota.ts';
import { checkEngineDisk, checkLimits, mb } from './limits.ts';
import { hasReaper } from './reaper.ts';
import {
  type ContainerPlan,
  type ShardContainer,
  startShard,
  type Storage,
} from './shard-container.ts';
import { proxiesOf } from './proxies.ts';
import { containerThrottling, hostPid } from './throttling.ts';
import { ContainerWatch } from './watch.ts';
import { startWatchdog } from './watchdog.ts';

export interface DockerOptions {
  /**
   * An image that behaves like the official one; null: our own if it is here, else the official.
   */
  readonly image: string | null;
  /** tmpfs counts against the memory limit, and fsync costs nothing there. */
  readonly storage: Storage;
}

/** Many starts at once make small machines time out; beyond this they do not get faster either. */
const startsAtOnce = (): number => Math.max(4, 2 * availableParallelism());

/** Shards in containers, each with the scenario's quota. */
export function dockerFleet(options: DockerOptions): Fleet {
  return {
    name: 'docker',
    async start(request, signal) {
      const engine = await connectEngine();
      checkLimits(request, engine);
      await checkEngineDisk(request, engine, options.storage);
      const image = await findImage(engine, options.image, signal);
      const reaper = await hasReaper(engine);
      const fleet = new DockerFleet(engine, image, request, options.storage, reaper);
      try {
        await fleet.startAll(signal);
        return fleet;
      } catch (error) {
        await fleet.stop();
        throw error;
      }
    },
  };
}

class DockerFleet implements RunningFleet {
  readonly shards: ShardAddress[] = [];
  readonly description: string;
  readonly notes: readonly string[];
  readonly fileSystem: string;
  readonly failure: Promise<never>;
  readonly memoryBytes?: number;
  private readonly engine: Engine;
  private readonly plan: ContainerPlan;
  private readonly watch: ContainerWatch;
  private readonly watchdog: ReturnType<typeof startWatchdog>;
  private readonly run = `${Date.now().toString(36)}-${randomBytes(4).toString('hex')}`;
  private readonly containers: ShardContainer[] = [];
  /** Every container that exists, ready or not. */
  private readonly created = new Set<string>();
  private stopping: Promise<void> | null = null;

  constructor(
    engine: Engine,
    image: Image,
    request: FleetRequest,
    storage: Storage,
    reaper: boolean,
  ) {
    this.engine = engine;
    this.description = describe(engine, image, request);
    this.notes = notesOf(engine, storage);
    if (request.quota) this.memoryBytes = request.quota.memoryBytes;
    this.fileSystem = storage === 'tmpfs' ? 'tmpfs' : engine.fileSystem;
    this.watch = new ContainerWatch(engine.docker);
    this.failure = this.watch.failure;
    this.plan = {
      engine,
      image,
      request,
      storage,
      reaper,
      labels: ownLabels(this.run),
      password: randomBytes(24).toString('base64url'),
      onCreated: (id) => {
        this.created.add(id);
        if (this.stopping !== null) throw new Error('the fleet is stopping');
      },
    };
    this.watchdog = startWatchdog(this.run);
  }

  async startAll(signal: AbortSignal): Promise<void> {
    const { shards } = this.plan.request;
    await this.watch.begin(`${runLabel}=${this.run}`);
    const started = await bounded(shards, startsAtOnce(), (shard) =>
      startShard(this.plan, shard, signal),
    );
    // After all are ready: a quota would only make the start of Postgres slower.
    await Promise.all(started.map((shard) => this.limit(shard)));
    for (const shard of started) this.admit(shard);
  }

  async add(signal: AbortSignal): Promise<ShardAddress> {
    const shards = this.shards.length + 1;
    checkLimits({ ...this.plan.request, shards }, this.engine);
    const shard = await startShard(this.plan, shards - 1, signal);
    await this.limit(shard);
    return this.admit(shard);
  }

  async inject(shard: number, fault: Fault): Promise<Heal> {
    const broken = present(this.containers[shard], `shard ${shard}`);
    const { container } = broken;
    return injectFault(
      {
        ...broken,
        docker: this.engine.docker,
        quota: this.plan.request.quota,
        onEnd: () => this.watch.excuse(container),
        onRestart: () => this.watch.expect(container),
      },
      fault,
    );
  }

  async throttling(): ReturnType<RunningFleet['throttling']> {
    if (!this.plan.request.quota) return this.shards.map(() => null);
    return Promise.all(this.containers.map(({ container }) => containerThrottling(container)));
  }

  async checkDisk(dataBytes: number): Promise<void> {
    await checkEngineDisk({ shards: 0, dataBytes }, this.engine, this.plan.storage);
  }

  async processes(): Promise<readonly number[]> {
    const pids = await Promise.all(this.containers.map(({ container }) => hostPid(container)));
    const known = pids.flatMap((pid) => pid ?? []);
    if (known.length < this.containers.length) return known;
    const ports = this.shards.map(({ port }) => port);
    return [...known, ...(await proxiesOf(new Set(ports)))];
  }

  stop(): Promise<void> {
    return (this.stopping ??= this.cleanUp());
  }

  private async limit({ container }: ShardContainer): Promise<void> {
    const { quota } = this.plan.request;
    if (quota) await container.update(cpuLimit(quota.cpu));
  }

  private admit(shard: ShardContainer): ShardAddress {
    const index = this.containers.push(shard) - 1;
    this.shards.push(shard.connection);
    this.watch.add(shard.container, index);
    return shard.connection;
  }

  private async cleanUp(): Promise<void> {
    this.watch.end();
    const { docker } = this.engine;
    try {
      await Promise.all([...this.created].map((id) => removeContainer(docker, id)));
      // What an interrupted start created after that.
      await removeRun(docker, this.run);
    } catch (cause) {
      // The watchdog is not let go: it tries once more when this process has ended.
      if (this.watch.engineIsGone) return;
      throw new UserError(`the shards could not be removed: ${messageOf(cause)}`, {
        exitCode: exitCodes.unusable,
        hint: 'when the Docker engine answers again: shardlab doctor --clean',
        cause,
      });
    }
    await this.watchdog.release();
  }
}

function describe(engine: Engine, image: Image, { quota }: FleetRequest): string {
  const limits = quota
    ? `${quota.cpu} of a core and ${mb(quota.memoryBytes)} each`
    : 'without limits of CPU and memory';
  return `containers of ${image.name} (${image.id}) on ${engine.name}, ${limits}`;
}

function notesOf(engine: Engine, storage: Storage): string[] {
  const notes: string[] = [];
  if (!engine.local) {
    notes.push(
      `The Docker engine is on ${engine.host}: every response time includes the network to it.`,
    );
  }
  if (storage === 'tmpfs') {
    notes.push('The data lie in memory (tmpfs): fsync takes no time here, unlike in production.');
  }
  return notes;
}
