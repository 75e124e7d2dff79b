import { setTimeout as sleep } from 'node:timers/promises';
import { exitCodes, UserError } from '../../base/user-error.ts';
import { containerLog, endOf } from './container-log.ts';
import { type Container, type Docker, messageOf } from './engine.ts';

const shutdownMs = 500;

/** Tells when a container ends while nobody asked it to. */
export class ContainerWatch {
  /** Rejects once, never resolves. */
  readonly failure: Promise<never>;
  private readonly docker: Docker;
  /** Containers that are being broken on purpose, or removed. */
  private readonly excused = new Set<string>();
  private over = false;
  private gone = false;
  private reject: (error: UserError) => void = () => undefined;

  constructor(docker: Docker) {
    this.docker = docker;
    this.failure = new Promise<never>((_, reject) => {
      this.reject = reject;
    });
    // Whoever awaits it sees the rejection; nobody has to.
    this.failure.catch(() => undefined);
  }

  /** Whether `failure` said that the engine is gone: then nothing can be removed either. */
  get engineIsGone(): boolean {
    return this.gone;
  }

  /** Watches a container until it ends; call it again after a container was started again. */
  async watch(container: Container, shard: number): Promise<void> {
    this.excused.delete(container.id);
    const name = `shard ${shard}`;
    try {
      await container.wait();
    } catch (error) {
      if (this.over || this.excused.has(container.id)) return;
      this.reject(this.engineGone(name, error));
      return;
    }
    if (this.over || this.excused.has(container.id)) return;
    const [end, log] = await Promise.all([endOf(container), containerLog(container)]);
    const problem = await this.engineProblem();
    this.reject(
      problem === null
        ? new UserError(`${name} stopped during the run (${end}); ${log}`, {
            exitCode: exitCodes.unusable,
            ...(end.startsWith('out of memory') ? { hint: 'raise topology.quota.memory' } : {}),
          })
        : this.engineGone(name, problem),
    );
  }

  /** The end of this container is meant. */
  excuse(container: Container): void {
    this.excused.add(container.id);
  }

  /** From now on every end is meant. */
  end(): void {
    this.over = true;
  }

  private engineGone(name: string, cause: unknown): UserError {
    this.gone = true;
    return new UserError(
      `the Docker engine stopped during the run (${name} is lost: ${messageOf(cause)})`,
      {
        exitCode: exitCodes.unusable,
        hint: 'when it is back, shardlab doctor --clean removes what is left of this run',
        cause,
      },
    );
  }

  /** An engine that shuts down ends its containers first and itself a little later. */
  private async engineProblem(): Promise<unknown> {
    await sleep(shutdownMs);
    try {
      await this.docker.ping();
      return null;
    } catch (error) {
      return error;
    }
  }
}
