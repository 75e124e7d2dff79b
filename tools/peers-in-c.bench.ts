import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { HotPathKeys } from '../src/bench/hot-path-keys.ts';

/** One router and hash, for how long. */
export interface AskedInC {
  readonly router: string;
  readonly hash: string;
  readonly shards: number;
  readonly vnodes: number;
  readonly ms: number;
}

export interface FoundInC {
  readonly ns: { readonly bytes: number; readonly bulk: number };
  readonly checksums: { readonly text: string; readonly int8: string };
}

const output = z.tuple([z.coerce.number(), z.coerce.number(), z.string(), z.string()]);

/** The program peers-bench.c, compiled; null where there is neither gcc nor cc. */
export class PeersInC {
  readonly #folder: string;
  readonly compiler: string;

  private constructor(folder: string, compiler: string) {
    this.#folder = folder;
    this.compiler = compiler;
  }

  static async compile(): Promise<PeersInC | null> {
    const folder = await mkdtemp(join(tmpdir(), 'shardlab-peers-'));
    const source = fileURLToPath(new URL('./peers-bench.c', import.meta.url));
    const options = ['-O2', '-Wall', '-Wextra', '-o', join(folder, 'peers'), source];
    for (const compiler of ['gcc', 'cc']) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- the second only where there is no first
        await promisify(execFile)(compiler, options);
        // oxlint-disable-next-line no-await-in-loop
        const { stdout } = await promisify(execFile)(compiler, ['--version']);
        return new PeersInC(folder, stdout.split('\n')[0] ?? compiler);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') continue;
        // oxlint-disable-next-line no-await-in-loop
        await rm(folder, { recursive: true, force: true });
        throw error;
      }
    }
    await rm(folder, { recursive: true, force: true });
    return null;
  }

  /** Times look-ups of all the keys, encoded texts and integers in bulk. */
  async measure(asked: AskedInC, keys: HotPathKeys): Promise<FoundInC> {
    const { router, hash, shards, vnodes, ms } = asked;
    const args = [router, hash, String(shards), String(vnodes), String(ms)];
    const child = spawn(join(this.#folder, 'peers'), args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = keys.texts.map((key, index) => `${key} ${keys.integers[index] ?? 0}`);
    child.stdin.end(`${lines.length}\n${lines.join('\n')}\n`);
    const [printed, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    if (code !== 0) throw new Error(`peers-bench.c ended with ${String(code)}`);
    const [bytes, bulk, texts, integers] = output.parse(printed.trim().split(' '));
    return { ns: { bytes, bulk }, checksums: { text: texts, int8: integers } };
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
