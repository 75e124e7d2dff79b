import { formatDuration, formatFraction, formatRate, formatSize } from '../base/units.ts';
import type { AssumptionFacts } from '../result/growth-document.ts';
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
    of: ({ growth }) => about(fraction, growth.load),
  },
  {
    path: 'growth.bytes',
    of: ({ growth }) => about(fraction, growth.bytes),
  },
  {
    path: 'growth.correlation',
    of: ({ growth }) => formatFraction(growth.correlation),
  },
  {
    path: 'growth.retention',
    of: ({ growth }) => about(fraction, growth.retention),
  },
  {
    path: 'growth.newIds',
    of: ({ growth }) => growth.newIds ?? 'like the present ids',
  },
  {
    path: 'growth.tenants',
    of: ({ growth }) => about(fraction, growth.tenants),
  },
  {
    path: 'growth.now.load',
    of: ({ growth: { now } }) =>
      now.loadPerSecond === null ? "the scenario's peak rate" : formatRate(now.loadPerSecond),
  },
  {
    path: 'growth.now.bytes',
    of: ({ growth: { now } }) => (now.bytes === null ? 'data.total' : formatSize(now.bytes)),
  },
  {
    path: 'growth.last',
    of: ({ growth }) => months(growth.lastMonths),
  },
  {
    path: 'growth.lead',
    of: ({ growth }) => months(growth.leadMonths),
  },
  {
    path: 'growth.moves.throttle',
    of: ({ growth: { moves } }) => `${formatSize(moves.throttleBytesPerSecond)}/s`,
  },
  {
    path: 'growth.moves.rowCost',
    of: ({ growth: { moves } }) => amount(moves.rowCost),
  },
  {
    path: 'growth.moves.soak',
    of: ({ growth: { moves } }) => formatDuration(moves.soakMs),
  },
  {
    path: 'growth.horizon',
    of: ({ growth }) => months(growth.horizonMonths),
  },
  {
    path: 'growth.draws',
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
    of: ({ capacity }) => rateOr(capacity.shardPerSecond),
  },
  {
    path: 'capacity.instance',
    of: ({ capacity }) => rateOr(capacity.instancePerSecond),
  },
  {
    path: sharePath,
    of: ({ capacity }) => formatFraction(capacity.share),
  },
  {
    path: 'capacity.utilisation',
    of: ({ capacity }) => formatFraction(capacity.utilisation),
  },
  {
    path: 'capacity.disk',
    of: ({ capacity }) => formatSize(capacity.diskBytes),
  },
  {
    path: 'capacity.instanceDisk',
    of: ({ capacity }) => formatSize(capacity.instanceDiskBytes),
  },
  {
    path: 'capacity.operations',
    of: ({ capacity: { operations } }) =>
      operations.map(costText).join(', ') || 'all 1 (unmeasured)',
  },
  {
    path: 'capacity.limits.writes',
    of: ({ capacity: { limits } }) => formatRate(limits.writesPerSecond),
  },
  {
    path: 'capacity.limits.size',
    of: ({ capacity: { limits } }) => formatSize(limits.bytes),
  },
  {
    path: 'capacity.limits.smallSize',
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
    of: ({ cost }) => `${about(amount, cost.instance)} ${cost.currency}`,
  },
  {
    path: 'cost.shardPrice',
    of: ({ cost }) => about(fraction, cost.shardPrice),
  },
  {
    path: 'cost.overhead',
    of: ({ cost }) => about(fraction, cost.overhead),
  },
  {
    path: 'cost.replicas',
    of: ({ cost }) => amount(cost.replicas),
  },
  {
    path: 'cost.storage',
    of: ({ cost }) => `${about(amount, cost.storagePerGb)} ${cost.currency}`,
  },
  {
    path: 'cost.hours',
    of: ({ cost }) => about(amount, cost.hoursPerDatabase),
  },
  {
    path: 'cost.hourPrice',
    of: ({ cost }) => `${about(amount, cost.hourPrice)} ${cost.currency}`,
  },
  {
    path: 'cost.engineering',
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
): AssumptionFacts[] {
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
    .map(({ path, of }) => {
      const rate = found.find((each) => each.path === path)?.rate ?? null;
      if (rate !== null && stated !== null) {
        const how = stated.source === 'given' ? worded(stated.basis).text : 'measured';
        return { path, value: `${boundText(rate)}, ${how}`, isDefault: false };
      }
      const value = of(scenario);
      return { path, value, isDefault: value === of(usual) };
    });
}
