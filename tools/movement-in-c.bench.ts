import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { present } from '../src/base/assert.ts';
import { keyHashes } from '../src/base/hash/key-hashes.ts';
import { sampledKeys } from '../src/placement/synthetic-counter.ts';
import type { RouterTopology } from '../src/router/contract.ts';
import { ringPoints } from '../src/router/algorithms/ring-points.ts';
import { quantileSegments, splitHeaviest } from '../src/router/algorithms/range-segments.ts';
import { contiguousSlots, resizedSlots } from '../src/router/algorithms/slot-table.ts';
import { sortKeys } from '../src/router/algorithms/sorted-keys.ts';

/** Positions (or slots, or upper bounds) in order, with their shards. */
type Entries = readonly (readonly [position: bigint | number, owner: number])[];

/** What the C program is told of a router: how it computes, and its tables before and after. */
export interface InC {
  readonly kind: 'mod' | 'jump' | 'ring' | 'slots' | 'range';
  readonly tables: readonly [Entries, Entries];
}

/** The tables of the routers that the bench compares, by the functions that the routers use. */
export function tablesInC(
  kind: InC['kind'],
  before: RouterTopology,
  after: RouterTopology,
  keys: number,
): InC {
  if (kind === 'ring') return { kind, tables: [ringTable(before), ringTable(after)] };
  if (kind === 'slots') {
    const old = contiguousSlots(1024, before.weights);
    const next = resizedSlots(old, before.shardCount, after.weights);
    return { kind, tables: [[...old.entries()], [...next.entries()]] };
  }
  if (kind === 'range') {
    const known = sortKeys(sampledKeys(keys), 'int8');
    const segments = quantileSegments(known, before.weights);
    const old = boundsOf(segments);
    splitHeaviest(segments, known, after.weights, before.shardCount);
    return { kind, tables: [old, boundsOf(segments)] };
  }
  return { kind, tables: [[], []] };
}

function ringTable({ weights }: RouterTopology): Entries {
  const vnodes = weights.map((weight) => 150 * weight);
  const { hi, lo, owner } = ringPoints(keyHashes.xxh64, '', vnodes);
  return Array.from(owner, (shard, i) => [(BigInt(hi[i] ?? 0) << 32n) | BigInt(lo[i] ?? 0), shard]);
}

/** The largest key of each segment: the one before the next segment's smallest. */
function boundsOf(segments: ReturnType<typeof quantileSegments>): Entries {
  return segments.map(({ shard }, i) => {
    const low = segments[i + 1]?.low ?? null;
    if (low === null) return [2n ** 63n - 1n, shard];
    return [new DataView(low.buffer, low.byteOffset, 8).getBigInt64(0, true) - 1n, shard];
  });
}

/** The program movement-bench.c, compiled; null where there is no gcc. */
export class MovementInC {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async compile(): Promise<MovementInC | null> {
    const folder = await mkdtemp(join(tmpdir(), 'shardlab-movement-'));
    const source = fileURLToPath(new URL('./movement-bench.c', import.meta.url));
    const program = new MovementInC(folder);
    try {
      const options = ['-O2', '-pthread', '-Wall', '-Wextra', '-Werror'];
      await promisify(execFile)('gcc', [...options, '-o', join(folder, 'movement'), source]);
      return program;
    } catch (error) {
      await program.remove();
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  /** Keys 0 .. keys - 1 that change their shard, and the time of the loop. */
  async count(
    { kind, tables }: InC,
    shards: readonly [number, number],
    keys: number,
    threads: number,
  ): Promise<{ readonly moved: number; readonly ms: number }> {
    const lines = [`${kind} ${keys} ${threads}`];
    for (const [i, table] of tables.entries()) {
      lines.push(`${shards[i] ?? 0} ${table.length}`);
      for (const [position, owner] of table) lines.push(`${position} ${owner}`);
    }
    const child = spawn(join(this.#folder, 'movement'), { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.end(`${lines.join('\n')}\n`);
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    if (code !== 0) throw new Error(`movement-bench.c ended with ${String(code)}`);
    const [moved, ns] = output.trim().split(' ').map(Number);
    return { moved: present(moved, 'moved keys'), ms: present(ns, 'nanoseconds') / 1e6 };
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
