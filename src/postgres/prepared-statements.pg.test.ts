import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningFleet } from '../fleet/types.ts';
import type { Binding, Operation, Parameter } from '../scenario/types.ts';
import { startShards } from '../testing/embedded-shards.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { createReferences } from '../workload/references.ts';
import { buildWorkload } from '../workload/workload.ts';
import type { ShardAddress } from '../base/shard-address.ts';
import { createSchema, finishCopy, recreateDatabase, withClient } from './database.ts';
import { copyRows } from './copy-rows.ts';
import { prepareStatements } from './prepared-statements.ts';

function operation(
  name: string,
  text: string,
  parameters: readonly Parameter[],
  binds: readonly Binding[],
): Operation {
  const statement = { sql: text, text, parameters, binds, insert: false };
  return { name, kind: 'read', weight: 1, statements: [statement] };
}
const value = (column: string, other = false): Parameter => ({ column, form: 'value', other });

const scenario = tinyScenario({
  operations: [
    operation(
      'list',
      'select event_id from events where event_id = any($1::int8[]) order by 1',
      [{ column: 'event_id', form: 'list', other: false }],
      [{ column: 'event_id', by: 'list', count: 3, other: false }],
    ),
    operation(
      'range',
      'select event_id from events where event_id between $1 and $2 order by 1',
      [
        { column: 'event_id', form: 'from', other: false },
        { column: 'event_id', form: 'to', other: false },
      ],
      [{ column: 'event_id', by: 'range', count: 20, other: false }],
    ),
    operation(
      'other',
      'select distinct tenant_id from events where tenant_id in ($1, $2) order by 1',
      [value('tenant_id'), value('tenant_id', true)],
      [],
    ),
    operation(
      'texts',
      'select count(*) from events where tenant_id = any($1)',
      [{ column: 'tenant_id', form: 'list', other: false }],
      [{ column: 'tenant_id', by: 'list', count: 2, other: false }],
    ),
  ],
});
const workload = buildWorkload(scenario, null);

let fleet: RunningFleet;
let address: ShardAddress;

beforeAll(async () => {
  const started = await startShards(1);
  ({ fleet } = started);
  address = await recreateDatabase(started.servers[0] as ShardAddress, 'statements');
  await createSchema([address], scenario.schema);
  await copyRows([address], workload, 'events', () => 0);
  await finishCopy([address], scenario.schema);
});
afterAll(() => fleet.stop());

async function ask(index: number, row: number): Promise<unknown[]> {
  const [prepared] = prepareStatements(workload)[index]?.statements ?? [];
  const tenant = workload.rows.tenantOf[row] ?? 0;
  const text = scenario.operations[index]?.statements[0]?.text ?? '';
  return withClient(address, async (client) => {
    const values = prepared?.values.map((each) => each(tenant, row));
    const { rows } = await client.query<unknown[]>({
      text,
      values: values ?? [],
      rowMode: 'array',
    });
    return rows.map(([first]) => first);
  });
}

const references = createReferences(workload);
const idOf = async (row: number): Promise<string> => String((await ask(1, row))[0]);

test('a list finds each of its rows', async () => {
  const row = 40;
  const tenant = workload.rows.tenantOf[row] ?? 0;
  const rows = [0, 1, 2].map((i) => references.listRow(tenant, row, i));
  const ids = await Promise.all(rows.map(idOf));
  const expected = [...new Set(ids)].toSorted((a, b) => Number(a) - Number(b));
  expect(await ask(0, row)).toEqual(expected);
});

test('a range finds as many rows as it spans, and ends with the loaded ones', async () => {
  expect(await ask(1, 100)).toHaveLength(20);
  expect(await ask(1, workload.rows.count - 5)).toHaveLength(5);
});

test('the second row is that of another tenant', async () => {
  const row = 7;
  references.pickOther(row);
  const tenants = [workload.rows.tenantOf[row] ?? 0, references.otherTenant];
  expect(await ask(2, row)).toEqual(
    tenants.map((t) => workload.tenants.ids[t] ?? '').toSorted((a, b) => (a < b ? -1 : 1)),
  );
});

test('a list of texts is an array literal that Postgres reads back', async () => {
  const row = 3;
  const tenant = workload.rows.tenantOf[row] ?? 0;
  const own = (workload.rows.starts[tenant + 1] ?? 0) - (workload.rows.starts[tenant] ?? 0);
  expect(await ask(3, row)).toEqual([String(own)]);
});
