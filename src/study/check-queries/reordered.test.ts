import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgedIn, shippedTables } from './query-tables-fixture.ts';

const known = await shippedTables('shop', 'tenant');

const conditions = [
  'o.tenant_id = $1',
  'l.tenant_id = o.tenant_id',
  'l.order_id = o.id',
  'o.id = $2',
  'l.tenant_id = $1',
  'o.tenant_id in ($1, $3)',
  'o.tenant_id between $1 and $3',
  '(o.tenant_id = $1 or o.id = $2)',
  '(o.tenant_id = $1 or o.tenant_id = $3)',
  'l.user_id = o.user_id',
  'o.tenant_id::text = $4',
  'exists (select 1 from users u where u.tenant_id = o.tenant_id and u.id = o.user_id)',
  'o.user_id in (select u.id from users u where u.tenant_id = $1)',
  'not (l.tenant_id <> o.tenant_id)',
];

const where = (list: readonly string[]): string => list.join(' and ');

test('the order of conditions changes no fate, nor where they stand', () => {
  const fates = new Set<string>();
  const drawn = fc.subarray(conditions, { minLength: 2 }).chain((some) =>
    fc.record({
      some: fc.constant(some),
      shuffled: fc.shuffledSubarray(some, { minLength: some.length }),
      inJoin: fc.nat({ max: some.length - 1 }),
    }),
  );
  fc.assert(
    fc.property(drawn, ({ some, shuffled, inJoin }) => {
      const from = 'select o.id, l.number from orders o';
      const { fate, offence } = judgedIn(`${from}, lines l where ${where(some)}`, known);
      fates.add(fate);
      const same = [
        `${from}, lines l where ${where(shuffled)}`,
        `select o.id, l.number from lines l, orders o where ${where(shuffled)}`,
        `${from} join lines l on ${where(shuffled.slice(inJoin))} ` +
          `where ${where(['true', ...shuffled.slice(0, inJoin)])}`,
      ];
      for (const sql of same) expect(judgedIn(sql, known)).toMatchObject({ fate, offence });
    }),
    { numRuns: 150 },
  );
  expect(fates.size).toBeGreaterThanOrEqual(4);
});
