import type { PlacedKey } from '../placement/placed-key.ts';
import { type Movement, movementBetween, type Placed } from '../placement/movement.ts';
import { newShards } from '../placement/topology-changes.ts';
import { type Fact, fact } from '../result/finding.ts';
import type { PlanFacts } from '../result/growth-document.ts';
import type { Strategy } from '../scenario/types.ts';
import { layoutOf } from '../workload/tables/table-writes.ts';
import type { Candidate } from './candidate.ts';
import { pressures } from './demand.ts';
import type { GrowthContext } from './growth-case.ts';
import { loadedBytes } from './loaded-bytes.ts';
import { moveTimes } from './move-times.ts';
import { rulePlan } from './rule-plan.ts';

/** One step of the path: where everything is before and after it. */
export interface Step {
  readonly strategy: Strategy;
  readonly key: PlacedKey;
  readonly before: Placed;
  readonly after: Placed;
  readonly from: Candidate;
  readonly to: Candidate;
}

/**
 * How a step is carried out: what moves at today's size, how long it takes by one stream at the
 * throttle (rows are copied, then read back on both sides), how long both sides are written, and
 * what the sources and targets carry meanwhile.
 */
export function movePlan(context: GrowthContext, step: Step): PlanFacts {
  const { scenario, workload, now } = context;
  const { moves } = scenario.growth;
  const { known } = step.key;
  const { bytesOfRow, all, reference } = loadedBytes(scenario, workload, step.key.name, known);
  const rowScale = now.bytes / all;
  const movement = movementBetween(step.before, step.after, {
    keys: known,
    rows: Float64Array.from(known.rows, (rows) => rows * rowScale),
    bytes:
      known.bytesOf?.map((own) => own * rowScale) ??
      Float64Array.from(known.rows, (rows) => rows * rowScale * bytesOfRow),
    load: known.weights,
  });
  const copies = newShards(step.before.topology, step.after.topology).map((shard) => ({
    shard,
    bytes: reference * rowScale,
  }));
  const copied = copies.reduce((sum, copy) => sum + copy.bytes, 0);
  const total = (part: 'keys' | 'rows' | 'bytes'): number =>
    movement.flows.reduce((sum, flow) => sum + flow[part], 0);
  const bytes = total('bytes') + copied;
  const times = moveTimes(bytes, moves);
  const shards = loadsMeanwhile(context, step, movement, copies);
  const { strategy } = step;
  return {
    strategy: strategy.name,
    router: routerText(strategy),
    from: step.from.shardCount,
    to: step.to.shardCount,
    tenants: total('keys'),
    rows: total('rows'),
    bytes,
    ...(copied > 0 && { referenceBytes: copied }),
    throttleBytesPerSecond: moves.throttleBytesPerSecond,
    ...times,
    shards,
    warnings: warningsOf(context, step, shards),
    rule:
      strategy.pin === undefined && strategy.split === undefined
        ? rulePlan(strategy.router, known, step.before, step.after, { rows: rowScale, bytesOfRow })
        : null,
  };
}

function routerText({ router, parameter }: Strategy): string {
  return parameter === null ? router : `${router}:${parameter}`;
}

/**
 * A source carries its load of before and reads the rows that leave it; a target carries its load
 * of before or after, whichever is more, and writes the rows that come. Writes go to both sides, so
 * that nothing is relieved before the end.
 */
function loadsMeanwhile(
  context: GrowthContext,
  { from, to }: Step,
  { flows }: Movement,
  copies: readonly { readonly shard: number; readonly bytes: number }[],
): PlanFacts['shards'] {
  const { scenario, now } = context;
  const { moves } = scenario.growth;
  const { utilisation } = scenario.capacity;
  const rowsPerSecond = moves.throttleBytesPerSecond / scenario.data.rowBytes;
  const { database: rateBefore } = from;
  const { database: rateAfter } = to;
  const before = pressures(from.demand);
  const after = pressures(to.demand);
  const count = Math.max(before.length, after.length);
  const out = new Float64Array(count);
  const into = new Float64Array(count);
  for (const flow of flows) {
    out[flow.from] = (out[flow.from] ?? 0) + flow.bytes;
    into[flow.to] = (into[flow.to] ?? 0) + flow.bytes;
  }
  for (const { shard, bytes } of copies) into[shard] = (into[shard] ?? 0) + bytes;
  return Array.from({ length: count }, (_, shard) => shard)
    .filter((shard) => (out[shard] ?? 0) > 0 || (into[shard] ?? 0) > 0)
    .map((shard) => {
      const bytesOut = out[shard] ?? 0;
      const bytesIn = into[shard] ?? 0;
      const role = bytesIn === 0 ? 'source' : bytesOut === 0 ? 'target' : 'both';
      const used = (fromQps: number, toQps: number) => {
        const loadBefore = ((before[shard] ?? 0) * now.qps) / fromQps;
        const loadAfter = ((after[shard] ?? 0) * now.qps) / toQps;
        // Where a shard is on both sides its rows leave and come at different times: one stream.
        const capacity = copyCapacity({ from, to }, shard, fromQps, toQps);
        const copying = (rowsPerSecond * copyCost(context, from)) / capacity;
        const carried = bytesIn > 0 ? Math.max(loadBefore, loadAfter) : loadBefore;
        return { before: loadBefore, during: carried + copying, after: loadAfter };
      };
      const isKnown = rateBefore !== null && rateAfter !== null;
      const atMost = isKnown ? used(rateBefore.low, rateAfter.low) : null;
      const atLeast = used(rateBefore?.high ?? Infinity, rateAfter?.high ?? Infinity);
      return {
        shard,
        role,
        bytesOut,
        bytesIn,
        utilisation: atMost,
        isPastHeadroom: isPast(atMost?.during ?? null, atLeast.during, utilisation),
      };
    });
}

/** Work of copying one row, in operations of mean cost. */
function copyCost({ scenario }: GrowthContext, { mix }: Candidate): number {
  const [first] = mix;
  const listed = scenario.capacity.operations.find(({ name }) => name === first?.name);
  // What an operation costs in the mix over what it costs in the scenario: the same for all.
  return (scenario.growth.moves.rowCost * (first?.cost ?? 1)) / (listed?.cost ?? 1);
}

/** null: not known. */
function isPast(atMost: number | null, atLeast: number, limit: number): boolean | null {
  if (atMost === null) return null;
  if (atMost <= limit) return false;
  return atLeast > limit ? true : null;
}

/** What a shard takes, before or after the step: whichever side has it. */
function copyCapacity(
  { from, to }: Pick<Step, 'from' | 'to'>,
  shard: number,
  fromQps: number,
  toQps: number,
): number {
  const inUse = from.demand.capacities[shard] ?? 0;
  return inUse > 0 ? fromQps * inUse : toQps * (to.demand.capacities[shard] ?? 1);
}

function warningsOf(
  { scenario, now, workload }: GrowthContext,
  { key, to }: Step,
  shards: PlanFacts['shards'],
): Fact[] {
  const { utilisation: limit, diskBytes } = scenario.capacity;
  const severity = 'warning';
  const placeOf = (index: number): string => `/shards/${index}`;
  const past = shards.flatMap(({ shard, role, utilisation, isPastHeadroom }, index) => {
    if (isPastHeadroom !== true) return [];
    const { before, during } = utilisation ?? { before: 0, during: 0 };
    const numbers = {
      shard,
      duringFraction: during,
      fullFraction: limit,
      // Of interest where it is too much already.
      beforeFraction: before > limit ? before : null,
    };
    return [fact('past-headroom', { severity, numbers, names: { role }, place: placeOf(index) })];
  });
  const full = shards.flatMap(({ shard, bytesIn }, index) => {
    if (bytesIn === 0 || to.shardCount === 1) return [];
    const diskFraction = ((to.rows[shard] ?? 0) * now.bytes) / diskBytes;
    if (diskFraction <= limit) return [];
    const numbers = { shard, diskFraction };
    return [fact('disk-full-after-move', { severity, numbers, place: placeOf(index) })];
  });
  const split = key.split === null ? [] : [fact('split-pieces-not-counted', { severity })];
  const own = layoutOf(workload, key.name)?.tables.filter((each) => each.placement === 'own-key');
  const names = { tables: own?.map(({ table }) => table) ?? [] };
  const uncounted =
    names.tables.length === 0 ? [] : [fact('own-key-tables-not-counted', { severity, names })];
  return [...past, ...full, ...split, ...uncounted];
}
