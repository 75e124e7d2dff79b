import { expect, test } from 'vitest';
import { parseScenario } from '../parse.ts';
import { shopOperations, shopTables } from '../tables-fixture.ts';
import { vocabularyFixture } from '../vocabulary-fixture.ts';
import { shopScenario } from './shop-fixture.ts';

const shop = parseScenario(shopScenario, 's.yaml', vocabularyFixture);

test('the shop as its author writes it is the shop that was put together by hand', () => {
  expect(shop.tables).toStrictEqual(shopTables);
});

test('so are its operations, but for the place of each statement', () => {
  const withoutPaths = shop.operations.map(({ script, ...rest }) => ({
    ...rest,
    script: script && {
      ...script,
      statements: script.statements.map((each) => ({ ...each, path: [] })),
    },
  }));
  expect(withoutPaths).toStrictEqual(shopOperations);
});

test('each statement has its place below the operations', () => {
  const paths = shop.operations.map(({ script }) => script?.statements.map(({ path }) => path));
  expect(paths).toStrictEqual([
    [
      [0, 'statements', 0, 'sql'],
      [0, 'statements', 1, 'statements', 0],
      [0, 'statements', 1, 'statements', 1],
    ],
    [[1, 'sql']],
    [[2, 'sql']],
  ]);
});
