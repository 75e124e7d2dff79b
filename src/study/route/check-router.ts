import { defaultKeyHash } from '../../base/hash/key-hashes.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import {
  buildFor,
  type CheckedRouter,
  manyKeysCount,
  shardsOf,
} from '../../router/checks/checked-router.ts';
import { manyKeys } from '../../router/checks/many-keys.ts';
import { type CheckOutcome, routerChecks, runCheck } from '../../router/checks/router-checks.ts';
import type { RouterDefinition } from '../../router/contract.ts';
import type { ReadRouter } from '../../router/own/own-router.ts';
import { loadOwnRouter } from '../scenario/own-routers.ts';

/** What is heard of the checks while they run. */
export interface CheckListener {
  /** The file is read, and gives a router. */
  read(definition: RouterDefinition): void;
  /** It is so slow that growth is tried with fewer keys than usual. */
  fewerKeys(tried: number, usual: number): void;
  checked(outcome: CheckOutcome): void;
}

/**
 * What every router promises, and what the traits of the one in a file say, tried on many keys and
 * numbers of shards. A UserError says why a file gives no router at all.
 */
export async function checkRouter(
  path: string,
  listener: CheckListener,
): Promise<{
  readonly definition: RouterDefinition;
  readonly outcomes: readonly CheckOutcome[];
}> {
  const read = await loadOwnRouter(path, '.');
  if ('problems' in read) {
    const problems = read.problems.map((problem) => `${path} ${problem}`);
    throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
  }
  const { definition } = read;
  listener.read(definition);
  // A file that gives no router at all is of no use; a UserError says so.
  buildFor(definition, 2, manyKeys(definition, 10));
  const router = subjectOf(read);
  if (router.growthKeys < manyKeysCount) listener.fewerKeys(router.growthKeys, manyKeysCount);
  const outcomes = routerChecks.map((check) => {
    const outcome = runCheck(check, router);
    listener.checked(outcome);
    return outcome;
  });
  return { definition, outcomes };
}

function subjectOf({ definition, remembers }: ReadRouter): CheckedRouter {
  // No trait promises it, and a router without a memory cannot break it.
  const exceptions = remembers
    ? { addThenRemove: 'its build takes the previous router, so it may remember earlier shards' }
    : {};
  const growthKeys = affordableKeys(definition);
  return { definition, hash: defaultKeyHash, exceptions, thorough: true, growthKeys };
}

/** What routing all keys on all of the 130 numbers of shards may take. */
const growthMs = 5000;

/** 20,000, 2,000 or 200 keys: whatever is routed in time. */
function affordableKeys(definition: RouterDefinition): number {
  const [shards, tried] = [130, 100];
  const keys = manyKeys(definition, tried);
  let eachMs = Number.POSITIVE_INFINITY;
  try {
    const router = buildFor(definition, shards, keys);
    // The first ones include compilation.
    for (let round = 0; round < 5; round += 1) {
      const start = performance.now();
      shardsOf(router, keys);
      eachMs = Math.min(eachMs, (performance.now() - start) / tried);
    }
  } catch (error) {
    // What is wrong with it is for the checks to say.
    if (!(error instanceof UserError)) throw error;
    return manyKeysCount;
  }
  // A router that compares all shards takes half as long on average; others are quick.
  const allMs = (count: number): number => count * eachMs * (shards / 2);
  return (
    [manyKeysCount, manyKeysCount / 10].find((count) => allMs(count) <= growthMs) ??
    manyKeysCount / 100
  );
}
