import { expect, test } from 'vitest';
import type { Binding, Parameter, Statement } from '../scenario/types.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { columnValue } from './attributes.ts';
import { parameterValues } from './parameter-values.ts';
import { createReferences } from './references.ts';
import { buildWorkload } from './workload.ts';

const workload = buildWorkload(tinyScenario(), null);
const references = createReferences(workload);
const idOf = columnValue(workload, 'event_id');
const row = 40;
const tenant = workload.rows.tenantOf[row] ?? 0;

function valuesOf(parameters: readonly Parameter[], binds: readonly Binding[] = []): string[] {
  const statement: Statement = { sql: '', text: '', parameters, binds, insert: false };
  return parameterValues(workload)(statement).map((value) => value(tenant, row));
}

test('a list is an array literal of as many rows as its binding says, each quoted', () => {
  const list: Parameter = { column: 'event_id', form: 'list', other: false };
  const ids = [0, 1, 2].map((i) => idOf(tenant, references.listRow(tenant, row, i)));
  expect(valuesOf([list], [{ column: 'event_id', by: 'list', count: 3, other: false }])).toEqual([
    `{"${ids.join('","')}"}`,
  ]);
});

test('a range begins with the own row and ends with the last of its rows', () => {
  const ends = (['from', 'to'] as const).map(
    (form): Parameter => ({ column: 'event_id', form, other: false }),
  );
  expect(valuesOf(ends, [{ column: 'event_id', by: 'range', count: 20, other: false }])).toEqual([
    idOf(tenant, row),
    idOf(tenant, row + 19),
  ]);
});

test('what is marked as another is of the second row, whose tenant is another one', () => {
  const own: Parameter = { column: 'tenant_id', form: 'value', other: false };
  const { ids } = workload.tenants;
  references.pickOther(row);
  expect(references.otherTenant).not.toBe(tenant);
  expect(valuesOf([own, { ...own, other: true }])).toEqual([
    ids[tenant],
    ids[references.otherTenant],
  ]);
});

test('a list without its binding is a mistake of the program', () => {
  expect(() => valuesOf([{ column: 'event_id', form: 'list', other: false }])).toThrow(
    /binding of event_id by list/,
  );
});
