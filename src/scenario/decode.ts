import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';

/**
 * The text of a scenario's bytes. Throws a UserError with the line and the byte (from 0) of the
 * first byte that is not UTF-8, or is NUL, which no YAML may hold.
 */
export function decodeScenario(bytes: Uint8Array, file: string): string {
  const nul = bytes.indexOf(0);
  const invalid = firstInvalid(bytes);
  const bad = nul === -1 ? invalid : Math.min(nul, invalid ?? nul);
  if (bad === undefined) return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const where = `${file}:${lineOf(bytes, bad)}`;
  const what =
    bad === nul
      ? 'found a NUL byte'
      : `found a byte that is not UTF-8 (0x${(bytes[bad] ?? 0).toString(16).padStart(2, '0')})`;
  throw new UserError(`${where}: byte ${bad}: ${what}; allowed: text in UTF-8`, {
    exitCode: exitCodes.usage,
    hint: 'Save the file as UTF-8 (a file in UTF-16 has many NUL bytes).',
  });
}

/** Where decoding fails, by bisection: bytes up to there decode, one more does not. */
function firstInvalid(bytes: Uint8Array): number | undefined {
  if (decodes(bytes, false)) return undefined;
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (decodes(bytes.subarray(0, middle), true)) good = middle;
    else bad = middle;
  }
  // All decode as a beginning: the last character is cut off.
  return Math.min(good, bytes.length - 1);
}

function decodes(bytes: Uint8Array, stream: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = 0; at < offset; at++) if (bytes[at] === 0x0a) line++;
  return line;
}
