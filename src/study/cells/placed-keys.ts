import type { Steps } from '../../base/steps.ts';
import { type KeyOfStrategy, type PlacedKey, placedKey } from '../../placement/placed-key.ts';
import {
  knownKeys,
  keyWriteSteps,
  type KeyWrites,
  type LoadedKeys,
} from '../../workload/key-usage.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';

type Drawn = Pick<LoadedScenario, 'workload' | 'plan'>;

/** A shard key, and what the measured arrivals write by it: the same for every router. */
interface WrittenKey {
  readonly key: PlacedKey;
  /** null until somebody asked. */
  writes: KeyWrites | null;
}

/** The shard keys of a scenario's strategies, each made once, whatever the number of cells. */
export class PlacedKeys {
  private readonly drawn: Drawn;
  private readonly known = new Map<string, LoadedKeys>();
  private readonly placed = new Map<string, WrittenKey>();

  constructor(drawn: Drawn) {
    this.drawn = drawn;
  }

  of(strategy: KeyOfStrategy): PlacedKey {
    return this.written(strategy).key;
  }

  /** In pieces: with millions of arrivals it takes seconds. */
  *writes(strategy: KeyOfStrategy): Steps<KeyWrites> {
    const { workload, plan } = this.drawn;
    const written = this.written(strategy);
    const { name, split } = written.key;
    written.writes ??= yield* keyWriteSteps(workload, plan, name, split);
    return written.writes;
  }

  private written(strategy: KeyOfStrategy): WrittenKey {
    const { key, pin, split } = strategy;
    const name = JSON.stringify([key, pin, split]);
    const before = this.placed.get(name);
    if (before !== undefined) return before;
    const known = this.known.get(key) ?? knownKeys(this.drawn.workload, key);
    const made = { key: placedKey(this.drawn.workload, strategy, known), writes: null };
    this.known.set(key, known);
    this.placed.set(name, made);
    return made;
  }
}
