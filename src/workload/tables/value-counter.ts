import { present } from '../../base/assert.ts';
import type { PackedKeys } from '../../base/keys.ts';
import type { TableKey } from './table-key.ts';

/** Counts the rows of each value of a key that several tables have, for each table by itself. */
export interface ValueCounter {
  /** A row of table number `place` (of those that the counter was made for). */
  add(place: number, value: number): void;
  /** @param all whether values without a row belong to it too, where all values are known */
  counted(all: boolean): CountedValues;
}

export interface CountedValues {
  readonly keys: PackedKeys;
  /** The number that stands for each; its place among them where no number does for all tables. */
  readonly values: readonly number[];
  /** Rows of each, by table. */
  readonly counts: readonly Uint32Array[];
}

export function valueCounter(keys: readonly TableKey[]): ValueCounter {
  const [first] = keys;
  if (first === undefined) return new FoundValues([], false);
  const agree = first.domain !== null && keys.every(({ domain }) => domain === first.domain);
  const size = keys.reduce<number | null>(
    (most, key) => (most === null || key.size === null ? null : Math.max(most, key.size)),
    0,
  );
  return agree && size !== null
    ? new AllValues(first, size, keys.length)
    : new FoundValues(keys, agree);
}

/** Values from 0 on, each of which has a place of its own. */
class AllValues implements ValueCounter {
  private readonly key: TableKey;
  private readonly counts: readonly Uint32Array[];
  private readonly size: number;

  constructor(key: TableKey, size: number, tables: number) {
    this.key = key;
    this.size = size;
    this.counts = Array.from({ length: tables }, () => new Uint32Array(size));
  }

  add(place: number, value: number): void {
    const counts = this.counts[place];
    if (counts !== undefined) counts[value] = (counts[value] ?? 0) + 1;
  }

  counted(all: boolean): CountedValues {
    const { counts } = this;
    const values: number[] = [];
    for (let value = 0; value < this.size; value += 1) {
      if (all || counts.some((own) => (own[value] ?? 0) > 0)) values.push(value);
    }
    return {
      keys: packed(this.key, values, (value, out) => this.key.encode(value, out)),
      values,
      counts: counts.map((own) => Uint32Array.from(values, (value) => own[value] ?? 0)),
    };
  }
}

/** Values as they are found: by their number where the tables agree on it, else by their bytes. */
class FoundValues implements ValueCounter {
  private readonly keys: readonly TableKey[];
  private readonly agree: boolean;
  /** Places by number, of each table where they do not agree. */
  private readonly byNumber: readonly Map<number, number>[];
  private readonly byBytes = new Map<string, number>();
  /** By place: the table in which it was found first, and its number there. */
  private readonly tables: number[] = [];
  private readonly values: number[] = [];
  private readonly counts: readonly number[][];
  private readonly scratch: Uint8Array;

  constructor(keys: readonly TableKey[], agree: boolean) {
    this.keys = keys;
    this.agree = agree;
    const one = new Map<number, number>();
    this.byNumber = keys.map(() => (agree ? one : new Map<number, number>()));
    this.counts = keys.map(() => []);
    this.scratch = new Uint8Array(Math.max(0, ...keys.map(({ maxBytes }) => maxBytes)));
  }

  add(table: number, value: number): void {
    const numbers = present(this.byNumber[table], 'table');
    let place = numbers.get(value);
    if (place === undefined) {
      place = this.agree ? this.append(table, value) : this.placeOfBytes(table, value);
      numbers.set(value, place);
    }
    const counts = present(this.counts[table], 'table');
    while (counts.length <= place) counts.push(0);
    counts[place] = (counts[place] ?? 0) + 1;
  }

  counted(): CountedValues {
    const { values, tables, keys } = this;
    const places = values.map((_, place) => place);
    const first = keys[0] ?? { type: 'int8', maxBytes: 0 };
    const widest = { type: first.type, maxBytes: this.scratch.length };
    return {
      keys: packed(widest, places, (place, out) =>
        this.encode(tables[place] ?? 0, values[place] ?? 0, out),
      ),
      values: this.agree ? values : places,
      counts: this.counts.map((own) => Uint32Array.from(places, (place) => own[place] ?? 0)),
    };
  }

  private append(table: number, value: number): number {
    this.tables.push(table);
    return this.values.push(value) - 1;
  }

  private placeOfBytes(table: number, value: number): number {
    const length = this.encode(table, value, this.scratch);
    const bytes = String.fromCharCode(...this.scratch.subarray(0, length));
    const known = this.byBytes.get(bytes);
    if (known !== undefined) return known;
    const place = this.append(table, value);
    this.byBytes.set(bytes, place);
    return place;
  }

  private encode(table: number, value: number, out: Uint8Array): number {
    return present(this.keys[table], 'table').encode(value, out);
  }
}

function packed(
  { type, maxBytes }: Pick<TableKey, 'type' | 'maxBytes'>,
  values: readonly number[],
  encode: (value: number, out: Uint8Array) => number,
): PackedKeys {
  const offsets = new Uint32Array(values.length + 1);
  const scratch = new Uint8Array(maxBytes);
  const bytes = new Uint8Array(maxBytes * values.length);
  let at = 0;
  values.forEach((value, i) => {
    const length = encode(value, scratch);
    bytes.set(scratch.subarray(0, length), at);
    at += length;
    offsets[i + 1] = at;
  });
  return { type, count: values.length, bytes: bytes.slice(0, at), offsets };
}
