import { describe, expect, test } from 'vitest';
import { gateVerdict } from './gate-verdict.ts';
import { counterDifferences } from './counter-differences.ts';
import { likelyCauses } from './likely-causes.ts';
import { type Fact, textOnly } from '../result/finding.ts';
import { worded } from '../wording/worded.ts';
import { sampleCounters, sampleRouter, sampleTiming } from '../testing/sample-gate.ts';

const of = (...statuses: readonly ('pass' | 'regressed' | 'undecided' | 'missing')[]) =>
  sampleTiming(statuses.map((status, i) => sampleRouter(`router-${i}`, status)));

const textsOf = (facts: readonly Fact[]): string[] => facts.map((fact) => worded(fact).text);
const subject = (name: string) => ({
  subject: name,
  of: 'router' as const,
  workCounters: new Set(['hashes a key, 16 shards']),
});

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
      expect(textsOf(gateVerdict(sampleCounters(), timing, []).reasons)[0]).toMatch(/\w/);
    }
  });

  test('counters that differ or are missing come before times', () => {
    const differences = counterDifferences(subject('jump'), { a: 1, b: 'x' }, { a: 2, b: 'x' });
    const jump = { subject: 'jump', of: 'router', counts: 'answers' };
    expect(differences).toEqual([{ ...jump, counter: 'a', expected: 1, found: 2 }]);
    const changed = gateVerdict({ ...sampleCounters(), differences }, of('pass'), []);
    expect(changed).toMatchObject({ status: 'changed', exitCode: 4 });
    const [first, second] = textsOf(changed.reasons);
    expect(first).toContain('1 exact counter differs, of jump');
    expect(first).toContain('keys would be looked for on different shards');
    expect(second).toContain('with `shardlab gate --write-counters` and commit');
    const problems = [textOnly('ring: there is no file')];
    const missing = gateVerdict({ ...sampleCounters(), problems }, null, []);
    expect(missing).toMatchObject({ status: 'missing', reasons: problems });
    const older = [textOnly('the base is older')];
    expect(gateVerdict(sampleCounters(), null, older)).toMatchObject({
      status: 'missing',
      reasons: older,
    });
  });

  test("fewer hashes a key move no key, and a file of the user's is named in the remedy", () => {
    const cost = 'hashes a key, 16 shards';
    const differences = counterDifferences(subject('./mine.ts'), { [cost]: 2 }, { [cost]: 1 });
    const reasons = textsOf(gateVerdict({ ...sampleCounters(), differences }, null, []).reasons);
    expect(reasons[0]).toContain(
      'every key stays on its shard, but a look-up does a different amount of work',
    );
    expect(reasons[1]).toContain('`shardlab gate --write-counters --router ./mine.ts`');
  });

  test('a counter that is gone, or new, differs', () => {
    const jump = { subject: 'jump', of: 'router', counts: 'answers' };
    expect(counterDifferences(subject('jump'), { gone: 1 }, { new: 2 })).toEqual([
      { ...jump, counter: 'new', expected: null, found: 2 },
      { ...jump, counter: 'gone', expected: 1, found: null },
    ]);
  });

  test('says by how much', () => {
    const { reasons } = gateVerdict(sampleCounters(), of('regressed', 'pass'), []);
    expect(textsOf(reasons)).toEqual([
      'router-0 is 12 % slower (10 % to 14 %; two measurements of the base differ by up to 1.5 %)',
      'the code of router-0 itself is the likely cause: the other router was not found slower',
      'these are not slower by 5 % or more: router-1',
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
    expect(textsOf(likelyCauses(hashed))).toEqual([
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
    expect(textsOf(likelyCauses(some.map((status, i) => sampleRouter(`r${i}`, status))))).toEqual([
      'their own code is the likely cause: 2 others were not found slower',
    ]);
  });
});
