import { expect, test } from 'vitest';
import { candidateOf, settingAt } from './advice-fixture.ts';
import { judge } from './choose.ts';
import { type ChoiceAsked, measuredChoice, placedWork } from './measured-choice.ts';

const setting = settingAt(3000);

function chosen(
  made: readonly Parameters<typeof candidateOf>[0][],
  asked: Partial<ChoiceAsked> = {},
): string[] {
  const candidates = made.map(candidateOf);
  const sound = new Set(candidates.map(({ strategy }) => strategy));
  const choice = { best: 2, otherKeys: 1, first: null, sound, ...asked };
  return measuredChoice(judge(candidates, setting), choice).map(
    ({ judged, chosen: why }) => `${judged.candidate.strategy} ${why}`,
  );
}

const four = [
  { strategy: 'tenant/mod', scatter: 0.1 },
  { strategy: 'order/jump', scatter: 0.3 },
  { strategy: 'tenant/jump' },
  { strategy: 'user/jump', scatter: 0.2 },
  { strategy: 'tenant/ring', scatter: 0.05 },
];

test('the best by what their shards do, and the best of another key', () => {
  expect(chosen(four)).toEqual(['tenant/jump best', 'tenant/ring best', 'user/jump other-key']);
  expect(chosen(four.toReversed())).toEqual(chosen(four));
});

test('the best of each further key, as many as are asked for', () => {
  const others = ['tenant/jump best', 'user/jump other-key', 'order/jump other-key'];
  expect(chosen(four, { best: 1, otherKeys: 9 })).toEqual(others);
  expect(chosen(four, { best: 1, otherKeys: 0 })).toEqual(others.slice(0, 1));
});

test('a single key: the one that does least stands beside the best', () => {
  const own = four.filter(({ strategy }) => strategy.startsWith('tenant'));
  expect(chosen(own, { best: 1 })).toEqual(['tenant/jump best', 'tenant/mod contrast']);
  expect(chosen(own, { best: 1, otherKeys: 0 })).toEqual(['tenant/jump best']);
  expect(chosen(own, { best: 3 })).toHaveLength(3);
});

test('the recommended one is always among them, and other keys are those not yet measured', () => {
  expect(chosen(four, { first: 'order/jump' })).toEqual([
    'order/jump best',
    'tenant/jump best',
    'user/jump other-key',
  ]);
});

test('what breaks a rule comes last, and what cannot run is never measured', () => {
  const sound = new Set(['tenant/mod']);
  expect(chosen(four, { sound, best: 1 })).toEqual(['tenant/mod best', 'user/jump other-key']);
  const fails = { notRunnable: { fraction: 0.1, operations: ['pay'] } };
  const others = [
    ...four.slice(0, 1),
    { strategy: 'user/jump', key: fails },
    { strategy: 'month/range', traits: { ordered: true }, key: { rises: true } },
  ];
  expect(chosen(others)).toEqual(['tenant/mod best']);
  expect(chosen([])).toEqual([]);
});

test('the work of one placement: 1 / (scatter + rest x the share of the fullest shard)', () => {
  const [judged] = judge([candidateOf({ scatter: 0.2 })], setting);
  expect(judged && placedWork(judged, 0.3)).toBeCloseTo(1 / (0.2 + 0.8 * 0.3), 12);
});
