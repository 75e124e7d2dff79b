import { sum } from '../base/statistics/moments.ts';
import { type Fact, fact } from '../result/finding.ts';
import type { CapacityBound, CapacityFacts } from '../result/growth-document.ts';
import { type Candidate, capacityOf } from './candidate.ts';
import { boundOf } from './database-capacity.ts';
import { evenKeyedWork, pressures, scatteredWork, writeFraction } from './demand.ts';
import type { GrowthContext } from './growth-case.ts';
import { type Filling, monthsToFull, type MonthsToFull } from './months-to-full.ts';

/**
 * What a candidate buys.
 *
 * @param presentInstances what there is does, in the work of one instance; null: not known, because
 *   nobody said by which strategy the present shards are filled
 * @param placements what other placements make of it; null where there is one
 */
export function capacityRow(
  context: GrowthContext,
  candidate: Candidate,
  presentInstances: number | null,
  placements: CapacityFacts['placements'] = null,
): CapacityFacts {
  const { now, scenario } = context;
  const { database, demand, mix, hottest, shardCount } = candidate;
  const capacity = capacityOf(candidate);
  const loads =
    database === null ? null : pressures(demand).map((work) => (work * now.qps) / database.low);
  const bound = rowBound(context, candidate, loads?.[hottest] ?? 0);
  const { horizonMonths } = scenario.growth;
  const months = monthsToFull(fillingsOf(context, candidate), context.futures, horizonMonths);
  const disk = diskBytes(context, candidate);
  const isKnown = bound !== 'unknown';
  return {
    strategy: candidate.strategy?.name ?? null,
    shardCount,
    bound,
    capacityQps: capacity?.low ?? null,
    capacityQpsHigh: capacity?.high ?? null,
    writeCapacityQps: capacity === null ? null : capacity.low * writeFraction(mix),
    capacityRatio:
      placements?.capacityRatio.p50 ??
      (presentInstances === null ? null : candidate.instances / presentInstances),
    placements,
    databaseQps: database?.low ?? null,
    basis: context.database.basis,
    effectiveShards: candidate.effectiveShards,
    hottest: {
      shard: hottest,
      keyedWork: demand.keyed[hottest] ?? 0,
      evenKeyedWork: evenKeyedWork(demand, hottest),
      scatterWork: demand.scattered[hottest] ?? 0,
      operations: mix.map(({ name, routing, share, cost, scan, ...known }, operation) => {
        const work = demand.byOperation[operation]?.[hottest] ?? 0;
        const part = share * cost * (scan ? (candidate.rows[hottest] ?? 0) : 1);
        const touched = part === 0 ? 0 : work / part;
        const { costSource, costInterval } = known;
        return {
          operation: name,
          routing,
          share,
          cost,
          costSource,
          costInterval,
          workShare: share * cost,
          scan,
          touches: touched,
          work,
        };
      }),
    },
    why: whyOf(candidate),
    utilisation:
      loads === null ? null : { max: loads[hottest] ?? 0, mean: sum(loads) / shardCount },
    shards: Array.from(demand.keyed, (keyed, shard) => ({
      shard,
      work: keyed + (demand.scattered[shard] ?? 0),
      utilisation: loads === null ? null : (loads[shard] ?? 0),
      bytes: now.bytes * (candidate.rows[shard] ?? 0),
      diskFraction: (now.bytes * (candidate.rows[shard] ?? 0)) / disk,
    })),
    monthsToFull: isKnown ? months.first : null,
    monthsToFullBy: { load: isKnown ? months.load : null, bytes: months.bytes },
    horizonMonths,
    firstToFill: isKnown ? firstToFill(candidate, months.firstToFill) : null,
  };
}

/** Full by the least that a database takes and not by the most is not known to be full. */
function rowBound(
  { scenario }: GrowthContext,
  { database }: Candidate,
  fullest: number,
): CapacityBound {
  const { utilisation } = scenario.capacity;
  if (database === null || database.high === null) return boundOf(database);
  const isOpen = fullest >= utilisation && (fullest * database.low) / database.high < utilisation;
  return isOpen ? 'at least' : 'known';
}

function diskBytes({ scenario }: GrowthContext, { shardCount }: Candidate): number {
  const { diskBytes: shard, instanceDiskBytes } = scenario.capacity;
  return shardCount === 1 ? instanceDiskBytes : shard;
}

/** Every shard that takes keys, once by its load and once by its bytes. */
export function fillingsOf(context: GrowthContext, candidate: Candidate): Filling[] {
  const { now, scenario } = context;
  const { demand, rows, inserted, newTenants, database } = candidate;
  const { utilisation } = scenario.capacity;
  const directed = sum(demand.keyed);
  return [...demand.capacities.entries()].flatMap(([shard, capacity]): Filling[] => {
    if (capacity === 0) return [];
    const keyed = demand.keyed[shard] ?? 0;
    const stored = rows[shard] ?? 0;
    const added = (inserted ?? rows)[shard] ?? 0;
    // A load that has no limit never fills anything.
    const least = database?.low ?? Infinity;
    const disk = utilisation * diskBytes(context, candidate);
    return [
      {
        shard,
        by: 'load',
        own: keyed,
        added: keyed,
        fresh: newTenants?.map((shares) => directed * (shares[shard] ?? 0)) ?? [keyed],
        everywhere: demand.scattered[shard] ?? 0,
        now: now.qps,
        limit: utilisation * least * capacity,
        most: utilisation * (database?.high ?? least) * capacity,
      },
      {
        shard,
        by: 'bytes',
        own: stored,
        added,
        fresh: newTenants?.map((shares) => shares[shard] ?? 0) ?? [added],
        everywhere: 0,
        now: now.bytes,
        limit: disk,
        most: disk,
      },
    ];
  });
}

/** Why so many shards do the work of fewer. */
function whyOf(candidate: Candidate): Fact {
  const { demand, hottest, shardCount, effectiveShards } = candidate;
  if (shardCount === 1) return fact('one-database-does-all');
  const keyedWork = demand.keyed[hottest] ?? 0;
  const { lookUps, scans } = scatteredWork(candidate, hottest);
  return fact('shards-do-work', {
    numbers: {
      shards: shardCount,
      databases: effectiveShards,
      shard: hottest,
      work: keyedWork + (demand.scattered[hottest] ?? 0),
      keyedWork,
      evenKeyedWork: evenKeyedWork(demand, hottest),
      lookUpWork: lookUps.work,
      scanWork: scans.work,
    },
    names: { lookUps: lookUps.names, scans: scans.names },
    place: '/hottest',
  });
}

function firstToFill(
  { demand, rows, shardCount }: Candidate,
  first: MonthsToFull['firstToFill'],
): CapacityFacts['firstToFill'] {
  if (first === null) return null;
  const { shard, by, fraction } = first;
  const place = '/firstToFill';
  if (by === 'bytes') {
    const numbers = { bytesFraction: rows[shard] ?? 0 };
    return { shard, by, fraction, why: fact('disk-fills-first', { numbers, place }) };
  }
  if (shardCount === 1)
    return { shard, by, fraction, why: fact('instance-fills-first', { place }) };
  const keyed = demand.keyed[shard] ?? 0;
  const even = evenKeyedWork(demand, shard);
  const numbers = {
    keyedFraction: keyed / Math.max(sum(demand.keyed), 1e-300),
    evenRatio: even > 0 ? keyed / even : 1,
  };
  return { shard, by, fraction, why: fact('load-fills-first', { numbers, place }) };
}
