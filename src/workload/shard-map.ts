import type { KeyType } from '../base/keys.ts';
import { suggest } from '../base/suggest.ts';
import type { CsvTable } from './csv-table.ts';
import { checkRecords, fail, findColumn, readIds, readTable } from './tenant-columns.ts';

export interface ShardMapColumns {
  readonly keyColumn: string;
  readonly shardColumn: string;
}

/** What the keys and the shards of a map must be among. */
export interface MapSubject {
  /** Canonical text of each tenant's id. */
  readonly ids: readonly string[];
  readonly idType: KeyType;
  /** topology.weights: one for each shard, 0 where it takes no keys. */
  readonly weights: readonly number[];
}

/** Ids that a wrong one is compared with: of more, looking for the nearest takes seconds. */
const comparedMax = 100_000;
const namedMax = 5;

/**
 * The shard of each tenant, in the order of `ids`, from CSV text with a header. All problems are
 * reported by one UserError, each as `path:line:column: what, found and allowed`.
 */
export function parseShardMap(
  text: string,
  path: string,
  { keyColumn, shardColumn }: ShardMapColumns,
  { ids, idType, weights }: MapSubject,
): Uint32Array {
  const table = readTable(text, path);
  const problems: string[] = [];
  const keyAt = findColumn(table, keyColumn, problems);
  const shardAt = findColumn(table, shardColumn, problems);
  checkRecords(table, path, problems);
  const keys = readIds(table, keyAt, idType, problems);
  const shards = readShards(table, shardAt, weights, problems);
  // What is no id cannot be looked for.
  if (problems.length > 0) fail(problems);
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  const placed = new Uint32Array(ids.length);
  const isPlaced = new Uint8Array(ids.length);
  for (const [record, key] of keys.entries()) {
    const index = indexOf.get(key);
    if (index === undefined) {
      const place = table.where(record, keyAt);
      problems.push(`${place}: the scenario has no tenant ${JSON.stringify(key)}${near(key, ids)}`);
      continue;
    }
    placed[index] = shards[record] ?? 0;
    isPlaced[index] = 1;
  }
  const missing = ids.filter((_, index) => isPlaced[index] === 0);
  if (missing.length > 0) problems.push(`${table.where(-1, keyAt)}: ${missingText(missing)}`);
  if (problems.length > 0) fail(problems);
  return placed;
}

function near(key: string, ids: readonly string[]): string {
  const meant = ids.length <= comparedMax ? suggest(key, ids) : undefined;
  return meant === undefined ? '' : `; did you mean ${JSON.stringify(meant)}?`;
}

function missingText(missing: readonly string[]): string {
  const shown = missing.slice(0, namedMax).map((id) => JSON.stringify(id));
  const more = missing.length > shown.length ? `, ... (${missing.length} in all)` : '';
  return (
    `these tenants of the scenario have no line: ${shown.join(', ')}${more}; ` +
    'one line for each tenant was expected'
  );
}

function readShards(
  table: CsvTable,
  column: number,
  weights: readonly number[],
  problems: string[],
): Uint32Array {
  const last = weights.length - 1;
  const allowed = last === 0 ? '0, the only shard,' : `a whole number from 0 to ${last}`;
  return Uint32Array.from(table.records, (record, i) => {
    const field = record[column];
    // Too few fields: reported already.
    if (field === undefined) return 0;
    const shard = /^\s*\d+\s*$/.test(field) ? Number(field) : Number.NaN;
    const place = table.where(i, column);
    if (!(shard <= last)) {
      problems.push(`${place}: the shard is ${JSON.stringify(field)}; ${allowed} was expected`);
      return 0;
    }
    if (weights[shard] === 0) {
      problems.push(`${place}: shard ${shard} has weight 0 in topology.weights and takes no keys`);
    }
    return shard;
  });
}
