import { expect, test } from 'vitest';
import { tenantLayout } from '../scenario/layouts-fixture.ts';
import { shopOperations, shopTables } from '../scenario/tables-fixture.ts';
import { layoutsOf } from './layouts.ts';
import { sqlReaderFixture as reader } from './sql-reader-fixture.ts';

const layouts = layoutsOf({
  set: shopTables,
  operations: shopOperations,
  strategies: [{ key: 'tenant' }, { key: 'user_id' }, { key: 'id' }],
  tenants: 60,
  reader,
});

test('by tenant, the layout is the one that was made by hand', () => {
  const layout = layouts.get('tenant');
  expect(layout?.tables).toStrictEqual(tenantLayout.tables);
  expect(layout?.operations).toMatchObject(tenantLayout.operations);
});
