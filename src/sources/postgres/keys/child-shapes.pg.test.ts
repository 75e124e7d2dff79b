import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChildShape } from '../../../profile/evidence.ts';
import { candidate, type MeasuredDatabase, startMeasured } from './measured-keys-fixture.ts';

let database: MeasuredDatabase;

// Account n has n % 10 orders; orders have the account as text in `old`, without an index.
beforeAll(async () => {
  database = await startMeasured();
  await database.write(
    'create table accounts (id int primary key, boss int references accounts)',
    'create table orders (account int8 references accounts, at int)',
    'create table notes (account text, plain int)',
    `insert into accounts select n, nullif(n / 10, 0) from generate_series(1, 5000) n`,
    `insert into orders select id, at from accounts, generate_series(1, id % 10) at`,
    'insert into orders select null, 1 from generate_series(1, 500)',
    'insert into notes select account::text, at from orders',
    'create index on orders (account)',
    'vacuum analyze',
  );
});
afterAll(() => database.stop());

const key = candidate(
  'account',
  { accounts: ['id'], orders: ['account'], notes: ['account'] },
  'accounts',
);

async function shapes(small?: { rows: number; bytes: number }) {
  const measured = await database.measured([key], {
    sampleRows: small === undefined ? 60_000 : 15_000,
    ...(small !== undefined && { small }),
  });
  const of = (child: string): ChildShape => {
    const [only, ...more] = measured.shapes.filter((shape) => shape.child === child);
    if (only === undefined || more.length > 0) throw new Error(`${child}: not one shape`);
    return only;
  };
  return {
    of,
    codes: measured.unseen.map(({ code }) => code),
    all: measured.shapes.length,
    values: measured.values,
  };
}

test('small tables are counted, by foreign key and below the root', async () => {
  const { of, codes, all } = await shapes();
  expect([all, codes.filter((code) => code.startsWith('shape'))]).toEqual([3, []]);
  for (const child of ['orders', 'notes']) {
    expect(of(child)).toMatchObject({
      parent: 'accounts',
      columns: ['account'],
      basis: 'exact',
      parents: 5_000,
      childless: 0.1,
      mean: 4.5,
    });
    expect(of(child).quantiles).toHaveLength(101);
    expect([0, 5, 50, 95, 100].map((percent) => of(child).quantiles[percent])).toEqual([
      0, 0, 4.5, 9, 9,
    ]);
  }
  // Ten each but for the last; those of account 0 have no boss.
  expect(of('accounts')).toMatchObject({ columns: ['boss'], basis: 'exact', parents: 5_000 });
  expect(of('accounts').mean).toBeCloseTo(1, 2);
});

test('of large tables parents are drawn and asked through an index', async () => {
  const { of, values: all } = await shapes({ rows: 100, bytes: 0 });
  const orders = of('orders');
  expect(orders).toMatchObject({ basis: 'sampled', parents: 5_000 });
  // 2,000 parents: 4 standard errors.
  expect(Math.abs(orders.mean - 4.5)).toBeLessThan(4 * (2.87 / Math.sqrt(2_000)));
  expect(Math.abs(orders.childless - 0.1)).toBeLessThan(4 * Math.sqrt(0.09 / 2_000));
  expect(orders.quantiles[100]).toBe(9);
  // Of 5,000 accounts a tenth has no orders.
  const values = all.find(({ table }) => table === 'orders');
  expect(values).toMatchObject({ basis: 'sampled', distinctDoubtful: false });
  expect(Math.abs((values?.distinct ?? 0) - 4_500)).toBeLessThan(
    4 * 5_000 * Math.sqrt(0.09 / 2_000),
  );
  expect(values?.rowsPerValue[50]).toBe(5);
});

test('without an index children are drawn, and that is told', async () => {
  const { of, codes } = await shapes({ rows: 100, bytes: 0 });
  expect(codes).toContain('shape-without-index');
  const notes = of('notes');
  expect(notes).toMatchObject({ basis: 'sampled', parents: 5_000 });
  expect(notes.mean).toBeCloseTo(4.5, 0);
  expect(notes.quantiles[50]).toBeGreaterThan(3);
  expect(notes.quantiles[50]).toBeLessThan(6);
  expect(notes.childless).toBeLessThan(0.3);
});
