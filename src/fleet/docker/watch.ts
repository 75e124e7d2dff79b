import { setTimeout as sleep } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { containerLog, endOf } from './container-log.ts';
import { type Container, type Docker, messageOf } from './engine.ts';

/** An engine that shuts down ends its containers first and itself a little later. */
const shutdownMs = 500;

/**
 * Tells when a container ends while nobody asked it to, from the engine's stream of events. The end
 * of that stream is the end of the engine. (`wait` on each container would do the first and not the
 * second: its answer has begun when the connection is lost, and then never ends.)
 */
export class ContainerWatch {
  /** Rejects once, never resolves. */
  readonly failure: Promise<never>;
  private readonly docker: Docker;
  private readonly shards = new Map<string, { container: Container; shard: number }>();
  /** Containers that are being broken on purpose. */
  private readonly excused = new Set<string>();
  private events: Readable | null = null;
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

  /** Listens for the ends of containers with this label. */
  async begin(label: string): Promise<void> {
    const filters = JSON.stringify({ type: ['container'], event: ['die'], label: [label] });
    const events = (await this.docker.getEvents({ filters })) as unknown as Readable;
    this.events = events;
    let rest = '';
    events.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '') void this.died(line);
    });
    events.once('error', (error) => this.lost(error));
    events.once('close', () => this.lost(new Error('the connection was closed')));
  }

  add(container: Container, shard: number): void {
    this.shards.set(container.id, { container, shard });
  }

  /** The end of this container is meant. */
  excuse(container: Container): void {
    this.excused.add(container.id);
  }

  /** It was started again: from now on its end is not meant. */
  expect(container: Container): void {
    this.excused.delete(container.id);
  }

  /** From now on every end is meant. */
  end(): void {
    const { events } = this;
    this.events = null;
    events?.destroy();
  }

  private async died(line: string): Promise<void> {
    const { Actor } = JSON.parse(line) as { Actor?: { ID?: string } };
    const known = this.shards.get(Actor?.ID ?? '');
    if (known === undefined || this.events === null || this.excused.has(known.container.id)) return;
    const { container, shard } = known;
    const [end, log] = await Promise.all([endOf(container), containerLog(container)]);
    await sleep(shutdownMs);
    try {
      // The event may come late, when a container that was broken on purpose runs again.
      if ((await container.inspect()).State.Running) return;
    } catch (error) {
      this.lost(error);
      return;
    }
    this.reject(
      new UserError(`shard ${shard} stopped during the run (${end}); ${log}`, {
        exitCode: exitCodes.unusable,
        ...(end.startsWith('out of memory') ? { hint: 'raise topology.quota.memory' } : {}),
      }),
    );
  }

  private lost(cause: unknown): void {
    if (this.events === null) return;
    this.gone = true;
    this.reject(
      new UserError(`the Docker engine stopped during the run: ${messageOf(cause)}`, {
        exitCode: exitCodes.unusable,
        hint: 'when it runs again, shardlab doctor --clean removes what is left of this run',
        cause,
      }),
    );
  }
}
