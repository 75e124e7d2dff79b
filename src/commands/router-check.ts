import { styleText } from 'node:util';
import { defaultKeyHash } from '../base/hash/key-hashes.ts';
import { type ExitCode, exitCodes, UserError } from '../base/user-error.ts';
import { type Streams, wantsColour } from '../host/terminal.ts';
import {
  buildFor,
  type CheckedRouter,
  manyKeysCount,
  shardsOf,
} from '../router/checks/checked-router.ts';
import { manyKeys } from '../router/checks/many-keys.ts';
import { type CheckOutcome, routerChecks, runCheck } from '../router/checks/router-checks.ts';
import type { RouterDefinition, RouterTraits } from '../router/contract.ts';
import type { ReadRouter } from '../router/own/own-router.ts';
import { loadOwnRouter } from '../study/scenario/own-routers.ts';

/** What `--json` prints. */
interface RouterCheckDocument {
  readonly schema: 'shardlab/router-check/v1';
  readonly router: string;
  readonly keyTypes: readonly string[];
  readonly traits: RouterTraits;
  readonly holds: boolean;
  readonly checks: readonly CheckOutcome[];
}

/**
 * `shardlab router check`: what every router promises, and what this one's traits say, tried on many
 * keys and numbers of shards. Exit code 4 when something of that does not hold.
 */
export async function routerCheck(
  path: string,
  flags: { readonly json?: true },
  streams: Streams,
): Promise<ExitCode> {
  const read = await loadOwnRouter(path, '.');
  if ('problems' in read) {
    const problems = read.problems.map((problem) => `${path} ${problem}`);
    throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
  }
  const { definition } = read;
  const { stdout } = streams;
  const json = flags.json === true;
  const colour = wantsColour(stdout, streams.environment);
  if (!json) stdout.write(`${heading(read)}\n`);
  // A file that gives no router at all is of no use; a UserError says so.
  buildFor(definition, 2, manyKeys(definition, 10));
  const router = subjectOf(read);
  if (router.growthKeys < manyKeysCount) {
    streams.stderr.write(
      `${path} is slow, so growth is tried with ${router.growthKeys} keys instead of ${manyKeysCount}\n`,
    );
  }
  const outcomes: CheckOutcome[] = [];
  for (const check of routerChecks) {
    const outcome = runCheck(check, router);
    outcomes.push(outcome);
    if (!json) stdout.write(`${line(outcome, colour)}\n`);
  }
  const failed = count(outcomes, 'fails');
  if (json) {
    const document: RouterCheckDocument = {
      schema: 'shardlab/router-check/v1',
      router: path,
      keyTypes: definition.keyTypes,
      traits: definition.traits,
      holds: failed === 0,
      checks: outcomes,
    };
    stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else stdout.write(`${summary(outcomes)}\n`);
  return failed === 0 ? exitCodes.ok : exitCodes.failed;
}

/** What looking up all keys on all of the 130 numbers of shards may take. */
const growthMs = 5000;

/** 20,000, 2,000 or 200 keys: whatever is looked up in time. */
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
  // Look-ups that compare all shards take half as long on average; others are quick.
  const allMs = (count: number): number => count * eachMs * (shards / 2);
  return (
    [manyKeysCount, manyKeysCount / 10].find((count) => allMs(count) <= growthMs) ??
    manyKeysCount / 100
  );
}

function subjectOf({ definition, remembers }: ReadRouter): CheckedRouter {
  // No trait promises it, and a router without a memory cannot break it.
  const exceptions = remembers
    ? { addThenRemove: 'its build takes the previous router, so it may remember earlier shards' }
    : {};
  const growthKeys = affordableKeys(definition);
  return { definition, hash: defaultKeyHash, exceptions, thorough: true, growthKeys };
}

const promises = [
  'monotone',
  'weighted',
  'ordered',
  'removesAny',
  'hashes',
  'placesKnownKeys',
] as const satisfies readonly (keyof RouterTraits)[];

function heading({ definition: { name, keyTypes, traits } }: ReadRouter): string {
  const declared = promises.filter((trait) => traits[trait]);
  const said = declared.length === 0 ? 'no trait' : declared.join(', ');
  return `${name} takes ${keyTypes.join(', ')} keys and declares ${said}`;
}

const labels = { holds: 'holds', fails: 'FAILS', 'does not apply': 'n/a' } as const;
const colours = { holds: 'green', fails: 'red', 'does not apply': 'gray' } as const;

function line({ check, outcome, reason }: CheckOutcome, colour: boolean): string {
  const label = labels[outcome].padEnd(5);
  const shown = colour ? styleText(colours[outcome], label) : label;
  return `${shown}  ${check}${reason === '' ? '' : `: ${reason.replaceAll('\n', ' ')}`}`;
}

const count = (outcomes: readonly CheckOutcome[], wanted: CheckOutcome['outcome']): number =>
  outcomes.filter(({ outcome }) => outcome === wanted).length;

function summary(outcomes: readonly CheckOutcome[]): string {
  const [holds, fails, not] = [
    count(outcomes, 'holds'),
    count(outcomes, 'fails'),
    count(outcomes, 'does not apply'),
  ];
  const verdict =
    fails === 0 ? 'The router keeps all its promises' : 'The router breaks some of its promises';
  return `${verdict}: ${holds} checks hold, ${fails} fail, ${not} do not apply.`;
}
