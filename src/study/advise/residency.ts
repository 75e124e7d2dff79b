import type { Residence } from '../../advice/candidate-figures.ts';
import { present } from '../../base/assert.ts';
import { decodeKey } from '../../base/keys.ts';
import { sum } from '../../base/statistics/moments.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { Router } from '../../router/contract.ts';
import type { Residency } from '../../scenario/residency-input.ts';
import type { LoadedKeys } from '../../workload/key-usage.ts';

/** The values of the key by which rows are told apart, and which of them must be alone. */
export interface ResidentKeys {
  readonly residency: Residency;
  readonly known: LoadedKeys;
  /** By value. */
  readonly apart: readonly boolean[];
}

/** A UserError where the key has none of the values, or several columns. */
export function residentKeys(residency: Residency, known: LoadedKeys): ResidentKeys {
  const { type, bytes, offsets, count, rows } = known;
  if (type === 'composite') {
    throw mistake(residency.key, 'key', 'a shard key of one column');
  }
  const texts = Array.from({ length: count }, (_, value) =>
    decodeKey(type, bytes, offsets[value] ?? 0, offsets[value + 1] ?? 0),
  );
  const values = texts.filter((_, value) => (rows[value] ?? 0) > 0);
  const some = values.slice(0, 10).join(', ');
  for (const value of residency.apart) {
    if (!values.includes(value)) throw mistake(value, 'apart', `values of the key: ${some}`);
  }
  const names = new Set(residency.apart);
  return { residency, known, apart: texts.map((text) => names.has(text)) };
}

const mistake = (found: string, field: string, allowed: string): UserError =>
  new UserError(`residency.${field}: found "${found}"; allowed: ${allowed}`, {
    exitCode: exitCodes.usage,
  });

/**
 * Rows of those values that share a shard with others. A router that reads the values says where
 * each lies; whatever else it reads, nothing keeps them apart.
 */
export function residence(
  { residency, known, apart }: ResidentKeys,
  key: string,
  router: Router,
): Residence {
  const all = sum(known.rows);
  const shards = key === residency.key ? shardsOf(known, router) : known.rows.map(() => 0);
  let outside = 0;
  for (const [value, isApart] of apart.entries()) {
    if (!isApart) continue;
    const isShared = shards.some((shard, other) => other !== value && shard === shards[value]);
    if (isShared) outside += present(known.rows[value], 'rows of a value');
  }
  return { outsideFraction: outside / all, key: residency.key, apart: residency.apart };
}

const shardsOf = ({ count, bytes, offsets }: LoadedKeys, router: Router): Uint32Array =>
  Uint32Array.from({ length: count }, (_, value) =>
    router.route(bytes, offsets[value] ?? 0, offsets[value + 1] ?? 0),
  );
