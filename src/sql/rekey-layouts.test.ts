import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { parseScenario } from '../scenario/parse.ts';
import { heldScenario, rekeyScenario } from '../scenario/tables/rekey-fixture.ts';
import { vocabularyFixture } from '../scenario/vocabulary-fixture.ts';
import { layoutsOf } from './layouts.ts';
import { sqlReaderFixture as reader } from './sql-reader-fixture.ts';

function moveUnder(key: string, text = rekeyScenario) {
  const { tables, operations, strategies } = parseScenario(text, 's.yaml', vocabularyFixture);
  const set = present(tables, 'tables');
  const layouts = layoutsOf({ set, operations, strategies, tenants: 60, reader });
  const { script, instead } = present(operations.at(-1), 'move_user');
  const found = present(layouts.get(key)?.operations.at(-1), 'layout');
  const statements = found.runs === 'instead' ? instead : script;
  return {
    fate: found.fate,
    runs: found.runs,
    refused: found.refused?.reason.code,
    transaction: statements?.transaction,
    /** What the keys of each statement are compared with. */
    routes: found.statements.map(({ route, locks }, index) => {
      if (route.to !== 'keys') return route.to;
      const parameters = present(statements?.statements[index], 'statement').parameters;
      const names = route.keys.flatMap(({ values }) =>
        values.map((value) => {
          const parameter = 'parameter' in value ? parameters[value.parameter - 1] : undefined;
          if (parameter?.kind === 'row') return parameter.column;
          return parameter?.kind === 'value' ? 'to' : 'another';
        }),
      );
      return `${locks ? 'locks' : 'reads'} ${names.join(', ')}`;
    }),
  };
}

test('where the column is the key, rows are deleted at the old value, inserted at the new', () => {
  expect(moveUnder('region')).toEqual({
    fate: 'single',
    runs: 'instead',
    refused: 'key-changed',
    transaction: 'interactive',
    routes: [...oldRows, ...newRows],
  });
});

const oldRows = ['locks region', 'locks region', 'locks region'];
const newRows = ['locks to', 'locks to', 'locks to'];

test.each([
  ['tenant', ['locks tenant_id', 'locks tenant_id', 'locks tenant_id']],
  ['single', ['home', 'home', 'home']],
])('where it is not, by %s, rows are updated', (key, routes) => {
  expect(moveUnder(key)).toEqual({
    fate: 'single',
    runs: 'own',
    refused: undefined,
    transaction: 'interactive',
    routes,
  });
});

test('where a foreign key holds the column, rows move everywhere, on one shard too', () => {
  const inTenant = Array.from({ length: 6 }, () => 'locks tenant_id');
  expect(moveUnder('tenant', heldScenario)).toMatchObject({
    fate: 'single',
    runs: 'own',
    routes: inTenant,
  });
  const inRegion = moveUnder('region', heldScenario);
  expect(inRegion).toMatchObject({ runs: 'own', routes: [...oldRows, ...newRows] });
});
