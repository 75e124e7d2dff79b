import { readUint32 } from '../../base/hash/bytes.ts';
import { writeDecimal64 } from '../../base/decimal64.ts';
import type { RoutedKeyType } from '../../base/keys.ts';

const hexDigits = new TextEncoder().encode('0123456789abcdef');
const hyphen = 0x2d;

/** A UUID's 16 bytes as its 36 characters, in lower case. */
function writeUuidText(bytes: Uint8Array, start: number, to: Uint8Array): void {
  let at = 0;
  for (let i = 0; i < 16; i += 1) {
    if (i === 4 || i === 6 || i === 8 || i === 10) {
      to[at] = hyphen;
      at += 1;
    }
    const byte = bytes[start + i] ?? 0;
    to[at] = hexDigits[byte >>> 4] ?? 0;
    to[at + 1] = hexDigits[byte & 15] ?? 0;
    at += 2;
  }
}

/**
 * The text of a key, for systems whose keys are strings: text is itself, an integer its decimal
 * digits, a UUID its lower-case hyphenated form. `read` fills bytes[start .. end) and allocates
 * nothing.
 */
export class KeyText {
  bytes: Uint8Array = new Uint8Array(36);
  start = 0;
  end = 36;
  readonly #type: RoutedKeyType;

  constructor(type: RoutedKeyType) {
    this.#type = type;
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    if (this.#type === 'int8') {
      const hi = readUint32(bytes, start + 4);
      this.end = writeDecimal64(hi, readUint32(bytes, start), this.bytes, 0);
    } else if (this.#type === 'uuid') {
      writeUuidText(bytes, start, this.bytes);
    } else {
      this.bytes = bytes;
      this.start = start;
      this.end = end;
    }
  }
}
