import { describe, expect, test } from 'vitest';
import { adviceFacts, decide } from './advice.ts';
import { candidateOf, settingAt } from './advice-fixture.ts';
import type { MeasuredRemedy, Setting } from './candidate-figures.ts';
import { stayOnInstance } from './instance.ts';

const steady = (growth: number): Pick<Setting, 'trends'> => ({
  trends: { load: { value: growth, spread: 0 }, bytes: { value: growth, spread: 0 } },
});
const monthsOf = (ratio: number, growth: number): number => Math.log(ratio) / Math.log1p(growth);

describe('ceilings of one instance', () => {
  const stated: Setting['use'] = {
    iopsPerOperation: 20,
    walBytesPerWrite: 2000,
    isWalStated: true,
    memoryFraction: 0.5,
    connectionSeconds: 0.2,
  };
  const setting = settingAt(500, { ...steady(0.03), use: stated });

  test('each by its own closed form, and which is hit first', () => {
    const { limits, first, notKnown } = stayOnInstance(setting);
    expect(notKnown).toEqual([]);
    const by = new Map(limits.map((each) => [each.limit, each]));
    const check = (limit: Parameters<typeof by.get>[0], now: number, allowed: number) => {
      const found = by.get(limit);
      expect(found?.now).toBeCloseTo(now, 8);
      expect(found?.allowed).toBeCloseTo(allowed, 8);
      const months = Math.max(0, monthsOf(allowed / now, 0.03));
      const shown = found?.months.trend ?? Infinity;
      expect(shown).toBeCloseTo(months > 120 ? Infinity : months, 8);
    };
    check('load', 500, 700);
    check('writes', 250, 50_000);
    check('iops', 10_000, 16_000);
    check('wal', 500_000, 100e6);
    check('memory', 50e9, 64e9);
    check('connections', 100, 500);
    check('disk', 100e9, 2.8e12);
    check('size', 100e9, 10e12);
    // 100 GB at 100 MB/s
    check('backup', 1000 / 3600, 24);
    check('restore', 1000 / 3600, 24);
    expect(first?.limit).toBe('memory');
  });

  test('what nobody said is not guessed; of the log a row for each write is the least', () => {
    const { notKnown, limits } = stayOnInstance(settingAt(500));
    expect(notKnown).toEqual(['iops', 'memory', 'connections']);
    expect(limits.find(({ limit }) => limit === 'wal')).toMatchObject({
      basis: 'at-least',
      now: 500 * 0.5 * 500,
    });
    expect(stayOnInstance(settingAt(500, { capacity: null })).notKnown).toContain('load');
  });

  test('the fullest shard has its part of everything, on a machine of its size', () => {
    const candidates = [candidateOf({ ratios: [1.2] })];
    const { fullestShard } = adviceFacts(decide({ candidates, refused: [], setting }));
    const of = (name: string) => fullestShard?.limits.find(({ limit }) => limit === name);
    expect(of('load')).toMatchObject({ now: expect.closeTo(150, 6), allowed: 420 });
    expect(of('writes')?.now).toBeCloseTo(75, 6);
    expect(of('iops')).toMatchObject({ now: expect.closeTo(3000, 6), allowed: 9600 });
    expect(of('memory')).toMatchObject({ now: 12.5e9, allowed: 0.6 * 64e9 });
    expect(of('connections')).toMatchObject({ now: expect.closeTo(30, 6), allowed: 500 });
    expect(fullestShard?.first).toBe('load');
  });
});

describe('what helps without shards', () => {
  const larger: MeasuredRemedy = {
    kind: 'larger-instance',
    count: 2,
    capacityFactor: 2,
    monthlyCost: 4800,
    costRatio: 2,
  };
  const replicas: MeasuredRemedy = {
    kind: 'read-replicas',
    count: 3,
    capacityFactor: 1.5,
    monthlyCost: 6000,
    costRatio: 2.5,
  };
  const answer = (setting: Setting, remedies = [larger, replicas], scatter = 0) =>
    adviceFacts(decide({ candidates: [candidateOf({ scatter })], refused: [], remedies, setting }));

  test('one twice as large is enough where growth is slow, and cheaper than shards', () => {
    const setting = settingAt(800, steady(0.01));
    const { recommendation, candidates } = answer(setting);
    expect(recommendation).toMatchObject({
      kind: 'stay',
      instead: 'larger-instance',
      otherwise: { strategy: 'tenant/jump', shardCount: 4 },
    });
    expect(recommendation.advice.code).toBe('advice-stay-larger-instance');
    // 70 % of 2,000/s
    expect(recommendation.advice.numbers.months).toBeCloseTo(monthsOf(1400 / 800, 0.01), 8);
    const rows = candidates.map(({ instance, status }) => ({ instance, status }));
    expect(rows[0]).toEqual({
      instance: { machineTimes: 2, readReplicas: 0 },
      status: 'recommended',
    });
    expect(rows.filter(({ status }) => status === 'recommended')).toHaveLength(1);
    for (const { status, reasons } of candidates) {
      expect(reasons.length > 0).toBe(status !== 'recommended');
    }
  });

  test('where it does not last, shards are the answer, and its months are said', () => {
    const { recommendation, candidates } = answer(settingAt(1000, steady(0.04)));
    expect(recommendation).toMatchObject({ kind: 'shard', instead: null });
    const row = candidates.find(({ instance }) => instance?.machineTimes === 2);
    expect(row?.reasons[0]).toMatchObject({ code: 'advice-remedy-full', names: { limit: 'load' } });
    expect(row?.monthsToFull?.trend).toBeCloseTo(monthsOf(1.4, 0.04), 8);
  });

  test('a limit that a larger machine does not lift stays', () => {
    const setting = {
      ...settingAt(100, steady(0.01)),
      now: { qps: 100, bytes: 9.9e12, writeFraction: 0.5 },
    };
    const { recommendation } = answer(setting);
    expect(recommendation.kind).toBe('shard');
    const archive = recommendation.reasons.find(({ code }) => code === 'advice-archive-first');
    // 9.9 TB grow to 11.8 TB; the instance's disk of 4 TB may have 2.8 TB.
    const grown = 9.9e12 * 1.01 ** 18;
    expect(archive?.numbers.archivedFraction).toBeCloseTo(1 - 2.8e12 / grown, 8);
    expect(archive?.numbers.loadMonths).toBeUndefined();
  });

  test('where no key helps replicas do not make it help, but are named', () => {
    const enough = { ...replicas, capacityFactor: 12 };
    const { recommendation, candidates } = answer(settingAt(3000), [larger, enough], 0.7);
    expect(recommendation).toMatchObject({ kind: 'nothing-helps', instead: null });
    const would = recommendation.reasons.filter(({ code }) => code === 'advice-remedy-would');
    expect(would.map(({ names }) => names?.enough)).toEqual(['compared', 'enough']);
    expect(candidates.some(({ status }) => status === 'recommended')).toBe(false);
  });

  test('an instance that is enough needs neither', () => {
    const { recommendation, candidates } = answer(settingAt(100, steady(0.01)));
    expect(recommendation).toMatchObject({ kind: 'stay', instead: null });
    expect(candidates[0]?.instance).toEqual({ machineTimes: 1, readReplicas: 0 });
  });
});
