import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { findRouter } from '../../router/registry.ts';
import { loadPlanned } from '../scenario/load-scenario.ts';
import { transactionsUnseen } from './apart.ts';
import { withCandidates } from './asked-scenario.ts';
import { measure, measuring } from './measure.ts';

const folder = mkdtempSync(join(tmpdir(), 'apart-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A house has bays, and goods that are no bay's; ITEM-like tariffs are for all. */
const tables = `
name: apart
rate: 100/s
tenants: { uniform: true, count: 100, idType: int8 }
topology: { shards: 4 }
tables:
  tariff:
    rows: 20
    columns: { id: sequence, price: { number: { min: 1, max: 9 } } }
    primary: id
  house: { per: tenant, rows: 1, columns: { id: tenant, name: { text: 8 } }, primary: id }
  bay:
    per: house
    rows: 10
    columns: { house_id: { parent: house.id }, no: sequence, used: { number: { min: 0, max: 9 } } }
    primary: [house_id, no]
  goods:
    per: house
    rows: 50
    columns: { house_id: { parent: house.id }, no: sequence, left: { number: { min: 0, max: 9 } } }
    primary: [house_id, no]
keys:
  house: { house: id, bay: house_id, goods: house_id }
  bay: { bay: [house_id, "no"] }
strategies: [{ key: house, router: jump }, { key: bay, router: jump }]
operations:
`;

const single = `
  - name: tariff
    kind: read
    weight: 20
    statements: [select price from tariff where id = :tariff.id]
  - name: look
    kind: read
    weight: 10
    statements: [select name from house where id = :house.id]
  - name: use
    kind: write
    weight: 40
    statements: ['update bay set used = used + 1 where house_id = :bay.house_id and "no" = :bay.no']
  - name: take
    kind: write
    weight: 30
    statements:
      - 'update goods set "left" = "left" - 1 where house_id = :goods.house_id and "no" = :goods.no'
`;

const transaction = `
  - name: both
    kind: write
    weight: 1
    statements:
      - select name from house where id = :house.id
      - 'update bay set used = used + 1 where house_id = :bay.house_id and "no" = :bay.no'
`;

const asked = { keys: [], routers: [findRouter('jump')] };

function planned(operations: string) {
  const path = join(folder, 'apart.yaml');
  writeFileSync(path, tables + operations);
  return loadPlanned(
    path,
    {},
    () => undefined,
    (scenario) => withCandidates(scenario, asked),
  );
}

/** By key: what lies apart, and the work of all shards together. */
async function found(operations: string) {
  const loaded = await planned(operations);
  const measured = measuring(loaded, 1e9, 5);
  const { candidates } = await measure(measured, [4], () => undefined);
  return (key: string) => {
    const { work } = present(
      candidates.find((each) => each.key.key === key),
      'candidate',
    );
    const { apart } = present(measured.keys.get(key), 'key').facts;
    const keyed = work.keyed.reduce((sum, each) => sum + each.work, 0);
    return { ...apart, all: keyed + work.any };
  };
}

test('statements of a database alone: a write apart from the key counts once more', async () => {
  const of = await found(single);
  expect(of('house')).toEqual({ fraction: 0, tables: [], operations: [], all: expect.closeTo(1) });
  // `look` only reads its table, which is small besides.
  expect(of('bay')).toEqual({
    fraction: 0.3,
    tables: ['goods'],
    operations: ['take'],
    all: expect.closeTo(1.3),
  });
});

test('where a transaction is known, the transactions say what crosses', async () => {
  const of = await found(single + transaction);
  expect(of('bay')).toMatchObject({ fraction: 0, tables: [], all: expect.closeTo(1) });
});

test('that transactions were not seen is said where several operations write', async () => {
  const said = async (operations: string) =>
    transactionsUnseen((await planned(operations)).workload);
  expect(await said(single)).toMatchObject([
    { code: 'advice-transactions-unseen', numbers: { writes: 2 } },
  ]);
  expect(await said(single + transaction)).toEqual([]);
});
