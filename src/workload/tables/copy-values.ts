import type { IdStyle } from '../../scenario/id-styles.ts';
import type { TableGenerator } from '../../scenario/table-types.ts';
import { drawnNumber } from '../attributes.ts';
import { idOf, timestampMsOf, userOf } from '../column-values.ts';
import { idWriter } from '../id-values.ts';
import { below, mix } from '../mix.ts';
import type { Tenants } from '../types.ts';
import { writeDecimal, writePadded, writeWords } from './copy-digits.ts';
import { writeHex, writeUuid } from './copy-hex.ts';
import { copyTexts, copyText, textWriter } from './copy-texts.ts';
import { choiceIndex, dayOf, dayText, jsonFields, plainText } from './plain-values.ts';
import type { PlainGenerator, RowText } from './plain-values.ts';

/**
 * Writes the value in a row (with its tenant) as COPY's text format has it, from `at` on; returns
 * the end.
 */
export type ValueWriter = (tenant: number, row: number, out: Uint8Array, at: number) => number;

export interface CopyValue {
  /** Bytes of a value at most. */
  readonly maxBytes: number;
  readonly write: ValueWriter;
}

const longestInteger = 20;

/** The same values as `plainText` makes, without a string for each. */
export function plainCopy(
  generator: PlainGenerator,
  salt: number,
  tenants: Pick<Tenants, 'ids'>,
  count: number,
): CopyValue {
  switch (generator.kind) {
    case 'tenant': {
      const texts = copyTexts(tenants.ids);
      const write = textWriter(texts);
      return { maxBytes: texts.maxBytes, write: (tenant, _, out, at) => write(tenant, out, at) };
    }
    case 'user': {
      const { perTenant } = generator;
      return integers((tenant, row) => userOf(salt, perTenant, tenant, row));
    }
    case 'id':
      return idCopy(generator.style, salt);
    case 'choice': {
      const texts = copyTexts(generator.values);
      const index = choiceIndex(generator, salt);
      const write = textWriter(texts);
      const { maxBytes } = texts;
      return { maxBytes, write: (tenant, row, out, at) => write(index(tenant, row), out, at) };
    }
    case 'timestamp':
      return timestampCopy();
    case 'date': {
      const day = dayOf(generator, count);
      const days = remembered(10, dayText);
      return { maxBytes: 10, write: (_, row, out, at) => days(day(row), out, at) };
    }
    case 'number':
      return numberCopy(generator, salt) ?? asText(plainText(generator, salt, tenants, count));
    case 'text': {
      const { bytes } = generator;
      return { maxBytes: bytes, write: (_, row, out, at) => writeHex(salt, bytes, row, out, at) };
    }
    case 'padded':
      return paddedCopy(generator.length);
    case 'words':
      return wordsCopy(generator, salt);
    case 'json':
      return jsonCopy(generator.bytes, salt);
  }
}

function integers(valueOf: (tenant: number, row: number) => number): CopyValue {
  const write: ValueWriter = (tenant, row, out, at) => writeDecimal(valueOf(tenant, row), out, at);
  return { maxBytes: longestInteger, write };
}

function idCopy(style: IdStyle, salt: number): CopyValue {
  if (style === 'serial') return integers((_, row) => idOf(row));
  const id = new Uint8Array(16);
  const words = new DataView(id.buffer);
  const make = idWriter(style, salt, () => 0);
  if (style === 'snowflake') {
    const write: ValueWriter = (_, row, out, at) => {
      make(row, id);
      return writeWords(words.getUint32(4, true), words.getUint32(0, true), out, at);
    };
    return { maxBytes: longestInteger, write };
  }
  const write: ValueWriter = (_, row, out, at) => {
    make(row, id);
    return writeUuid(id, out, at);
  };
  return { maxBytes: 36, write };
}

/** A text for each of some numbers, made anew only when another number comes than the last. */
function remembered(
  length: number,
  textOf: (number: number) => string,
): (number: number, out: Uint8Array, at: number) => number {
  const kept = new Uint8Array(length);
  let last = Number.NaN;
  return (number, out, at) => {
    if (number !== last) {
      kept.set(copyText(textOf(number)));
      last = number;
    }
    for (let i = 0; i < length; i += 1) out[at + i] = kept[i] ?? 0;
    return at + length;
  };
}

const dayMs = 86_400_000;
const [point, colon, letterZ] = [46, 58, 90];

/** As Date.toISOString has it. */
function timestampCopy(): CopyValue {
  const days = remembered(11, (day) => new Date(day * dayMs).toISOString().slice(0, 11));
  const write: ValueWriter = (_, row, out, start) => {
    const ms = timestampMsOf(row);
    const day = Math.floor(ms / dayMs);
    const left = ms - day * dayMs;
    const second = Math.floor(left / 1000);
    let at = days(day, out, start);
    at = writePadded(Math.floor(second / 3600), 2, out, at);
    out[at] = colon;
    at = writePadded(Math.floor(second / 60) % 60, 2, out, at + 1);
    out[at] = colon;
    at = writePadded(second % 60, 2, out, at + 1);
    out[at] = point;
    at = writePadded(left % 1000, 3, out, at + 1);
    out[at] = letterZ;
    return at + 1;
  };
  return { maxBytes: 24, write };
}

/** Numbers that are too odd for the fast way; they are ASCII, and need no escape. */
function asText(text: RowText): CopyValue {
  const write: ValueWriter = (tenant, row, out, at) => {
    const value = text(tenant, row);
    for (let i = 0; i < value.length; i += 1) out[at + i] = value.charCodeAt(i);
    return at + value.length;
  };
  return { maxBytes: longestNumber, write };
}

/** Of toFixed: 309 digits, a point, and 100 decimals. */
const longestNumber = 420;
/** Beyond these numbers a double may differ from the decimal number that it stands for. */
const mostUnits = 1e15;

/** null: its numbers are no whole multiples of the last decimal, or too large. */
function numberCopy(
  generator: Extract<TableGenerator, { kind: 'number' }>,
  salt: number,
): CopyValue | null {
  const { min, max, decimals } = generator;
  const scale = 10 ** decimals;
  const base = Math.round(min * scale);
  const largest = Math.max(Math.abs(min), Math.abs(max)) * scale;
  if (decimals > 9 || largest > mostUnits || Number((base / scale).toFixed(decimals)) !== min) {
    return null;
  }
  const number = drawnNumber(salt, generator);
  if (decimals === 0) return integers((_, row) => number(0, row));
  const write: ValueWriter = (_, row, out, start) => {
    const value = number(0, row);
    let at = start;
    if (value < 0) {
      out[at] = minus;
      at += 1;
    }
    const units = Math.round(Math.abs(value) * scale);
    const whole = Math.floor(units / scale);
    at = writeDecimal(whole, out, at);
    out[at] = point;
    return writePadded(units - whole * scale, decimals, out, at + 1);
  };
  return { maxBytes: longestInteger, write };
}

const [zero, minus] = [48, 45];

function paddedCopy(length: number): CopyValue {
  const write: ValueWriter = (_, row, out, at) => {
    let digits = 1;
    for (let left = row + 1; left >= 10; left /= 10) digits += 1;
    const zeros = Math.max(0, length - digits);
    for (let i = 0; i < zeros; i += 1) out[at + i] = zero;
    return writeDecimal(row + 1, out, at + zeros);
  };
  return { maxBytes: Math.max(length, longestInteger), write };
}

function wordsCopy(
  { words, count }: Extract<TableGenerator, { kind: 'words' }>,
  salt: number,
): CopyValue {
  const texts = copyTexts(words);
  const write = textWriter(texts);
  return {
    maxBytes: texts.maxBytes * count,
    write: (_, row, out, start) => {
      let at = start;
      for (let i = 0; i < count; i += 1) {
        at = write(below(mix(salt, row, i), words.length), out, at);
      }
      return at;
    },
  };
}

function jsonCopy(bytes: number, salt: number): CopyValue {
  const lengths = jsonFields(bytes);
  const salts = lengths.map((length, i) => mix(salt, i, length));
  const heads = lengths.map((_, i) => copyText(`${i === 0 ? '{' : '",'}"f${i}":"`));
  const tail = copyText(lengths.length === 0 ? '{}' : '"}');
  const write: ValueWriter = (_, row, out, start) => {
    let at = start;
    for (let i = 0; i < lengths.length; i += 1) {
      const head = heads[i] ?? tail;
      for (let j = 0; j < head.length; j += 1) out[at + j] = head[j] ?? 0;
      at = writeHex(salts[i] ?? 0, lengths[i] ?? 0, row, out, at + head.length);
    }
    for (let j = 0; j < tail.length; j += 1) out[at + j] = tail[j] ?? 0;
    return at + tail.length;
  };
  return { maxBytes: Math.max(2, bytes), write };
}
