import { machineCount, snowflakeText, writeSnowflake } from '../base/snowflake.ts';
import { layOutUuid4, layOutUuid7, uuidText, writeWord } from '../base/uuid-layout.ts';
import type { IdStyle } from '../scenario/id-styles.ts';
import { idOf, timestampMsOf } from './column-values.ts';
import { below, mix } from './mix.ts';

/** Encodes (base/keys.ts) the id of a row to the start of `out`; returns its length. */
export type IdWriter = (row: number, out: Uint8Array) => number;

/**
 * Ids follow from the column's salt and the row alone. All but uuid4 rise with the row.
 * `writeInteger` encodes a safe integer.
 */
export function idWriter(style: IdStyle, salt: number, writeInteger: IdWriter): IdWriter {
  switch (style) {
    case 'serial':
      return (row, out) => writeInteger(idOf(row), out);
    case 'snowflake':
      return (row, out) => writeSnowflake(timestampMsOf(row), machineOf(salt, row), 0, out);
    case 'uuid4':
      return (row, out) => {
        writeRandom(salt, row, out);
        layOutUuid4(out);
        return 16;
      };
    case 'uuid7':
      return (row, out) => {
        writeRandom(salt, row, out);
        layOutUuid7(out, timestampMsOf(row));
        return 16;
      };
  }
}

/** The same ids in Postgres' text form. */
export function idText(style: IdStyle, salt: number): (row: number) => string {
  switch (style) {
    case 'serial':
      return (row) => String(idOf(row));
    case 'snowflake':
      return (row) => snowflakeText(timestampMsOf(row), machineOf(salt, row), 0);
    case 'uuid4':
    case 'uuid7': {
      const bytes = new Uint8Array(16);
      const write = idWriter(style, salt, () => 0);
      return (row) => {
        write(row, bytes);
        return uuidText(bytes);
      };
    }
  }
}

/**
 * The machine that made the id. Its sequence is always 0: it starts anew with each millisecond, and
 * rows are a second apart. So the lowest 12 bits are equal, as they mostly are in reality.
 */
function machineOf(salt: number, row: number): number {
  return below(mix(salt, row, 0), machineCount);
}

/** 16 random bytes. The first word is a bijection of the row, so no two rows have the same. */
function writeRandom(salt: number, row: number, out: Uint8Array): void {
  for (let word = 0; word < 4; word += 1) writeWord(out, 4 * word, mix(salt, row, word));
}
