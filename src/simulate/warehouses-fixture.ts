// What of TPC-C decides how many transactions touch several shards: warehouses, remote order lines
// and remote payments, in the standard mix.
import type {
  Layout,
  OperationLayout,
  StatementLayout,
  TableLayout,
} from '../scenario/layout-types.ts';
import type {
  Draw,
  Script,
  ScriptStatement,
  Table,
  TableColumn,
  TableSet,
} from '../scenario/table-types.ts';
import type { Operation, Scenario } from '../scenario/types.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import type { Workload } from '../workload/types.ts';
import { buildWorkload } from '../workload/workload.ts';

const warehouseId: TableColumn = {
  name: 'w_id',
  type: 'int8',
  generator: { kind: 'tenant' },
  default: null,
  nulls: 0,
};

const parentId: TableColumn = {
  ...warehouseId,
  generator: { kind: 'parent', table: 'warehouse', column: 'w_id' },
};

function table(name: string, rows: number, per: Table['per'], columns: TableColumn[]): Table {
  const none = { unique: [], foreign: [], indexes: [], rowBytes: null };
  return { name, per, rows: { kind: 'fixed', count: rows }, columns, primary: [], ...none };
}

const below = { kind: 'table', table: 'warehouse' } as const;
const tables: TableSet = {
  tables: [
    table('warehouse', 1, { kind: 'tenant' }, [warehouseId]),
    table('customer', 10, below, [parentId]),
    table('stock', 20, below, [parentId]),
  ],
  keys: [],
  views: [],
};

const draw = (name: string, of: string, from: Draw['from'], group = 0): Draw => ({
  name,
  table: of,
  from,
  group,
  rows: 1,
});

/** Updates rows of a draw by their warehouse. */
const update = (of: number, group = 0): ScriptStatement => ({
  sql: 'update by warehouse',
  text: 'update by warehouse',
  parameters: [{ kind: 'row', draw: of, column: 'w_id', form: 'value' }],
  as: null,
  group,
  path: [],
});

const once = { kind: 'times', from: 1, to: 1 } as const;
const base = { transaction: 'interactive', values: [] } as const;

const newOrder: Script = {
  ...base,
  draws: [
    draw('warehouse', 'warehouse', { kind: 'tenant' }),
    draw('supply', 'stock', { kind: 'remote', fraction: 0.01 }, 1),
  ],
  groups: [
    { repeat: once, steps: [{ statement: 0 }, { group: 1 }] },
    { repeat: { kind: 'times', from: 5, to: 15 }, steps: [{ statement: 1 }] },
  ],
  statements: [update(0), update(1, 1)],
};

const payment: Script = {
  ...base,
  draws: [
    draw('warehouse', 'warehouse', { kind: 'tenant' }),
    draw('customer', 'customer', { kind: 'remote', fraction: 0.15 }),
  ],
  groups: [{ repeat: once, steps: [{ statement: 0 }, { statement: 1 }] }],
  statements: [update(0), update(1)],
};

const delivery: Script = {
  ...base,
  draws: [draw('warehouse', 'warehouse', { kind: 'tenant' })],
  groups: [{ repeat: once, steps: [{ statement: 0 }] }],
  statements: [update(0)],
};

const operation = (name: string, weight: number, script: Script): Operation => ({
  name,
  kind: 'write',
  weight,
  statements: [],
  script,
});

const byWarehouse: StatementLayout = {
  fate: 'single',
  route: { to: 'keys', router: 'main', keys: [{ values: [{ parameter: 1 }] }] },
  locks: true,
};

const operations = [
  operation('new_order', 45, newOrder),
  operation('payment', 43, payment),
  operation('delivery', 12, delivery),
];

const layout: Layout = {
  key: 'w_id',
  tables: tables.tables.map(
    ({ name }): TableLayout => ({
      table: name,
      placement: 'sharded',
      keyColumns: ['w_id'],
      reason: 'key',
    }),
  ),
  operations: operations.map(
    ({ script }): OperationLayout => ({
      fate: 'single',
      runs: 'own',
      statements: (script?.statements ?? []).map(() => byWarehouse),
    }),
  ),
  lost: [],
};

export const warehouseLayout = layout;

/** The scenario and its workload, with so many warehouses and arrivals in its one second. */
export function warehouses(
  count: number,
  arrivals: number,
): { readonly scenario: Scenario; readonly workload: Workload } {
  const scenario = tinyScenario({
    tables,
    operations,
    tenants: { distribution: 'uniform', count, idType: 'int8' },
    durationMs: 1000,
    warmupMs: 0,
    arrivals: { process: 'constant', ratePerSecond: arrivals },
  });
  const layouts = new Map([[layout.key, layout]]);
  return { scenario, workload: buildWorkload(scenario, null, undefined, layouts) };
}
