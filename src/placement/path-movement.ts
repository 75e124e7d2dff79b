import { assert, present } from '../base/assert.ts';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { bandOf } from '../metrics/placement-band.ts';
import { buildRouter, definitionOf, type RouterSpec } from '../router/build-router.ts';
import type { Router, RouterTopology } from '../router/contract.ts';
import { mappedRouter } from '../router/mapped-router.ts';
import type { ComparedKey } from './compared-key.ts';
import { actualDraw, type Draw, drawKind, otherDraw } from './draws.ts';
import {
  concentrationsOf,
  expectedOver,
  type MovementExpectation,
} from './movement-expectation.ts';
import { type KeyAmounts, type Movement, MovementTally, type PerAmount } from './movement.ts';
import type { RouterCandidate } from './router-candidates.ts';
import { changeProblems } from './topology-changes.ts';

/** The moved fractions over further placements, each as likely as the one that there is. */
export interface MovementBand extends PerAmount<Quantiles> {
  readonly samples: number;
  /** salts: of the hash. keys: the hash is fixed, and the keys are other ones. */
  readonly over: 'salts' | 'keys';
}

export interface Quantiles {
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
}

/** What one change of topology moves, or several after one another. */
export interface SpanMovement {
  readonly before: RouterTopology;
  readonly after: RouterTopology;
  /** Of the placement that there is. */
  readonly movement: Movement;
  /** What theory says; null where it has no answer. */
  readonly expected: MovementExpectation | null;
  /** null where no further placements were asked for, or there are none. */
  readonly band: MovementBand | null;
}

/** Growing along a path: `steps[i]` leads to topology i + 1 of it, `fromStart[i]` too. */
export interface PathMovement {
  readonly steps: readonly SpanMovement[];
  readonly fromStart: readonly SpanMovement[];
}

/**
 * What moves along a path of topologies, the first of which is the present one. Each router is
 * built from the one before it. `samples` further placements give the band; 0 for none. A UserError
 * where the router cannot make one of the steps.
 */
export function pathMovement(
  candidate: RouterCandidate,
  key: ComparedKey,
  path: readonly RouterTopology[],
  samples: number,
): PathMovement {
  assert(path.length > 1, 'a topology to grow from and one to grow to');
  const { definition } = candidate;
  const problems = path.slice(1).flatMap((after, step) => {
    return changeProblems(definition, present(path[step], 'before'), after);
  });
  if (problems.length > 0) throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
  const actual = spansOf(actualDraw(candidate, key), key, path);
  // What is there is no draw.
  const bands = key.present === undefined ? bandsOver(candidate, key, path, samples) : null;
  const last = path.length - 1;
  const concentrations = concentrationsOf(key.amounts);
  const spanTo = (from: number, to: number, index: number): SpanMovement => ({
    before: present(path[from], 'before'),
    after: present(path[to], 'after'),
    movement: present(actual[index], 'movement'),
    // Theory is about the router's own placements.
    expected:
      from === 0 && key.present !== undefined
        ? null
        : expectedOver(candidate, concentrations, path.slice(0, to + 1), from),
    band: bands?.[index] ?? null,
  });
  const steps = Array.from({ length: last }, (_, step) => spanTo(step, step + 1, step));
  return {
    steps,
    fromStart: steps.map((span, step) => (step === 0 ? span : spanTo(0, step + 1, last + step))),
  };
}

/**
 * Routers along the path, each built from the one before. `present` stands for the first one:
 * a router that adopts any placement grows from it, every other moves to its own at the first step.
 */
export function routersAlong(
  spec: RouterSpec,
  path: readonly RouterTopology[],
  { known, present: shards }: Pick<ComparedKey, 'known' | 'present'>,
): Router[] {
  const routers: Router[] = [];
  for (const topology of path) {
    const own = buildRouter(spec, topology, known.type, known, routers.at(-1));
    const isMapped = routers.length === 0 && shards !== undefined && adopts(spec);
    routers.push(isMapped ? mappedRouter(shards, known, own) : own);
  }
  const [first] = routers;
  if (first === undefined || shards === undefined || adopts(spec)) return routers;
  return [mappedRouter(shards, known, first), ...routers.slice(1)];
}

/** Whether a strategy's router goes on from a placement that is not its own. */
export const adopts = (spec: RouterSpec): boolean => definitionOf(spec).traits.adopts === true;

/** Movements of one draw: of each step, and then from the start to each topology. */
function spansOf(
  { spec, amounts }: Draw,
  keyed: Pick<ComparedKey, 'known' | 'present'>,
  path: readonly RouterTopology[],
): Movement[] {
  const placed = routersAlong(spec, path, keyed).map((router) => shardsOf(router, amounts));
  const spans = path.slice(1).map((_, step) => [step, step + 1] as const);
  const fromStart = path.slice(1).map((_, step) => [0, step + 1] as const);
  return [...spans, ...fromStart].map(([from, to]) => {
    const tally = new MovementTally(present(path[from], 'before'), present(path[to], 'after'));
    const old = present(placed[from], 'placed before');
    const next = present(placed[to], 'placed after');
    for (let key = 0; key < old.length; key += 1) {
      tally.add(
        old[key] ?? 0,
        next[key] ?? 0,
        amounts.rows[key] ?? 0,
        amounts.bytes[key] ?? 0,
        amounts.load[key] ?? 0,
      );
    }
    return tally.movement();
  });
}

function shardsOf(router: Router, { keys }: KeyAmounts): Uint32Array {
  const { count, bytes, offsets } = keys;
  const shards = new Uint32Array(count);
  for (let key = 0; key < count; key += 1) {
    shards[key] = router.route(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0);
  }
  return shards;
}

/** The band of each movement of spansOf; null where there is nothing to draw. */
function bandsOver(
  candidate: RouterCandidate,
  key: ComparedKey,
  path: readonly RouterTopology[],
  samples: number,
): MovementBand[] | null {
  const over = drawKind(candidate);
  if (over === null || samples === 0) return null;
  const draws = Array.from({ length: samples }, (_, draw) =>
    spansOf(otherDraw(candidate, key, draw), key, path).map(fractionsOf),
  );
  return Array.from({ length: 2 * (path.length - 1) }, (_, span) => {
    const quantilesOf = (part: keyof PerAmount<number>): Quantiles =>
      bandOf(Float64Array.from(draws, (each) => each[span]?.[part] ?? 0));
    return {
      samples,
      over,
      keys: quantilesOf('keys'),
      rows: quantilesOf('rows'),
      bytes: quantilesOf('bytes'),
      load: quantilesOf('load'),
    };
  });
}

/** The four fractions by the names of their amounts. */
export function fractionsOf(movement: Movement): PerAmount<number> {
  return {
    keys: movement.keysMovedFraction,
    rows: movement.rowsMovedFraction,
    bytes: movement.bytesMovedFraction,
    load: movement.loadMovedFraction,
  };
}
