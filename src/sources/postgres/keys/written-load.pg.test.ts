import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { rngFrom } from '../../../base/rng.ts';
import type { KeyLoad } from '../../../profile/evidence.ts';
import { candidate, type MeasuredDatabase, startMeasured } from './measured-keys-fixture.ts';

let database: MeasuredDatabase;

beforeAll(async () => {
  database = await startMeasured();
});
afterAll(() => database.stop());

const tenants = 50;
const rowsEach = 100;

// Loaded evenly, tenant by tenant in one transaction; a line for each order.
beforeEach(() =>
  database.write(
    'drop table if exists orders, lines',
    'create table orders (id int8 generated always as identity, tenant int, note int)',
    'create table lines (tenant int8, note int)',
    `insert into orders (tenant, note) select n / ${rowsEach}, 0
      from generate_series(0, ${tenants * rowsEach - 1}) n`,
    'insert into lines select tenant, 0 from orders',
  ),
);

const key = candidate('tenant', { orders: ['tenant'], lines: ['tenant'] });

async function load(): Promise<{ load: KeyLoad | undefined; codes: readonly string[] }> {
  const measured = await database.measured([key]);
  return { load: measured.load[0], codes: measured.unseen.map(({ code }) => code) };
}

/** Tenants by Zipf's law with exponent 1: the first has 1 / 4.5 of all. */
const weights = Array.from({ length: tenants }, (_, at) => 1 / (at + 1));
const total = weights.reduce((sum, each) => sum + each, 0);

/** Statements of one transaction each, by tenant. */
async function workload(transactions: number, of: (tenant: number) => string): Promise<void> {
  const rng = rngFrom(1, 'writes');
  for (let n = 0; n < transactions; n += 1) {
    let left = rng.double() * total;
    const tenant = weights.findIndex((weight) => (left -= weight) < 0);
    await database.write(of(tenant));
  }
}

test('a load that was only loaded says nothing of writes', async () => {
  expect(await load()).toEqual({ load: undefined, codes: ['written-load-none'] });
});

test('shares follow the writes, not the rows that were loaded', async () => {
  const writes = 1_500;
  await workload(writes, (tenant) => `insert into orders (tenant) values (${tenant})`);
  // A transaction over several tables counts once.
  await workload(
    writes,
    (tenant) =>
      `with made as (insert into orders (tenant) values (${tenant}) returning tenant)
      insert into lines select tenant, n from made, generate_series(1, 3) n`,
  );
  const written = (await load()).load;
  if (written === undefined) throw new Error('no load');
  expect(written).toMatchObject({ basis: 'written', counted: 2 * writes, distinct: tenants });
  expect(written.transactions).toEqual({ several: 0, all: 2 * writes });
  for (const [at, weight] of weights.slice(0, 3).entries()) {
    const share = (written.top.find(({ value }) => value === `${at}`)?.count ?? 0) / (2 * writes);
    const truth = weight / total;
    expect(Math.abs(share - truth)).toBeLessThan(
      4 * Math.sqrt((truth * (1 - truth)) / (2 * writes)),
    );
  }
  const squares = weights.reduce((sum, each) => sum + (each / total) ** 2, 0);
  expect((written.pairs ?? 0) / (written.counted * (written.counted - 1))).toBeCloseTo(
    squares,
    1.7,
  );
  expect(written.countsPerValue.at(-1)).toBe(written.top[0]?.count);
});

test('updates count as well as inserts, and frozen rows stay what they were', async () => {
  const rng = rngFrom(2, 'rows');
  await workload(800, (tenant) => {
    const id = tenant * rowsEach + Math.floor(rng.double() * rowsEach) + 1;
    return `update orders set note = note + 1 where id = ${id}`;
  });
  const before = (await load()).load;
  // Later updates of the same row replaced some: of the heaviest tenant most of all.
  expect(before?.counted).toBeGreaterThan(600);
  expect(before?.top[0]?.value).toBe('0');
  expect((before?.top[0]?.count ?? 0) / (before?.counted ?? 1)).toBeGreaterThan(0.1);
  await database.write('vacuum freeze orders');
  expect((await load()).load?.top.slice(0, 3)).toEqual(before?.top.slice(0, 3));
});

test('transactions over several tenants are seen, bulk loads are not among them', async () => {
  for (let n = 0; n < 100; n += 1) {
    await database.write(
      `insert into orders (tenant) select * from unnest(array[${n % tenants}, ${n % 4}])`,
    );
  }
  await database.write(
    'update lines set note = 1 where tenant < 30',
    'insert into orders (tenant) select 7 from generate_series(1, 5000)',
  );
  const written = (await load()).load;
  expect(written?.transactions?.all).toBe(100);
  expect(written?.transactions?.several).toBeGreaterThan(90);
  expect(written?.counted).toBeGreaterThan(190);
});
