// Citus' rebalancer, by_disk_size: citusdata/citus, shard_rebalancer.c, FindAndMoveShardCost.
import { present } from '../../base/assert.ts';

/** Key `key` (its index) leaves shard `from` for shard `to`. */
export interface Move {
  readonly key: number;
  readonly from: number;
  readonly to: number;
}

export interface MovePlanInput {
  /** Load of each key. */
  readonly loads: ArrayLike<number>;
  /** Shard of each key. */
  readonly placement: ArrayLike<number>;
  /** Relative capacity of each shard; one of capacity 0 must hold no keys and gets none. */
  readonly capacities: readonly number[];
  /** Load of each shard that stays where it is, whatever the plan; absent: none. */
  readonly placed?: ArrayLike<number>;
  /** Shards within (1 +- threshold) of the mean utilisation are left alone. */
  readonly threshold: number;
  /** Least gain for what it adds to the target, when a move would leave the target the fuller. */
  readonly improvementThreshold: number;
}

/** Citus' defaults: citus.rebalancer_by_disk_size threshold 0.1, improvement_threshold 0.5. */
export const citusThresholds = { threshold: 0.1, improvementThreshold: 0.5 } as const;

interface Fill {
  readonly shard: number;
  readonly capacity: number;
  load: number;
  utilisation: number;
  /** Keys by falling load. */
  readonly keys: number[];
}

/** What one move would do; everything in load / capacity. */
export interface MoveEffect {
  readonly source: number;
  readonly target: number;
  readonly newSource: number;
  readonly newTarget: number;
  /** Gain over what it adds; Infinity where the target ends no fuller than the source. */
  readonly improvement: number;
}

type Side = Pick<Fill, 'load' | 'capacity'>;

/** A source gives `load` to a target. */
export function moveEffect(from: Side, to: Side, load: number): MoveEffect {
  const source = from.load / from.capacity;
  const target = to.load / to.capacity;
  const newSource = (from.load - load) / from.capacity;
  const newTarget = (to.load + load) / to.capacity;
  const gain = Math.max(source - newTarget, newSource - target);
  const added = Math.min(newTarget - target, source - newSource);
  const isEven = newTarget <= newSource;
  const improvement = isEven ? Number.POSITIVE_INFINITY : added > 0 ? gain / added : 0;
  return { source, target, newSource, newTarget, improvement };
}

/** One look at a source and the emptiest shard, for whoever explains a plan. */
export interface PlanStep {
  /** null: none of the source's keys is worth moving. */
  readonly move: Move | null;
  readonly source: number;
  readonly target: number;
  readonly mean: number;
  /** Of the move, or where there is none of the source's heaviest key. */
  readonly effect: MoveEffect;
  /** Heavier keys of the source that are not worth moving, the heaviest first; at most so many. */
  readonly passedOver: readonly number[];
}

const passedOverMax = 5;

/** Position of the first (heaviest) key whose load passes; the test holds for all lighter ones. */
function firstPassing(keys: readonly number[], passes: (key: number) => boolean): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(keys[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function fillsOf(input: MovePlanInput): Fill[] {
  const fills = input.capacities.map((capacity, shard): Fill => {
    const load = input.placed?.[shard] ?? 0;
    return { shard, capacity, load, utilisation: 0, keys: [] };
  });
  for (let key = 0; key < input.loads.length; key += 1) {
    const fill = present(fills[input.placement[key] ?? -1], 'shard of a placed key');
    fill.keys.push(key);
    fill.load += input.loads[key] ?? 0;
  }
  const active = fills.filter((fill) => fill.capacity > 0);
  for (const fill of active) {
    fill.keys.sort((a, b) => (input.loads[b] ?? 0) - (input.loads[a] ?? 0) || a - b);
    fill.utilisation = fill.load / fill.capacity;
  }
  return active;
}

function transfer(source: Fill, target: Fill, position: number, loads: ArrayLike<number>): Move {
  const key = present(source.keys[position], 'key to move');
  const load = loads[key] ?? 0;
  source.keys.splice(position, 1);
  const heavierOrEarlier = (other: number): boolean => {
    const difference = (loads[other] ?? 0) - load;
    return difference < 0 || (difference === 0 && other > key);
  };
  target.keys.splice(firstPassing(target.keys, heavierOrEarlier), 0, key);
  source.load -= load;
  target.load += load;
  source.utilisation = source.load / source.capacity;
  target.utilisation = target.load / target.capacity;
  return { key, from: source.shard, to: target.shard };
}

/** The fullest shard (direction 1) or the emptiest (-1) outside `without`; ties to the first. */
function extreme(
  fills: readonly Fill[],
  direction: 1 | -1,
  without: ReadonlySet<Fill>,
): Fill | null {
  let best: Fill | null = null;
  for (const fill of fills) {
    if (without.has(fill)) continue;
    if (best === null || (fill.utilisation - best.utilisation) * direction > 0) best = fill;
  }
  return best;
}

/** What a step looked like before it changed anything; the result says what came of it. */
type Describe = (
  source: Fill,
  target: Fill,
  position: number,
  load: number,
) => (move: Move | null) => void;

function describer(
  { loads }: MovePlanInput,
  mean: number,
  explain: (step: PlanStep) => void,
): Describe {
  return (source, target, position, load) => {
    const heaviest = loads[source.keys[0] ?? -1] ?? 0;
    const effect = moveEffect(source, target, load > 0 ? load : heaviest);
    const passedOver = source.keys.slice(0, Math.min(position, passedOverMax));
    return (move) => {
      explain({ move, source: source.shard, target: target.shard, mean, effect, passedOver });
    };
  };
}

/** The next move: from the fullest shard that has one, the heaviest key that is worth moving. */
function nextMove(
  fills: readonly Fill[],
  mean: number,
  input: MovePlanInput,
  describe: Describe | undefined,
): Move | null {
  const lower = mean * (1 - input.threshold);
  const upper = mean * (1 + input.threshold);
  const tried = new Set<Fill>();
  const target = present(extreme(fills, -1, tried), 'least loaded shard');
  if (target.utilisation >= upper) return null;
  for (;;) {
    const source = extreme(fills, 1, tried);
    if (source === null || source === target || source.utilisation <= lower) return null;
    if (target.utilisation >= lower && source.utilisation <= upper) return null;
    const position = firstPassing(source.keys, (key) => {
      const load = input.loads[key] ?? 0;
      return moveEffect(source, target, load).improvement >= input.improvementThreshold;
    });
    const load = input.loads[source.keys[position] ?? -1] ?? 0;
    const step = describe?.(source, target, position, load);
    // A key without load changes nothing, wherever it is.
    if (load > 0) {
      const move = transfer(source, target, position, input.loads);
      step?.(move);
      return move;
    }
    step?.(null);
    tried.add(source);
  }
}

/**
 * The moves, in order, that bring every shard within the bounds as far as the keys allow. Each one
 * improves the balance, so the plan may be stopped after any of them. Pure; the same input gives
 * the same plan. `explain` is told of every step, in order.
 */
export function planMoves(input: MovePlanInput, explain?: (step: PlanStep) => void): Move[] {
  const fills = fillsOf(input);
  const capacity = fills.reduce((sum, fill) => sum + fill.capacity, 0);
  const mean = fills.reduce((sum, fill) => sum + fill.load, 0) / capacity;
  const describe = explain && describer(input, mean, explain);
  const moves: Move[] = [];
  for (;;) {
    const move = nextMove(fills, mean, input, describe);
    if (move === null) return moves;
    moves.push(move);
  }
}
