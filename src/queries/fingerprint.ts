import { sha256 } from '../base/hash/sha256.ts';
import type { Hash64 } from '../base/hash/key-hash.ts';
import { maskedSql } from './masked-sql.ts';

/** Of what the grammar cannot read: its text, without values and blanks. */
export function textFingerprint(sql: string): string {
  return hashed(maskedSql(sql).replaceAll(/\s+/g, ' ').trim());
}

/** Of several statements together. */
export const joinedFingerprint = (fingerprints: readonly string[]): string =>
  hashed(fingerprints.join('\n'));

/** 16 hexadecimal digits. */
function hashed(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const out: Hash64 = { hi: 0, lo: 0 };
  sha256.hash(bytes, 0, bytes.length, out);
  return [out.hi, out.lo].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
