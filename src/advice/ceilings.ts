import type { Setting } from './candidate-figures.ts';
import { type MonthsAhead, monthsOrEver, monthsUntil } from './outlook.ts';

/** What one database is up against. */
export interface Ceiling {
  readonly limit: CeilingName;
  readonly now: number;
  readonly allowed: number;
  readonly unit: CeilingUnit;
  readonly months: MonthsAhead;
  /** stated: by the scenario. at-least: it follows from rows and statements, as a lower bound. */
  readonly basis: 'stated' | 'at-least';
}

export type CeilingName =
  | 'load'
  | 'writes'
  | 'iops'
  | 'wal'
  | 'memory'
  | 'connections'
  | 'disk'
  | 'size'
  | 'backup'
  | 'restore';

type CeilingUnit =
  | 'operations/s'
  | 'writes/s'
  | 'I/O operations/s'
  | 'bytes/s'
  | 'connections'
  | 'bytes'
  | 'hours';

export interface Ceilings {
  readonly limits: readonly Ceiling[];
  /** The one that is hit first; null: none within the horizon. */
  readonly first: Ceiling | null;
  /** Nobody said what is used of these, and nothing else says it. */
  readonly notKnown: readonly CeilingName[];
}

/** A database, and what it has of everything. */
export interface Database {
  /** Share of the work, of what is written, and of the bytes. */
  readonly work: number;
  readonly written: number;
  readonly bytes: number;
  /** Operations of the mix a second; null: nobody said. */
  readonly capacityQps: number | null;
  /** Its memory and its I/O operations, as a multiple of those of the present instance. */
  readonly machine: number;
  readonly diskBytes: number;
}

const msPerHour = 3_600_000;

/** Ceilings of the present instance's kind for a database that has a part of everything. */
export function ceilingsOf(setting: Setting, database: Database): Ceilings {
  const { now, use, utilisation, limits: most } = setting;
  const { capacityQps, machine } = database;
  const qps = now.qps * database.work;
  const writes = now.qps * now.writeFraction * database.written;
  const bytes = now.bytes * database.bytes;
  const notKnown: CeilingName[] = [];
  const found: Ceiling[] = [];
  const add = (
    limit: CeilingName,
    unit: CeilingUnit,
    used: number | null,
    allowed: number | null,
    basis: Ceiling['basis'] = 'stated',
  ): void => {
    if (used === null || allowed === null) {
      notKnown.push(limit);
      return;
    }
    const trend = byBytes.has(limit) ? setting.trends.bytes : setting.trends.load;
    const months = monthsUntil(used, allowed, trend, setting.horizonMonths);
    found.push({ limit, now: used, allowed, unit, months, basis });
  };
  const times = (part: number, each: number | null): number | null =>
    each === null ? null : part * each;
  const hours = (bytes / most.copyBytesPerSecond) * (1000 / msPerHour);
  add('load', 'operations/s', qps, times(utilisation, capacityQps));
  add('writes', 'writes/s', writes, most.writesPerSecond);
  add('iops', 'I/O operations/s', times(qps, use.iopsPerOperation), machine * most.iopsPerSecond);
  const walBasis = use.isWalStated ? 'stated' : 'at-least';
  add('wal', 'bytes/s', writes * use.walBytesPerWrite, most.walBytesPerSecond, walBasis);
  add('memory', 'bytes', times(bytes, use.memoryFraction), machine * most.memoryBytes);
  add('connections', 'connections', times(qps, use.connectionSeconds), most.connections);
  add('disk', 'bytes', bytes, utilisation * database.diskBytes);
  add('size', 'bytes', bytes, most.bytes);
  add('backup', 'hours', hours, most.backupMs / msPerHour);
  add('restore', 'hours', hours, most.restoreMs / msPerHour);
  return { limits: found, first: firstOf(found), notKnown };
}

/** These grow with what is stored, the others with the load. */
const byBytes: ReadonlySet<CeilingName> = new Set(['memory', 'disk', 'size', 'backup', 'restore']);

function firstOf(limits: readonly Ceiling[]): Ceiling | null {
  const [first] = limits.toSorted(
    (a, b) =>
      monthsOrEver(a.months.fast) - monthsOrEver(b.months.fast) ||
      b.now / b.allowed - a.now / a.allowed,
  );
  return first === undefined || first.months.fast === null ? null : first;
}
