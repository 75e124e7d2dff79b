import { suggest } from '../../base/suggest.ts';

/** What the readers of router settings share: maps with known names, and shards. */

export type SettingsMap = Readonly<Record<string, unknown>>;

export function isMap(input: unknown): input is SettingsMap {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}

/** A value as a message shows it, cut where it is long. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length <= 40 ? text : `${text.slice(0, 40)}...`;
}

/**
 * The settings as a map, or an empty one and a problem; names that are not allowed are problems.
 */
export function settingsMap(
  router: string,
  input: unknown,
  names: readonly string[],
  usage: string,
  problems: string[],
): SettingsMap {
  if (!isMap(input)) {
    problems.push(`${router} needs settings such as ${usage}; found ${shown(input)}`);
    return {};
  }
  for (const name of Object.keys(input)) {
    if (names.includes(name)) continue;
    const near = suggest(name, names);
    const guess = near === undefined ? '' : ` (did you mean ${near}?)`;
    problems.push(`${router} has no setting "${name}"${guess}; it has ${names.join(', ')}`);
  }
  return input;
}

/**
 * The shard that a setting names, by number or by a number in text; undefined and a problem else.
 */
export function readShard(
  what: string,
  input: unknown,
  shardCount: number,
  problems: string[],
): number | undefined {
  const shard = typeof input === 'string' && /^\d{1,7}$/.test(input) ? Number(input) : input;
  if (typeof shard === 'number' && Number.isInteger(shard) && shard >= 0 && shard < shardCount) {
    return shard;
  }
  const last =
    shardCount === 1 ? 'shard 0 is the only shard' : `the shards are 0 to ${shardCount - 1}`;
  problems.push(`${what} ${shown(input)} is not a shard; ${last}`);
  return undefined;
}

/** A warning that names the shards that the settings leave without keys, or none. */
export function idleShards(
  router: string,
  shardCount: number,
  used: ReadonlySet<number>,
): readonly string[] {
  const idle = Array.from({ length: shardCount }, (_, shard) => shard).filter(
    (shard) => !used.has(shard),
  );
  if (idle.length === 0) return [];
  return [`the settings of ${router} give no keys to the shards ${idle.join(', ')}`];
}
