import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from, type CopyStreamQuery } from 'pg-copy-streams';

/**
 * A COPY that takes chunks while earlier ones are still under way, up to `mostBytes`: while one
 * shard writes, rows are made for the others.
 */
export class CopyStream {
  private readonly stream: CopyStreamQuery;
  private readonly mostBytes: number;
  private pending = 0;
  private failure: Error | null = null;
  private wake: (() => void) | null = null;

  constructor(client: pg.Client, text: string, mostBytes: number) {
    this.mostBytes = mostBytes;
    this.stream = client.query(from(text, { highWaterMark: mostBytes }));
    this.stream.on('error', (error) => {
      this.failure = error;
      this.settled();
    });
  }

  write(chunk: Uint8Array): void {
    this.pending += chunk.length;
    this.stream.write(chunk, () => {
      this.pending -= chunk.length;
      this.settled();
    });
  }

  /** Waits until there is room. @throws what Postgres said, once it has ended the COPY */
  async room(): Promise<void> {
    while (this.failure === null && this.pending >= this.mostBytes) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    if (this.failure !== null) throw this.failure;
  }

  /** Returns the rows that Postgres took. */
  async end(): Promise<number> {
    if (this.failure !== null) throw this.failure;
    this.stream.end();
    await finished(this.stream);
    return this.stream.rowCount;
  }

  private settled(): void {
    const { wake } = this;
    this.wake = null;
    wake?.();
  }
}
