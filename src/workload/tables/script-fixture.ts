import type { Draw, DrawFrom, Group, Script, ScriptParameter } from '../../scenario/table-types.ts';
import type { Operation } from '../../scenario/types.ts';
import { createArrivalRows } from '../arrival-rows.ts';
import type { LoadedTable, Workload } from '../types.ts';

export const once = { kind: 'times', from: 1, to: 1 } as const;

/** An operation of one script: a group that runs once, and one that is repeated. */
export function operation(
  draws: readonly Draw[],
  repeat: Group['repeat'] = once,
  parameters: readonly ScriptParameter[] = [],
): Operation {
  const script: Script = {
    transaction: 'implicit',
    draws,
    values: [
      {
        name: 'word',
        group: 1,
        generator: { kind: 'choice', values: ['a', 'b'], weights: [0.3, 0.7], per: 'row' },
      },
      { name: 'day', group: 0, generator: { kind: 'date', fromDay: 0, toDay: 9 } },
    ],
    groups: [
      { repeat: once, steps: [{ statement: 0 }] },
      { repeat, steps: [] },
    ],
    statements: [{ sql: '', text: '', parameters, as: null, group: 0, path: [] }],
  };
  return { name: 'op', kind: 'write', weight: 1, statements: [], script };
}

export const draw = (table: string, from: DrawFrom, more: Partial<Draw> = {}): Draw => ({
  name: `${table} ${JSON.stringify(from)}`,
  table,
  from,
  group: 0,
  rows: 1,
  ...more,
});

export function loadedOf(workload: Workload, name: string): LoadedTable {
  const index = workload.tables?.set.tables.findIndex((table) => table.name === name) ?? -1;
  const loaded = workload.tables?.loaded[index];
  if (loaded === undefined) throw new Error(`no table ${name}`);
  return loaded;
}

export const numbers = Array.from({ length: 2000 }, (_, i) => i);

/** What each of 2,000 arrivals of tenants in turn finds. */
export function arrivals<T>(
  workload: Workload,
  visit: (rows: ReturnType<typeof createArrivalRows>, tenant: number, number: number) => T,
): T[] {
  const rows = createArrivalRows(workload);
  return numbers.map((number) => {
    const tenant = number % workload.tenants.count;
    rows.open(0, false, tenant, number);
    return visit(rows, tenant, number);
  });
}
