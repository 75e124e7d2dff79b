import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type StatementCounters, statementsBetween } from './statement-counters.ts';

const counters = fc.record({
  id: fc.constantFrom('a', 'b', 'c', null),
  text: fc.constant('select 1'),
  topLevel: fc.constant(true),
  calls: fc.nat(100),
  totalMs: fc.nat(100),
  rows: fc.nat(100),
});
const statements = fc.uniqueArray(counters, { selector: ({ id }) => id });

const sample = (of: readonly StatementCounters[], resetAtSeconds: number | null = 1) => ({
  atSeconds: 10,
  resetAtSeconds,
  evictions: 0,
  statements: of,
});

test('what was counted before and what came after make what is counted now', () => {
  fc.assert(
    fc.property(statements, statements, (before, more) => {
      const after = before.map((each) => {
        const grown = more.find(({ id }) => id === each.id);
        return { ...each, calls: each.calls + (grown?.calls ?? 0) };
      });
      const fresh = more.filter(({ id }) => !before.some((each) => each.id === id));
      const change = statementsBetween(sample(before), sample([...after, ...fresh])) ?? [];
      const expected = more.filter(({ calls }) => calls > 0);
      expect(new Map(change.map(({ id, calls }) => [id, calls]))).toEqual(
        new Map(expected.map(({ id, calls }) => [id, calls])),
      );
    }),
  );
});

test('hidden statements are counted together; one that came back counts from its return', () => {
  const one = { id: 'a', text: 'select 1', topLevel: true, calls: 10, totalMs: 1, rows: 1 };
  const hidden = { ...one, id: null, text: null };
  const change = statementsBetween(
    sample([one, hidden, hidden]),
    sample([{ ...one, calls: 3 }, { ...hidden, calls: 15 }, hidden]),
  );
  expect(change?.map(({ id, calls }) => [id, calls])).toEqual([
    ['a', 3],
    [null, 5],
  ]);
});

test('after a reset there is no difference', () => {
  expect(statementsBetween(sample([], 1), sample([], 2))).toBeNull();
});
