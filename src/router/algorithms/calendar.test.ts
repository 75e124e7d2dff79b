import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { present } from '../../base/assert.ts';
import { type KeyType, keyTypes, type RoutedKeyType } from '../../base/keys.ts';
import { snowflakeEpochMs, snowflakeText } from '../../base/snowflake.ts';
import { layOutUuid7, uuidText } from '../../base/uuid-layout.ts';
import { buildRouter, routerProblems, type RouterSpec } from '../build-router.ts';
import { parsePeriods } from './calendar-periods.ts';
import type { Router } from '../contract.ts';
import { knownKeys, movedFraction, shardsOf, someKeys, topologyOf } from '../fixtures.suite.ts';

const specOf = (settings: unknown): RouterSpec => ({
  router: 'calendar',
  parameter: null,
  hash: null,
  salt: '',
  settings,
});
const monthly = { every: '1 month', from: '2026-03-01', hot: [2, 3], cold: [0, 1] };

const built = (settings: unknown, type: RoutedKeyType, shardCount = 4): Router =>
  buildRouter(specOf(settings), topologyOf(shardCount), type, {
    ...knownKeys('text', []),
    type,
  });

function uuidAt(ms: number): string {
  const bytes = new Uint8Array(16).fill(0x5a);
  layOutUuid7(bytes, ms);
  return uuidText(bytes);
}
const textOf: Readonly<Record<KeyType, (ms: number) => string>> = {
  text: (ms) => new Date(ms).toISOString(),
  int8: (ms) => snowflakeText(ms, 17, 4095),
  uuid: uuidAt,
};
const shardsAt = (router: Router, type: KeyType, times: readonly number[]): number[] =>
  shardsOf(router, knownKeys(type, times.map(textOf[type])));

/** Number of a period of the calendar, by Date. */
const slow: Readonly<Record<string, (ms: number) => number>> = {
  '1 day': (ms) => Math.floor(ms / 86_400_000),
  '10 days': (ms) => Math.floor(ms / 864_000_000),
  '2 weeks': (ms) => {
    const monday = new Date(ms);
    monday.setUTCHours(0, 0, 0, 0);
    monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7));
    return Math.floor((monday.getTime() / 86_400_000 + 3) / 14);
  },
  '3 months': (ms) => {
    const date = new Date(ms);
    return Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / 3);
  },
  '1 year': (ms) => new Date(ms).getUTCFullYear(),
};

const times = fc.integer({ min: snowflakeEpochMs, max: Date.UTC(2079, 0, 1) });

describe('calendar', () => {
  it.each(keyTypes)('deals the months of %s keys to hot and cold shards in turn', (type) => {
    const months = Array.from({ length: 6 }, (_, month) => Date.UTC(2025, 11 + month, 1));
    // December 2025 is month 24311 of the calendar, an odd one: cold shard 1.
    expect(shardsAt(built(monthly, type), type, months)).toEqual([1, 0, 1, 2, 3, 2]);
    const lastMoments = months.map((ms) => ms - 1);
    expect(shardsAt(built(monthly, type), type, lastMoments)).toEqual([0, 1, 0, 1, 2, 3]);
  });

  it.each(Object.keys(slow))('agrees with Date for periods of %s', (every) => {
    const indexAt = slow[every] ?? (() => 0);
    const periods = parsePeriods(every);
    for (const type of keyTypes) {
      const property = fc.property(times, times, (fromMs, ms) => {
        const start = periods?.startOf(periods.indexAt(Float64Array.of(fromMs))) ?? 0;
        expect(indexAt(start)).toBe(indexAt(fromMs));
        expect(indexAt(start - 1)).toBe(indexAt(fromMs) - 1);
        const settings = {
          every,
          from: textOf.text(start).slice(0, 10),
          hot: [1, 3, 4],
          cold: [0, 2],
        };
        const index = indexAt(ms);
        const expected = index < indexAt(start) ? [0, 2][index % 2] : [1, 3, 4][index % 3];
        expect(shardsAt(built(settings, type, 5), type, [ms])).toEqual([expected]);
      });
      fc.assert(property, { seed: 61, numRuns: 60 });
    }
  });

  it('takes hours and minutes of ids', () => {
    const settings = { every: '6 hours', from: '2026-01-01T06:00Z', hot: [1, 2], cold: [0] };
    const at = (hour: number): number => Date.UTC(2026, 0, 1, hour, 59, 59, 999);
    const shards = shardsAt(built(settings, 'uuid', 3), 'uuid', [5, 6, 12, 18, 24].map(at));
    expect(shards[0]).toBe(0);
    expect(shards.slice(1)).toEqual([shards[1], shards[2], shards[1], shards[2]]);
    expect(new Set(shards)).toEqual(new Set([0, 1, 2]));
  });

  it('places ids from before the epoch, and of another epoch', () => {
    const early = knownKeys('int8', ['-9223372036854775808', '-1', '0']);
    const hot = { every: '1 year', from: '2011-01-01', hot: [1], cold: [0] };
    expect(shardsOf(built(hot, 'int8', 2), early)).toEqual([0, 0, 0]);
    // Discord's ids count from 2015: https://docs.discord.com/developers/reference#snowflakes
    const discord = {
      every: '1 day',
      from: '2016-04-30',
      hot: [1],
      cold: [0],
      epoch: '2015-01-01',
    };
    const known = knownKeys('int8', ['175928847299117063']);
    expect(shardsOf(built(discord, 'int8', 2), known)).toEqual([1]);
    const next = { ...discord, from: '2016-05-01' };
    expect(shardsOf(built(next, 'int8', 2), known)).toEqual([0]);
  });

  it('moves the periods between two dates, and no others, when the calendar moves on', () => {
    const hours = Array.from({ length: 24 * 400 }, (_, i) => Date.UTC(2025, 6, 1, i));
    const keys = knownKeys('uuid', hours.map(uuidAt));
    const before = built(monthly, 'uuid');
    const after = built({ ...monthly, from: '2026-05-01' }, 'uuid');
    const between = hours.filter((ms) => ms >= Date.UTC(2026, 2) && ms < Date.UTC(2026, 4));
    expect(movedFraction(before, after, keys)).toBe(between.length / hours.length);
    const moved = new Set(
      shardsAt(after, 'uuid', between).map(
        (to, i) => `${shardsAt(before, 'uuid', [between[i] ?? 0])[0]}>${to}`,
      ),
    );
    expect(moved).toEqual(new Set(['2>0', '3>1']));
  });

  it('places a text that is no date where it sorts among dates', () => {
    const settings = { every: '1 day', from: '2026-02-28', hot: [1], cold: [0] };
    const texts = [
      '',
      '2026',
      '2026-02-2',
      '2026-02-27x',
      '2026-02-28',
      '2026-02-29',
      '2026-1',
      'x',
    ];
    expect(shardsOf(built(settings, 'text', 2), knownKeys('text', texts))).toEqual([
      0, 0, 0, 0, 1, 1, 1, 1,
    ]);
  });

  it('says which shards have no keys', () => {
    expect(built(monthly, 'uuid', 6).warnings).toEqual([
      'the settings of calendar give no keys to the shards 4, 5',
    ]);
  });
});

describe('ranges of calendar', () => {
  it('visit the shards of the periods between, each once, ascending', () => {
    const router = built(monthly, 'uuid');
    const visited = (from: string, to: string): number[] => {
      const ends = knownKeys('uuid', [uuidAt(Date.parse(from)), uuidAt(Date.parse(to))]);
      const shards: number[] = [];
      router.routeRange?.(ends.bytes.slice(0, 16), ends.bytes.slice(16), (shard) =>
        shards.push(shard),
      );
      return shards;
    };
    expect(visited('2026-01-02', '2026-01-31')).toEqual([0]);
    expect(visited('2026-02-28', '2026-03-01')).toEqual([1, 2]);
    expect(visited('2020-02-28', '2026-03-01')).toEqual([0, 1, 2]);
    expect(visited('2026-04-01', '2080-03-01')).toEqual([2, 3]);
    expect(visited('2026-04-01', '2026-03-31')).toEqual([]);
  });

  it.each(keyTypes)('hold every %s key between their ends', (type) => {
    const near = fc.integer({ min: Date.UTC(2025, 8), max: Date.UTC(2026, 8) });
    const ordered = fc.uniqueArray(near, { minLength: 3, maxLength: 3 });
    const dated = ordered.map((all) => knownKeys(type, all.map(textOf[type])));
    const property = fc.property(fc.oneof(dated, someKeys(type, 3)), (keys) => {
      const router = built(monthly, type);
      const all = Array.from({ length: keys.count }, (_, i) =>
        keys.bytes.slice(keys.offsets[i], keys.offsets[i + 1]),
      );
      const compare = (a: Uint8Array, b: Uint8Array): number =>
        type === 'int8'
          ? Number(Buffer.from(a).readBigInt64LE() - Buffer.from(b).readBigInt64LE())
          : Buffer.compare(a, b);
      const sorted = all.toSorted(compare);
      const [from, to] = [present(sorted[0], 'first'), present(sorted.at(-1), 'last')];
      const visited: number[] = [];
      router.routeRange?.(from, to, (shard) => visited.push(shard));
      for (const key of all) expect(visited).toContain(router.route(key, 0, key.length));
    });
    fc.assert(property, { seed: 62, numRuns: 200 });
  });
});

describe('settings of calendar', () => {
  const change = (changes: object): unknown => ({ ...monthly, ...changes });
  it.each([
    [undefined, 'uuid', ['calendar needs settings such as { every: 1 month, from: 2026-01-01']],
    [change({ evry: 1 }), 'uuid', ['calendar has no setting "evry" (did you mean every?)']],
    [
      change({ every: '1 fortnight' }),
      'uuid',
      ['every is "1 fortnight"; it must be a number of min'],
    ],
    [change({ every: '6 hours' }), 'text', ['every is "6 hours", but text keys have only a date']],
    [change({ from: '2026-02-30' }), 'uuid', ['from is "2026-02-30"; it must be a date such as']],
    [
      change({ from: '2026-03-02' }),
      'uuid',
      [
        'from is "2026-03-02", which is inside a period of 1 month; periods begin at ' +
          '2026-03-01T00:00Z and',
      ],
    ],
    [
      change({ hot: [], cold: [1, 9] }),
      'uuid',
      ['hot is []; it must be', 'cold: 9 is not a shard; the shards'],
    ],
    [change({ hot: [3, '3'] }), 'uuid', ['hot names shard 3 twice']],
    [
      change({ epoch: '2015-01-01' }),
      'uuid',
      ['epoch is the time at which int8 ids begin; uuid keys'],
    ],
    [change({ epoch: 2015 }), 'int8', ['epoch is 2015; it must be a date']],
    [{}, 'uuid', ['every is nothing', 'from is nothing', 'hot is nothing', 'cold is nothing']],
  ] as const)('refuses %j for %s keys', (settings, type, problems) => {
    const found = routerProblems(specOf(settings), topologyOf(4), type);
    expect(found).toEqual(problems.map((problem) => expect.stringContaining(problem)));
  });
});
