import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { md5 } from './md5.ts';
import { hex64 } from './vectors.suite.ts';

function hashOf(bytes: Uint8Array): string {
  const out = { hi: 0, lo: 0 };
  md5.hash(bytes, 0, bytes.length, out);
  return hex64(out);
}

describe('MD5', () => {
  // RFC 1321, section A.5, the first 8 of 16 bytes.
  it.each([
    ['', 'd41d8cd98f00b204'],
    ['a', '0cc175b9c0f1b6a8'],
    ['abc', '900150983cd24fb0'],
    ['message digest', 'f96b697d7cb7938d'],
    ['abcdefghijklmnopqrstuvwxyz', 'c3fcd3d76192e400'],
  ])('of %j is %s', (text, expected) => {
    expect(hashOf(new TextEncoder().encode(text))).toBe(expected);
  });

  it('agrees with node:crypto for every length up to three blocks', () => {
    for (let length = 0; length <= 192; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 131 + length) & 0xff);
      const expected = createHash('md5').update(bytes).digest('hex').slice(0, 16);
      expect(hashOf(bytes)).toBe(expected);
    }
  });
});
