import { createHistogram } from '../base/histogram.ts';
import type { ShardServer } from '../result/shard-server.ts';
import type {
  Distribution,
  OperationResult,
  ResponseDistribution,
  ShardResult,
} from '../result/types.ts';

/** What the cells of the sample result are made from, and their shards. */

export const seconds = 15;
export const rate = 800;

interface Mix {
  readonly operation: string;
  readonly kind: 'read' | 'write';
  readonly share: number;
  /** Shard keys that it binds. */
  readonly binds: readonly string[];
}

export const mix: readonly Mix[] = [
  { operation: 'place_order', kind: 'write', share: 0.45, binds: ['tenant_id', 'order_id'] },
  { operation: 'change_status', kind: 'write', share: 0.15, binds: ['tenant_id', 'order_id'] },
  { operation: 'recent_orders', kind: 'read', share: 0.25, binds: ['tenant_id'] },
  { operation: 'order_by_id', kind: 'read', share: 0.13, binds: ['order_id'] },
  { operation: 'summary', kind: 'read', share: 0.02, binds: [] },
];

export interface Plan {
  readonly key: string | null;
  readonly router: string | null;
  readonly hash: string | null;
  /** Load of each shard. */
  readonly shares: readonly number[];
  /** p5, p50, p95 of max/mean over salts; at tenant_id those of the Debian tenants (docs). */
  readonly band: readonly [number, number, number] | null;
  readonly ideal: number | null;
  readonly floor: number | null;
}

const tenant = { key: 'tenant_id', floor: 1.02, ideal: 1.03 };
const debian: readonly [number, number, number] = [1.1, 1.28, 1.58];
const even = [0.251, 0.247, 0.253, 0.249];

export const plans: readonly Plan[] = [
  { key: null, router: null, hash: null, shares: [1], band: null, ideal: null, floor: null },
  { ...tenant, router: 'mod', hash: 'xxh64', shares: [0.21, 0.34, 0.25, 0.2], band: debian },
  { ...tenant, router: 'jump', hash: 'xxh64', shares: [0.24, 0.22, 0.32, 0.22], band: debian },
  {
    ...tenant,
    router: 'ring:150',
    hash: 'murmur3-128',
    shares: [0.295, 0.23, 0.27, 0.205],
    band: [1.13, 1.32, 1.63],
  },
  { ...tenant, router: 'range', hash: null, shares: [0.24, 0.238, 0.272, 0.25], band: null },
  { ...tenant, router: 'directory', hash: null, shares: [0.252, 0.249, 0.25, 0.249], band: null },
  {
    key: 'order_id',
    router: 'jump',
    hash: 'xxh64',
    shares: even,
    band: [1.01, 1.02, 1.04],
    ideal: 1.02,
    floor: 1,
  },
];

export const strategyOf = (plan: Plan) =>
  plan.router === null ? 'single' : `${plan.key}/${plan.router}`;

export function distributionAround(p50: number, count: number): Distribution {
  return {
    p50: count === 0 ? null : p50,
    p95: count < 100 ? null : p50 * 2.9,
    p99: count < 1000 ? null : p50 * 5.2,
    p999: count < 10_000 ? null : p50 * 11.5,
    mean: count === 0 ? null : p50 * 1.31,
    max: count === 0 ? null : p50 * 17.3,
    count,
  };
}

export function responseAround(p50: number, count: number): ResponseDistribution {
  const ok = distributionAround(p50, count);
  return { ...ok, censored: false, ok };
}

const histogramSamples = 600;

/** 600 values with about the percentiles of `distributionAround`. */
export function histogramAround(p50: number): string {
  const histogram = createHistogram();
  for (let index = 0; index < histogramSamples; index += 1) {
    const rareness = -Math.log10(1 - (index + 0.5) / histogramSamples);
    histogram.record(p50 * Math.exp(1.02 * (rareness - Math.log10(2))) * 1e6);
  }
  return histogram.encode();
}

export const routingOf = (one: Mix, plan: Plan): OperationResult['routing'] =>
  plan.key === null || one.binds.includes(plan.key) ? 'single-shard' : 'scatter-gather';

export function shardOf(plan: Plan, shard: number, jitter: () => number): ShardResult {
  const share = plan.shares[shard] ?? 0;
  const byOperation = mix.map((one) => ({
    operation: one.operation,
    qps: rate * one.share * (routingOf(one, plan) === 'single-shard' ? share : 1) * jitter(),
  }));
  const qpsOf = (kind: 'read' | 'write') =>
    byOperation.reduce((sum, { qps }, index) => sum + (mix[index]?.kind === kind ? qps : 0), 0);
  const writeQps = qpsOf('write');
  const readQps = qpsOf('read');
  const queries = Math.round((writeQps + readQps) * seconds);
  const p50 = (1.6 + 4.2 * share) * jitter();
  return {
    shard,
    writeQps,
    readQps,
    writesSent: Math.round(writeQps * seconds),
    readsSent: Math.round(readQps * seconds),
    responseMs: responseAround(p50, queries),
    serviceMs: distributionAround(p50 * 0.78, queries),
    queueWaitMs: distributionAround(p50 * 0.04, queries),
    errors: 0,
    timeouts: 0,
    rows: Math.round(210_000 * share),
    bytes: Math.round(64e6 * share),
    throttledFraction: null,
    pool: { max: 8, waitMs: p50 * 0.05, fullFraction: share * 0.01, maxQueued: 2 },
    byOperation: byOperation.map(({ operation, qps }) => ({
      operation,
      qps,
      serviceMs: { mean: p50 * 0.9, count: Math.round(qps * seconds) },
    })),
    server: serverOf(share, queries),
    histograms: { responseNs: histogramAround(p50), serviceNs: histogramAround(p50 * 0.78) },
    series: Array.from({ length: seconds }, (_, second) => ({
      second,
      writes: Math.round(writeQps * jitter()),
      reads: Math.round(readQps * jitter()),
      errors: 0,
      responseMsP50: p50 * jitter(),
      responseMsP99: null,
      queued: 0,
      checkpoints: shard === 0 && second === 7 ? 1 : 0,
      walBytes: Math.round(writeQps * (700 + 4000 / (1 + second))),
    })),
  };
}

/** As a shard with 64 MB of shared_buffers: the cell `single` fits as well. */
function serverOf(share: number, queries: number): ShardServer {
  const inserted = Math.round(queries * 0.3);
  return {
    sharedBuffersBytes: 67_108_864,
    memoryBytes: null,
    bytes: Math.round(65e6 * share),
    indexBytes: Math.round(16e6 * share),
    indexBytesLoaded: Math.round(15e6 * share),
    blocksHit: queries * 6,
    blocksRead: 0,
    writesBefore: Math.round(queries * 0.1),
    indexes: 3,
    rowsInserted: inserted,
    rowsUpdated: Math.round(queries * 0.1),
    rowsDeleted: 0,
    tempFiles: 0,
    tempBytes: 0,
    deadlocks: 0,
    wal: {
      records: inserted * 3,
      images: Math.round(inserted * 0.3),
      bytes: inserted * 2300,
      imageBytes: inserted * 1900,
      pages: Math.round(inserted * 0.32),
    },
  };
}
