import type { GrowthDocument, InstanceLimit } from '../result/growth-document.ts';
import type { Candidate } from './candidate.ts';
import { boundOf } from './database-capacity.ts';
import { writeFraction } from './demand.ts';
import type { GrowthContext } from './growth-case.ts';
import { counted, percent, short } from '../wording/format.ts';

const gigabyte = 1e9;

/** What one unsharded instance is up against, and what to try on it before sharding. */
export function oneInstance(
  context: GrowthContext,
  instance: Candidate,
): GrowthDocument['oneInstance'] {
  return { limits: limitsOf(context, instance), advice: adviceOf(context, instance) };
}

function limitsOf(context: GrowthContext, { mix, database }: Candidate): InstanceLimit[] {
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
      text:
        `${percent(utilisation)} of the capacity of the instance (capacity.instance), which ` +
        `${bound === 'known' ? 'is known' : 'must be measured first'}; a larger machine raises ` +
        'this limit without a change of the application',
    },
    {
      limit: 'writes',
      now: writes,
      allowed: limits.writesPerSecond,
      unit: 'writes/s',
      by: 'load',
      text: 'what one Postgres on a large machine can do in normal use (capacity.limits.writes)',
    },
    {
      limit: 'disk',
      ...size,
      allowed: (utilisation * instanceDiskBytes) / gigabyte,
      text: `${percent(utilisation)} of its disk (capacity.instanceDisk), which can be enlarged`,
    },
    {
      limit: 'size without a reason to shard',
      ...size,
      allowed: limits.smallBytes / gigabyte,
      text: 'below this, size alone is no reason to shard (capacity.limits.smallSize)',
    },
    {
      limit: 'size',
      ...size,
      allowed: limits.bytes / gigabyte,
      text: 'what one Postgres can hold in normal use (capacity.limits.size); backups are slow even at smaller sizes',
    },
  ] as const;
  return given.map((each) => {
    const { limit, now: today, allowed, unit, by, text } = each;
    return {
      limit,
      now: today,
      allowed,
      unit,
      text,
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
): string[] {
  const work = (kind: 'read' | 'write'): number =>
    mix.reduce((sum, each) => sum + (each.kind === kind ? each.share * each.cost : 0), 0);
  const advice: string[] = [];
  const reads = work('read');
  const writes = work('write');
  if (reads > 0) {
    const all = database === null || writes === 0 ? null : short(database.low / writes);
    const atLeast = boundOf(database) === 'at least' ? 'at least ' : '';
    const most =
      all === null
        ? ''
        : `, and the instance with its standbys can do ${atLeast}${all} operations a second`;
    advice.push(
      `Replicas: reads are ${percent(reads)} of the work. Reads whose data may be slightly old ` +
        'can go to standbys. If all reads go to standbys, the primary still does ' +
        `${percent(writes)} of the work${most}.`,
    );
  } else {
    advice.push('Replicas: no operation reads, so standbys cannot take work from the instance.');
  }
  const connections = scenario.limits.connectionsPerShard;
  advice.push(
    'Pooling: a pooler in transaction mode lets many clients share ' +
      `${counted(connections, 'connection')}, as this scenario does. Without a pooler, all ` +
      'connections are in use long before the CPU is fully used.',
  );
  const { smallBytes } = scenario.capacity.limits;
  const size =
    now.bytes < smallBytes
      ? `${short(now.bytes / gigabyte)} GB alone are no reason to shard`
      : `with ${short(now.bytes / gigabyte)} GB this makes a difference`;
  const [key] = scenario.strategies.map((strategy) => strategy.key);
  advice.push(
    `Partitioning first: PARTITION BY HASH (${(key ?? '').replaceAll('+', ', ')}) on the one ` +
      'instance shows which queries do not fix the key. It also makes each index and each vacuum ' +
      `smaller (${size}).`,
  );
  const costly = mix.toSorted((a, b) => b.share * b.cost - a.share * a.cost)[0];
  if (costly !== undefined && workload.operations.length > 1) {
    advice.push(
      `Queries: ${costly.name} is ${percent(costly.share * costly.cost)} of the work. An index ` +
        'that halves this work is cheaper than any shard.',
    );
  }
  return advice;
}
