// RFC 9562, sections 5.4 (version 4) and 5.7 (version 7); its appendix A has a known value of each.

/**
 * Makes 16 random bytes a UUID of version 4: 4 bits of version, 2 of variant, 122 left as they are.
 */
export function layOutUuid4(bytes: Uint8Array): void {
  setVersion(bytes, 4);
}

/**
 * Makes 16 random bytes a UUID of version 7: 48 bits of Unix time in front, 74 left as they are.
 */
export function layOutUuid7(bytes: Uint8Array, unixMs: number): void {
  const upper = Math.floor(unixMs / 2 ** 16);
  writeWord(bytes, 0, upper);
  const lower = unixMs - upper * 2 ** 16;
  bytes[4] = lower >>> 8;
  bytes[5] = lower;
  setVersion(bytes, 7);
}

/** Unix time in milliseconds of the UUID of version 7 in bytes[at .. at + 16). */
export function uuid7Ms(bytes: Uint8Array, at: number): number {
  let ms = 0;
  for (let i = 0; i < 6; i += 1) ms = ms * 256 + (bytes[at + i] ?? 0);
  return ms;
}

function setVersion(bytes: Uint8Array, version: number): void {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
}

/** A 32-bit word as four bytes, most significant first. */
export function writeWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word >>> 24;
  bytes[at + 1] = word >>> 16;
  bytes[at + 2] = word >>> 8;
  bytes[at + 3] = word;
}

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** 16 bytes in lower case with hyphens, as Postgres writes them. */
export function uuidText(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < 16; i += 1) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-';
    text += hexPairs[bytes[i] ?? 0] ?? '';
  }
  return text;
}
