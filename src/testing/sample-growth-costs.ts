import { textOnly } from '../result/finding.ts';
import type { CapacityRow, CostRow } from '../result/growth-document.ts';
import { bytes, nowQps, type SampleStrategy } from './sample-growth-rows.ts';

const shardQps = 1000;

const spreadOf = (middle: number, part: number) => ({
  p5: middle * (1 - part),
  p50: middle,
  p95: middle * (1 + part),
});

export function capacityRow(one: SampleStrategy | null, shardCount: number): CapacityRow {
  const scatter = one?.scatter ?? 0;
  const even = (1 - scatter) / shardCount;
  const keyed = even * (one?.maxOverMean ?? 1);
  const effectiveShards = 1 / (keyed + scatter);
  const databaseQps = one === null ? shardQps / 0.6 : shardQps;
  const capacityQps = databaseQps * effectiveShards;
  const present = shardQps / (((1 - scatter) / 4) * (one?.maxOverMean ?? 1) + scatter);
  const middle = Math.max(0, 22 * Math.log(((capacityQps / nowQps) * 0.7) / 1));
  const months = { p10: middle * 0.7, p50: middle, p90: middle > 60 ? null : middle * 1.9 };
  return {
    strategy: one?.strategy ?? null,
    shardCount,
    bound: 'known',
    capacityQps,
    capacityQpsHigh: capacityQps,
    writeCapacityQps: capacityQps * 0.6,
    capacityRatio: capacityQps / present,
    databaseQps,
    basis: textOnly('given by --capacity; a shard does 60% of the instance (capacity.share)'),
    effectiveShards,
    placements:
      one === null || one.router === 'directory'
        ? null
        : {
            count: 200,
            over: 'salts',
            effectiveShards: spreadOf(effectiveShards, 0.1),
            capacityQps: spreadOf(capacityQps, 0.1),
            capacityRatio: spreadOf(capacityQps / present, 0.05),
            monthsToFull: { p5: middle * 0.8, p50: middle, p95: null },
          },
    hottest: {
      shard: 1,
      keyedWork: keyed,
      evenKeyedWork: even,
      scatterWork: scatter,
      operations: [
        {
          operation: 'place_order',
          routing: 'single-shard',
          share: 1 - scatter,
          cost: 1,
          costSource: 'measured',
          costInterval: { low: 0.97, high: 1.03 },
          workShare: 1 - scatter,
          scan: false,
          touches: keyed / (1 - scatter),
          work: keyed,
        },
        {
          operation: 'summary',
          routing: 'scatter-gather',
          share: scatter,
          cost: 1,
          costSource: 'unmeasured',
          costInterval: null,
          workShare: scatter,
          scan: false,
          touches: 1,
          work: scatter,
        },
      ],
    },
    why: textOnly(
      `${shardCount} shards do the work of ${effectiveShards.toFixed(1)}: ` +
        'operations that ask all shards cost each of them the same, however many there are',
    ),
    utilisation: { max: nowQps / capacityQps, mean: (nowQps / capacityQps) * 0.9 },
    shards: Array.from({ length: shardCount }, (_, shard) => ({
      shard,
      work: shard === 1 ? keyed + scatter : even + scatter,
      utilisation: ((shard === 1 ? keyed : even) + scatter) * (nowQps / databaseQps),
      bytes: bytes / shardCount,
      diskFraction: bytes / shardCount / 2 ** 41,
    })),
    monthsToFull: months,
    monthsToFullBy: { load: months, bytes: { p10: 71, p50: 92, p90: null } },
    horizonMonths: 120,
    firstToFill: {
      shard: 1,
      by: 'load',
      fraction: 0.92,
      why: textOnly('load: the shard key sends it 34.1 % of its work, 1.36 times its due share'),
    },
  };
}

export function costRow(one: SampleStrategy | null, shardCount: number): CostRow {
  const isSharded = shardCount > 1;
  const spread = (mid: number, part: number) => ({
    low: mid * (1 - part),
    mid,
    high: mid * (1 + part),
  });
  const machines = shardCount * 1000 * (isSharded ? 0.6 : 1);
  const infrastructure = 2 * machines * (isSharded ? 1.25 : 1);
  const storage = 2 * 48 * 0.12;
  const people = shardCount * 400;
  const engineering = 0;
  const presentInfrastructure = 2 * 4 * 600 * 1.25;
  const ratio = infrastructure / presentInfrastructure;
  const capacityRatio = capacityRow(one, shardCount).capacityRatio;
  const status =
    shardCount === 4 ? 'present' : shardCount === 1 ? 'too small' : ratio > 3 ? 'wrong' : 'sound';
  const reasons =
    status === 'wrong'
      ? [
          textOnly(
            'it more than triples the bill without doubling write capacity: the key is wrong',
          ),
        ]
      : [];
  return {
    strategy: one?.strategy ?? null,
    shardCount,
    currency: 'USD',
    monthlyCost: {
      compute: spread(machines, 0.18),
      replicas: spread(machines, 0.18),
      overhead: spread(isSharded ? machines / 2 : 0, 0.4),
      infrastructure: spread(infrastructure, 0.22),
      storage: spread(storage, 0.25),
      people: spread(people, 0.6),
      crossShardEngineering: spread(engineering, 0.3),
      total: spread(infrastructure + storage + people + engineering, 0.28),
    },
    costRatio: ratio,
    costRatioRange: { low: ratio * 0.98, high: ratio * 1.02 },
    billRatio: ratio,
    capacityRatio,
    unitCostRatio: capacityRatio === null ? null : ratio / capacityRatio,
    verdict:
      one?.router === 'jump' && status === 'sound'
        ? {
            status: 'depends on the placement',
            reasons: [textOnly('of 200 placements it is sound with 120, no gain with 80')],
            placements: [
              { status: 'sound', count: 120 },
              { status: 'no gain', count: 80 },
            ],
          }
        : { status, reasons },
  };
}
