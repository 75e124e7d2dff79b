import { describe, expect, test } from 'vitest';
import { socialStatements, tpccStatements } from '../../queries/mutations-fixture.ts';
import { shopStatements } from '../../queries/shop-mutations-fixture.ts';
import { judgedIn, shippedTables } from './query-tables-fixture.ts';

const sets = [
  { name: 'shop', known: await shippedTables('shop', 'tenant'), statements: shopStatements },
  { name: 'tpcc', known: await shippedTables('tpcc', 'warehouse'), statements: tpccStatements },
  { name: 'social', known: await shippedTables('social', 'user'), statements: socialStatements },
];

test('there are sixty mutants and more, of every kind', () => {
  const mutants = sets.flatMap(({ statements }) => statements.flatMap((each) => each.mutants));
  const texts = new Set(mutants.map(({ sql }) => sql));
  expect(texts.size).toBe(mutants.length);
  expect(mutants.length).toBeGreaterThanOrEqual(60);
  const mistakes = new Set(mutants.map(({ mistake }) => mistake));
  expect(mistakes.size).toBe(6);
});

describe.each(sets)('$name', ({ known, statements }) => {
  describe.each(statements)('$sql', ({ sql, rewrites, mutants }) => {
    test.each([sql, ...rewrites])('nothing against %s', (same) => {
      const { offence, unknownColumns } = judgedIn(same, known);
      expect({ offence, unknownColumns }).toEqual({ offence: null, unknownColumns: [] });
    });

    test.each(mutants)('$mistake: $sql', ({ sql: mutant, offence }) => {
      expect(judgedIn(mutant, known)).toMatchObject({ offence, unknownColumns: [] });
    });
  });
});
