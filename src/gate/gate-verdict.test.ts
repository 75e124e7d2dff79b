import { describe, expect, test } from 'vitest';
import { gateVerdict } from './gate-verdict.ts';
import { counterDifferences } from './counter-differences.ts';
import { likelyCauses } from './likely-causes.ts';
import { sampleCounters, sampleRouter, sampleTiming } from '../testing/sample-gate.ts';

const of = (...statuses: readonly ('pass' | 'regressed' | 'undecided' | 'missing')[]) =>
  sampleTiming(statuses.map((status, i) => sampleRouter(`router-${i}`, status)));

describe('the verdict', () => {
  test.each([
    [of('pass', 'pass'), 'pass', 0],
    [of('pass', 'undecided'), 'undecided', 6],
    [of('undecided', 'regressed', 'pass'), 'regressed', 4],
    [of('regressed', 'missing'), 'missing', 4],
    [of(), 'missing', 4],
    [null, 'missing', 4],
  ] as const)('is the worst of the routers: %#', (timing, status, exitCode) => {
    expect(gateVerdict(sampleCounters(), timing, [])).toMatchObject({ status, exitCode });
  });

  test('always has a reason', () => {
    for (const timing of [
      of('pass'),
      of('undecided'),
      of('missing'),
      of('regressed'),
      of(),
      null,
    ]) {
      expect(gateVerdict(sampleCounters(), timing, []).reasons[0]).toMatch(/\w/);
    }
  });

  test('counters that differ or are missing come before times', () => {
    const differences = counterDifferences('jump', { a: 1, b: 'x' }, { a: 2, b: 'x' });
    expect(differences).toEqual([{ subject: 'jump', counter: 'a', expected: 1, found: 2 }]);
    const changed = gateVerdict({ ...sampleCounters(), differences }, of('pass'), []);
    expect(changed).toMatchObject({ status: 'changed', exitCode: 4 });
    expect(changed.reasons[0]).toContain('1 exact counter differs, of jump');
    expect(changed.reasons[0]).toContain('keys would be looked for on different shards');
    expect(changed.reasons[1]).toContain('with `shardlab gate --write-counters` and commit');
    const problems = [{ subject: 'ring', problem: 'there is no file' }];
    const missing = gateVerdict({ ...sampleCounters(), problems }, null, []);
    expect(missing).toMatchObject({ status: 'missing', reasons: ['ring: there is no file'] });
    const older = gateVerdict(sampleCounters(), null, ['the base is older']);
    expect(older).toMatchObject({ status: 'missing', reasons: ['the base is older'] });
  });

  test("fewer hashes a key move no key, and a file of the user's is named in the remedy", () => {
    const cost = 'hashes a key, 16 shards';
    const differences = counterDifferences('./mine.ts', { [cost]: 2 }, { [cost]: 1 });
    const { reasons } = gateVerdict({ ...sampleCounters(), differences }, null, []);
    expect(reasons[0]).toContain(
      'every key stays on its shard, but a look-up does a different amount of work',
    );
    expect(reasons[1]).toContain('`shardlab gate --write-counters --router ./mine.ts`');
  });

  test('a counter that is gone, or new, differs', () => {
    expect(counterDifferences('jump', { gone: 1 }, { new: 2 })).toEqual([
      { subject: 'jump', counter: 'new', expected: null, found: 2 },
      { subject: 'jump', counter: 'gone', expected: 1, found: null },
    ]);
  });

  test('says by how much', () => {
    const { reasons } = gateVerdict(sampleCounters(), of('regressed', 'pass'), []);
    expect(reasons).toEqual([
      'router-0 is 12.0 % slower (10.0 % to 14.0 %; two measurements of the base differ by up to 1.5 %)',
      'the code of router-0 itself is the likely cause: the other router was not found slower',
      'these are not slower by 5.0 % or more: router-1',
    ]);
  });
});

describe('the likely cause', () => {
  test('is the hash where all routers of it are slower', () => {
    const hashed = [
      sampleRouter('a', 'regressed', 'xxh64'),
      sampleRouter('b', 'regressed', 'xxh64'),
      sampleRouter('c', 'pass', null),
    ];
    expect(likelyCauses(hashed)).toEqual([
      'all 2 routers that use the key hash xxh64 are slower, so the key hash xxh64 (or code ' +
        'that every look-up runs) is the likely cause',
    ]);
  });

  test('is not told of one router alone', () => {
    expect(likelyCauses([sampleRouter('a', 'regressed')])).toEqual([]);
    expect(likelyCauses([sampleRouter('a', 'pass')])).toEqual([]);
  });

  test('is their own code where some are', () => {
    const some = ['regressed', 'regressed', 'pass', 'undecided'] as const;
    expect(likelyCauses(some.map((status, i) => sampleRouter(`r${i}`, status)))).toEqual([
      'their own code is the likely cause: 2 others were not found slower',
    ]);
  });
});
