import { partHeaderBytes, writePartHeader } from '../base/composite-keys.ts';
import type { Hash64 } from '../base/hash/key-hash.ts';
import { xxh64 } from '../base/hash/xxh64.ts';
import type { PackedKeys, RoutedKeyType } from '../base/keys.ts';
import { saltedHash } from '../router/algorithms/salted-hash.ts';

/**
 * Other keys of the same type, as many and in the same order: what a router with a fixed hash would
 * have got had the tenants been given other ids. The same for the same index. Each follows from the
 * hash of the old one, as a common prefix or mask would be no other draw for a CRC, which is
 * linear.
 */
export function relabelledKeys(keys: PackedKeys, index: number): PackedKeys {
  const { count, offsets, type } = keys;
  const hash = saltedHash(xxh64, `keys-${index}/`);
  const own = type === 'composite' ? keys.bytes.length : 0;
  const bytes = new Uint8Array(own + newBytes[type] * count);
  const starts = new Uint32Array(count + 1);
  const drawn: Hash64 = { hi: 0, lo: 0 };
  let at = 0;
  for (let key = 0; key < count; key += 1) {
    const start = offsets[key] ?? 0;
    const end = offsets[key + 1] ?? 0;
    hash.hash(keys.bytes, start, end, drawn);
    if (type === 'composite') {
      // One column more: routers take any number of them.
      for (let i = start; i < end; i += 1) bytes[at + i - start] = keys.bytes[i] ?? 0;
      at = writePartHeader('text', hexDigits, bytes, at + end - start);
      writeHex(drawn, bytes, at);
      at += hexDigits;
    } else {
      if (type === 'text') writeHex(drawn, bytes, at);
      else writeWords(drawn, bytes, at, newBytes[type]);
      at += newBytes[type];
    }
    starts[key + 1] = at;
  }
  return { type, count, bytes, offsets: starts };
}

const hexDigits = 16;

/** Of each key; a composite one keeps its old ones too. */
const newBytes: Readonly<Record<RoutedKeyType, number>> = {
  text: hexDigits,
  int8: 8,
  uuid: 16,
  composite: partHeaderBytes('text') + hexDigits,
};

function writeHex({ hi, lo }: Hash64, bytes: Uint8Array, at: number): void {
  for (let i = 0; i < 8; i += 1) {
    bytes[at + i] = hexDigit((hi >>> (28 - 4 * i)) & 15);
    bytes[at + 8 + i] = hexDigit((lo >>> (28 - 4 * i)) & 15);
  }
}

const hexDigit = (value: number): number => (value < 10 ? 0x30 : 0x57) + value;

/** The hash, and for a wider key its complement after it: distinct where the hashes are. */
function writeWords({ hi, lo }: Hash64, bytes: Uint8Array, at: number, width: number): void {
  for (let i = 0; i < 4; i += 1) {
    bytes[at + i] = hi >>> (8 * i);
    bytes[at + 4 + i] = lo >>> (8 * i);
    if (width < 16) continue;
    bytes[at + 8 + i] = ~hi >>> (8 * i);
    bytes[at + 12 + i] = ~lo >>> (8 * i);
  }
}
