import { expect, test } from 'vitest';
import { corpus } from './corpus-fixture.ts';
import { corpusLayout } from './corpus-layout-fixture.ts';

test.each(corpus)('$fate: $sql', ({ sql, fate, code }) => {
  const { statement } = corpusLayout(sql);
  expect({ fate: statement.fate, code: statement.reason?.code }).toStrictEqual({ fate, code });
});

test('there are at least sixty, and some of each fate', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(60);
  const fates = new Set(corpus.map(({ fate }) => fate));
  expect([...fates].toSorted()).toStrictEqual([
    'multi',
    'notRunnable',
    'reference',
    'scatter',
    'single',
  ]);
});
