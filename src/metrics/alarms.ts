import { mean } from '../base/statistics/moments.ts';
import { median } from '../base/statistics/quantile.ts';
import type { Alarm } from '../result/types.ts';

export interface ShardLoad {
  readonly shard: number;
  readonly writeQps: number;
  /** null where the shard's sample is too small, or its p99 falls among failures. */
  readonly responseMsP99: number | null;
  readonly bytes: number;
}

/** Limits as published for sharded Postgres; "sustained" is here the whole window. */
export const writeLimit = 2;
export const latencyLimit = 3;
export const diskPointsLimit = 25;

/** Every rule: fired, quiet, or not evaluated and why. `diskBytes`: the size of a shard's disk. */
export function alarms(shards: readonly ShardLoad[], diskBytes: number | null): Alarm[] {
  return [writes(shards), latencyMean(shards), latencyMedian(shards), disk(shards, diskBytes)];
}

function writes(shards: readonly ShardLoad[]): Alarm {
  const rule = 'max/mean write QPS > 2.0';
  const qps = shards.map(({ writeQps }) => writeQps);
  if (shards.length <= writeLimit) return cannotExceed(rule, writeLimit, shards.length);
  if (!(mean(qps) > 0)) return skipped(rule, writeLimit, 'no shard finished a write');
  const { shard, value } = largest(shards, qps);
  const usual = mean(qps).toFixed(0);
  const note = `shard ${shard} takes ${value.toFixed(0)} writes/s, the mean is ${usual}`;
  return judged(rule, shard, value / mean(qps), writeLimit, note);
}

function latencyMean(shards: readonly ShardLoad[]): Alarm {
  const rule = 'max p99 > 3 x mean p99';
  if (shards.length <= latencyLimit) return cannotExceed(rule, latencyLimit, shards.length);
  const p99 = allPercentiles(shards);
  if (p99 === null) return skipped(rule, latencyLimit, missingPercentile(shards));
  const { shard, value } = largest(shards, p99);
  const note = `shard ${shard} has ${value.toFixed(1)} ms, the mean is ${mean(p99).toFixed(1)} ms`;
  return judged(rule, shard, ratio(value, mean(p99)), latencyLimit, note);
}

function latencyMedian(shards: readonly ShardLoad[]): Alarm {
  const rule = 'max p99 > 3 x median p99 of the other shards';
  if (shards.length < 2) return skipped(rule, latencyLimit, 'there is one shard');
  const p99 = allPercentiles(shards);
  if (p99 === null) return skipped(rule, latencyLimit, missingPercentile(shards));
  const { shard, index, value } = largest(shards, p99);
  const others = median(p99.filter((_, i) => i !== index));
  const usual = others.toFixed(1);
  const note = `shard ${shard} has ${value.toFixed(1)} ms, the others' median is ${usual} ms`;
  return judged(rule, shard, ratio(value, others), latencyLimit, note);
}

function disk(shards: readonly ShardLoad[], diskBytes: number | null): Alarm {
  const rule = 'disk use max - min > 25 points';
  if (diskBytes === null) return skipped(rule, diskPointsLimit, 'the scenario gives no disk size');
  if (shards.length < 2) return skipped(rule, diskPointsLimit, 'there is one shard');
  const used = shards.map(({ bytes }) => (bytes / diskBytes) * 100);
  const { shard, value } = largest(shards, used);
  const least = Math.min(...used);
  const rest = least.toFixed(1);
  const note = `shard ${shard} uses ${value.toFixed(1)} % of its disk, the emptiest ${rest} %`;
  return judged(rule, shard, value - least, diskPointsLimit, note);
}

function largest(shards: readonly ShardLoad[], values: readonly number[]) {
  const value = Math.max(...values);
  const index = values.indexOf(value);
  return { index, value, shard: shards[index]?.shard ?? index };
}

function ratio(value: number, base: number): number {
  return base > 0 ? value / base : 1;
}

function allPercentiles(shards: readonly ShardLoad[]): number[] | null {
  const known = shards.map(({ responseMsP99 }) => responseMsP99).filter((p99) => p99 !== null);
  return known.length === shards.length ? known : null;
}

function missingPercentile(shards: readonly ShardLoad[]): string {
  const without = shards.filter(({ responseMsP99 }) => responseMsP99 === null);
  return `no p99 of shard ${without.map(({ shard }) => shard).join(', ')}`;
}

function judged(rule: string, shard: number, value: number, limit: number, note: string): Alarm {
  return { rule, shard, value, limit, state: value > limit ? 'fired' : 'quiet', note };
}

function skipped(rule: string, limit: number, note: string): Alarm {
  return { rule, shard: null, value: null, limit, state: 'not evaluated', note };
}

function cannotExceed(rule: string, limit: number, shards: number): Alarm {
  const count = shards === 1 ? '1 shard' : `${shards} shards`;
  return skipped(rule, limit, `of ${count} the largest cannot exceed ${shards} x the mean`);
}
