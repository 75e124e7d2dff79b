import { present } from '../base/assert.ts';
import { definitionOf, routerProblems, type RouterSpec } from '../router/build-router.ts';
import type { RouterTopology } from '../router/contract.ts';
import { expectedOver } from './movement-expectation.ts';
import { type Movement, MovementTally } from './movement.ts';
import type { PathMovement, SpanMovement } from './path-movement.ts';
import { changeProblems } from './topology-changes.ts';

/** Growing along a path over the int8 keys 0 .. keys - 1, each of one row. Plain data. */
export interface SyntheticMovement {
  readonly spec: RouterSpec;
  /** The present topology first. */
  readonly path: readonly RouterTopology[];
  readonly keys: number;
}

/** 100 million keys are a minute for the slowest of the usual routers on one core. */
export const syntheticKeysMax = 100_000_000;

/** A table of all pairs of shards of two topologies is kept for each step; 2^22 are 32 MB. */
const pairsMax = 2 ** 22;

/** Everything that is wrong with the request, each in a sentence; none when it can be counted. */
export function syntheticProblems({ spec, path, keys }: SyntheticMovement): string[] {
  const problems: string[] = [];
  if (!Number.isInteger(keys) || keys < 1 || keys > syntheticKeysMax) {
    problems.push(
      `${keys} keys are not possible; a key space has from 1 to ${syntheticKeysMax} keys ` +
        `(with more keys the fractions do not change in the first four digits)`,
    );
  }
  const first = present(path[0], 'first topology');
  const wrong = path.flatMap((topology) => routerProblems(spec, topology, 'int8'));
  if (wrong.length > 0) return [...problems, ...new Set(wrong)];
  const definition = definitionOf(spec);
  if (spec.definition !== undefined) {
    problems.push(
      `${spec.router} is a router of your own, and it cannot be sent to the threads that count: ` +
        `its growth can be counted only over the scenario's tenants`,
    );
  }
  if (spec.pin !== undefined || spec.split !== undefined) {
    problems.push('pinned and split keys are tenants, and a key space of integers has no tenants');
  }
  const { traits } = definition;
  if (traits.placesKnownKeys && !traits.ordered) {
    problems.push(
      `${spec.router} places each known key by itself, so it cannot place the keys of a ` +
        "key space of integers: its growth can be counted only over the scenario's tenants",
    );
  }
  for (const [step, after] of path.slice(1).entries()) {
    problems.push(...changeProblems(definition, path[step] ?? first, after));
  }
  const pairs = spansOf(path).reduce((sum, span) => sum + span.length, 0);
  if (pairs > pairsMax) {
    problems.push(
      `${path.map(({ shardCount }) => shardCount).join(' -> ')} shards have ${pairs} ` +
        `pairs between which keys can move; a key space allows at most ${pairsMax} pairs`,
    );
  }
  return problems;
}

/** Two topologies of a path, by their places, and the size of their table. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** Each step, then from the start to each topology after the first step. */
export function spansOf(path: readonly RouterTopology[]): Span[] {
  const size = (from: number, to: number): number =>
    (path[from]?.shardCount ?? 0) * (path[to]?.shardCount ?? 0);
  const steps = path.slice(1).map((_, step) => [step, step + 1] as const);
  const longer = path.slice(2).map((_, step) => [0, step + 2] as const);
  return [...steps, ...longer].map(([from, to]) => ({ from, to, length: size(from, to) }));
}

/** The movements of the spans, from the keys counted between each pair of shards. */
function movementsOf(
  { path }: SyntheticMovement,
  counts: readonly ArrayLike<number>[],
): Movement[] {
  return spansOf(path).map(({ from, to, length }, index) => {
    const before = present(path[from], 'before');
    const after = present(path[to], 'after');
    const tally = new MovementTally(before, after);
    for (let pair = 0; pair < length; pair += 1) {
      const keys = counts[index]?.[pair] ?? 0;
      const destination = pair % after.shardCount;
      if (keys > 0) tally.addKeys((pair - destination) / after.shardCount, destination, keys);
    }
    return tally.movement();
  });
}

/** The same as what moves over tenants, as far as a key space has it: one placement, no band. */
export function syntheticPathMovement(
  request: SyntheticMovement,
  counts: readonly ArrayLike<number>[],
): PathMovement {
  const { spec, path, keys } = request;
  const definition = definitionOf(spec);
  const even = { keys: 1 / keys, rows: 1 / keys, bytes: 1 / keys, load: 1 / keys };
  const movements = movementsOf(request, counts);
  const spans = spansOf(path).map(({ from, to }, index): SpanMovement => {
    return {
      before: present(path[from], 'before'),
      after: present(path[to], 'after'),
      movement: present(movements[index], 'movement'),
      expected: expectedOver({ definition, spec }, even, path.slice(0, to + 1), from),
      band: null,
    };
  });
  const steps = spans.slice(0, path.length - 1);
  return { steps, fromStart: [...steps.slice(0, 1), ...spans.slice(path.length - 1)] };
}
