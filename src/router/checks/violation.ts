import type * as fc from 'fast-check';
import { check } from 'fast-check';
import { describeKey } from '../../base/describe-key.ts';
import type { PackedKeys } from '../../base/keys.ts';

/** A promise that does not hold; the message is the counterexample in words. */
export class Violation extends Error {}

/** Throws unless the condition holds; `found` is only asked for when it does not. */
export function demand(condition: boolean, found: () => string): asserts condition {
  if (!condition) throw new Violation(found());
}

/** Key i in words. */
export function keyName({ type, bytes, offsets }: PackedKeys, key: number): string {
  return `key ${describeKey(type, bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0)}`;
}

/** Throws what the property threw for the smallest counterexample, without the rest of a report. */
export function demandFor<T>(property: fc.IProperty<T>, seed: number, runs: number): void {
  const details = check(property, { seed, numRuns: runs });
  if (!details.failed) return;
  const { errorInstance: error } = details;
  throw error instanceof Error ? error : new Violation(String(error));
}

/** Compares where keys are with where they were or should be. */
export function demandSame(
  keys: PackedKeys,
  found: readonly number[],
  wanted: readonly number[],
  when: string,
): void {
  const key = found.findIndex((shard, index) => shard !== wanted[index]);
  demand(
    key < 0,
    () => `${keyName(keys, key)} is on shard ${found[key]} ${when}, instead of ${wanted[key]}`,
  );
}
