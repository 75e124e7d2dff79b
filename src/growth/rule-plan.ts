import { present } from '../base/assert.ts';
import { describeKey } from '../base/describe-key.ts';
import { maxOverMean } from '../metrics/imbalance.ts';
import type { Placed } from '../placement/movement.ts';
import { type Fact, fact } from '../result/finding.ts';
import type { RuleFacts } from '../result/growth-document.ts';
import { citusThresholds, planMoves, type PlanStep } from '../router/algorithms/move-plan.ts';
import { routers } from '../router/registry.ts';
import type { LoadedKeys } from '../workload/key-usage.ts';

/** What can be moved by itself: a tenant of a directory, or a slot. */
interface Units {
  readonly kind: RuleFacts['units'];
  readonly loads: Float64Array;
  readonly rows: Float64Array;
  /** Shard of each before the step. */
  readonly placement: Int32Array;
  readonly nameOf: (unit: number) => string;
}

/** The first so many are written out; the rest is counted. */
const listedMax = 500;

/**
 * The moves that fill new shards by the rule of Citus' rebalancer, each with its reason, and those
 * that the rule refused. null where the router decides what moves: its keys cannot be placed one by
 * one, or an overlay has placed some of them already.
 */
export function rulePlan(
  routerName: string,
  known: LoadedKeys,
  before: Placed,
  after: Placed,
  scale: { readonly rows: number; readonly bytesOfRow: number },
): RuleFacts | null {
  const units = unitsOf(routerName, known, before);
  if (units === null || !canStay(units, after)) return null;
  const total = units.loads.reduce((sum, load) => sum + load, 0);
  const capacities = after.topology.weights;
  const names = units.nameOf;
  const reasons: Fact[] = [];
  const ignored = new Map<number, { shard: number; reason: Fact }>();
  const explain = (step: PlanStep): void => {
    if (step.move !== null && reasons.length < listedMax) reasons.push(moveReason(step));
    for (const unit of step.passedOver) {
      ignored.set(unit, { shard: step.source, reason: refusal(step) });
    }
  };
  const { loads, placement } = units;
  const moves = planMoves({ loads, placement, capacities, ...citusThresholds }, explain);
  for (const { key } of moves) ignored.delete(key);
  const finished = placement.slice();
  for (const { key, to } of moves) finished[key] = to;
  const rowsOf = (unit: number): number => (units.rows[unit] ?? 0) * scale.rows;
  const share = (unit: number): number => (loads[unit] ?? 0) / total;
  const rowsTotal = moves.reduce((sum, { key }) => sum + rowsOf(key), 0);
  return {
    units: units.kind,
    moves: moves.slice(0, listedMax).map(({ key, from, to }, i) => ({
      unit: names(key),
      from,
      to,
      loadFraction: share(key),
      rows: rowsOf(key),
      bytes: rowsOf(key) * scale.bytesOfRow,
      reason: present(reasons[i], 'reason of a move'),
    })),
    movesTotal: moves.length,
    rowsTotal,
    bytesTotal: rowsTotal * scale.bytesOfRow,
    ignored: [...ignored].slice(0, listedMax).map(([unit, { shard, reason }]) => ({
      unit: names(unit),
      shard,
      loadFraction: share(unit),
      reason,
    })),
    ignoredTotal: ignored.size,
    maxOverMean: {
      before: balance(loads, placement, before.topology.weights),
      after: balance(loads, finished, capacities),
      byRouter: routedBalance(known, after),
    },
  };
}

function unitsOf(routerName: string, known: LoadedKeys, { router }: Placed): Units | null {
  const { count, bytes, offsets, type } = known;
  const at = (key: number): readonly [number, number] => [offsets[key] ?? 0, offsets[key + 1] ?? 0];
  const placed = Int32Array.from({ length: count }, (_, key) => router.route(bytes, ...at(key)));
  // A router of the user's own is not among them, and has no table that is known.
  if (routers.find(({ name }) => name === routerName)?.traits.table === true) {
    return {
      kind: 'tenants',
      loads: Float64Array.from(known.weights),
      rows: Float64Array.from(known.rows),
      placement: placed,
      nameOf: (key) => describeKey(type, bytes, ...at(key)),
    };
  }
  const { slots } = router;
  if (slots === undefined) return null;
  const loads = new Float64Array(slots.count);
  const rows = new Float64Array(slots.count);
  const placement = new Int32Array(slots.count);
  for (let key = 0; key < count; key += 1) {
    const slot = slots.of(bytes, ...at(key));
    loads[slot] = (loads[slot] ?? 0) + (known.weights[key] ?? 0);
    rows[slot] = (rows[slot] ?? 0) + (known.rows[key] ?? 0);
    placement[slot] = placed[key] ?? 0;
  }
  return { kind: 'slots', loads, rows, placement, nameOf: (slot) => `slot ${slot}` };
}

/** The rule adds shards and evens them out; keys of a removed shard have no choice but to go. */
function canStay({ placement }: Units, { topology }: Placed): boolean {
  return placement.every((shard) => (topology.weights[shard] ?? 0) > 0);
}

/** Largest load / capacity over the mean one. */
function balance(loads: Float64Array, placement: Int32Array, weights: readonly number[]): number {
  const byShard = new Float64Array(weights.length);
  for (const [unit, shard] of placement.entries()) {
    byShard[shard] = (byShard[shard] ?? 0) + (loads[unit] ?? 0);
  }
  return weightedMaxOverMean(byShard, weights);
}

function routedBalance(known: LoadedKeys, { router, topology }: Placed): number {
  const byShard = new Float64Array(topology.shardCount);
  for (let key = 0; key < known.count; key += 1) {
    const start = known.offsets[key] ?? 0;
    const shard = router.route(known.bytes, start, known.offsets[key + 1] ?? 0);
    byShard[shard] = (byShard[shard] ?? 0) + (known.weights[key] ?? 0);
  }
  return weightedMaxOverMean(byShard, topology.weights);
}

/** max/mean of load / capacity, the mean taken by capacity; max/mean where all are equal. */
export function weightedMaxOverMean(loads: Float64Array, weights: readonly number[]): number {
  if (weights.every((weight) => weight === weights[0])) return maxOverMean(loads);
  const capacity = weights.reduce((sum, weight) => sum + weight, 0);
  const total = loads.reduce((sum, load) => sum + load, 0);
  const fullest = weights.reduce(
    (most, weight, shard) => (weight === 0 ? most : Math.max(most, (loads[shard] ?? 0) / weight)),
    0,
  );
  return (fullest * capacity) / total;
}

function moveReason({ source, target, mean, effect }: PlanStep): Fact {
  const { source: high, target: low, newSource, newTarget, improvement } = effect;
  return fact('move-evens-out', {
    numbers: {
      source,
      target,
      sourceRatio: high / mean,
      targetRatio: low / mean,
      newSourceRatio: newSource / mean,
      newTargetRatio: newTarget / mean,
      gainRatio: Number.isFinite(improvement) ? improvement : null,
    },
  });
}

function refusal({ source, target }: PlanStep): Fact {
  const gainRatioLeast = citusThresholds.improvementThreshold;
  return fact('move-gains-too-little', { numbers: { source, target, gainRatioLeast } });
}
