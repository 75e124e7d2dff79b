import type { Strategy } from '../scenario/types.ts';
import { knownKeys, type LoadedKeys } from '../workload/key-usage.ts';
import type { SplitKey } from '../workload/split-key.ts';
import type { Workload } from '../workload/types.ts';
import { strategySplit } from './strategy-split.ts';

/** A shard key on the rows of a workload. */
export interface PlacedKey {
  readonly name: string;
  /** Its values in the loaded rows. */
  readonly known: LoadedKeys;
  /** null where all values are whole. */
  readonly split: SplitKey | null;
}

/** What decides it of a strategy. */
export type KeyOfStrategy = Pick<Strategy, 'key' | 'pin' | 'split'>;

/** The shard key of a strategy; with many rows it takes a good part of a second. */
export function placedKey(
  workload: Workload,
  strategy: KeyOfStrategy,
  known: LoadedKeys = knownKeys(workload, strategy.key),
): PlacedKey {
  return { name: strategy.key, known, split: strategySplit(workload, strategy, known) };
}
