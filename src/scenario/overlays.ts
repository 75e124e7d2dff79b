import { keyProblem, type RoutedKeyType } from '../base/keys.ts';
import { suggest } from '../base/suggest.ts';
import { formatFraction } from '../base/units.ts';
import { mismatch, type Path, type Problems } from './problem.ts';
import type { Pin, Split } from './types.ts';

export interface Overlays {
  readonly pin?: Pin | undefined;
  readonly split?: Split | undefined;
}

/** What an overlay's parts are checked against; undefined while that has problems of its own. */
export interface OverlayContext {
  readonly keyType: RoutedKeyType | undefined;
  /** Columns that could be a shard key. */
  readonly keyable: readonly string[] | undefined;
  readonly shards: number | undefined;
}

interface OverlaidInput extends Overlays {
  /** Column of the shard key, or several. */
  readonly key: string | readonly string[];
  readonly lookup?: unknown;
}

/** Adds what is wrong with the pins and splits of the strategy at `path`. */
export function checkOverlays(
  { key, lookup, pin, split }: OverlaidInput,
  context: OverlayContext,
  path: Path,
  problems: Problems,
): void {
  const { shards = Number.POSITIVE_INFINITY } = context;
  for (const { id, shard } of pin?.tenants ?? []) {
    const here = [...path, 'pin', 'tenants', id];
    checkId(id, context, here, problems);
    if (shard >= shards) problems.add(here, mismatch(shard, `a shard from 0 to ${shards - 1}`));
  }
  if (split === undefined) return;
  const here = [...path, 'split'];
  for (const [i, id] of split.tenants.entries()) {
    checkId(id, context, [...here, 'tenants', i], problems);
    const both = pin?.tenants.some((pinned) => pinned.id === id) === true;
    if (both) problems.add([...here, 'tenants', i], `${id} is pinned to one shard, not to several`);
    if (split.tenants.indexOf(id) < i)
      problems.add([...here, 'tenants', i], `${id} is in the list twice`);
  }
  if (split.over > shards) {
    problems.add([...here, 'over'], mismatch(split.over, splitAllowed(shards)));
  }
  const columns = context.keyable?.filter((name) => ![key].flat().includes(name));
  if (columns !== undefined && !columns.includes(split.by)) {
    const allowed = `a column that is not in the shard key: ${columns.join(', ')}`;
    problems.add([...here, 'by'], mismatch(split.by, allowed, suggest(split.by, columns)));
  }
  if (lookup !== undefined) {
    problems.add(here, 'a table of look-ups holds one shard for each key; allowed: no split');
  }
}

function checkId(id: string, { keyType }: OverlayContext, path: Path, problems: Problems): void {
  if (keyType === undefined) return;
  const problem =
    keyType === 'composite'
      ? 'is one value; with a shard key of several columns only `above` can be used'
      : keyProblem(keyType, id);
  if (problem !== null) problems.add(path, `"${id}" ${problem}`);
}

/** What a strategy's name says of its overlays: `+pin`, `+split`; in detail `+split:4:order_id`. */
function overlayLabel({ pin, split }: Overlays, detailed: boolean): string {
  const threshold = (above: number | null | undefined): string[] =>
    typeof above === 'number' ? [formatFraction(above)] : [];
  const pinned = pin === undefined || pin.tenants.length === 0 ? [] : [`${pin.tenants.length}`];
  const parts: string[][] = [];
  if (pin) parts.push(['pin', ...pinned, ...threshold(pin.above)]);
  if (split) parts.push(['split', `${split.over}`, split.by, ...threshold(split.above)]);
  return parts.map((words) => `+${detailed ? words.join(':') : words[0]}`).join('');
}

/**
 * Names with what their overlays add, as short as tells different overlays of one router apart:
 * `tenant_id/jump+split`, then `tenant_id/jump+split:4:order_id`, then the latter numbered.
 */
export function overlaidNames(
  strategies: readonly (Overlays & { readonly written: string })[],
): string[] {
  const overlays = strategies.map(({ pin, split }) => JSON.stringify([pin, split]));
  const named = (detailed: boolean): string[] =>
    strategies.map((each) => each.written + overlayLabel(each, detailed));
  const short = named(false);
  const long = named(true);
  /** Different overlays that share the name, each once, in their order. */
  const sharing = (names: readonly string[], name: string | undefined): string[] => [
    ...new Set(overlays.filter((_, i) => names[i] === name)),
  ];
  return short.map((name, i) => {
    if (sharing(short, name).length === 1) return name;
    const detailed = long[i] ?? name;
    const place = sharing(long, detailed).indexOf(overlays[i] ?? '');
    return place === 0 ? detailed : `${detailed}#${place + 1}`;
  });
}

const splitAllowed = (shards: number): string =>
  shards === 1
    ? 'no split, because topology.shards is 1'
    : `a whole number from 2 to ${shards} (topology.shards)`;
