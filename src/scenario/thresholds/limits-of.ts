import type { Problems } from '../problem.ts';
import { mostShards } from '../shard-counts.ts';
import type { Scenario, Strategy, Topology } from '../types.ts';
import { readThresholds } from './read-thresholds.ts';
import { soundThresholds } from './thresholds-input.ts';

/** As far as they are sound. */
interface LimitedParts {
  readonly topology?: Topology | undefined;
  readonly strategies?: readonly unknown[] | undefined;
  readonly baseline?: boolean | undefined;
}

interface Sound {
  /** undefined where one is not. */
  readonly operations: readonly string[] | undefined;
  readonly strategies?: readonly Pick<Strategy, 'name'>[] | undefined;
}

/** Of the part as it is written; names are looked up where all of them are sound. */
export function limitsOf(
  part: unknown,
  { topology, strategies, baseline }: LimitedParts,
  { operations, strategies: sound }: Sound,
  problems: Problems,
): Pick<Scenario, 'thresholds'> {
  if (part === undefined) return {};
  const named = sound?.map(({ name }) => name);
  const single = baseline === false ? [] : ['single'];
  const names = {
    operations,
    strategies: named?.length === strategies?.length ? [...single, ...(named ?? [])] : undefined,
    shards: topology && mostShards(topology),
  };
  return { thresholds: readThresholds(soundThresholds(part), names, problems) };
}
