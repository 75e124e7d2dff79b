import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { RouterTopology } from '../contract.ts';

const pointsMax = 2 ** 24;

/** Points of each shard: V for weight 1. Absolute, so growing leaves the others' points alone. */
export function vnodesOf(topology: RouterTopology, perShard: number): number[] {
  const vnodes = topology.weights.map((weight) =>
    weight === 0 ? 0 : Math.max(1, Math.round(perShard * weight)),
  );
  const total = vnodes.reduce((sum, each) => sum + each, 0);
  if (total > pointsMax) {
    throw new UserError(
      `a ring of ${total} points is too large; at most ${pointsMax} are allowed`,
      {
        exitCode: exitCodes.usage,
        hint: 'points = vnodes x the sum of the shard weights: use fewer vnodes, or weights near 1',
      },
    );
  }
  return vnodes;
}
