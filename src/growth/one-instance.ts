import { type Fact, fact } from '../result/finding.ts';
import type { GrowthFacts } from '../result/growth-document.ts';
import type { Candidate } from './candidate.ts';
import { boundOf } from './database-capacity.ts';
import { writeFraction } from './demand.ts';
import type { GrowthContext } from './growth-case.ts';
import { instanceAlternatives } from './instance-alternatives.ts';

const gigabyte = 1e9;

/** What one unsharded instance is up against, and what to try on it before sharding. */
export function oneInstance(
  context: GrowthContext,
  instance: Candidate,
): GrowthFacts['oneInstance'] {
  const limits = limitsOf(context, instance);
  const byOf = (limit: string) => (limit === 'CPU' || limit === 'writes' ? 'load' : 'bytes');
  const until = (limit: string, now: number, allowed: number): number | null =>
    monthsUntil(now, allowed, context, byOf(limit));
  const alternatives = instanceAlternatives(context, instance, limits, until);
  return { limits, advice: adviceOf(context, instance), alternatives };
}

function limitsOf(
  context: GrowthContext,
  { mix, database }: Candidate,
): GrowthFacts['oneInstance']['limits'] {
  const { scenario, now } = context;
  const { utilisation, limits, instanceDiskBytes } = scenario.capacity;
  const writes = now.qps * writeFraction(mix);
  const size = { now: now.bytes / gigabyte, unit: 'GB', by: 'bytes' } as const;
  const bound = boundOf(database);
  const given = [
    {
      limit: 'CPU',
      now: now.qps,
      allowed: database === null ? null : utilisation * database.low,
      unit: 'operations/s',
      by: 'load',
      meaning: fact('cpu-limit', { numbers: { fullFraction: utilisation }, names: { bound } }),
    },
    {
      limit: 'writes',
      now: writes,
      allowed: limits.writesPerSecond,
      unit: 'writes/s',
      by: 'load',
      meaning: fact('writes-limit'),
    },
    {
      limit: 'disk',
      ...size,
      allowed: (utilisation * instanceDiskBytes) / gigabyte,
      meaning: fact('disk-limit', { numbers: { fullFraction: utilisation } }),
    },
    {
      limit: 'size without a reason to shard',
      ...size,
      allowed: limits.smallBytes / gigabyte,
      meaning: fact('small-size-limit'),
    },
    {
      limit: 'size',
      ...size,
      allowed: limits.bytes / gigabyte,
      meaning: fact('size-limit'),
    },
  ] as const;
  return given.map((each) => {
    const { limit, now: today, allowed, unit, by, meaning } = each;
    return {
      limit,
      now: today,
      allowed,
      unit,
      meaning,
      monthsP50: allowed === null ? null : monthsUntil(today, allowed, context, by),
      bound: limit === 'CPU' ? bound : 'known',
    };
  });
}

/** By the trend as stated; null beyond the horizon. */
function monthsUntil(
  now: number,
  allowed: number,
  { scenario }: GrowthContext,
  by: 'load' | 'bytes',
): number | null {
  if (now >= allowed) return 0;
  const { growth } = scenario;
  const months = Math.log(allowed / now) / Math.log1p(growth[by].value);
  return months > 0 && months <= growth.horizonMonths ? months : null;
}

function adviceOf(
  { scenario, workload, now }: GrowthContext,
  { mix, database }: Candidate,
): Fact[] {
  const [key = ''] = scenario.strategies.map((strategy) => strategy.key);
  const { smallBytes } = scenario.capacity.limits;
  const advice = [
    replicas(mix, database),
    fact('pool-connections', { numbers: { connections: scenario.limits.connectionsPerShard } }),
    fact('partition-first', {
      numbers: { bytes: now.bytes },
      names: { columns: key.split('+'), size: now.bytes < smallBytes ? 'small' : 'large' },
    }),
  ];
  const costly = mix.toSorted((a, b) => b.share * b.cost - a.share * a.cost)[0];
  if (costly !== undefined && workload.operations.length > 1) {
    const numbers = { workFraction: costly.share * costly.cost };
    advice.push(fact('costly-query', { numbers, names: { operation: costly.name } }));
  }
  return advice;
}

function replicas(mix: Candidate['mix'], database: Candidate['database']): Fact {
  const work = (kind: 'read' | 'write'): number =>
    mix.reduce((sum, each) => sum + (each.kind === kind ? each.share * each.cost : 0), 0);
  const [reads, writes] = [work('read'), work('write')];
  if (reads === 0) return fact('nothing-to-replicate');
  return fact('replicas-read', {
    numbers: {
      readFraction: reads,
      writeFraction: writes,
      capacityQps: database === null || writes === 0 ? null : database.low / writes,
    },
    names: { bound: boundOf(database) },
  });
}
