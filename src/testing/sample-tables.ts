import { fact } from '../result/finding.ts';
import type { Fate, TableResult } from '../result/table-result.ts';
import type { Cell, OperationResult, RunResult } from '../result/types.ts';
import { worded } from '../wording/worded.ts';
import { sampleResult } from './sample-result.ts';

/**
 * The sample as a run of a shop with several tables would write it: by tenant everything runs; by
 * order one operation in four cannot. The numbers are made up, as those of the sample are.
 */

const place = (operation: number): string => `/cells/6/operations/${operation}`;

const summaryAsksAll = worded(
  fact('key-not-bound', {
    numbers: { statement: 2, column: 23 },
    names: { operation: 'summary', names: ['orders', 'tenant_id'], near: 'orders', runs: 'yes' },
    place: place(4),
  }),
);

const joinsApart = worded(
  fact('join-not-co-located', {
    severity: 'error',
    numbers: { line: 2, column: 1 },
    names: {
      operation: 'recent_orders',
      names: ['users', 'orders'],
      near: 'join orders on orders.user_id = users.id',
      runs: 'no',
    },
    place: place(2),
  }),
);

const byWayRound = worded(
  fact('operation-by-way-round', {
    numbers: { statement: 1 },
    names: {
      operation: 'order_by_id',
      names: ['orders', 'lines'],
      reasons: ['join-not-co-located'],
      runs: 'no',
    },
    place: place(3),
  }),
);

/** What a shard key makes of an operation of the sample. */
type SampleFate = Pick<OperationResult, 'fate' | 'reason' | 'instead' | 'crossShardFraction'>;

const fatesByKey: Readonly<Record<string, readonly SampleFate[]>> = {
  tenant_id: [
    { fate: 'single', crossShardFraction: 0.054 },
    { fate: 'single' },
    { fate: 'single' },
    { fate: 'multi', instead: true, reason: byWayRound },
    { fate: 'scatter', reason: summaryAsksAll },
  ],
  order_id: [
    { fate: 'single' },
    { fate: 'single' },
    { fate: 'notRunnable', reason: joinsApart },
    { fate: 'single' },
    { fate: 'scatter', reason: summaryAsksAll },
  ],
};

const routingOfFate = {
  single: 'single-shard',
  reference: 'single-shard',
  multi: 'multi-shard',
  scatter: 'scatter-gather',
  notRunnable: 'single-shard',
} as const satisfies Record<Fate, OperationResult['routing']>;

function tableOf(
  table: string,
  placement: TableResult['placement'],
  keyColumns: readonly string[],
  rows: readonly number[],
): TableResult {
  const bytes = rows.map((count) => count * 160);
  return { table, placement, keyColumns: [...keyColumns], rows: [...rows], bytes };
}

function tablesOf({ shardKey, shards }: Cell): TableResult[] {
  const total = shards.reduce((sum, { writesSent }) => sum + writesSent, 0);
  const shared = (count: number) =>
    shards.map(({ writesSent }) => Math.round((count * writesSent) / total));
  const whole = (count: number) => shards.map(() => count);
  const atHome = (count: number) => shards.map((_, shard) => (shard === 0 ? count : 0));
  const byOrder = shardKey === 'order_id';
  return [
    byOrder
      ? tableOf('users', 'own-key', ['id'], shared(12_040))
      : tableOf('users', 'sharded', ['tenant_id'], shared(12_040)),
    tableOf('products', 'reference', [], whole(1000)),
    tableOf('orders', 'sharded', [byOrder ? 'id' : 'tenant_id'], shared(120_400)),
    tableOf('lines', 'sharded', [byOrder ? 'order_id' : 'tenant_id'], shared(602_000)),
    tableOf('settings', 'home', [], atHome(1)),
  ];
}

function withTables(cell: Cell): Cell {
  const fates = fatesByKey[cell.shardKey ?? ''] ?? [];
  const operations = cell.operations.map((one, index): OperationResult => {
    const own = fates[index];
    const routing = routingOfFate[own?.fate ?? 'single'];
    const fate = { fate: 'single', crossShardFraction: 0, ...own, routing } as const;
    if (fate.fate !== 'notRunnable') return { ...one, ...fate };
    return { ...one, ...fate, arrivals: 0, qps: 0, skipped: one.arrivals };
  });
  const asked = cell.operations.reduce((sum, { arrivals }) => sum + arrivals, 0);
  const crossing = operations.reduce(
    (sum, { arrivals, crossShardFraction = 0 }) => sum + arrivals * crossShardFraction,
    0,
  );
  const crossShard = { count: Math.round(crossing), shardsTouched: crossing === 0 ? null : 2.04 };
  const crossShardFraction = crossing / asked;
  return {
    ...cell,
    operations,
    tables: tablesOf(cell),
    lostConstraints:
      cell.shardKey === 'order_id'
        ? [{ table: 'orders', kind: 'foreign', columns: ['user_id'], references: 'users' }]
        : [],
    ...(cell.fanOut && { fanOut: { ...cell.fanOut, crossShardFraction, crossShard } }),
    ...leftOut(cell, operations, asked),
  };
}

/** What the cell does not run, and the verdict that says so. */
function leftOut(
  { verdict, load }: Cell,
  operations: readonly OperationResult[],
  asked: number,
): Partial<Cell> {
  const skipped = operations.reduce((sum, one) => sum + (one.skipped ?? 0), 0);
  if (skipped === 0 || verdict === null || load === null) return {};
  const refused = operations.flatMap(({ operation, skipped: own = 0, reason }) =>
    reason === undefined || own === 0 ? [] : [{ operation, fraction: own / asked, reason }],
  );
  const numbers = { servedFraction: 1 - skipped / asked, operations: operations.length };
  const names = { operations: refused.map(({ operation }) => operation) };
  const part = worded(fact('part-of-workload', { severity: 'warning', numbers, names }));
  const arrivals = load.arrivals - skipped;
  return {
    verdict: { ...verdict, reasons: [...verdict.reasons, part] },
    load: { ...load, arrivals, ok: arrivals, skipped },
    notRunnable: { fraction: skipped / asked, operations: refused },
  };
}

/** Made anew at every call. */
export function sampleTables(): RunResult {
  const result = sampleResult();
  return { ...result, name: 'shop', cells: result.cells.map(withTables) };
}
