import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';

const triesAgain = 3;
const pauseMs = 1000;

/**
 * Holds one idle connection to each shard and tells when a server is gone. A firewall may cut an
 * idle connection, so a new one is tried before that is said.
 */
export class Keeper {
  /** Rejects once, never resolves. */
  readonly failure: Promise<never>;
  private readonly clients = new Map<number, pg.Client>();
  private over = false;
  private reject: (error: UserError) => void = () => undefined;

  constructor() {
    this.failure = new Promise<never>((_, reject) => {
      this.reject = reject;
    });
    // Whoever awaits it sees the rejection; nobody has to.
    this.failure.catch(() => undefined);
  }

  /** Takes over an open connection. */
  hold(shard: number, client: pg.Client, open: () => Promise<pg.Client>): void {
    this.clients.set(shard, client);
    client.once('end', () => void this.lost(shard, open));
  }

  async release(): Promise<void> {
    this.over = true;
    await Promise.all(
      [...this.clients.values()].map((client) => client.end().catch(() => undefined)),
    );
  }

  private async lost(shard: number, open: () => Promise<pg.Client>): Promise<void> {
    let problem = '';
    for (let attempt = 0; attempt < triesAgain && !this.over; attempt++) {
      try {
        const client = await open();
        if (this.over) await client.end();
        else this.hold(shard, client, open);
        return;
      } catch (error) {
        problem = (error as Error).message;
        await sleep(pauseMs);
      }
    }
    if (this.over) return;
    this.reject(
      new UserError(`shard ${shard} is gone: ${problem}`, { exitCode: exitCodes.unusable }),
    );
  }
}
