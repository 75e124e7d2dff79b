import { expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { evidenceTables } from '../evidence-tables.ts';
import type { TableEvidence } from '../evidence.ts';
import { schemaEvidenceOf, shippedTables } from '../shipped-evidence-fixture.ts';
import { keyPlacing } from './key-placing.ts';
import { lostConstraints } from './lost-constraints.ts';

const shop = shippedTables('shop');
const { tables } = schemaEvidenceOf(shop);

function lostBy(name: string, exclusions: readonly string[]) {
  const { columns } = present(
    shop.tables?.keys.find((key) => key.name === name),
    name,
  );
  const own = exclusions.map((definition) => ({ name: 'none', definition }));
  const excluding = (table: TableEvidence): TableEvidence =>
    table.name === 'orders' ? { ...table, exclusions: own } : table;
  const schema = { tables: tables.map(excluding), views: [] };
  const candidate = { key: name, columns, root: null, because: [] };
  const lost = lostConstraints(schema, keyPlacing(candidate, evidenceTables(schema), new Map()));
  return lost.map((each) => `${each.kind} ${each.table}(${each.columns.join(', ')})`);
}

test('by tenant the shop loses nothing, by user that an email is there once', () => {
  expect(lostBy('tenant', [])).toStrictEqual([]);
  expect(lostBy('user', [])).toContain('unique users(tenant_id, email)');
});

test.each([
  ['EXCLUDE USING gist (tenant_id WITH =, placed_at WITH &&)', []],
  ['EXCLUDE USING gist (placed_at WITH &&, tenant_id WITH =) WHERE (id > 0)', []],
  ['EXCLUDE USING gist ("tenant_id" WITH OPERATOR(pg_catalog.=), placed_at WITH &&)', []],
  [
    'EXCLUDE USING gist (tenant_id WITH <>, placed_at WITH &&)',
    ['exclusion orders(tenant_id, placed_at)'],
  ],
  [
    'EXCLUDE USING gist (user_id WITH =, placed_at WITH &&)',
    ['exclusion orders(user_id, placed_at)'],
  ],
  [
    'EXCLUDE USING gist (status text_ops WITH =, tstzrange(placed_at, placed_at) WITH &&)',
    ['exclusion orders(status)'],
  ],
])('%s', (definition, lost) => {
  expect(lostBy('tenant', [definition])).toStrictEqual(lost);
});
