import type { MeasuredRemedy, Setting } from '../../advice/candidate-figures.ts';
import { databaseCapacity } from '../../growth/database-capacity.ts';
import { mixOf, writeFraction } from '../../growth/demand.ts';
import { peakPerSecond } from '../../growth/growth-case.ts';
import { instanceRemedies } from '../../growth/instance-remedies.ts';
import { costRatio } from '../../growth/monthly-cost.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import { billOf, type Measuring } from './measure.ts';

/** The load and the bytes of today. */
export function nowOf({ scenario, workload }: LoadedScenario): Setting['now'] {
  const { now } = scenario.growth;
  return {
    qps: now.loadPerSecond ?? peakPerSecond(scenario.arrivals),
    bytes: now.bytes ?? scenario.data.totalBytes,
    writeFraction: writeFraction(mixOf(workload.operations, [], null)),
  };
}

/** What is the same for all candidates. */
export function settingOf(all: Measuring, now: Setting['now']): Setting {
  const { growth, capacity, cost, objectives } = all.loaded.scenario;
  const { shard, instance, share } = databaseCapacity(capacity, null);
  const { smallBytes: _, ...limits } = capacity.limits;
  return {
    now,
    use: useOf(all.loaded, now),
    trends: { load: growth.load, bytes: growth.bytes },
    capacity:
      shard === null || instance === null ? null : { shard: shard.low, instance: instance.low },
    capacityShare: share,
    utilisation: capacity.utilisation,
    diskBytes: capacity.diskBytes,
    instanceDiskBytes: capacity.instanceDiskBytes,
    limits,
    instanceCost: billOf(all, 1).total.mid,
    currency: cost.currency,
    objectives: { ...objectives, months: objectives.months ?? growth.lastMonths },
    leadMonths: growth.leadMonths,
    horizonMonths: growth.horizonMonths,
  };
}

/**
 * What is used today, by the unit that it grows with. Of the log nobody needs to say it: a write
 * leaves at least its row there.
 */
function useOf({ scenario }: LoadedScenario, now: Setting['now']): Setting['use'] {
  const { iopsPerSecond, walBytesPerSecond, memoryBytes, connections } = scenario.growth.now;
  const writes = now.qps * now.writeFraction;
  const per = (used: number | null, unit: number): number | null =>
    used === null ? null : used / unit;
  const stated = writes === 0 ? null : per(walBytesPerSecond, writes);
  return {
    iopsPerOperation: per(iopsPerSecond, now.qps),
    walBytesPerWrite: stated ?? scenario.data.rowBytes,
    isWalStated: stated !== null,
    memoryFraction: per(memoryBytes, now.bytes),
    connectionSeconds: per(connections, now.qps),
  };
}

/** What else could be had instead of shards; replicas as many as the objectives need. */
export function remediesOf(all: Measuring, setting: Setting): MeasuredRemedy[] {
  const { scenario, workload } = all.loaded;
  const { now, objectives, utilisation, capacity, trends } = setting;
  const grown = (1 + trends.load.value) ** objectives.months;
  const wanted = (now.qps * Math.max(grown, objectives.capacity ?? 1)) / utilisation;
  const present = billOf(all, 1);
  return instanceRemedies({
    cost: scenario.cost,
    mix: mixOf(workload.operations, scenario.capacity.operations, null),
    bytes: now.bytes,
    wantedFactor: capacity === null ? null : wanted / capacity.instance,
  }).map(({ kind, count, capacityFactor, bill }) => ({
    kind,
    count,
    capacityFactor,
    monthlyCost: bill.total.mid,
    costRatio: costRatio(bill, present).mid,
  }));
}
