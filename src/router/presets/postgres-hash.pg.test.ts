import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeCompositeKey, type KeyPart } from '../../base/composite-keys.ts';
import { encodeKey, type KeyType } from '../../base/keys.ts';
import { present } from '../../base/assert.ts';
import { type Rng, rngFrom } from '../../base/rng.ts';
import type { RunningFleet } from '../../fleet/types.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import { withClient } from '../../postgres/database.ts';
import { startShards } from '../../testing/embedded-shards.ts';
import { topologyOf } from '../fixtures.suite.ts';
import { partitionRouter } from './postgres-partition.ts';

// PostgreSQL itself says which partition a key belongs to: zero mismatches.
const keyCount = 10_000;
const moduli = [1, 2, 3, 4, 5, 7, 16, 100, 1024];

let fleet: RunningFleet;
let server: ShardAddress;

beforeAll(async () => {
  const started = await startShards(1);
  fleet = started.fleet;
  server = present(started.servers[0], 'server');
});
afterAll(() => fleet.stop());

type Draw = (rng: Rng) => string | null;
interface Column {
  readonly sql: string;
  readonly type: KeyType;
  readonly draw: Draw;
}

const word = (rng: Rng): bigint => (BigInt(rng.uint32()) << 32n) | BigInt(rng.uint32());
/** All widths in turn, so that small and negative integers come as often as large ones. */
const integer =
  (bits: number): Draw =>
  (rng) =>
    String(BigInt.asIntN(1 + (rng.uint32() % bits), word(rng)));

const alphabets = ['abcxyz019-_ ', 'éßñøЖя', '汉字호텔', '😀💀𐀀'].map((each) => Array.from(each));
const text: Draw = (rng) => {
  const length = rng.uint32() % 40;
  const letters = Array.from({ length }, () => {
    const alphabet = alphabets[rng.uint32() % alphabets.length] ?? [];
    return alphabet[rng.uint32() % alphabet.length] ?? '';
  });
  return letters.join('');
};
const uuid: Draw = (rng) =>
  [word(rng), word(rng)]
    .map((each) => each.toString(16).padStart(16, '0'))
    .join('')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
const orNull =
  (draw: Draw): Draw =>
  (rng) =>
    rng.uint32() % 5 === 0 ? null : draw(rng);

const int2: Column = { sql: 'int2', type: 'int8', draw: integer(16) };
const int4: Column = { sql: 'int4', type: 'int8', draw: integer(32) };
const int8: Column = { sql: 'int8', type: 'int8', draw: integer(64) };
const textColumn: Column = { sql: 'text', type: 'text', draw: text };
const uuidColumn: Column = { sql: 'uuid', type: 'uuid', draw: uuid };
const nullable = (column: Column): Column => ({ ...column, draw: orNull(column.draw) });

type Row = readonly (string | null)[];

function drawRows(columns: readonly Column[], label: string): Row[] {
  const rng = rngFrom(7, label);
  const rows = Array.from({ length: keyCount }, () => columns.map(({ draw }) => draw(rng)));
  // The empty text and the ends of every integer are among them.
  const edges: Readonly<Record<string, readonly string[]>> = {
    int2: ['-32768', '32767', '0', '-1'],
    int4: ['-2147483648', '2147483647', '0', '-1'],
    int8: ['-9223372036854775808', '9223372036854775807', '9007199254740993', '-1'],
    text: ['', 'a', '汉字', 'x'.repeat(100)],
    uuid: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  };
  const [first, ...rest] = columns;
  const nulls = rest.map((): string | null => null);
  const extra = (edges[first?.sql ?? ''] ?? []).map((edge) => nulls.toSpliced(0, 0, edge));
  return [...extra, ...rows];
}

/**
 * How many rows Postgres does not have in their expected partition, or would take in the next one
 * as well: a "yes" must mean something.
 */
async function mismatches(
  columns: readonly Column[],
  rows: readonly Row[],
  modulus: number,
  expected: readonly number[],
): Promise<number> {
  const names = columns.map((_, index) => `c${index}`);
  const arrays = columns.map(({ sql }, index) => `$${index + 2}::${sql}[]`);
  const call = (remainder: string): string =>
    `satisfies_hash_partition('parent'::regclass, ${modulus}, ${remainder}, ${names.join(', ')})`;
  const next = `(remainder + 1) % ${modulus}`;
  const wrong = modulus === 1 ? 'false' : call(next);
  return withClient(server, async (client) => {
    const { rows: answer } = await client.query<[string]>({
      text:
        `select count(*) from unnest($1::int4[], ${arrays.join(', ')}) as keys(remainder, ` +
        `${names.join(', ')}) where ${call('remainder')} is not true or ${wrong}`,
      values: [expected, ...columns.map((_, index) => rows.map((row) => row[index]))],
      rowMode: 'array',
    });
    return Number(answer[0]?.[0]);
  });
}

async function createParent(columns: readonly Column[]): Promise<void> {
  const declared = columns.map(({ sql }, index) => `c${index} ${sql}`).join(', ');
  const keys = columns.map((_, index) => `c${index}`).join(', ');
  await withClient(server, async (client) => {
    await client.query('drop table if exists parent');
    await client.query(`create table parent (${declared}) partition by hash (${keys})`);
  });
}

/** Keys in other partitions than Postgres', as lines, over all moduli. */
async function strays(columns: readonly Column[], label: string, single: boolean) {
  await createParent(columns);
  const rows = drawRows(columns, label);
  const keys = rows.map((row) => {
    const parts: KeyPart[] = columns.map(({ type }, index) => ({ type, text: row[index] ?? null }));
    const [part] = parts;
    return single && part !== undefined && part.text !== null
      ? encodeKey(part.type, part.text)
      : encodeCompositeKey(parts);
  });
  const keyType = single ? present(columns[0], 'column').type : 'composite';
  const found: string[] = [];
  for (const modulus of moduli) {
    const router = partitionRouter('test', topologyOf(modulus), keyType);
    const expected = keys.map((key) => router.route(key, 0, key.length));
    const count = await mismatches(columns, rows, modulus, expected);
    if (count > 0) found.push(`${count} of ${label} % ${modulus}`);
  }
  return found;
}

test.each([
  ['int2', int2],
  ['int4', int4],
  ['int8', int8],
  ['text', textColumn],
  ['uuid', uuidColumn],
])('%s: 10,000 random keys are in the partitions of Postgres', async (label, column) => {
  expect(await strays([column], label, true)).toEqual([]);
});

test.each([
  ['int8, text', [nullable(int8), nullable(textColumn)]],
  ['uuid, int8', [nullable(uuidColumn), nullable(int8)]],
  ['int4, text, uuid', [nullable(int4), nullable(textColumn), nullable(uuidColumn)]],
  ['int8, int2 without NULLs', [int8, int2]],
  ['a single int8 or NULL', [nullable(int8)]],
  ['a single text or NULL', [nullable(textColumn)]],
])('%s: 10,000 composite keys are in the partitions of Postgres', async (label, columns) => {
  expect(await strays(columns, label, false)).toEqual([]);
});

test('a wrong partition would be found', async () => {
  await createParent([int8]);
  const rows = drawRows([int8], 'wrong').slice(0, 100);
  const none = rows.map(() => 0);
  expect(await mismatches([int8], rows, 16, none)).toBeGreaterThan(50);
});
