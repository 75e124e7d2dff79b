import type { PackedKeys } from '../base/keys.ts';
import { allSteps, type Steps } from '../base/steps.ts';
import type { Operation } from '../scenario/types.ts';
import type { ArrivalPlan } from './arrival-plan.ts';
import { visitSteps } from './arrivals.ts';
import { keyBinding, rowsNamed } from './classify.ts';
import { keyColumn } from './key-column.ts';
import { createReferences, type References } from './references.ts';
import { packValues } from './packed-values.ts';
import { measurePhase } from './phases.ts';
import { expectedArrivals } from './schedule.ts';
import type { SplitKey } from './split-key.ts';
import { keysWithBytes } from './tables/stored-tables.ts';
import { layoutOf, tableTenantWrites, tableWriteSteps } from './tables/table-writes.ts';
import type { KeyColumn, Workload } from './types.ts';

/** What the writes of the measured arrivals do to the values of a shard key. */
export interface KeyWrites {
  /** Distinct values written, in no order of meaning. */
  readonly keys: PackedKeys;
  /** Operations that write each of them. */
  readonly counts: Float64Array;
  /** Writes with a statement that does not bind the key: one on every shard. */
  readonly everywhere: number;
  /**
   * Whether every other write binds one value. Where one binds several, each is counted, and a
   * shard that holds two of them is sent fewer writes than its keys add up to.
   */
  readonly exact: boolean;
  /** Operations whose writes and locking reads named several values, or went to every shard. */
  readonly crossing?: ReadonlySet<number>;
}

/** Keys of the loaded rows; the shape that routers are built from. */
export interface LoadedKeys extends PackedKeys {
  readonly rows: Uint32Array;
  /** Shares of the load: the tenants' weights, and for any other column shares of the rows. */
  readonly weights: Float64Array;
  /** The number that stands for each in its column (key-column.ts). */
  readonly values: readonly number[];
  /** Of a scenario with tables: bytes of the rows of each; absent: all rows are alike. */
  readonly bytesOf?: Float64Array;
  /** Absent in keys that nobody loaded. */
  readonly scale?: KeyScale;
}

/** What rows and weights stand for. */
export interface KeyScale {
  /** Rows of the data for each that is counted. */
  readonly rowsEach: number;
  /** Writes of all keys together, on average over the window. */
  readonly writesPerSecond: number;
}

/** Counts the measured writes by value of the key column; each piece of a split value is one. */
export function writesByKey(
  workload: Workload,
  plan: ArrivalPlan,
  columnName: string,
  split: SplitKey | null = null,
): KeyWrites {
  return allSteps(keyWriteSteps(workload, plan, columnName, split));
}

/** The same in pieces: but for the tenants' own column every arrival is drawn again. */
export function* keyWriteSteps(
  workload: Workload,
  plan: ArrivalPlan,
  columnName: string,
  split: SplitKey | null,
): Steps<KeyWrites> {
  const layout = layoutOf(workload, columnName);
  if (layout !== null) return yield* tableWriteSteps(workload, plan, layout);
  const column = workload.columns.find(({ name }) => name === columnName);
  const isTenant = split === null && column?.generator.kind === 'tenant';
  const writes = workload.operations.map((operation) => writeOf(operation, columnName, split));
  if (isTenant && writes.every(isOwnValue)) return writesOfTenants(workload, plan);
  const counts = new Map<number, number>();
  const { key, ...rest } = yield* writeSteps(workload, plan, columnName, split, (value) => {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  });
  const keys = packValues(key, [...counts.keys()]);
  return { keys, counts: Float64Array.from(counts.values()), ...rest };
}

/** What each value of the key column is written for. */
export interface TenantWrites extends Pick<KeyWrites, 'keys' | 'everywhere'> {
  /**
   * For each value and each tenant whose operations write it: index of the value, tenant, writes.
   */
  readonly key: Uint32Array;
  readonly tenant: Uint32Array;
  readonly counts: Float64Array;
}

/** Counts the measured writes by value of the key column and by tenant. */
export function tenantWrites(
  workload: Workload,
  plan: ArrivalPlan,
  columnName: string,
  split: SplitKey | null = null,
): TenantWrites {
  const layout = layoutOf(workload, columnName);
  if (layout !== null) return tableTenantWrites(workload, plan, layout);
  const counts = new Map<number, Map<number, number>>();
  const { key, everywhere } = allSteps(
    writeSteps(workload, plan, columnName, split, (value, tenant) => {
      const own = counts.get(value) ?? new Map<number, number>();
      if (own.size === 0) counts.set(value, own);
      own.set(tenant, (own.get(tenant) ?? 0) + 1);
    }),
  );
  const rows = [...counts.values()].flatMap((own, index) =>
    [...own].map(([tenant, count]) => ({ index, tenant, count })),
  );
  return {
    keys: packValues(key, [...counts.keys()]),
    everywhere,
    key: Uint32Array.from(rows, ({ index }) => index),
    tenant: Uint32Array.from(rows, ({ tenant }) => tenant),
    counts: Float64Array.from(rows, ({ count }) => count),
  };
}

/** Calls `onWrite` with each value that a measured write names, and with the arrival's tenant. */
function* writeSteps(
  workload: Workload,
  plan: ArrivalPlan,
  columnName: string,
  split: SplitKey | null,
  onWrite: (value: number, tenant: number) => void,
): Steps<Pick<KeyWrites, 'everywhere' | 'exact'> & { readonly key: KeyColumn }> {
  const key = split?.column ?? keyColumn(workload, columnName);
  const references = createReferences(workload);
  const writes = workload.operations.map((operation) => writeOf(operation, columnName, split));
  const values: number[] = [];
  let everywhere = 0;
  let exact = true;
  const { firstNewRow } = plan.measure;
  yield* visitSteps(workload, measurePhase(workload, firstNewRow), (_, tenant, operation, row) => {
    const write = writes[operation];
    if (write === 'none' || write === undefined) return;
    if (write === 'everywhere') {
      everywhere += 1;
      return;
    }
    values.length = 0;
    for (const bound of write) collect(bound, key, split, references, tenant, row, values);
    if (values.length > 1) exact = false;
    for (const value of values) onWrite(value, tenant);
  });
  return { key, everywhere, exact };
}

/** A read, or a write to the tenant of its arrival and nowhere else. */
function isOwnValue(write: ReturnType<typeof writeOf>): boolean {
  if (write === 'none') return true;
  return write !== 'everywhere' && write.every(({ by, other }) => by === 'value' && !other);
}

/** All of it is in the plan then, and the arrivals need not be drawn again. */
function writesOfTenants({ tenants }: Workload, { writesByTenant }: ArrivalPlan): KeyWrites {
  const { type, bytes, offsets } = tenants.keys;
  const counts = Float64Array.from(writesByTenant.filter((count) => count > 0));
  const kept = new Uint8Array(bytes.length);
  const ends = new Uint32Array(counts.length + 1);
  let key = 0;
  let at = 0;
  for (const [tenant, count] of writesByTenant.entries()) {
    if (count === 0) continue;
    const end = offsets[tenant + 1] ?? 0;
    for (let i = offsets[tenant] ?? 0; i < end; i += 1, at += 1) kept[at] = bytes[i] ?? 0;
    key += 1;
    ends[key] = at;
  }
  const keys = { type, count: key, bytes: kept.subarray(0, at), offsets: ends };
  return { keys, counts, everywhere: 0, exact: true };
}

/**
 * Distinct values of the key column in the loaded rows (every tenant has at least one); of a
 * scenario with tables in the rows of all that are sharded by the key.
 */
export function knownKeys(workload: Workload, columnName: string): LoadedKeys {
  const layout = layoutOf(workload, columnName);
  const { tenants, rows, columns } = workload;
  const scale = { rowsEach: rows.standsFor, writesPerSecond: writesPerSecond(workload) };
  if (layout !== null) return { ...keysWithBytes(workload, layout), scale };
  const column = columns.find(({ name }) => name === columnName);
  if (column?.generator.kind === 'tenant') {
    const own = Uint32Array.from(
      rows.starts.subarray(1),
      (end, tenant) => end - (rows.starts[tenant] ?? 0),
    );
    const values = Array.from({ length: tenants.count }, (_, tenant) => tenant);
    return { ...tenants.keys, rows: own, weights: tenants.weights, values, scale };
  }
  const key = keyColumn(workload, columnName);
  const counts = new Map<number, number>();
  for (let row = 0; row < rows.count; row += 1) {
    const value = key.valueOf(rows.tenantOf[row] ?? 0, row);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const byKey = Uint32Array.from(counts.values());
  const weights = Float64Array.from(byKey, (own) => own / rows.count);
  const values = [...counts.keys()];
  return { ...packValues(key, values), rows: byKey, weights, values, scale };
}

function writesPerSecond({ operations, arrivals, durationMs }: Workload): number {
  const weightOf = (some: readonly Operation[]): number =>
    some.reduce((sum, { weight }) => sum + weight, 0);
  const share = weightOf(operations.filter(({ kind }) => kind === 'write')) / weightOf(operations);
  return (share * expectedArrivals(arrivals, durationMs) * 1000) / durationMs;
}

/** One way in which a write binds the key: so many rows from the own or the second one. */
interface Bound {
  readonly by: 'value' | 'list' | 'range';
  readonly count: number;
  readonly other: boolean;
  /** Rows that it names of a split value; 0 for all of its pieces. */
  readonly named: number;
}

function writeOf(
  operation: Operation,
  column: string,
  split: SplitKey | null,
): 'none' | 'everywhere' | readonly Bound[] {
  if (operation.kind === 'read') return 'none';
  const bounds: Bound[] = [];
  for (const statement of operation.statements) {
    const binding = keyBinding(statement, column);
    if (binding === null) return 'everywhere';
    const { by, count, other } = binding;
    const named = split === null ? 1 : rowsNamed(statement, binding, split.by);
    const known = bounds.some(
      (b) => b.by === by && b.count === count && b.other === other && b.named === named,
    );
    if (!known) bounds.push({ by, count, other, named });
  }
  return bounds;
}

/** Adds the values that a binding stands for to `values`, each once. */
function collect(
  bound: Bound,
  key: KeyColumn,
  split: SplitKey | null,
  references: References,
  arrivalTenant: number,
  arrivalRow: number,
  values: number[],
): void {
  let tenant = arrivalTenant;
  let row = arrivalRow;
  if (bound.other) {
    references.pickOther(arrivalRow);
    tenant = references.otherTenant;
    row = references.otherRow;
  }
  const last = bound.by === 'range' ? references.rangeEnd(row, bound.count) - row : bound.count - 1;
  for (let i = 0; i <= last; i += 1) {
    const own = bound.by === 'list' ? references.listRow(tenant, row, i) : row + i;
    if (split === null || bound.named === 1 || split.splitOf(tenant, own) < 0) {
      add(key.valueOf(tenant, own), values);
    } else collectPieces(bound.named, split, references, tenant, own, values);
  }
}

/** All pieces of a split value, or those of the rows that are named. */
function collectPieces(
  named: number,
  split: SplitKey,
  references: References,
  tenant: number,
  row: number,
  values: number[],
): void {
  if (named === 0) {
    const cut = split.splitOf(tenant, row);
    for (let piece = 0; piece < split.over; piece += 1) add(split.pieceValue(cut, piece), values);
    return;
  }
  for (let i = 0; i < named; i += 1) {
    add(split.column.valueOf(tenant, references.listRow(tenant, row, i)), values);
  }
}

function add(value: number, values: number[]): void {
  if (!values.includes(value)) values.push(value);
}
