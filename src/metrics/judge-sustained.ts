import { type Fact, fact, type Unworded } from '../result/finding.ts';
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
  /** Why there is no value of the whole window; absent: there always is one. */
  readonly missing?: Fact;
  /** The shard over the whole window. */
  readonly describe: (shard: number) => Fact;
}

export type AlarmRule = Pick<Alarm, 'rule' | 'limit'> & { readonly published: boolean };

/** An alarm whose note has no sentence yet. */
export type AlarmFacts = Unworded<Alarm>;

/**
 * A rule fires where it holds on one shard for so many seconds in a row; its value is the largest
 * level that was kept for that long, so that it exceeds the limit exactly when the rule fires.
 * Without enough known seconds the whole window is judged as one.
 */
export function judgeSustained(rule: AlarmRule, judged: Judged): AlarmFacts {
  const { shards, whole, seconds, least, tooShort, missing, describe } = judged;
  if (tooShort !== undefined) {
    return skipped(rule, fact('alarm-window-too-short', { numbers: tooShort }));
  }
  const best = seconds === null ? null : sustained(seconds, rule.limit, least);
  if (best === null) {
    if (whole === null) return skipped(rule, missing ?? describe(0));
    const value = Math.max(...whole);
    const shard = shards[whole.indexOf(value)] ?? 0;
    const by = seconds === null ? 'window' : 'window for want of seconds';
    return { ...fields(rule, shard, value), note: withNames(describe(shard), { by }) };
  }
  const shard = shards[best.shard] ?? best.shard;
  const overWindow = finite(whole?.[best.shard] ?? null);
  const { heldSeconds, sinceSecond } = best;
  const note = withNames(describe(shard), { by: 'seconds' });
  const held = { heldSeconds, leastSeconds: least, ...(sinceSecond !== null && { sinceSecond }) };
  return {
    ...fields(rule, shard, best.level),
    forMs: least * 1000,
    heldMs: heldSeconds * 1000,
    sinceSecond,
    overWindow,
    note: { ...note, numbers: { ...note.numbers, ...held } },
  };
}

const withNames = (note: Fact, names: Fact['names']): Fact => ({
  ...note,
  names: { ...note.names, ...names },
});

/** A value without end (a p99 among failures) is above every limit and has no number. */
export const finite = (value: number | null): number | null =>
  value === null || !Number.isFinite(value) ? null : value;

function fields(rule: AlarmRule, shard: number, value: number) {
  const state = value > rule.limit ? ('fired' as const) : ('quiet' as const);
  return { ...rule, shard, value: finite(value), state };
}

export function skipped(rule: AlarmRule, note: Fact): AlarmFacts {
  return { ...rule, shard: null, value: null, state: 'not evaluated', note };
}
