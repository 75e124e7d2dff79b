import { formatDuration, formatFraction, formatRate, formatSize } from '../base/units.ts';
import type { Assumption } from '../result/growth-document.ts';
import { capacityInput } from '../scenario/capacity-input.ts';
import { costInput } from '../scenario/cost-input.ts';
import { growthInput } from '../scenario/growth-input.ts';
import type { Capacity, Cost, Growth, OperationCost, Uncertain } from '../scenario/growth-types.ts';
import type { RateBounds, StatedCapacity } from './database-capacity.ts';
import type { GrowthContext } from './growth-case.ts';

interface Parts {
  readonly growth: Growth;
  readonly capacity: Capacity;
  readonly cost: Cost;
}

interface Line {
  readonly path: string;
  readonly meaning: string;
  readonly of: (parts: Parts) => string;
}

const amount = (value: number): string => value.toLocaleString('en-US');
const about = (show: (value: number) => string, { value, spread }: Uncertain): string =>
  spread === 0 ? show(value) : `${show(value)} +- ${show(spread)}`;
/** Growth may be negative, which formatFraction is not made for. */
const fraction = (value: number): string =>
  value < 0 ? `-${formatFraction(-value)}` : formatFraction(value);
const months = (count: number): string => `${count} months`;

const growthLines: readonly Line[] = [
  {
    path: 'growth.load',
    meaning: 'growth of the operations a month, one standard deviation on either side',
    of: ({ growth }) => about(fraction, growth.load),
  },
  {
    path: 'growth.bytes',
    meaning: 'growth of the stored bytes a month, after retention; new rows lie where inserts go',
    of: ({ growth }) => about(fraction, growth.bytes),
  },
  {
    path: 'growth.correlation',
    meaning: 'of the growth of load, bytes and tenants, each pair of them',
    of: ({ growth }) => formatFraction(growth.correlation),
  },
  {
    path: 'growth.retention',
    meaning: 'share of the stored bytes that is deleted each month, the same on every shard',
    of: ({ growth }) => about(fraction, growth.retention),
  },
  {
    path: 'growth.newIds',
    meaning: 'ids of new tenants: sequential is after all present ones, random is among them',
    of: ({ growth }) => growth.newIds ?? 'as the present ids are',
  },
  {
    path: 'growth.tenants',
    meaning: 'growth of the tenants a month: new ones go where the router sends them',
    of: ({ growth }) => about(fraction, growth.tenants),
  },
  {
    path: 'growth.now.load',
    meaning: 'operations a second today',
    of: ({ growth: { now } }) =>
      now.loadPerSecond === null ? "the scenario's peak rate" : formatRate(now.loadPerSecond),
  },
  {
    path: 'growth.now.bytes',
    meaning: 'stored today, without replicas',
    of: ({ growth: { now } }) => (now.bytes === null ? 'data.total' : formatSize(now.bytes)),
  },
  {
    path: 'growth.last',
    meaning: 'a step is worth taking when it lasts so long in 9 of 10 futures',
    of: ({ growth }) => months(growth.lastMonths),
  },
  {
    path: 'growth.lead',
    meaning: 'from the decision until the last row has moved',
    of: ({ growth }) => months(growth.leadMonths),
  },
  {
    path: 'growth.moves.throttle',
    meaning: 'bytes copied a second, by one stream; verifying reads as fast',
    of: ({ growth: { moves } }) => `${formatSize(moves.throttleBytesPerSecond)}/s`,
  },
  {
    path: 'growth.moves.rowCost',
    meaning: 'work of copying a row, in operations of cost 1',
    of: ({ growth: { moves } }) => amount(moves.rowCost),
  },
  {
    path: 'growth.moves.soak',
    meaning: 'both sides of a move are written for so long after the last row',
    of: ({ growth: { moves } }) => formatDuration(moves.soakMs),
  },
  {
    path: 'growth.horizon',
    meaning: 'nothing is looked at beyond',
    of: ({ growth }) => months(growth.horizonMonths),
  },
  {
    path: 'growth.draws',
    meaning: 'futures that the months and their ranges are taken from',
    of: ({ growth }) => amount(growth.draws),
  },
];

const shardPath = 'capacity.shard';
/** Not used where both capacities were measured or given. */
const sharePath = 'capacity.share';

export const notStated = 'not stated';
const rateOr = (rate: Uncertain | null): string =>
  rate === null ? notStated : about(formatRate, rate);

const whole = (rate: number): string => formatRate(Math.round(rate));

function boundText({ low, high }: RateBounds): string {
  if (high === null) return `at least ${whole(low)}`;
  return low === high ? formatRate(low) : `${whole(low)} to ${whole(high)}`;
}

const capacityLines: readonly Line[] = [
  {
    path: shardPath,
    meaning: 'operations of this mix that one shard takes (or --capacity, --from)',
    of: ({ capacity }) => rateOr(capacity.shardPerSecond),
  },
  {
    path: 'capacity.instance',
    meaning: 'operations that the present instance takes unsharded',
    of: ({ capacity }) => rateOr(capacity.instancePerSecond),
  },
  {
    path: sharePath,
    meaning: 'capacity of a shard as a share of the instance, where only one is known',
    of: ({ capacity }) => formatFraction(capacity.share),
  },
  {
    path: 'capacity.utilisation',
    meaning: 'a database counts as full at this share of its capacity or disk',
    of: ({ capacity }) => formatFraction(capacity.utilisation),
  },
  {
    path: 'capacity.disk',
    meaning: 'disk of one shard',
    of: ({ capacity }) => formatSize(capacity.diskBytes),
  },
  {
    path: 'capacity.instanceDisk',
    meaning: 'disk of the instance',
    of: ({ capacity }) => formatSize(capacity.instanceDiskBytes),
  },
  {
    path: 'capacity.operations',
    meaning: 'work of the operations relative to each other; those not listed have 1 (unmeasured)',
    of: ({ capacity: { operations } }) =>
      operations.map(costText).join(', ') || 'all 1 (unmeasured)',
  },
  {
    path: 'capacity.limits.writes',
    meaning: 'writes that one instance does routinely',
    of: ({ capacity: { limits } }) => formatRate(limits.writesPerSecond),
  },
  {
    path: 'capacity.limits.size',
    meaning: 'bytes that one instance has routinely',
    of: ({ capacity: { limits } }) => formatSize(limits.bytes),
  },
  {
    path: 'capacity.limits.smallSize',
    meaning: 'below this, size alone is no reason to shard',
    of: ({ capacity: { limits } }) => formatSize(limits.smallBytes),
  },
];

function costText({ name, cost, scan, source }: OperationCost): string {
  const remarks = [...(source === undefined ? [] : [source]), ...(scan ? ['scan'] : [])];
  const remark = remarks.length === 0 ? '' : ` (${remarks.join(', ')})`;
  return `${name} ${amount(Number(cost.toPrecision(3)))}${remark}`;
}

const costLines: readonly Line[] = [
  {
    path: 'cost.instance',
    meaning: "the present instance's machine a month",
    of: ({ cost }) => `${about(amount, cost.instance)} ${cost.currency}`,
  },
  {
    path: 'cost.shardPrice',
    meaning: "a shard's machine as a share of that",
    of: ({ cost }) => about(fraction, cost.shardPrice),
  },
  {
    path: 'cost.overhead',
    meaning: 'on top of each shard: backup, monitoring, room in the pools',
    of: ({ cost }) => about(fraction, cost.overhead),
  },
  {
    path: 'cost.replicas',
    meaning: 'standbys of every database',
    of: ({ cost }) => amount(cost.replicas),
  },
  {
    path: 'cost.storage',
    meaning: 'one GB for a month',
    of: ({ cost }) => `${about(amount, cost.storagePerGb)} ${cost.currency}`,
  },
  {
    path: 'cost.hours',
    meaning: "people's hours a month for each database",
    of: ({ cost }) => about(amount, cost.hoursPerDatabase),
  },
  {
    path: 'cost.hourPrice',
    meaning: 'one such hour',
    of: ({ cost }) => `${about(amount, cost.hourPrice)} ${cost.currency}`,
  },
  {
    path: 'cost.engineering',
    meaning: 'queries that cross shards, when one instance becomes several shards',
    of: ({ cost: { engineering, currency } }) =>
      `${amount(engineering.engineers)} engineers at ${about(amount, engineering.engineerPrice)} ` +
      `${currency} a month, ${about(fraction, engineering.share)} of their time for ` +
      `${months(engineering.months)}, spread over ${months(engineering.spreadMonths)}`,
  },
];

/**
 * Everything that the answer rests on beside the workload, and where it can be changed.
 *
 * @param stated a capacity from the command line or results, which goes before the scenario
 */
export function assumptions(
  { scenario, database }: Pick<GrowthContext, 'scenario' | 'database'>,
  stated: StatedCapacity | null,
): Assumption[] {
  const usual: Parts = {
    growth: growthInput.parse({}),
    capacity: capacityInput.parse({}),
    cost: costInput.parse({}),
  };
  const found = [
    { path: shardPath, rate: stated?.shard ?? null },
    { path: 'capacity.instance', rate: stated?.instance ?? null },
  ];
  return [...growthLines, ...capacityLines, ...costLines]
    .filter(({ path }) => path !== sharePath || database.isShareAssumed)
    .map(({ path, meaning, of }) => {
      const rate = found.find((each) => each.path === path)?.rate ?? null;
      if (rate !== null && stated !== null) {
        const value = `${boundText(rate)}, ${stated.source === 'given' ? stated.basis : 'measured'}`;
        return { path, value, meaning, isDefault: false };
      }
      const value = of(scenario);
      return { path, value, meaning, isDefault: value === of(usual) };
    });
}
