import type { Alarm } from '../result/types.ts';
import { sustained } from './sustained.ts';

/** A rule's values, of the whole window and of each second. */
export interface Judged {
  readonly shards: readonly number[];
  /** By shard; null where one is not known. */
  readonly whole: readonly number[] | null;
  /** By shard and second; null: the value cannot change within the window. */
  readonly seconds: readonly (readonly (number | null)[])[] | null;
  /** Seconds in a row for which the rule must hold. */
  readonly least: number;
  readonly tooShort?: { readonly windowMs: number; readonly forMs: number };
  /** Why there is no value. */
  readonly missing: string;
  /** The shard over the whole window, in words. */
  readonly describe: (shard: number) => string;
}

type Rule = Pick<Alarm, 'rule' | 'limit'> & { readonly published: boolean };

/**
 * A rule fires where it holds on one shard for so many seconds in a row; its value is the largest level
 * that was kept for that long, so that it exceeds the limit exactly when the rule fires. Without
 * enough known seconds the whole window is judged as one.
 */
export function judgeSustained(rule: Rule, judged: Judged): Alarm {
  const { shards, whole, seconds, least, tooShort, missing, describe } = judged;
  if (tooShort !== undefined) {
    const { windowMs, forMs } = tooShort;
    const text = `the window of ${windowMs / 1000} s is shorter than the ${forMs / 1000} s`;
    return skipped(rule, `${text} for which the rule must hold (alarms.for)`);
  }
  const best = seconds === null ? null : sustained(seconds, rule.limit, least);
  if (best === null) {
    if (whole === null) return skipped(rule, missing);
    const value = Math.max(...whole);
    const shard = shards[whole.indexOf(value)] ?? 0;
    const why =
      seconds === null
        ? ''
        : '; judged over the whole window, because seconds alone have too few queries';
    return { ...fields(rule, shard, value), note: `${describe(shard)}${why}` };
  }
  const shard = shards[best.shard] ?? best.shard;
  const overWindow = finite(whole?.[best.shard] ?? null);
  return {
    ...fields(rule, shard, best.level),
    forMs: least * 1000,
    heldMs: best.heldSeconds * 1000,
    sinceSecond: best.sinceSecond,
    overWindow,
    note: `${heldText(best.heldSeconds, best.sinceSecond, least)}; over the whole window ${describe(shard)}`,
  };
}

function heldText(held: number, since: number | null, least: number): string {
  if (held === 0) return `the value is the most that was kept for ${seconds(least)} in a row`;
  const begin = since === null ? '' : `, from second ${since} on`;
  return `above the limit for ${seconds(held)} in a row${begin}`;
}

const seconds = (count: number): string => (count === 1 ? '1 second' : `${count} seconds`);

/** A value without end (a p99 among failures) is above every limit and has no number. */
const finite = (value: number | null): number | null =>
  value === null || !Number.isFinite(value) ? null : value;

function fields(rule: Rule, shard: number, value: number) {
  const state = value > rule.limit ? ('fired' as const) : ('quiet' as const);
  return { ...rule, shard, value: finite(value), state };
}

export function skipped(rule: Rule, note: string): Alarm {
  return { ...rule, shard: null, value: null, state: 'not evaluated', note };
}
