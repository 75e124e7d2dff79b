import { present } from '../../base/assert.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { runTeam, teamSize } from '../../host/worker-team.ts';
import type { PathMovement } from '../../placement/path-movement.ts';
import {
  spansOf,
  type SyntheticMovement,
  syntheticPathMovement,
  syntheticProblems,
} from '../../placement/synthetic-movement.ts';

/** What each worker of a count is given. */
export interface CountRequest {
  readonly movements: readonly SyntheticMovement[];
  readonly chunkKeys: number;
  /** Of each movement: number of the next chunk that no worker has taken. */
  readonly next: Int32Array<SharedArrayBuffer>;
}

/** What a worker counted of one movement. */
export interface CountAnswer {
  readonly movement: number;
  readonly counts: readonly Float64Array[];
}

/** Keys that a worker takes at a time: a tenth of a second. */
const chunkKeys = 2 ** 20;

/**
 * Counts what paths move over synthetic key spaces, one after the other, on all cores. The numbers
 * are the same for any number of workers. A UserError says everything that is wrong.
 */
export async function countMovements(
  movements: readonly SyntheticMovement[],
  workers: number | null = null,
): Promise<PathMovement[]> {
  const problems = new Set(movements.flatMap(syntheticProblems));
  if (problems.size > 0) {
    throw new UserError([...problems].join('\n'), { exitCode: exitCodes.usage });
  }
  const totals = movements.map(({ path }) =>
    spansOf(path).map(({ length }) => new Float64Array(length)),
  );
  const next = new Int32Array(new SharedArrayBuffer(4 * movements.length));
  const chunks = movements.reduce((sum, { keys }) => sum + Math.ceil(keys / chunkKeys), 0);
  // The compiler rewrites imports, not URLs: a build has .js beside this file.
  const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  await runTeam(
    new URL(`./movement.worker.${suffix}`, import.meta.url),
    workers ?? teamSize(chunks),
    { movements, chunkKeys, next } satisfies CountRequest,
    (message) => {
      const { movement, counts } = message as CountAnswer;
      for (const [span, own] of counts.entries()) {
        addCounts(present(totals[movement]?.[span], 'span'), own);
      }
    },
  );
  return movements.map((movement, i) =>
    syntheticPathMovement(movement, present(totals[i], 'counts')),
  );
}

/** As countMovements, of one. */
export async function countMovement(
  movement: SyntheticMovement,
  workers: number | null = null,
): Promise<PathMovement> {
  const [counted] = await countMovements([movement], workers);
  return present(counted, 'the one movement');
}

/** Whole numbers below 2^53: their sums are exact, in any order. */
function addCounts(sum: Float64Array, counts: Float64Array): void {
  for (let pair = 0; pair < sum.length; pair += 1) {
    sum[pair] = (sum[pair] ?? 0) + (counts[pair] ?? 0);
  }
}
