import { parseTime, timeAllowed } from '../../base/civil-date.ts';
import { snowflakeEpochMs } from '../../base/snowflake.ts';
import type { RoutedKeyType } from '../../base/keys.ts';
import type { SettingsReader } from '../contract.ts';
import { parsePeriods, type Periods, periodsAllowed } from './calendar-periods.ts';
import { isMap, readShard, settingsMap, type SettingsMap, shown } from './settings-input.ts';

export interface CalendarSettings {
  readonly periods: Periods;
  /** Number of the first period on the hot shards; those before it are on the cold ones. */
  readonly firstHot: number;
  readonly hot: readonly number[];
  readonly cold: readonly number[];
  /** Unix milliseconds at which the ids of int8 keys begin. */
  readonly epochMs: number;
}

const usage = '{ every: 1 month, from: 2026-01-01, hot: [2, 3], cold: [0, 1] }';

function readShards(
  name: string,
  input: unknown,
  shardCount: number,
  problems: string[],
): readonly number[] {
  if (!Array.isArray(input) || input.length === 0) {
    problems.push(`${name} is ${shown(input)}; it must be a list of one or more shards`);
    return [];
  }
  const shards = input.map((each: unknown) => readShard(`${name}:`, each, shardCount, problems));
  const known = shards.filter((shard) => shard !== undefined);
  const twice = known.find((shard, i) => known.indexOf(shard) !== i);
  if (twice !== undefined) problems.push(`${name} names shard ${twice} twice`);
  return known;
}

function readTime(name: string, input: unknown, problems: string[]): number | undefined {
  const ms = typeof input === 'string' ? parseTime(input) : undefined;
  if (ms === undefined) problems.push(`${name} is ${shown(input)}; it must be ${timeAllowed}`);
  return ms;
}

function readPeriods(
  input: unknown,
  keyType: RoutedKeyType,
  problems: string[],
): Periods | undefined {
  const periods = typeof input === 'string' ? parsePeriods(input) : undefined;
  if (periods === undefined) {
    problems.push(`every is ${shown(input)}; it must be ${periodsAllowed}`);
  } else if (keyType === 'text' && !periods.wholeDays) {
    problems.push(`every is ${shown(input)}, but text keys have only a date: use 1 day or more`);
  }
  return periods;
}

const timeText = (ms: number): string => new Date(ms).toISOString().replace(/:00\.000Z$/, 'Z');

/** The period that begins at `from`; a problem names the nearest beginnings where none does. */
function readFirstHot(
  map: SettingsMap,
  periods: Periods | undefined,
  problems: string[],
): number | undefined {
  const from = readTime('from', map['from'], problems);
  if (from === undefined || periods === undefined) return undefined;
  const index = periods.indexAt(Float64Array.of(from));
  if (periods.startOf(index) === from) return index;
  const [before, after] = [periods.startOf(index), periods.startOf(index + 1)].map(timeText);
  problems.push(
    `from is ${shown(map['from'])}, which is inside a period of ${periods.text}; ` +
      `periods begin at ${before} and ${after}`,
  );
  return undefined;
}

function readEpoch(input: unknown, keyType: RoutedKeyType, problems: string[]): number {
  if (input === undefined) return snowflakeEpochMs;
  if (keyType !== 'int8') {
    problems.push(`epoch is the time at which int8 ids begin; ${keyType} keys contain their date`);
    return snowflakeEpochMs;
  }
  return readTime('epoch', input, problems) ?? snowflakeEpochMs;
}

/** Settings of the router `calendar`. */
export const calendarSettings: SettingsReader = {
  usage,
  example(shardCount) {
    const cold = Array.from({ length: Math.max(1, shardCount - 1) }, (_, shard) => shard);
    return { every: '1 month', from: '2026-01-01', hot: [shardCount - 1], cold };
  },
  read(input, { shardCount }, keyType) {
    const problems: string[] = [];
    const names = ['every', 'from', 'hot', 'cold', 'epoch'];
    const map = settingsMap('calendar', input, names, usage, problems);
    if (!isMap(input)) return { problems };
    const periods = readPeriods(map['every'], keyType, problems);
    const firstHot = readFirstHot(map, periods, problems);
    const hot = readShards('hot', map['hot'], shardCount, problems);
    const cold = readShards('cold', map['cold'], shardCount, problems);
    const epochMs = readEpoch(map['epoch'], keyType, problems);
    if (problems.length > 0 || periods === undefined || firstHot === undefined) return { problems };
    const value: CalendarSettings = { periods, firstHot, hot, cold, epochMs };
    return { value };
  },
};
