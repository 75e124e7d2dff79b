import type { MeasuredCandidate, Setting } from './candidate-figures.ts';
import { type WorkParts, workParts } from './work.ts';

/** One instance that takes 1,000 operations a second; a shard takes 600. */
export const settingAt = (qps: number, other: Partial<Setting> = {}): Setting => ({
  now: { qps, bytes: 100e9, writeFraction: 0.5 },
  trends: { load: { value: 0.05, spread: 0.02 }, bytes: { value: 0.05, spread: 0.02 } },
  capacity: { shard: 600, instance: 1000 },
  capacityShare: 0.6,
  utilisation: 0.7,
  diskBytes: 2e12,
  instanceDiskBytes: 4e12,
  limits: {
    writesPerSecond: 50_000,
    bytes: 10e12,
    iopsPerSecond: 16_000,
    walBytesPerSecond: 100e6,
    memoryBytes: 64e9,
    connections: 500,
    backupMs: 24 * 3_600_000,
    restoreMs: 24 * 3_600_000,
    copyBytesPerSecond: 100e6,
  },
  use: {
    iopsPerOperation: null,
    walBytesPerWrite: 500,
    isWalStated: false,
    memoryFraction: null,
    connectionSeconds: null,
  },
  instanceCost: 2400,
  currency: 'USD',
  objectives: { months: 18, capacity: null, p99Ms: null },
  leadMonths: 3,
  horizonMonths: 120,
  ...other,
});

/** `scatter` of the work goes to all shards, the rest to the one of its key. */
export const scattering = (scatter: number): WorkParts =>
  workParts([
    { to: 'everywhere', work: scatter, keys: 1, scan: false },
    { to: 'keys', work: 1 - scatter, keys: 1, scan: false },
  ]);

interface Made {
  readonly strategy?: string;
  readonly shards?: number;
  readonly scatter?: number;
  /** max/mean of the load, by draw. */
  readonly ratios?: readonly number[];
  readonly over?: 'salts' | 'keys' | null;
  /** Load of the heaviest values. */
  readonly heaviest?: readonly number[];
  readonly values?: number;
  readonly key?: Partial<MeasuredCandidate['key']>;
  readonly traits?: Partial<MeasuredCandidate['traits']>;
  readonly movedFraction?: number | null;
  readonly crossing?: number;
}

/** A candidate of a thousand even values, priced as shards are by default. */
export function candidateOf({
  strategy = 'tenant/jump',
  shards = 4,
  scatter = 0,
  ratios = [1],
  over = null,
  heaviest = [0.001],
  values = 1000,
  key = {},
  traits = {},
  movedFraction = 0.5,
  crossing = 0,
}: Made = {}): MeasuredCandidate {
  const [name = '', router = ''] = strategy.split('/');
  return {
    strategy,
    router,
    shardCount: shards,
    key: {
      key: name,
      values,
      heaviest: Float64Array.from(heaviest),
      isTenant: true,
      nullFraction: 0,
      changed: { fraction: 0, operations: [] },
      notRunnable: { fraction: 0, operations: [] },
      rises: false,
      lost: [],
      reference: [],
      apart: { fraction: 0, operations: [], tables: [] },
      ...key,
    },
    asked: {
      singleShardFraction: 1 - scatter,
      crossShardFraction: crossing,
      scatterFraction: scatter,
      fanOut: 1 + scatter * (shards - 1),
    },
    work: scattering(scatter),
    placed: {
      over,
      largest: Float64Array.from(ratios, (ratio) => ratio / shards),
      bytes: { p50: 1 / shards, p95: 1 / shards },
      keysFraction: 1 / shards,
    },
    traits: { ordered: false, listed: false, splits: false, preset: false, ...traits },
    monthlyCost: 3000 + 1900 * shards,
    costRatio: 0.75 * shards,
    nextStep:
      movedFraction === null
        ? null
        : { shardCount: 2 * shards, movedFraction, bytes: movedFraction * 100e9, hours: 1 },
  };
}
