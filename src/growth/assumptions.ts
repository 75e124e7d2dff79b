import { formatDuration, formatFraction, formatRate, formatSize } from '../base/units.ts';
import type { Assumption } from '../result/growth-document.ts';
import { capacityInput } from '../scenario/capacity-input.ts';
import { costInput } from '../scenario/cost-input.ts';
import { worded } from '../wording/worded.ts';
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
    meaning: 'how much the operations grow each month; +- is one standard deviation',
    of: ({ growth }) => about(fraction, growth.load),
  },
  {
    path: 'growth.bytes',
    meaning:
      'how much the stored bytes grow each month, after deletion; new rows lie where inserts go',
    of: ({ growth }) => about(fraction, growth.bytes),
  },
  {
    path: 'growth.correlation',
    meaning: 'correlation of the growth of load, bytes and tenants, the same for each pair',
    of: ({ growth }) => formatFraction(growth.correlation),
  },
  {
    path: 'growth.retention',
    meaning: 'share of the stored bytes that is deleted each month, the same on every shard',
    of: ({ growth }) => about(fraction, growth.retention),
  },
  {
    path: 'growth.newIds',
    meaning:
      'ids of new tenants: sequential ids come after all present ids, random ids lie among them',
    of: ({ growth }) => growth.newIds ?? 'like the present ids',
  },
  {
    path: 'growth.tenants',
    meaning: 'how much the number of tenants grows each month; the router places the new tenants',
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
    meaning: 'bytes stored today, without replicas',
    of: ({ growth: { now } }) => (now.bytes === null ? 'data.total' : formatSize(now.bytes)),
  },
  {
    path: 'growth.last',
    meaning: 'how long a step must last in 9 of 10 futures to be recommended',
    of: ({ growth }) => months(growth.lastMonths),
  },
  {
    path: 'growth.lead',
    meaning: 'time from the decision until the last row has moved',
    of: ({ growth }) => months(growth.leadMonths),
  },
  {
    path: 'growth.moves.throttle',
    meaning: 'bytes that one stream copies each second; the check of the copies is as fast',
    of: ({ growth: { moves } }) => `${formatSize(moves.throttleBytesPerSecond)}/s`,
  },
  {
    path: 'growth.moves.rowCost',
    meaning: 'work to copy one row, in operations of cost 1',
    of: ({ growth: { moves } }) => amount(moves.rowCost),
  },
  {
    path: 'growth.moves.soak',
    meaning: 'how long both sides of a move are written after the last row was copied',
    of: ({ growth: { moves } }) => formatDuration(moves.soakMs),
  },
  {
    path: 'growth.horizon',
    meaning: 'how far into the future the months are calculated',
    of: ({ growth }) => months(growth.horizonMonths),
  },
  {
    path: 'growth.draws',
    meaning: 'number of random futures from which the months and their ranges are calculated',
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
    meaning: 'operations of this mix that one shard can do each second (or --capacity, --from)',
    of: ({ capacity }) => rateOr(capacity.shardPerSecond),
  },
  {
    path: 'capacity.instance',
    meaning: 'operations that the present instance can do each second without shards',
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
    meaning:
      'cost of the operations relative to each other; an operation not listed has 1 (unmeasured)',
    of: ({ capacity: { operations } }) =>
      operations.map(costText).join(', ') || 'all 1 (unmeasured)',
  },
  {
    path: 'capacity.limits.writes',
    meaning: 'writes that one instance can do each second in normal use',
    of: ({ capacity: { limits } }) => formatRate(limits.writesPerSecond),
  },
  {
    path: 'capacity.limits.size',
    meaning: 'bytes that one instance can hold in normal use',
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
    meaning: "price of the present instance's machine a month",
    of: ({ cost }) => `${about(amount, cost.instance)} ${cost.currency}`,
  },
  {
    path: 'cost.shardPrice',
    meaning: "price of a shard's machine as a share of cost.instance",
    of: ({ cost }) => about(fraction, cost.shardPrice),
  },
  {
    path: 'cost.overhead',
    meaning: 'added to the price of each shard: backup, monitoring, spare room in the pools',
    of: ({ cost }) => about(fraction, cost.overhead),
  },
  {
    path: 'cost.replicas',
    meaning: 'number of standbys of each database',
    of: ({ cost }) => amount(cost.replicas),
  },
  {
    path: 'cost.storage',
    meaning: 'price of storing one GB for a month',
    of: ({ cost }) => `${about(amount, cost.storagePerGb)} ${cost.currency}`,
  },
  {
    path: 'cost.hours',
    meaning: "hours of people's work a month for each database",
    of: ({ cost }) => about(amount, cost.hoursPerDatabase),
  },
  {
    path: 'cost.hourPrice',
    meaning: 'price of one hour of this work',
    of: ({ cost }) => `${about(amount, cost.hourPrice)} ${cost.currency}`,
  },
  {
    path: 'cost.engineering',
    meaning: 'work on queries that cross shards, once, when one instance becomes several shards',
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
        const value = `${boundText(rate)}, ${stated.source === 'given' ? worded(stated.basis).text : 'measured'}`;
        return { path, value, meaning, isDefault: false };
      }
      const value = of(scenario);
      return { path, value, meaning, isDefault: value === of(usual) };
    });
}
