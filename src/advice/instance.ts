import type { Setting } from './candidate-figures.ts';
import { type MonthsAhead, monthsOrEver, monthsUntil } from './outlook.ts';

/** What one unsharded instance is up against. */
export interface InstanceLimit {
  readonly limit: 'load' | 'writes' | 'disk' | 'size';
  readonly now: number;
  readonly allowed: number;
  readonly unit: 'operations/s' | 'writes/s' | 'bytes';
  readonly months: MonthsAhead;
}

/** Staying on the one instance that there is. */
export interface Stay {
  readonly limits: readonly InstanceLimit[];
  /** The limit that is hit first; null: none within the horizon. */
  readonly first: InstanceLimit | null;
  /**
   * Whether it is enough for now: no limit is hit before shards could be there, even when growth is
   * fast. null: nobody said what it can take.
   */
  readonly isEnough: boolean | null;
}

export function stayOnInstance(setting: Setting): Stay {
  const limits = limitsOf(setting);
  const [first] = limits.toSorted(
    (a, b) => monthsOrEver(a.months.fast) - monthsOrEver(b.months.fast),
  );
  const months = first?.months.fast ?? null;
  const isFullInTime = first !== undefined && months !== null && months <= setting.leadMonths;
  const isKnown = setting.capacity !== null;
  return {
    limits,
    first: months === null ? null : (first ?? null),
    isEnough: isFullInTime ? false : isKnown ? true : null,
  };
}

function limitsOf(setting: Setting): InstanceLimit[] {
  const { now, trends, capacity, utilisation, instanceDiskBytes, limits } = setting;
  const limit = (
    name: InstanceLimit['limit'],
    unit: InstanceLimit['unit'],
    today: number,
    allowed: number,
  ): InstanceLimit => {
    const trend = unit === 'bytes' ? trends.bytes : trends.load;
    const months = monthsUntil(today, allowed, trend, setting.horizonMonths);
    return { limit: name, now: today, allowed, unit, months };
  };
  const load =
    capacity === null
      ? []
      : [limit('load', 'operations/s', now.qps, utilisation * capacity.instance)];
  return [
    ...load,
    limit('writes', 'writes/s', now.qps * now.writeFraction, limits.writesPerSecond),
    limit('disk', 'bytes', now.bytes, utilisation * instanceDiskBytes),
    limit('size', 'bytes', now.bytes, limits.bytes),
  ];
}
