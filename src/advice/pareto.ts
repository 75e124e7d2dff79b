import { type Judged, nameOf } from './choose.ts';
import type { Setting } from './candidate-figures.ts';
import type { JudgedRemedy } from './remedies.ts';

/**
 * Candidates that no other one, nor the instance, both undercuts in price and outdoes in capacity:
 * by `nameOf`, or by the kind of
 * remedy. Those that break a rule are none.
 */
export function onFront(
  judged: readonly Judged[],
  setting: Setting,
  remedies: readonly JudgedRemedy[] = [],
): ReadonlySet<string> {
  const others = remedies.map(({ remedy }) => ({
    name: remedy.kind,
    cost: remedy.monthlyCost,
    capacity: remedy.capacityFactor,
  }));
  const sharded = judged
    .filter(({ broken }) => broken.length === 0)
    .map(({ candidate, outlook }) => ({
      name: nameOf(candidate),
      cost: candidate.monthlyCost,
      capacity: outlook.capacityRatio.p5,
    }));
  const points = [...others, ...sharded];
  const instance = { name: '', cost: setting.instanceCost, capacity: 1 };
  const all = [instance, ...points];
  const isBeaten = (one: (typeof all)[number]): boolean =>
    all.some(
      (other) =>
        other.cost <= one.cost &&
        other.capacity >= one.capacity &&
        (other.cost < one.cost || other.capacity > one.capacity),
    );
  return new Set(points.filter((one) => !isBeaten(one)).map(({ name }) => name));
}
