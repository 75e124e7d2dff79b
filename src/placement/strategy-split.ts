import type { KnownKeys } from '../router/contract.ts';
import { type Overlay, overlaidKeys } from '../router/overlays/overlay-keys.ts';
import { type SplitKey, splitKey } from '../workload/split-key.ts';
import type { Workload } from '../workload/types.ts';

/** The split of a strategy on these keys; null where it splits none of them. */
export function strategySplit(
  workload: Workload,
  strategy: Overlay & { readonly key: string },
  known: KnownKeys & { readonly values: readonly number[] },
): SplitKey | null {
  if (strategy.split === undefined) return null;
  const { split } = overlaidKeys(strategy, known);
  if (split.length === 0) return null;
  const values = split.map((key) => known.values[key] ?? 0);
  return splitKey(workload, strategy.key, strategy.split, values);
}
