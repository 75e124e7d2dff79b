import {
  type Entry,
  type Head,
  laidOut,
  type TerminalOptions,
  widthOf,
} from '../terminal-layout.ts';
import { columnsOf } from '../text.ts';

/** A shard key with what it makes of each row. */
export interface KeyEntries {
  readonly head: string;
  readonly entries: readonly Entry[];
}

/** Room for the first column before its names are cut. */
const nameRoom = 24;

/**
 * Something x shard keys for a terminal: below each other as many tables as it takes for all keys
 * to have room.
 *
 * @param heads of the columns that stand before the keys in each table
 * @param rows those columns
 */
export function keyMatrix(
  heads: readonly Head[],
  rows: readonly Entry[][],
  keys: readonly KeyEntries[],
  options: TerminalOptions,
): readonly string[] {
  const before = widest(heads, rows).reduce(
    (sum, own, index) => sum + (index === 0 ? Math.min(own, nameRoom) : own + 1),
    0,
  );
  return besideEachOther(keys, widthOf(options) - before).map((part) =>
    laidOut(
      [...heads, ...part.map(({ head }): Head => ({ text: head, number: false }))],
      rows.map((row, index) => row.concat(part.map(({ entries }) => entries[index] ?? nothing))),
      options,
    ).lines.join('\n'),
  );
}

const nothing: Entry = { text: '', tone: 'plain' };

const widest = (heads: readonly Head[], rows: readonly Entry[][]): readonly number[] =>
  heads.map(({ text }, index) =>
    Math.max(columnsOf(text), ...rows.map((row) => columnsOf(row[index]?.text ?? ''))),
  );

function besideEachOther(
  keys: readonly KeyEntries[],
  room: number,
): readonly (readonly KeyEntries[])[] {
  const tables: KeyEntries[][] = [];
  let used = Infinity;
  for (const key of keys) {
    const texts = [key.head, ...key.entries.map(({ text }) => text)];
    const needed = 1 + Math.max(...texts.map(columnsOf));
    if (used + needed > room) {
      tables.push([]);
      used = 0;
    }
    tables.at(-1)?.push(key);
    used += needed;
  }
  return tables;
}
