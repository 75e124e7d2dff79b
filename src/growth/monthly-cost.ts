import type { Cost, Uncertain } from '../scenario/growth-types.ts';

/** A price with every part at its low end, as stated, and with every part at its high end. */
export interface Range {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

/** One month's bill, by parts; `infrastructure` is the sum of the first three. */
export interface MonthlyCost {
  /** Primaries' machines. */
  readonly compute: Range;
  readonly replicas: Range;
  /** Backup, monitoring, room in the pools: on shards only. */
  readonly overhead: Range;
  readonly infrastructure: Range;
  readonly storage: Range;
  readonly people: Range;
  /** Rewriting queries that cross shards, spread over months. */
  readonly crossShardEngineering: Range;
  readonly total: Range;
}

export interface CostCase {
  /** Databases that take keys. */
  readonly databases: number;
  /** Stored bytes without replicas. */
  readonly bytes: number;
  /** Whether there is one unsharded instance today. */
  readonly fromOneInstance: boolean;
}

const ends = ['low', 'mid', 'high'] as const;
type End = (typeof ends)[number];

function at({ value, spread }: Uncertain, end: End): number {
  if (end === 'mid') return value;
  return end === 'low' ? value - spread : value + spread;
}

/** The bill of one unsharded instance (databases = 1) or of so many shards. */
export function monthlyCost(
  cost: Cost,
  { databases, bytes, fromOneInstance }: CostCase,
): MonthlyCost {
  const isSharded = databases > 1;
  const part = (of: (end: End) => number): Range => ({
    low: of('low'),
    mid: of('mid'),
    high: of('high'),
  });
  const machine = (end: End): number =>
    at(cost.instance, end) * (isSharded ? at(cost.shardPrice, end) : 1);
  const overhead = (end: End): number => (isSharded ? at(cost.overhead, end) : 0);
  const compute = part((end) => databases * machine(end));
  const replicas = part((end) => cost.replicas * databases * machine(end));
  const { engineers, engineerPrice, share, months, spreadMonths } = cost.engineering;
  const parts = {
    compute,
    replicas,
    overhead: part((end) => overhead(end) * (1 + cost.replicas) * databases * machine(end)),
    storage: part((end) => (1 + cost.replicas) * (bytes / 1e9) * at(cost.storagePerGb, end)),
    people: part((end) => databases * at(cost.hoursPerDatabase, end) * at(cost.hourPrice, end)),
    crossShardEngineering: part((end) =>
      isSharded && fromOneInstance
        ? (engineers * at(engineerPrice, end) * at(share, end) * months) / spreadMonths
        : 0,
    ),
  };
  const infrastructure = part((end) => compute[end] + replicas[end] + parts.overhead[end]);
  const { storage, people, crossShardEngineering } = parts;
  const total = part(
    (end) => infrastructure[end] + storage[end] + people[end] + crossShardEngineering[end],
  );
  return { ...parts, infrastructure, total };
}

/**
 * How many times the infrastructure costs, both at the same end of the prices: what both share,
 * such as the price of the instance, cancels out. 1 where the present one costs nothing.
 */
export function costRatio(cost: MonthlyCost, present: MonthlyCost): Range {
  return ratioOf(cost.infrastructure, present.infrastructure);
}

/** The same of the whole bill. */
export function billRatio(cost: MonthlyCost, present: MonthlyCost): Range {
  return ratioOf(cost.total, present.total);
}

function ratioOf(cost: Range, present: Range): Range {
  const ratios = ends.map((end) => (present[end] === 0 ? 1 : cost[end] / present[end]));
  const mid = present.mid === 0 ? 1 : cost.mid / present.mid;
  return { low: Math.min(...ratios), mid, high: Math.max(...ratios) };
}
