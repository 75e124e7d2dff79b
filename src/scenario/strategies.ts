import type { RoutedKeyType } from '../base/keys.ts';
import { suggest } from '../base/suggest.ts';
import { defaultHash } from './defaults.ts';
import { checkLookup, type LookupContext, lookupNames } from './lookup-input.ts';
import { checkOverlays, overlaidNames } from './overlays.ts';
import { mismatch, mismatchAmong, type Path, type Problems } from './problem.ts';
import { meantFile, routerLabels, splitRouter } from './router-file.ts';
import { checkSettings, settingsName } from './router-settings.ts';
import { keyableColumns, keyColumns, type KeyContext, readKey } from './shard-key.ts';
import type { StrategyInput, TableStrategyInput } from './strategy-input.ts';
import {
  type ReadChoices,
  readTableStrategy,
  type StrategyTables,
  withLayoutKeys,
} from './tables/table-strategies.ts';
import type { Strategy } from './types.ts';
import type { RouterName, ScenarioVocabulary } from './vocabulary.ts';

export interface StrategyContext extends LookupContext, KeyContext {
  /** Weights of the shards for each shard count; undefined while the topology has problems. */
  readonly topologies: readonly { readonly weights: readonly number[] }[] | undefined;
  readonly vocabulary: ScenarioVocabulary;
  /** Of a scenario with `tables`: whose keys run through these. */
  readonly tables?: StrategyTables;
}

/** Strategies whose form is right (undefined stands for one whose is not), named. */
export function readStrategies(
  inputs: readonly (StrategyInput | TableStrategyInput | undefined)[],
  context: StrategyContext,
  problems: Problems,
): Strategy[] {
  const labels = routerLabels(inputs.flatMap((input) => (input ? [input.router] : [])));
  const found = inputs.map(
    (input, index) => input && readStrategy(input, context, ['strategies', index], problems),
  );
  const read = withLayoutKeys(found).map((each, index) => {
    const router = inputs[index]?.router ?? '';
    return each && writtenAs(each, `${each.key}/${labels.get(router) ?? router}`);
  });
  const identities = read.map((each) => (each ? identityOf(each) : undefined));
  for (const [index, identity] of identities.entries()) {
    const first = identities.indexOf(identity);
    if (identity === undefined || first === index) continue;
    problems.add(['strategies', index], `is the same as strategies[${first}]`);
  }
  const sound = read.filter((each) => each !== undefined);
  const names = overlaidNames(sound);
  checkLabels(read, problems);
  return named(sound.map((each, i) => writtenAs(each, names[i] ?? each.written)));
}

/** Cells are told apart by their names; the baseline has one too. */
function checkLabels(strategies: readonly (Unnamed | undefined)[], problems: Problems): void {
  const labels = strategies.map((each) => each?.label);
  const written = new Set(
    strategies.flatMap((each) => (each?.label === undefined ? each?.written : [])),
  );
  for (const [index, label] of labels.entries()) {
    if (label === undefined) continue;
    const isTaken = labels.indexOf(label) < index || written.has(label);
    if (!isTaken && label !== 'single') continue;
    const text = `found "${label}", which is the name of another cell; allowed: one of its own`;
    problems.add(['strategies', index, 'label'], text);
  }
}

interface Unnamed extends Omit<Strategy, 'name'> {
  /** The name that it is given; absent: one is made. */
  readonly label?: string;
  /** key/router as written. */
  readonly written: string;
  /** The parameter that the router will use. */
  readonly effective: number | undefined;
}

function writtenAs(each: Unnamed, written: string): Unnamed {
  return { ...each, written };
}

function identityOf(each: Unnamed): string {
  const { label, key, router, effective, hash, salt, settings, lookup, pin, split, tables } = each;
  const parts = [label, key, router, effective, hash, salt, settings, lookup, pin, split, tables];
  return JSON.stringify(parts);
}

function named(strategies: readonly Unnamed[]): Strategy[] {
  const withHash = (each: Unnamed) => `${each.written}@${each.hash}`;
  const unlabelled = strategies.filter(({ label }) => label === undefined);
  const shared = (each: Unnamed, name: (of: Unnamed) => string) =>
    unlabelled.filter((other) => name(other) === name(each)).length > 1;
  return strategies.map((each) => {
    const { key, router, parameter, hash, salt, written, lookup, label } = each;
    let name = written;
    if (hash !== null && shared(each, (of) => of.written)) {
      name = withHash(each);
      if (salt !== '' && shared(each, withHash)) name += `+${salt}`;
    }
    name += settingsName(each, unlabelled) + lookupName(each, unlabelled);
    const settings = each.settings === undefined ? {} : { settings: each.settings };
    const overlays = {
      ...(each.pin && { pin: each.pin }),
      ...(each.split && { split: each.split }),
    };
    return {
      name: label ?? name,
      key,
      router,
      parameter,
      hash,
      salt,
      ...settings,
      ...(lookup && { lookup }),
      ...overlays,
      ...(each.tables && { tables: each.tables }),
    };
  });
}

/** As short as tells it from all other look-ups of the same strategy. */
function lookupName(each: Unnamed, strategies: readonly Unnamed[]): string {
  if (each.lookup === undefined) return '';
  const names = lookupNames(each.lookup);
  const others = strategies.filter(
    ({ lookup, written }) => lookup && lookup !== each.lookup && written === each.written,
  );
  const alone = names.findIndex(
    (name, i) => !others.some(({ lookup }) => lookup && lookupNames(lookup)[i] === name),
  );
  return names[alone] ?? names.at(-1) ?? '';
}

function readStrategy(
  input: StrategyInput | TableStrategyInput,
  context: StrategyContext,
  path: Path,
  problems: Problems,
): Unnamed | undefined {
  const { vocabulary } = context;
  const { keyType, tables } = readKeyed(input, context, path, problems);
  const { name, asked } = splitRouter(input.router);
  const router = vocabulary.routers.find((each) => each.name === name);
  const unusable = vocabulary.unusable?.get(name);
  if (unusable !== undefined) {
    problems.add([...path, 'router'], `${name} ${unusable}`);
    return undefined;
  }
  if (!router) {
    const names = vocabulary.routers.map((each) => each.name);
    const shown = vocabulary.routers.map(nameWithParameter);
    problems.add(
      [...path, 'router'],
      mismatchAmong(input.router, shown, meantFile(name) ?? suggest(name, names)),
    );
    return undefined;
  }
  const parameter = readParameter(asked, router, [...path, 'router'], problems);
  checkHash(input, router, keyType, vocabulary, path, problems);
  if (keyType !== undefined && !router.keyTypes.includes(keyType)) {
    const types = router.keyTypes.join(', ');
    const text = `${name} takes keys of type ${types}; ${input.key} is ${keyType}`;
    problems.add([...path, 'key'], text);
  }
  const { topologies } = context;
  checkSettings(input.settings, router, keyType, topologies, [...path, 'settings'], problems);
  if (input.lookup !== undefined && context.tables === undefined) {
    const { generator } = context.columns?.find((column) => column.name === input.key) ?? {};
    const strategy = {
      key: input.key,
      keyIsTenant:
        keyColumns(input.key).length === 1 &&
        (generator === undefined || generator.kind === 'tenant'),
      router: name,
      isTable: router.table === true,
      tables: vocabulary.routers.filter(({ table }) => table === true).map((each) => each.name),
    };
    checkLookup(input.lookup, strategy, context, [...path, 'lookup'], problems);
  }
  const takesSettings = router.settingsProblems !== undefined;
  const overlays = { ...context, keyType, keyable: keyableColumns(context), takesSettings };
  const overlaid = context.tables === undefined ? input : { key: input.key, pin: input.pin };
  checkOverlays(overlaid, overlays, path, problems);
  return {
    key: input.key,
    router: name,
    parameter: parameter ?? null,
    effective: parameter ?? router.parameter?.default,
    hash: router.hashes ? (input.hash ?? defaultHash) : null,
    salt: input.salt,
    written: `${input.key}/${input.router}`,
    ...(input.label !== undefined && { label: input.label }),
    ...(input.settings !== undefined && { settings: input.settings }),
    ...(input.lookup && { lookup: input.lookup }),
    ...(input.pin && { pin: input.pin }),
    ...(input.split && { split: input.split }),
    ...(tables && { tables }),
  };
}

/** The type of its key, and what it says of tables, where there are several. */
function readKeyed(
  input: StrategyInput | TableStrategyInput,
  context: StrategyContext,
  path: Path,
  problems: Problems,
): ReadChoices {
  if (context.tables === undefined) {
    return { keyType: readKey(input.key, context, [...path, 'key'], problems) };
  }
  for (const name of ['lookup', 'split'] as const) {
    if (input[name] === undefined) continue;
    const text = `a scenario with \`tables\` has no ${name}; allowed: pin, or another router`;
    problems.add([...path, name], text);
  }
  return readTableStrategy(input, context.tables, path, problems);
}

function nameWithParameter(router: RouterName): string {
  return router.parameter ? `${router.name}[:${router.parameter.name}]` : router.name;
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
  input: Pick<StrategyInput, 'key' | 'hash' | 'salt'>,
  router: RouterName,
  keyType: RoutedKeyType | undefined,
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
    const text = `identity takes integers only, but ${input.key} is ${keyType}`;
    problems.add([...path, 'hash'], `${text}; allowed: ${vocabulary.hashes.join(', ')}`);
  }
}
