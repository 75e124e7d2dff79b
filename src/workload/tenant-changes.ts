import { exitCodes } from '../base/exit-codes.ts';
import { rngFrom } from '../base/rng.ts';
import { UserError } from '../base/user-error.ts';
import { changing, tooManyChange } from '../scenario/tenant-changes.ts';
import type { ArrivalProcess, Scenario } from '../scenario/types.ts';
import { normalised } from './normalised.ts';
import { PresentTenants } from './present-tenants.ts';
import { expectedArrivals } from './schedule.ts';
import type { TenantChanges, Tenants } from './types.ts';

/**
 * The same tenants, some of which join and leave during the measured window. The seed draws which
 * ones, large and small alike, so that those who come are as uneven as those who are there. When
 * they come is not drawn but evenly spread: with few of them, luck in their moments would decide
 * how much load each has.
 */
export function changingTenants(
  tenants: Tenants,
  { tenants: source, seed, arrivals, durationMs }: Scenario,
): Tenants {
  if (changing(source) === 0) return tenants;
  const { join = 0, leave = 0 } = source;
  const sizes = tenants.weights;
  // A tenant without load would not be missed, and cannot be the one who is always there.
  const loaded = Uint32Array.from(sizes.keys()).filter((tenant) => (sizes[tenant] ?? 0) > least);
  const tooMany = tooManyChange(source, loaded.length);
  if (tooMany !== undefined) {
    throw new UserError(`tenants with a weight above 0: ${tooMany}`, { exitCode: exitCodes.usage });
  }
  const drawn = sample(loaded, join + leave, seed);
  const moments = [...evenly(join), ...evenly(leave)];
  // Sorting keeps those of one moment in order: one joins before another leaves.
  const order = [...moments.keys()].toSorted((a, b) => (moments[a] ?? 0) - (moments[b] ?? 0));
  const changes: TenantChanges = {
    sizes,
    tenants: Uint32Array.from(order, (i) => drawn[i] ?? 0),
    joins: Uint8Array.from(order, (i) => (i < join ? 1 : 0)),
    moments: Float64Array.from(order, (i) => moments[i] ?? 0),
  };
  const { count, keys, bytes } = tenants;
  return {
    count,
    keys,
    bytes,
    changes,
    weights: expectedShares(changes, arrivals, durationMs),
    /** Still made only when they are asked for. */
    get ids() {
      return tenants.ids;
    },
  };
}

/** Below it a size counts as 0: the share of one who is there alone could not be divided by it. */
const least = 1e-300;

/** The middles of so many equal parts of the window. */
const evenly = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => (i + 0.5) / count);

/** So many different ones in random order: the beginning of a shuffle. */
function sample(all: Uint32Array, count: number, seed: number): Uint32Array {
  const rng = rngFrom(seed, 'tenants/changes');
  for (let i = 0; i < count; i += 1) {
    const other = i + Math.floor(rng.double() * (all.length - i));
    const kept = all[i] ?? 0;
    all[i] = all[other] ?? 0;
    all[other] = kept;
  }
  return all.subarray(0, count);
}

/**
 * Between two changes a tenant that is there has size / (sizes of all there) of the arrivals. Those
 * who join add this up from their moment to the end and those who leave from the start to theirs,
 * so that nothing is ever subtracted.
 */
function expectedShares(
  changes: TenantChanges,
  arrivals: ArrivalProcess,
  durationMs: number,
): Float64Array {
  const { sizes, tenants, joins, moments } = changes;
  const until = (moment: number): number => arrivalsUntil(arrivals, durationMs, moment);
  const there = new PresentTenants(changes, Infinity);
  const stretches = Array.from({ length: moments.length + 1 }, (_, i) => {
    if (i > 0) there.change();
    const expected = until(moments[i] ?? 1) - until(moments[i - 1] ?? 0);
    return Math.max(0, expected) / until(1) / there.total;
  });
  const before = runningSums(stretches);
  const after = runningSums(stretches.toReversed());
  const always = after.at(-1) ?? 0;
  const shares = sizes.map((size) => size * always);
  for (const [i, tenant] of tenants.entries()) {
    const present = joins[i] === 1 ? after[moments.length - i - 1] : before[i];
    shares[tenant] = (sizes[tenant] ?? 0) * (present ?? 0);
  }
  return normalised(shares);
}

function runningSums(values: readonly number[]): number[] {
  let total = 0;
  return values.map((value) => (total += value));
}

/** How many are expected up to a part of the window; a ramp has risen by that part by then. */
function arrivalsUntil(arrivals: ArrivalProcess, durationMs: number, part: number): number {
  if (arrivals.process !== 'ramp') return expectedArrivals(arrivals, durationMs * part);
  const { fromPerSecond: from, toPerSecond: to } = arrivals;
  const reached = { ...arrivals, toPerSecond: from + (to - from) * part };
  return expectedArrivals(reached, durationMs * part);
}
