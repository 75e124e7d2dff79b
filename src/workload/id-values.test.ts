import { describe, expect, test } from 'vitest';
import { decodeKey, encodeKey } from '../base/keys.ts';
import { chiSquareTest } from '../testing/chi-square.ts';
import { idKeyTypes, type IdStyle, idStyles } from '../scenario/id-styles.ts';
import type { Column } from '../scenario/types.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { columnValue } from './attributes.ts';
import { keyColumn } from './key-column.ts';
import { knownKeys } from './key-usage.ts';
import { snowflakeEpochMs } from '../base/snowflake.ts';
import { buildWorkload } from './workload.ts';

/** 2026-01-01T00:00:00Z, when row 0 was made; each later row was made a second after the last. */
const firstMs = Date.UTC(2026, 0, 1);
const rows = Array.from({ length: 2000 }, (_, i) => (i < 1990 ? i : i * 800_000));

function workload(style: IdStyle, seed = 7) {
  const { schema } = tinyScenario();
  const columns: Column[] = [
    { name: 'tenant_id', generator: { kind: 'tenant' } },
    { name: 'event_id', generator: { kind: 'id', style } },
    { name: 'second_id', generator: { kind: 'id', style } },
  ];
  return buildWorkload(tinyScenario({ seed, schema: { ...schema, columns } }), null);
}

function texts(style: IdStyle, column = 'event_id', seed = 7): string[] {
  const value = columnValue(workload(style, seed), column);
  return rows.map((row) => value(row % 100, row));
}

/**
 * The encoded ids, each as the number that its bytes are in the order in which Postgres compares.
 */
function numbers(style: IdStyle): bigint[] {
  const key = keyColumn(workload(style), 'event_id');
  const out = new Uint8Array(key.maxBytes);
  return rows.map((row) => {
    key.write(row % 100, row, out);
    const bigEndian = key.type === 'uuid' ? out : out.toReversed();
    return BigInt(`0x${Buffer.from(bigEndian).toString('hex')}`);
  });
}

describe.each(idStyles)('%s', (style) => {
  test('the key bytes are those of the text, in rows loaded and new', () => {
    const key = keyColumn(workload(style), 'event_id');
    const out = new Uint8Array(key.maxBytes);
    expect(key.type).toBe(idKeyTypes[style]);
    const written = rows.map((row) => {
      const length = key.write(row % 100, row, out);
      const again = new Uint8Array(length);
      expect(key.encode(key.valueOf(row % 100, row), again)).toBe(length);
      expect(again).toStrictEqual(out.slice(0, length));
      return decodeKey(idKeyTypes[style], out, 0, length);
    });
    expect(written).toStrictEqual(texts(style));
    const last = encodeKey(idKeyTypes[style], written.at(-1) ?? '');
    expect(out.subarray(0, last.length)).toStrictEqual(last);
  });

  test('no two rows have the same; the tenant does not matter', () => {
    expect(new Set(texts(style)).size).toBe(rows.length);
    const value = columnValue(workload(style), 'event_id');
    expect(value(1, 17)).toBe(value(99, 17));
  });

  test('the loaded ids are known to routers, one row each', () => {
    const { rows: loaded } = workload(style);
    const known = knownKeys(workload(style), 'event_id');
    expect(known).toMatchObject({ type: idKeyTypes[style], count: loaded.count });
    expect(known.rows.every((count) => count === 1)).toBe(true);
  });
});

test.each(['serial', 'uuid7', 'snowflake'] as const)('%s rises with the row', (style) => {
  const ids = numbers(style);
  expect(ids.every((id, i) => i === 0 || id > (ids[i - 1] ?? id))).toBe(true);
});

test('uuid4 rises as often as it falls', () => {
  const ids = numbers('uuid4');
  const rises = ids.filter((id, i) => i > 0 && id > (ids[i - 1] ?? id)).length;
  // 1,999 steps; the number of rises has a standard deviation of sqrt(2001 / 12) = 13.
  expect(Math.abs(rises - 999.5)).toBeLessThan(4 * 13);
});

test.each([
  ['uuid4', /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/],
  ['uuid7', /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/],
] as const)('%s has its version and variant, and all other bits are even', (style, form) => {
  const ids = texts(style);
  expect(ids.filter((id) => !form.test(id))).toStrictEqual([]);
  const random = ids.map((id) => (style === 'uuid4' ? id : id.slice(14)).replaceAll('-', ''));
  const digits = random.map((hex) => hex.split(''));
  const fixed = style === 'uuid4' ? [12, 16] : [0, 4];
  for (let place = 0; place < (random[0]?.length ?? 0); place += 1) {
    if (fixed.includes(place)) continue;
    const counts = new Float64Array(16);
    for (const digit of digits) {
      const value = Number.parseInt(digit[place] ?? '', 16);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    expect(chiSquareTest(counts, new Float64Array(16).fill(1)).p).toBeGreaterThan(1e-5);
  }
});

test('uuid7 and snowflake hold the time of the row', () => {
  const times = rows.map((row) => firstMs + 1000 * row);
  const uuidMs = texts('uuid7').map((id) => Number(`0x${id.slice(0, 13).replace('-', '')}`));
  expect(uuidMs).toStrictEqual(times);
  const snowflakes = texts('snowflake').map((id) => BigInt(id));
  expect(snowflakes.map((id) => Number(id >> 22n) + snowflakeEpochMs)).toStrictEqual(times);
});

test('snowflake: machines of all 1,024, sequence 0 because rows are a second apart', () => {
  const ids = texts('snowflake').map((id) => BigInt(id));
  const machines = ids.map((id) => Number((id >> 12n) & 0x3ffn));
  expect(Math.max(...machines)).toBeLessThan(1024);
  // 2,000 draws of 1,024 leave about 1024 e^-1.95 = 145 out.
  expect(new Set(machines).size).toBeGreaterThan(1024 - 145 - 60);
  expect(new Set(ids.map((id) => id & 0xfffn))).toStrictEqual(new Set([0n]));
});

test('ids follow from seed and column', () => {
  for (const style of ['uuid4', 'uuid7', 'snowflake'] as const) {
    expect(texts(style)).toStrictEqual(texts(style));
    expect(texts(style, 'event_id', 8)).not.toStrictEqual(texts(style));
    expect(texts(style, 'second_id')).not.toStrictEqual(texts(style));
  }
});
