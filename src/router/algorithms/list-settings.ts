import { keyProblem, keyTypes, type RoutedKeyType } from '../../base/keys.ts';
import type { RouterTopology, SettingsReader } from '../contract.ts';
import { isMap, readShard, settingsMap, shown } from './settings-input.ts';

/** Which shard has which values. */
export interface ListSettings {
  /** Distinct, in the canonical text of the key type. */
  readonly values: readonly string[];
  /** Shard of each value. */
  readonly shards: readonly number[];
  /** Shard of every other value; null: there is no other value. */
  readonly default: number | null;
}

const usage = '{ lists: { 0: [eu], 1: [us, ca] }, default: 2 }';

/** A value as the canonical text of its type; undefined and a problem where it is none. */
function readValue(
  input: unknown,
  keyType: RoutedKeyType,
  shard: string,
  problems: string[],
): string | undefined {
  const plain = keyTypes.find((type) => type === keyType);
  if (plain === undefined) return undefined;
  const whole = plain === 'int8' && Number.isSafeInteger(input);
  if (typeof input !== 'string' && !whole) {
    const expected = plain === 'int8' ? 'whole numbers (large ones in quotes)' : 'texts, in quotes';
    problems.push(
      `lists.${shard} holds ${shown(input)}; the values of ${plain} keys must be ${expected}`,
    );
    return undefined;
  }
  const text = plain === 'uuid' ? String(input).toLowerCase() : String(input);
  const problem = keyProblem(plain, text);
  if (problem === null) return text;
  problems.push(`lists.${shard} holds ${shown(input)}, which ${problem}`);
  return undefined;
}

/** Adds what stands in `lists` to `placed`: value -> the shard as it is written, for messages. */
function readLists(
  lists: unknown,
  topology: RouterTopology,
  keyType: RoutedKeyType,
  problems: string[],
): Map<string, number> {
  const placed = new Map<string, number>();
  if (!isMap(lists) || Object.keys(lists).length === 0) {
    problems.push(`lists is ${shown(lists)}; it must map shards to their values: ${usage}`);
    return placed;
  }
  for (const [name, values] of Object.entries(lists)) {
    const shard = readShard('lists:', name, topology.shardCount, problems);
    if (!Array.isArray(values) || values.length === 0) {
      problems.push(`lists.${name} is ${shown(values)}; it must be a list of one or more values`);
      continue;
    }
    for (const input of values) {
      const value = readValue(input, keyType, name, problems);
      if (value === undefined) continue;
      const before = placed.get(value);
      if (before !== undefined) {
        const where = before === shard ? `twice in lists.${name}` : `also in lists.${before}`;
        problems.push(`lists.${name}: ${shown(value)} is ${where}; each value has one shard only`);
      } else if (shard !== undefined) placed.set(value, shard);
    }
  }
  return placed;
}

/** Settings of the router `list`. */
export const listSettings: SettingsReader = {
  usage,
  example(shardCount, keyType) {
    const value = (shard: number): string => {
      if (keyType === 'int8') return String(shard);
      const digits = shard.toString(16).padStart(12, '0');
      return keyType === 'uuid' ? `00000000-0000-0000-0000-${digits}` : `region-${shard}`;
    };
    const shards = Array.from({ length: shardCount }, (_, shard) => shard);
    return { lists: Object.fromEntries(shards.map((s) => [s, [value(s)]])), default: 0 };
  },
  read(input, topology, keyType) {
    const problems: string[] = [];
    const map = settingsMap('list', input, ['lists', 'default'], usage, problems);
    if (!isMap(input)) return { problems };
    const placed = readLists(map['lists'], topology, keyType, problems);
    const fallback =
      map['default'] === undefined
        ? null
        : readShard('default:', map['default'], topology.shardCount, problems);
    if (problems.length > 0 || fallback === undefined) return { problems };
    const value: ListSettings = {
      values: [...placed.keys()],
      shards: [...placed.values()],
      default: fallback,
    };
    return { value };
  },
};
