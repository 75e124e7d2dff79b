// Well-formed UTF-8: The Unicode Standard, table 3-7.
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';

/**
 * The text of a file's bytes, without a byte order mark. Bytes that are no UTF-8 are a UserError
 * that names the first one by `path`:line:column (the column counts bytes).
 */
export function decodeTenantFile(bytes: Uint8Array, path: string): string {
  const at = firstInvalid(bytes);
  if (at === -1) return new TextDecoder('utf-8').decode(bytes);
  let line = 1;
  let lineStart = 0;
  for (let i = 0; i < at; i += 1) {
    if (bytes[i] === 0x0a) {
      line += 1;
      lineStart = i + 1;
    }
  }
  const byte = (bytes[at] ?? 0).toString(16).padStart(2, '0');
  throw new UserError(`${path}:${line}:${at - lineStart + 1}: byte 0x${byte} is not UTF-8 text`, {
    exitCode: exitCodes.usage,
    hint: 'save the file as UTF-8 (iconv -f latin1 -t utf-8 converts a file in Latin-1)',
  });
}

/** Offset of the first byte that begins no well-formed sequence, -1 when all is well. */
function firstInvalid(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return -1;
}

function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  // The second byte excludes overlong forms, surrogates and what lies above U+10FFFF.
  const second = bytes[at + 1] ?? 0;
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  for (let i = 2; i < length; i += 1) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}
