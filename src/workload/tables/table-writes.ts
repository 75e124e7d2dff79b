import { present } from '../../base/assert.ts';
import { allSteps, type Steps } from '../../base/steps.ts';
import type { Layout } from '../../scenario/layout-types.ts';
import type { ArrivalPlan } from '../arrival-plan.ts';
import { visitSteps } from '../arrivals.ts';
import type { KeyWrites, TenantWrites } from '../key-usage.ts';
import { measurePhase } from '../phases.ts';
import type { Workload } from '../types.ts';
import { AddressedKeys } from './addressed-keys.ts';

/** The layout under a shard key; null in the short form of one table. */
export function layoutOf({ tables }: Workload, keyName: string): Layout | null {
  if (tables === undefined) return null;
  return present(tables.layouts.get(keyName), `layout by ${keyName}`);
}

/** Counts the measured writes by value of a layout's shard key. */
export function* tableWriteSteps(
  workload: Workload,
  plan: ArrivalPlan,
  layout: Layout,
): Steps<KeyWrites> {
  const counts = new Map<number, number>();
  const { addressed, ...rest } = yield* writeSteps(workload, plan, layout, (key) => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  const keys = addressed.packed([...counts.keys()]);
  return { keys, counts: Float64Array.from(counts.values()), ...rest };
}

/** The same by value and by tenant. */
export function tableTenantWrites(
  workload: Workload,
  plan: ArrivalPlan,
  layout: Layout,
): TenantWrites {
  const counts = new Map<number, Map<number, number>>();
  const { addressed, everywhere } = allSteps(
    writeSteps(workload, plan, layout, (key, tenant) => {
      const own = counts.get(key) ?? new Map<number, number>();
      if (own.size === 0) counts.set(key, own);
      own.set(tenant, (own.get(tenant) ?? 0) + 1);
    }),
  );
  const rows = [...counts.values()].flatMap((own, index) =>
    [...own].map(([tenant, count]) => ({ index, tenant, count })),
  );
  return {
    keys: addressed.packed([...counts.keys()]),
    everywhere,
    key: Uint32Array.from(rows, ({ index }) => index),
    tenant: Uint32Array.from(rows, ({ tenant }) => tenant),
    counts: Float64Array.from(rows, ({ count }) => count),
  };
}

interface SeenWrites extends Pick<KeyWrites, 'everywhere' | 'exact'> {
  readonly addressed: AddressedKeys;
  readonly crossing: ReadonlySet<number>;
}

/**
 * Calls `onWrite` with the number of each value that a measured write names, and with the arrival's
 * tenant. All statements of a write count, as all its queries do.
 */
function* writeSteps(
  workload: Workload,
  plan: ArrivalPlan,
  layout: Layout,
  onWrite: (key: number, tenant: number) => void,
): Steps<SeenWrites> {
  const addressed = new AddressedKeys(workload, layout);
  const isWrite = workload.operations.map(({ kind }) => kind === 'write');
  const crossing = new Set<number>();
  let everywhere = 0;
  let exact = true;
  const phase = measurePhase(workload, plan.measure.firstNewRow);
  yield* visitSteps(workload, phase, (_, tenant, operation, number) => {
    if (!addressed.open(operation, tenant, number)) return;
    if (addressed.locksSeveral) crossing.add(operation);
    if (isWrite[operation] !== true) return;
    if (addressed.everywhere) {
      everywhere += 1;
      return;
    }
    const { numbers, range, own, home } = addressed;
    if (numbers.length !== 1 || range || own || home) exact = false;
    for (const key of numbers) onWrite(key, tenant);
  });
  return { addressed, everywhere, exact, crossing };
}
