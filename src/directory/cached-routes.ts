import type { Clock } from '../base/clock.ts';
import { LookupCache, unanswered } from './lookup-cache.ts';
import type { Router } from '../router/contract.ts';
import { arrivalStream } from '../workload/arrivals.ts';
import type { Phase, Workload } from '../workload/types.ts';
import type { PlannedMove } from './lookup-move.ts';
import { type RoutePlan, routePlan } from '../traffic/route-plan.ts';

export interface CachedRoutesOptions {
  readonly workload: Workload;
  readonly keyName: string;
  /** Length of the longest key. */
  readonly maxKeyBytes: number;
  /** There are no more distinct keys than this: a cache that holds them all holds enough. */
  readonly keysMax: number;
  /** What the directory says before the move. */
  readonly router: Router;
  /** Entries of the cache, and how long each lives. */
  readonly cacheSize: number;
  readonly ttlNs: number;
  readonly move: PlannedMove | null;
  readonly clock: Clock;
  /** Begins a look-up, which ends with `answer` or `forget`; shared where one is under way. */
  readonly lookUp: (bytes: Uint8Array, start: number, end: number) => void;
  /** The moment of the move: `switched` follows when the directory has the new entry. */
  readonly beginMove: () => void;
}

/**
 * What routing through the cache came to since the phase began. A key that an operation asks for
 * again right after itself counts once.
 */
export interface CacheCounts {
  arrivals: number;
  /** Keys that had an entry, and of these the ones whose look-up was still under way. */
  hits: number;
  waited: number;
  misses: number;
  /** Keys routed by an entry that the directory no longer has. */
  stale: number;
  /** Operations with such a key. */
  staleReads: number;
  staleWrites: number;
  /** When the last such operation was routed, since the start of the phase. */
  lastStaleNs: number;
}

const none: CacheCounts = {
  arrivals: 0,
  hits: 0,
  waited: 0,
  misses: 0,
  stale: 0,
  staleReads: 0,
  staleWrites: 0,
  lastStaleNs: 0,
};

/**
 * Routes as an application does that keeps the directory's entries in a cache. What is found there
 * is used, right or wrong. What is missing is looked up; the shard is then the one that the
 * directory has at that moment, because the driver must choose a connection before the answer.
 * Measurement and replay run the same code: they differ in the clock and in who answers.
 */
export class CachedRoutes implements RoutePlan {
  readonly shardCount: number;
  counts: CacheCounts = { ...none };
  private readonly options: CachedRoutesOptions;
  private readonly cache: LookupCache;
  private readonly plan: RoutePlan;
  private readonly writes: readonly boolean[];
  private phase: Phase | null = null;
  private firstIntendedNs = 0;
  /** Duration of the phases before. */
  private baseNs = 0;
  /** The cache's clock stands still between phases: the replay knows of no such time. */
  private offsetNs = 0;
  private moved = false;
  /** Keys of the operation being routed: the last one, and whether one was stale. */
  private readonly last: Uint8Array;
  private lastLength = -1;
  private lastShard = 0;
  private sawStale = false;

  constructor(options: CachedRoutesOptions) {
    const { workload, keyName, router, cacheSize, maxKeyBytes, keysMax, ttlNs } = options;
    this.options = options;
    this.shardCount = router.shardCount;
    this.cache = new LookupCache(Math.min(cacheSize, keysMax), maxKeyBytes, ttlNs);
    this.last = new Uint8Array(maxKeyBytes);
    this.writes = workload.operations.map(({ kind }) => kind === 'write');
    const route: Router['route'] = (bytes, start, end) => this.shardOfKey(bytes, start, end);
    this.plan = routePlan(workload, { shardCount: router.shardCount, route }, keyName);
  }

  get crossShard(): boolean {
    return this.plan.crossShard;
  }

  /** The next arrivals are those of this phase; counts begin anew, the cache stays warm. */
  enter(phase: Phase): void {
    const stream = arrivalStream(this.options.workload, phase);
    this.firstIntendedNs = stream.next() ? stream.intendedNs : 0;
    this.baseNs += (this.phase?.durationMs ?? 0) * 1e6;
    this.phase = phase;
    this.counts = { ...none };
  }

  route(
    operation: number,
    tenant: number,
    row: number,
    shards: Int32Array,
    statements: Int32Array,
  ): number {
    const { counts } = this;
    if (counts.arrivals === 0) this.startClock();
    const { move, beginMove } = this.options;
    if (move?.arrival === counts.arrivals && this.phase?.name === move.phase) beginMove();
    counts.arrivals += 1;
    this.lastLength = -1;
    this.sawStale = false;
    const fanOut = this.plan.route(operation, tenant, row, shards, statements);
    if (this.sawStale) {
      counts.lastStaleNs = this.nowNs() - this.baseNs;
      if (this.writes[operation] === true) counts.staleWrites += 1;
      else counts.staleReads += 1;
    }
    return fanOut;
  }

  /** The shard that the directory has for a key now. */
  current(bytes: Uint8Array, start: number, end: number): number {
    const { move, router } = this.options;
    if (this.moved && move !== null && same(move.key, move.key.length, bytes, start, end)) {
      return move.to;
    }
    return router.route(bytes, start, end);
  }

  /** The directory has the new entry. */
  switched(): void {
    this.moved = true;
  }

  answer(bytes: Uint8Array, start: number, end: number, shard: number): void {
    this.cache.answer(bytes, start, end, shard);
  }

  forget(bytes: Uint8Array, start: number, end: number): void {
    this.cache.forget(bytes, start, end);
  }

  private shardOfKey(bytes: Uint8Array, start: number, end: number): number {
    // A transaction asks for the key of each of its statements, an application once.
    if (this.lastLength >= 0 && same(this.last, this.lastLength, bytes, start, end)) {
      return this.lastShard;
    }
    this.lastShard = this.throughCache(bytes, start, end);
    this.lastLength = end - start;
    for (let i = start; i < end; i += 1) this.last[i - start] = bytes[i] ?? 0;
    return this.lastShard;
  }

  private throughCache(bytes: Uint8Array, start: number, end: number): number {
    const { cache, counts } = this;
    const nowNs = this.nowNs();
    const entry = cache.find(bytes, start, end, nowNs);
    const right = this.current(bytes, start, end);
    if (entry < 0) {
      counts.misses += 1;
      cache.reserve(bytes, start, end, nowNs);
      this.options.lookUp(bytes, start, end);
      return right;
    }
    counts.hits += 1;
    const cached = cache.shardIn(entry);
    if (cached === unanswered) {
      counts.waited += 1;
      return right;
    }
    if (cached !== right) {
      counts.stale += 1;
      this.sawStale = true;
    }
    return cached;
  }

  private startClock(): void {
    this.offsetNs = this.baseNs + this.firstIntendedNs - this.options.clock.nowNs();
  }

  private nowNs(): number {
    return this.options.clock.nowNs() + this.offsetNs;
  }
}

/** Whether key[0 .. length) is bytes[start .. end). */
function same(
  key: Uint8Array,
  length: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  if (length !== end - start) return false;
  for (let i = 0; i < length; i += 1) if (key[i] !== bytes[start + i]) return false;
  return true;
}
