import { assert } from '../../base/assert.ts';
import { partHeaderBytes, writePartHeader } from '../../base/composite-keys.ts';
import { encodeKey, type KeyType, keyTypes } from '../../base/keys.ts';
import type { ArrivalRows, DrawKey } from '../arrival-rows.ts';
import type { DrawnValue } from '../../scenario/table-types.ts';
import { writeInt8 } from '../key-column.ts';
import type { Workload } from '../types.ts';
import { type BitField, bitsOf } from './key-bits.ts';
import { rowKey } from './row-keys.ts';
import { ScriptRows } from './script-rows.ts';
import { longestText } from './text-keys.ts';

/** One column of a drawn row's table as a key, or some bits of it. */
export function drawColumnKey(
  workload: Workload,
  rows: ArrivalRows,
  table: string,
  column: string,
  bits?: BitField,
): DrawKey {
  assert(rows instanceof ScriptRows, 'rows by createArrivalRows');
  const key = rowKey(workload, rows, table, column);
  const whole: DrawKey = {
    ...key,
    write: (draw, repetition, index, out) => Math.max(0, key.write(draw, repetition, index, out)),
  };
  return bits === undefined ? whole : bitsOfKey(whole, bits);
}

/** Value number `value` of the script; the draw that it is asked for plays no part. */
export function drawnValueKey(
  rows: ArrivalRows,
  type: KeyType,
  value: number,
  generator: DrawnValue['generator'],
  bits?: BitField,
): DrawKey {
  const key: DrawKey = {
    type,
    maxBytes: type === 'text' ? longestText(generator) : 16,
    write(_, repetition, __, out) {
      const encoded = encodeKey(type, rows.valueText(value, repetition));
      out.set(encoded);
      return encoded.length;
    },
  };
  return bits === undefined ? key : bitsOfKey(key, bits);
}

/** The same key for every draw. A text that is no such key is a UserError. */
export function constantKey(type: KeyType, text: string, bits?: BitField): DrawKey {
  const encoded = encodeKey(type, text, 'constant');
  const key: DrawKey = {
    type,
    maxBytes: encoded.length,
    write(_, __, ___, out) {
      for (let i = 0; i < encoded.length; i += 1) out[i] = encoded[i] ?? 0;
      return encoded.length;
    },
  };
  return bits === undefined ? key : bitsOfKey(key, bits);
}

/** A key that is always asked of one draw: as a part of a composite key, each part has its own. */
export function keyOfDraw(key: DrawKey, draw: number): DrawKey {
  return {
    ...key,
    write: (_, repetition, index, out) => key.write(draw, repetition, index, out),
  };
}

/** Several keys as one, in the encoding of base/composite-keys.ts; none where a part has none. */
export function composeKeys(keys: readonly DrawKey[]): DrawKey {
  const parts = keys.map((key) => {
    const type = keyTypes.find((each) => each === key.type);
    assert(type !== undefined, 'a part of a composite key is a single column');
    return { key, type, scratch: new Uint8Array(key.maxBytes) };
  });
  return {
    type: 'composite',
    maxBytes: parts.reduce((sum, { key, type }) => sum + partHeaderBytes(type) + key.maxBytes, 0),
    write(draw, repetition, index, out) {
      let at = 0;
      for (let i = 0; i < parts.length; i += 1) {
        const part = parts[i];
        if (part === undefined) continue;
        const length = part.key.write(draw, repetition, index, part.scratch);
        if (length === 0) return 0;
        at = writePartHeader(part.type, length, out, at);
        for (let j = 0; j < length; j += 1) out[at + j] = part.scratch[j] ?? 0;
        at += length;
      }
      return at;
    },
  };
}

function bitsOfKey(key: DrawKey, bits: BitField): DrawKey {
  assert(key.type === 'int8', 'bits are of integers');
  const scratch = new Uint8Array(8);
  return {
    type: 'int8',
    maxBytes: 8,
    write(draw, repetition, index, out) {
      const length = key.write(draw, repetition, index, scratch);
      return length === 0 ? 0 : writeInt8(bitsOf(bits, scratch), out);
    },
  };
}
