import fc from 'fast-check';
import { present } from '../base/assert.ts';
import { outcomes } from './outcome.ts';
import { Recorder, type RecorderOptions } from './recorder.ts';
import type { WatchedKind } from './watched-times.ts';

export const shardCount = 3;
const operations = 2;
/** One in each class but one, which has two. */
const tenants = 5;

const ends = ['query', 'operation'] as const;
const queueing = ['join', 'leave', 'look'] as const;
const others = ['drop', 'error', 'rows', 'server', 'skip'] as const;
type Kind = (typeof ends | typeof queueing | typeof others)[number];

/**
 * What happens at one moment of a cell, `times` times over; `generator` is whom it happens to
 * first.
 */
export interface Event {
  readonly kind: Kind;
  readonly generator: number;
  readonly times: number;
  readonly shard: number;
  readonly operation: number;
  readonly tenant: number;
  readonly outcome: 0 | 1 | 2 | 3;
  /** Nanoseconds since the event before. */
  readonly afterNs: number;
  /** From intended to dispatched, from there to sent, and how long it was served. */
  readonly lagNs: number;
  readonly waitedNs: number | null;
  readonly servedNs: number;
  /** Rows, log bytes, or what else the event counts. */
  readonly amount: number;
  readonly flag: boolean;
}

const ns = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40e6 }));

const anyEvent: fc.Arbitrary<Event> = fc.record({
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...ends) },
    { weight: 2, arbitrary: fc.constantFrom(...queueing) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  ),
  generator: fc.nat(4),
  times: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 120 })),
  shard: fc.nat(shardCount - 1),
  operation: fc.nat(operations - 1),
  tenant: fc.nat(tenants - 1),
  outcome: fc.constantFrom(0, 0, 0, 0, 1, 2, 3),
  afterNs: fc.integer({ min: 1, max: 60e6 }),
  lagNs: ns,
  waitedNs: fc.option(ns, { freq: 8 }),
  servedNs: ns,
  amount: fc.nat(1000),
  flag: fc.boolean(),
});

export const events = fc.array(anyEvent, { maxLength: 120, size: 'max' });

export const cells: fc.Arbitrary<RecorderOptions> = fc.record({
  shardCount: fc.constant(shardCount),
  kinds: fc.constant(['write', 'read'] as const),
  windowNs: fc.constantFrom(1e9, 2.5e9, 3e9),
  series: fc.boolean(),
  cycleNs: fc.constantFrom(null, 0.4e9),
  tenantClasses: fc.constantFrom(null, {
    classOf: Uint8Array.of(2, 0, 3, 1, 3),
    largestOn: [1],
  }),
  watched: fc.constantFrom<WatchedKind[]>(
    [],
    [
      { metric: 'response_ms', operation: 1, kind: null, shard: 0 },
      { metric: 'response_ms', operation: null, kind: 'write', shard: null },
      { metric: 'queue_wait_ms', operation: null, kind: 'read', shard: 1 },
      { metric: 'service_ms', operation: 0, kind: null, shard: null },
      { metric: 'schedule_lag_ms', operation: null, kind: null, shard: null },
    ],
  ),
});

/** One recorder that has everything, and several that have parts of it. */
export interface Dealt {
  readonly all: Recorder;
  readonly parts: readonly Recorder[];
}

/**
 * Plays the events to one recorder and, dealt over `generators`, to as many others. Queues are
 * where they differ: every generator has one of its own before each shard, and `all` sees their
 * sum.
 */
export function deal(list: readonly Event[], generators: number, options: RecorderOptions): Dealt {
  const all = new Recorder(options);
  const parts = Array.from({ length: generators }, () => new Recorder(options));
  const queues = Array.from({ length: shardCount }, () => parts.map(() => 0));
  let nowNs = 0;
  for (const each of list) {
    nowNs += each.afterNs;
    const lengths = present(queues[each.shard], 'shard');
    for (let i = 0; i < each.times; i += 1) {
      const generator = (each.generator + i) % generators;
      const part = present(parts[generator], 'generator');
      const own = lengths[generator] ?? 0;
      if (each.kind === 'look') look(each, nowNs, lengths, { all, parts });
      else if (each.kind === 'leave') lengths[generator] = Math.max(0, own - 1);
      else if (each.kind === 'join') {
        lengths[generator] = own + 1;
        part.shard(each.shard).joinedQueue(nowNs, own + 1);
        all.shard(each.shard).joinedQueue(nowNs, total(lengths));
      } else {
        record(each, nowNs, part);
        record(each, nowNs, all);
      }
    }
  }
  for (const recorder of [all, ...parts]) recorder.finish();
  return { all, parts };
}

const total = (lengths: readonly number[]): number => lengths.reduce((sum, each) => sum + each, 0);

/** All generators look at once; whether connections are free is the same for all. */
function look(
  { shard, flag }: Event,
  nowNs: number,
  lengths: readonly number[],
  { all, parts }: Dealt,
): void {
  all.shard(shard).samplePool(nowNs, flag, total(lengths));
  for (const [generator, part] of parts.entries()) {
    part.shard(shard).samplePool(nowNs, flag, lengths[generator] ?? 0);
  }
}

function record(event: Event, nowNs: number, recorder: Recorder): void {
  const { kind, shard, operation, outcome, amount, flag } = event;
  const own = recorder.shard(shard);
  if (kind === 'drop') own.drop(nowNs, operation);
  else if (kind === 'error') {
    const code = outcome === outcomes.ok ? '23505' : '57014';
    recorder.errors.add(code, `message ${amount}`, operation, flag ? shard : null, nowNs);
  } else if (kind === 'rows') recorder.rows(operation, amount, shard);
  else if (kind === 'skip') recorder.skipped(operation);
  else if (kind === 'server') own.sawServer(nowNs, shard, flag ? amount : null);
  else if (kind === 'query') recordQuery(event, nowNs, recorder);
  else recordOperation(event, nowNs, recorder);
}

function recordQuery(event: Event, nowNs: number, recorder: Recorder): void {
  const { shard, operation, outcome, lagNs, waitedNs, servedNs } = event;
  const own = recorder.shard(shard);
  const acquiredNs = nowNs - servedNs;
  const dispatchedNs = acquiredNs - (waitedNs ?? 0);
  // Without a connection it can only have timed out.
  const ended = waitedNs === null ? outcomes.timedOut : outcome;
  const sentNs = waitedNs === null ? Number.NaN : acquiredNs;
  if (waitedNs !== null) own.sent(operation);
  own.query(operation, dispatchedNs - lagNs, dispatchedNs, sentNs, nowNs, ended);
}

/** Shards that an operation with this amount touches. */
export const fanOutOf = (amount: number): number => 1 + (amount % shardCount);

function recordOperation(event: Event, nowNs: number, recorder: Recorder): void {
  const { operation, tenant, outcome, lagNs, waitedNs, servedNs, amount, flag } = event;
  const fanOut = fanOutOf(amount);
  const dispatchedNs = nowNs - servedNs - (waitedNs ?? 0);
  if (fanOut > 1 && amount % 2 === 0) recorder.crossesShards(operation, fanOut);
  const intendedNs = dispatchedNs - lagNs;
  recorder.operation(operation, tenant, fanOut, intendedNs, dispatchedNs, nowNs, outcome);
  if (outcome !== outcomes.ok) return;
  if (flag) recorder.sawExpected(operation);
  if (fanOut > 1) recorder.scatterService(servedNs, servedNs + amount, fanOut);
}
