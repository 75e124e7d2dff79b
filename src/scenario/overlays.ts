import { keyProblem, type RoutedKeyType } from '../base/keys.ts';
import { suggest } from '../base/suggest.ts';
import { formatFraction, formatRate } from '../base/units.ts';
import { mismatch, type Path, type Problems } from './problem.ts';
import type { Pin, Scenario, Split } from './types.ts';

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
  readonly loop: Scenario['loop'] | undefined;
  /** Whether the settings of the router say by number what lies where. */
  readonly takesSettings: boolean;
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
  if (pin !== undefined) checkPin(pin, context, [...path, 'pin'], problems);
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

function checkPin(pin: Pin, context: OverlayContext, path: Path, problems: Problems): void {
  const { shards = Number.POSITIVE_INFINITY, loop, takesSettings } = context;
  if (pin.aboveWritesPerSecond !== undefined && loop?.kind === 'closed') {
    const text =
      'a closed loop has no rate, so no key has one; allowed: a share of the load, or rows';
    problems.add([...path, 'above', 'writes'], text);
  }
  if (pin.exclusive !== true) return;
  const here = [...path, 'exclusive'];
  if (takesSettings) {
    const text =
      'the settings of the router say what lies on which shard: leave out the shard there';
    problems.add(here, text);
  }
  const listed = new Set(pin.tenants.map(({ shard }) => shard)).size;
  if (listed >= shards) {
    const text =
      `${listed} of ${shards} shards are for pinned keys alone; allowed: ${shards - 1}, ` +
      'as all other keys need one';
    problems.add(here, text);
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
  const parts: string[][] = [];
  if (pin) {
    const { tenants, above, aboveRows: rows, aboveWritesPerSecond: writes, exclusive } = pin;
    const words = [
      ...(tenants.length > 0 ? [`${tenants.length}`] : []),
      ...threshold(above),
      ...(rows === undefined ? [] : [`${rows}rows`]),
      ...(writes === undefined ? [] : [formatRate(writes)]),
      ...(exclusive === true ? ['exclusive'] : []),
    ];
    parts.push(['pin', ...words]);
  }
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
