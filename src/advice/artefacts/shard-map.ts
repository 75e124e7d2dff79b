import { decodeKey, type KeyType } from '../../base/keys.ts';
import type { KnownKeys, Router } from '../../router/contract.ts';
import { joined, wrappedStrictly } from './code-text.ts';
import type { Chosen } from './artefact-types.ts';
import type { Core, PlacedText, RouterPlan } from './router-plan.ts';
import { sqlKey, sqlText } from './sql/sql-text.ts';
import type { Vector } from './vectors.ts';

/** Keys that a file lists at most: the heaviest ones. */
export const listedMax = 20_000;

/** The keys that are known, the heaviest first, with the shard of each; split ones are left out. */
export function placedKeys(
  router: Router,
  { bytes, offsets, count, weights }: KnownKeys,
  plan: Pick<RouterPlan, 'keyType' | 'split'>,
): PlacedText[] {
  const order = Array.from({ length: count }, (_, key) => key);
  order.sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
  const split = new Set(plan.split?.keys.map(({ key }) => key));
  return order
    .slice(0, listedMax)
    .map((key) => {
      const [start, end] = [offsets[key] ?? 0, offsets[key + 1] ?? 0];
      return {
        key: decodeKey(plan.keyType, bytes, start, end),
        shard: router.route(bytes, start, end),
      };
    })
    .filter(({ key }) => !split.has(key));
}

/** The whole map as JSON: the rule with its parameters and tables, and test vectors. */
export function shardMapJson({ plan, strategy, vectors }: Chosen & { plan: RouterPlan }): string {
  const { keyType, shardCount, pins, split, numbering, core } = plan;
  return shardMapText({
    schema: 'shardlab/shard-map/v1',
    strategy: strategy.name,
    key: strategy.key,
    keyType,
    shardCount,
    ...(pins.length > 0 && { pins: placedPairs(pins) }),
    ...(split !== null && {
      splitBy: split.by,
      splitByType: split.byType,
      pieceOf: 'xxh64 of the second column, modulo the number of pieces',
      pieces: split.keys.map(({ key, shards }) => [key, shards]),
    }),
    ...(numbering !== null && { shardNumbers: numbering }),
    ...ruleOf(core),
    vectors: vectorRows(vectors),
  });
}

/** As JSON with a line for each entry of a list. */
export function shardMapText(map: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(map).map(([name, value]) => {
    const isList = Array.isArray(value) && value.some((each) => typeof each === 'object');
    const text = isList
      ? `[\n${value.map((each) => `    ${JSON.stringify(each)}`).join(',\n')}\n  ]`
      : JSON.stringify(value);
    return `  ${JSON.stringify(name)}: ${text}`;
  });
  return `{\n${parts.join(',\n')}\n}\n`;
}

const placedPairs = (entries: readonly PlacedText[]) =>
  entries.map(({ key, shard }) => [key, shard]);

export const vectorRows = (vectors: readonly Vector[]) =>
  vectors.map(({ key, by, shard }) => (by === undefined ? [key, shard] : [key, by, shard]));

/** `rule` says what is done with the hash, or with the key itself. */
function ruleOf(core: Core): Readonly<Record<string, unknown>> {
  if (core.kind === 'hash') {
    const { hash, salt, placing } = core;
    const head = { hash, seed: 0, salt };
    if (placing.kind === 'remainder') return { rule: 'remainder', ...head };
    if (placing.kind === 'jump-bucket') return { rule: 'jump consistent hash', ...head };
    if (placing.kind === 'table') {
      return { rule: 'table[remainder]', ...head, table: [...placing.table] };
    }
    if (placing.kind === 'scores') {
      const bids = placing.bids.map(({ shard, first, second }) => [shard, first, second]);
      return { rule: 'highest score', ...head, bids };
    }
    const { count, hi, lo, owner } = placing.points;
    const points = Array.from({ length: count }, (_, i) => [
      joined(hi[i] ?? 0, lo[i] ?? 0)
        .toString(16)
        .padStart(16, '0'),
      owner[i] ?? 0,
    ]);
    return { rule: 'first point at or after', ...head, points };
  }
  if (core.kind === 'bounds') {
    return { rule: 'ranges', from: core.runs.map((run) => [run.low, run.shard]) };
  }
  if (core.kind === 'list') {
    return { rule: 'list', keys: placedPairs(core.entries), otherwise: core.otherwise };
  }
  if (core.kind === 'partition-hash') return { rule: 'remainder of the Postgres partition hash' };
  return { rule: 'ranges of the 32-bit Postgres hash', table: [...core.table] };
}

const insertRows = 1000;

/** CREATE TABLE and INSERTs of a table of two columns. */
function sqlTable(name: string, first: string, rows: readonly string[]): string {
  const inserts: string[] = [];
  for (let at = 0; at < rows.length; at += insertRows) {
    const part = wrappedStrictly(rows.slice(at, at + insertRows));
    inserts.push(`insert into ${name} values\n${part};`);
  }
  const create = `create table ${name} (${first}, shard int4 not null);`;
  return [create, ...inserts].join('\n\n');
}

/** The map as tables: the rule's own one, keys with a shard of their own, and the known keys. */
export function shardMapSql(chosen: Chosen & { plan: RouterPlan }): string {
  const { plan, header, router, known } = chosen;
  const { keyType, core, pins, split } = plan;
  const parts = [header.map((line) => `-- ${line}`).join('\n'), 'begin;', ruleTable(core, keyType)];
  if (pins.length > 0) {
    const rows = pins.map(({ key, shard }) => `(${sqlKey(keyType, key)}, ${shard})`);
    parts.push(
      `-- Keys that have a shard of their own; they come before everything else`,
      sqlTable('shardlab_pins', keyColumn(keyType), rows),
    );
  }
  if (split !== null) {
    const rows = split.keys.flatMap(({ key, shards }) =>
      shards.map((shard, piece) => `(${sqlKey(keyType, key)}, ${piece}, ${shard})`),
    );
    parts.push(
      `-- Keys in pieces: piece = xxh64(${JSON.stringify(split.by)}) modulo their number`,
      sqlTable('shardlab_pieces', `key ${keyType} not null, piece int4 not null`, rows).replace(
        'shard int4 not null)',
        'shard int4 not null, primary key (key, piece))',
      ),
    );
  }
  if (core.kind !== 'list') {
    const rows = placedKeys(router, known, plan).map(
      ({ key, shard }) => `(${sqlKey(keyType, key)}, ${shard})`,
    );
    parts.push(
      `-- Where the rule has the keys of today (the ${listedMax} heaviest at most)`,
      sqlTable('shardlab_known_keys', keyColumn(keyType), rows),
    );
  }
  return `${[...parts.filter((part) => part !== ''), 'commit;'].join('\n\n')}\n`;
}

const keyColumn = (type: KeyType): string =>
  `key ${type}${type === 'text' ? ' collate "C"' : ''} primary key`;

function ruleTable(core: Core, type: KeyType): string {
  if (core.kind === 'list') {
    const rows = core.entries.map(({ key, shard }) => `(${sqlKey(type, key)}, ${shard})`);
    const otherwise =
      core.otherwise === null
        ? '-- Keys that are not in it have no shard yet'
        : `-- Keys that are not in it go to shard ${core.otherwise}`;
    return `${otherwise}\n${sqlTable('shardlab_keys', keyColumn(type), rows)}`;
  }
  if (core.kind === 'bounds') {
    const low = (bound: string | null): string => (bound === null ? 'null' : sqlText(bound));
    const rows = core.runs.map((run) => `(${low(run.low)}, ${run.shard})`);
    return `-- Each from its own bound (NULL: from the start) up to that of the next one.
${sqlTable('shardlab_ranges', `low ${type}${type === 'text' ? ' collate "C"' : ''} unique`, rows)}`;
  }
  const slots = (table: Uint32Array, what: string): string =>
    `-- ${what}\n${sqlTable(
      'shardlab_slots',
      'slot int4 primary key',
      Array.from(table, (shard, slot) => `(${slot}, ${shard})`),
    )}`;
  if (core.kind === 'hash32-ranges') {
    return slots(core.table, 'The node of each range of the 32-bit hash');
  }
  if (core.kind === 'partition-hash') return '';
  const { placing } = core;
  if (placing.kind === 'table') {
    return slots(placing.table, 'The shard of each slot; slot = hash modulo their number');
  }
  if (placing.kind !== 'points') return '';
  const { count, hi, lo, owner } = placing.points;
  const rows = Array.from(
    { length: count },
    (_, i) => `(${joined(hi[i] ?? 0, lo[i] ?? 0)}, ${owner[i] ?? 0})`,
  );
  return `-- The points of the ring. A key goes to the first that is not below its hash.
${sqlTable('shardlab_points', 'point numeric(20) not null', rows)}`;
}
