import { type KeyOfStrategy, type PlacedKey, placedKey } from '../../placement/placed-key.ts';
import { knownKeys, type LoadedKeys } from '../../workload/key-usage.ts';
import type { Workload } from '../../workload/types.ts';

/** The shard keys of a workload's strategies, each made once, whatever the number of cells. */
export class PlacedKeys {
  private readonly workload: Workload;
  private readonly known = new Map<string, LoadedKeys>();
  private readonly placed = new Map<string, PlacedKey>();

  constructor(workload: Workload) {
    this.workload = workload;
  }

  of(strategy: KeyOfStrategy): PlacedKey {
    const { key, pin, split } = strategy;
    const name = JSON.stringify([key, pin, split]);
    const placed = this.placed.get(name) ?? placedKey(this.workload, strategy, this.knownOf(key));
    this.placed.set(name, placed);
    return placed;
  }

  private knownOf(key: string): LoadedKeys {
    const known = this.known.get(key) ?? knownKeys(this.workload, key);
    this.known.set(key, known);
    return known;
  }
}
