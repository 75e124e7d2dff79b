import type { Pin } from '../../scenario/types.ts';
import type { KnownKeys } from '../contract.ts';

/** An amount of each known key, and how much of it takes a key from the router. */
export interface Threshold {
  readonly unit: 'load' | 'rows' | 'writesPerSecond';
  /** As the scenario says it. */
  readonly stated: number;
  readonly of: ArrayLike<number>;
  /** The same in the unit of `of`. */
  readonly above: number;
  /** What one of `of` is in the scenario's unit. */
  readonly each: number;
}

/** Of a share of the load; none where that is null. */
export function loadThreshold(above: number | null, { weights }: KnownKeys): Threshold[] {
  return above === null ? [] : [{ unit: 'load', stated: above, of: weights, above, each: 1 }];
}

/** A key that reaches one of them is pinned. */
export function pinThresholds(pin: Pin | undefined, keys: KnownKeys): Threshold[] {
  const { rowsEach, writesPerSecond } = keys.scale ?? { rowsEach: 1, writesPerSecond: 0 };
  const { aboveRows, aboveWritesPerSecond } = pin ?? {};
  const found = loadThreshold(pin?.above ?? null, keys);
  const add = (unit: Threshold['unit'], stated: number, of: ArrayLike<number>, each: number) =>
    found.push({ unit, stated, of, above: stated / each, each });
  if (aboveRows !== undefined) add('rows', aboveRows, keys.rows, rowsEach);
  if (aboveWritesPerSecond !== undefined) {
    add('writesPerSecond', aboveWritesPerSecond, keys.weights, writesPerSecond);
  }
  return found;
}

/** A tenant that has 30 % of the load by its definition may have a hair less by its weight. */
export function reaches(weight: number, above: number): boolean {
  return weight >= above * (1 - 1e-9);
}
