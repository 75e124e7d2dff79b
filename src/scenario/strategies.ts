import type { KeyType } from '../base/keys.ts';
import { suggest } from '../base/suggest.ts';
import { defaultHash } from './defaults.ts';
import { idKeyTypes } from './id-styles.ts';
import { mismatch, type Path, type Problems } from './problem.ts';
import type { StrategyInput } from './strategy-input.ts';
import type { Column, Generator, Strategy } from './types.ts';
import type { RouterName, ScenarioVocabulary } from './vocabulary.ts';

/** Type of a column's values as a shard key; undefined for values that no router takes. */
export function keyTypeOf(generator: Generator, tenantIdType: KeyType): KeyType | undefined {
  if (generator.kind === 'tenant') return tenantIdType;
  if (generator.kind === 'user') return 'int8';
  if (generator.kind === 'id') return idKeyTypes[generator.style];
  return generator.kind === 'choice' ? 'text' : undefined;
}

export interface StrategyContext {
  /** undefined while the table or the tenants have problems of their own. */
  readonly columns: readonly Column[] | undefined;
  readonly idType: KeyType | undefined;
  readonly vocabulary: ScenarioVocabulary;
}

/** Strategies whose form is right (undefined stands for one whose is not), named. */
export function readStrategies(
  inputs: readonly (StrategyInput | undefined)[],
  context: StrategyContext,
  problems: Problems,
): Strategy[] {
  const read = inputs.map((input, index) =>
    input ? readStrategy(input, context, ['strategies', index], problems) : undefined,
  );
  const identities = read.map((each) => (each ? identityOf(each) : undefined));
  for (const [index, identity] of identities.entries()) {
    const first = identities.indexOf(identity);
    if (identity === undefined || first === index) continue;
    problems.add(['strategies', index], `is the same as strategies[${first}]`);
  }
  return named(read.filter((each) => each !== undefined));
}

interface Unnamed extends Omit<Strategy, 'name'> {
  /** key/router as written. */
  readonly written: string;
  /** The parameter that the router will use. */
  readonly effective: number | undefined;
}

function identityOf(each: Unnamed): string {
  return JSON.stringify([each.key, each.router, each.effective, each.hash, each.salt]);
}

function named(strategies: readonly Unnamed[]): Strategy[] {
  const withHash = (each: Unnamed) => `${each.written}@${each.hash}`;
  const shared = (each: Unnamed, name: (of: Unnamed) => string) =>
    strategies.filter((other) => name(other) === name(each)).length > 1;
  return strategies.map((each) => {
    const { key, router, parameter, hash, salt, written } = each;
    let name = written;
    if (hash !== null && shared(each, (of) => of.written)) {
      name = withHash(each);
      if (salt !== '' && shared(each, withHash)) name += `+${salt}`;
    }
    return { name, key, router, parameter, hash, salt };
  });
}

function readStrategy(
  input: StrategyInput,
  context: StrategyContext,
  path: Path,
  problems: Problems,
): Unnamed | undefined {
  const { vocabulary } = context;
  const keyType = readKey(input, context, [...path, 'key'], problems);
  const [name = '', ...rest] = input.router.split(':');
  const router = vocabulary.routers.find((each) => each.name === name);
  if (!router) {
    const names = vocabulary.routers.map((each) => each.name);
    const shown = vocabulary.routers.map(nameWithParameter).join(', ');
    problems.add([...path, 'router'], mismatch(input.router, shown, suggest(name, names)));
    return undefined;
  }
  const asked = rest.length === 0 ? undefined : rest.join(':');
  const parameter = readParameter(asked, router, [...path, 'router'], problems);
  checkHash(input, router, keyType, vocabulary, path, problems);
  if (keyType !== undefined && !router.keyTypes.includes(keyType)) {
    const types = router.keyTypes.join(', ');
    const text = `${name} takes keys of type ${types}; ${input.key} is ${keyType}`;
    problems.add([...path, 'key'], text);
  }
  return {
    key: input.key,
    router: name,
    parameter: parameter ?? null,
    effective: parameter ?? router.parameter?.default,
    hash: router.hashes ? (input.hash ?? defaultHash) : null,
    salt: input.salt,
    written: `${input.key}/${input.router}`,
  };
}

function nameWithParameter(router: RouterName): string {
  return router.parameter ? `${router.name}[:${router.parameter.name}]` : router.name;
}

function readKey(
  input: StrategyInput,
  { columns, idType }: StrategyContext,
  path: Path,
  problems: Problems,
): KeyType | undefined {
  if (columns === undefined || idType === undefined) return undefined;
  const column = columns.find((each) => each.name === input.key);
  const keyType = column && keyTypeOf(column.generator, idType);
  if (keyType !== undefined) return keyType;
  const keyable = columns
    .filter((each) => keyTypeOf(each.generator, idType) !== undefined)
    .map((each) => each.name);
  const allowed = keyable.join(', ');
  problems.add(
    path,
    column
      ? `${input.key} (${column.generator.kind}) cannot be a shard key; allowed: ${allowed}`
      : mismatch(input.key, allowed, suggest(input.key, keyable)),
  );
  return undefined;
}

function readParameter(
  asked: string | undefined,
  router: RouterName,
  path: Path,
  problems: Problems,
): number | undefined {
  if (asked === undefined) return undefined;
  const { parameter, name } = router;
  if (!parameter) {
    problems.add(path, `found ${name}:${asked}; ${name} takes no number; allowed: ${name}`);
    return undefined;
  }
  const value = /^[0-9]{1,15}$/.test(asked) ? Number(asked) : Number.NaN;
  if (value >= parameter.min && value <= parameter.max) return value;
  const range = `${name}:${parameter.min} to ${name}:${parameter.max} (${parameter.name})`;
  problems.add(path, mismatch(`${name}:${asked}`, range));
  return undefined;
}

function checkHash(
  input: StrategyInput,
  router: RouterName,
  keyType: KeyType | undefined,
  vocabulary: ScenarioVocabulary,
  path: Path,
  problems: Problems,
): void {
  const { hash, salt } = input;
  if (!router.hashes) {
    const text = `${router.name} does not hash its keys; allowed: no`;
    if (hash !== undefined) problems.add([...path, 'hash'], `${text} hash (found "${hash}")`);
    if (salt !== '') problems.add([...path, 'salt'], `${text} salt (found "${salt}")`);
    return;
  }
  if (hash === undefined) return;
  if (!vocabulary.hashes.includes(hash)) {
    const allowed = vocabulary.hashes.join(', ');
    problems.add([...path, 'hash'], mismatch(hash, allowed, suggest(hash, vocabulary.hashes)));
  } else if (hash === 'identity' && keyType !== undefined && keyType !== 'int8') {
    const text = `identity takes integers as they are; ${input.key} is ${keyType}`;
    problems.add([...path, 'hash'], `${text}; allowed: ${vocabulary.hashes.join(', ')}`);
  }
}
