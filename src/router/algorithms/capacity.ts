import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';

/** As many as there may be shards: 2^20. */
export const capacityMax = 1_048_576;

/** Refuses more shards than a router of fixed capacity has room for. */
export function requireRoom(name: string, capacity: number, shardCount: number): void {
  if (shardCount <= capacity) return;
  const ample = Math.min(capacityMax, 2 ** Math.ceil(Math.log2(4 * shardCount)));
  throw new UserError(`${name}:${capacity} has no room for ${shardCount} shards`, {
    exitCode: exitCodes.usage,
    hint:
      'the capacity decides where keys are and never changes: choose one above the largest ' +
      `number of shards that you will ever have, such as ${name}:${ample}`,
  });
}
