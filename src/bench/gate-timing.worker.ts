import { readSync, writeSync } from 'node:fs';
import type { HotPath, HotPathRequest } from '../router/hot-path-entry.ts';
import {
  commandDescriptor,
  type ReadyReply,
  replyDescriptor,
  type TimingJob,
} from './timing-job.ts';

/**
 * One side of the gate's timing, in a process of its own: opens the router's hot path of one tree,
 * warms it up, says that it is ready, and then routes as many keys as each line of its input
 * says, answering the time of one in nanoseconds. It blocks while it waits, so that it takes no
 * time from the side whose turn it is; and ends with its input.
 */
const warmUpPasses = 60;
const warmUpMaxMs = 500;

const job = JSON.parse(process.argv[2] ?? '') as TimingJob;
const module = (await import(job.entry)) as {
  readonly openHotPath: (request: HotPathRequest) => HotPath;
};
const path = module.openHotPath(await requestOf(job));
warmUp(path);
reply(JSON.stringify(readyReply(path)));
const line = Buffer.alloc(64);
let slice = 0;
for (;;) {
  const length = readSync(commandDescriptor, line);
  if (length === 0) break;
  // Each offset within a line of the cache (eight words) has its turn; the fastest slice counts.
  path.renew?.(slice % 8);
  slice += 1;
  reply(String(timed(path, Number(line.toString('latin1', 0, length)))));
}

async function requestOf({ request, file }: TimingJob): Promise<HotPathRequest> {
  if (file === null) return request;
  const loaded = (await import(file)) as { readonly default?: unknown };
  // Only here: what checks it takes longer to load than all routers.
  const { readOwnRouter } = await import('../router/own/own-router.ts');
  const read = readOwnRouter(loaded.default, request.router);
  if ('problems' in read) throw new Error(`${request.router} ${read.problems.join('; it ')}`);
  return { ...request, definition: read.definition };
}

/**
 * By count, so that V8 compiles at the same route on both sides; a slow router (thousands of
 * shards to score) is warm after few.
 */
function warmUp(of: HotPath): void {
  const untilMs = performance.now() + warmUpMaxMs;
  let sum = 0;
  for (let pass = 0; pass < warmUpPasses && performance.now() < untilMs; pass += 1) {
    sum += of.lookups(job.request.numbers.length);
  }
  if (Number.isNaN(sum)) throw new Error(`${job.request.router} gives shards that are not numbers`);
}

function readyReply(of: HotPath): ReadyReply {
  let digest = 0x811c9dc5;
  for (let i = 0; i < job.request.numbers.length; i += 1) {
    digest = Math.imul(digest ^ of.shardOf(i), 0x01000193) >>> 0;
  }
  const { keyType, hash } = of;
  return { keyType, hash, digest, ns: timed(of, job.request.numbers.length) };
}

/** Nanoseconds a route. The keys are walked once before: the other side had the caches. */
function timed(of: HotPath, count: number): number {
  of.lookups(Math.min(count, job.request.numbers.length));
  const startNs = processorNs();
  of.lookups(count);
  return (processorNs() - startNs) / count;
}

/**
 * Time that this process has had on a processor: what others take from it does not count. Windows
 * counts that in steps of 15 ms; there it is the time of the clock. (The thread's own time would be
 * nearer, but Linux brings that up to date only at its ticks.)
 */
function processorNs(): number {
  if (process.platform === 'win32') return performance.now() * 1e6;
  const { user, system } = process.cpuUsage();
  return 1e3 * (user + system);
}

function reply(text: string): void {
  writeSync(replyDescriptor, `${text}\n`);
}
