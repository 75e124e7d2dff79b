import { isKeyHashName, unknownKeyHash } from '../../base/hash/key-hashes.ts';
import { durationAllowed, parseDuration } from '../../base/units.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { BenchKeyType } from '../../bench/measure-router.ts';
import { routerCandidates } from '../../placement/router-candidates.ts';
import { type RouterSpec, shardsMax } from '../../router/build-router.ts';
import type { RouterDefinition } from '../../router/contract.ts';
import { routers } from '../../router/registry.ts';
import { readRouterName } from '../../router/router-name.ts';
import { isRouterFile, splitRouter } from '../../scenario/router-file.ts';
import { loadOwnRouter } from '../scenario/own-routers.ts';

/** What the command line gave, as typed. */
export interface BenchFlags {
  readonly router: readonly string[];
  readonly shards?: string;
  readonly hash?: string;
  readonly keyType?: string;
  readonly maxTime?: string;
  readonly seed?: string;
  readonly out?: string;
  readonly json?: true;
  readonly wide?: true;
}

/** A router to measure, as its name and as what builds it. */
export interface BenchedRouter {
  readonly name: string;
  readonly spec: RouterSpec;
}

/** The same in closed form. */
export interface BenchChoices {
  readonly routers: readonly BenchedRouter[];
  readonly shardCounts: readonly number[];
  readonly keyTypes: readonly BenchKeyType[];
  readonly maxMs: number;
  readonly seed: number;
}

const usualCounts = [4, 16, 64, 256, 1024, 4096];
const usualMs = 60_000;

const allowed = {
  shards: `shard counts separated by commas, such as 4,16,64, each from 1 to ${shardsMax}`,
  'key-type': 'text, int8, or both separated by a comma',
  'max-time': durationAllowed,
  seed: 'a whole number from 0 up',
} as const;

/** Reads the flags; a UserError says everything that is wrong with them. */
export async function benchChoices(flags: BenchFlags): Promise<BenchChoices> {
  const problems: string[] = [];
  const read = <T>(
    flag: keyof typeof allowed,
    text: string | undefined,
    parse: (text: string) => T | undefined,
    usual: T,
  ): T => {
    if (text === undefined) return usual;
    const value = parse(text);
    if (value === undefined) problems.push(`--${flag}: found "${text}"; allowed: ${allowed[flag]}`);
    return value ?? usual;
  };
  if (flags.hash !== undefined && !isKeyHashName(flags.hash)) {
    problems.push(`--hash: ${unknownKeyHash(flags.hash)}`);
  }
  const choices = {
    shardCounts: read('shards', flags.shards, counts, usualCounts),
    keyTypes: read<readonly BenchKeyType[]>('key-type', flags.keyType, types, ['text', 'int8']),
    maxMs: read('max-time', flags.maxTime, positiveDuration, usualMs),
    seed: read('seed', flags.seed, (text) => wholeNumber(text, 0, 2 ** 32), 1),
    routers: await benchedRouters(flags.router, flags.hash ?? null, problems),
  };
  if (problems.length > 0) throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
  return choices;
}

/** Those asked for, in their order; all of the registry where none is. */
async function benchedRouters(
  asked: readonly string[],
  hash: string | null,
  problems: string[],
): Promise<BenchedRouter[]> {
  if (asked.length === 0) return routers.map((router) => withDefaults(router, null, hash));
  const found: BenchedRouter[] = [];
  for (const text of asked) {
    // oxlint-disable-next-line no-await-in-loop -- problems in the order of the command line
    const own = await ownRouter(text, problems);
    if (own === 'unusable') continue;
    const read = readRouterName(text, own);
    if ('problem' in read) {
      problems.push(`--router: ${read.problem}`);
      continue;
    }
    const definition = own ?? routers.find(({ name }) => name === read.name);
    if (definition !== undefined) found.push(withDefaults(definition, read.parameter, hash));
  }
  return [...new Map(found.map((router) => [router.name, router])).values()];
}

/** One that is asked for again by a worker, which loads the file for itself. */
export async function benchedRouter(name: string, hash: string | null): Promise<BenchedRouter> {
  const problems: string[] = [];
  const [router] = await benchedRouters([name], hash, problems);
  if (router === undefined) throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
  return router;
}

async function ownRouter(
  text: string,
  problems: string[],
): Promise<RouterDefinition | null | 'unusable'> {
  if (!isRouterFile(text)) return null;
  const path = splitRouter(text).name;
  const read = await loadOwnRouter(path, '.');
  if ('definition' in read) return read.definition;
  problems.push(...read.problems.map((problem) => `--router: ${path} ${problem}`));
  return 'unusable';
}

/** With the number that is asked for, or its usual one, which the name then shows. */
function withDefaults(
  definition: RouterDefinition,
  parameter: number | null,
  hash: string | null,
): BenchedRouter {
  const [plain] = routerCandidates('', [], [definition]);
  const number = parameter ?? plain?.spec.parameter ?? null;
  return {
    name: number === null ? definition.name : `${definition.name}:${number}`,
    spec: {
      router: definition.name,
      definition,
      parameter: number,
      hash: definition.traits.hashes ? (hash ?? plain?.spec.hash ?? null) : null,
      salt: '',
    },
  };
}

function counts(text: string): readonly number[] | undefined {
  const numbers = text.split(',').map((part) => wholeNumber(part.trim(), 1, shardsMax));
  const found = numbers.filter((number) => number !== undefined);
  return found.length === numbers.length
    ? [...new Set(found)].toSorted((a, b) => a - b)
    : undefined;
}

function types(text: string): readonly BenchKeyType[] | undefined {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.some((part) => part !== 'text' && part !== 'int8')) return undefined;
  return (['text', 'int8'] as const).filter((type) => parts.includes(type));
}

function positiveDuration(text: string): number | undefined {
  const ms = parseDuration(text);
  return ms !== undefined && ms > 0 ? ms : undefined;
}

function wholeNumber(text: string, min: number, max: number): number | undefined {
  const number = Number(text);
  return /^\d+$/.test(text) && number >= min && number <= max ? number : undefined;
}
