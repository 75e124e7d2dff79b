import { createCipheriv } from 'node:crypto';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { rngFrom } from '../rng.ts';
import { nullKeyDes } from './null-key-des.ts';
import { hex64, readVectors } from './vectors.suite.ts';

const shape = z.object({
  hash: z.object({ vectors: z.array(z.object({ id_u64: z.string(), ksid_hex: z.string() })) }),
});

function encrypted(block: bigint): string {
  const out = { hi: 0, lo: 0 };
  nullKeyDes(Number(block >> 32n), Number(block & 0xffff_ffffn), out);
  return hex64(out);
}

it.each([
  // vitessio/vitess, go/vt/vtgate/vindexes/hash_test.go.
  [1n, '166b40b44aba4bd6'],
  [4n, 'd2fd8867d50d2dfe'],
  // NIST SP 800-17, table 1, whose key of 0101... is zero without its parity bits.
  [0x8000_0000_0000_0000n, '95f8a5e5dd31d900'],
])('of %s is %s', (block, expected) => {
  expect(encrypted(block)).toBe(expected);
});

it('agrees with OpenSSL, whose triple DES with zero keys is DES with one', () => {
  const rng = rngFrom(6, 'des');
  const cipher = createCipheriv('des-ede3', Buffer.alloc(24), null).setAutoPadding(false);
  for (let i = 0; i < 5000; i += 1) {
    // Every single bit once, then blocks of random ones.
    const random = (BigInt(rng.uint32()) << 32n) | BigInt(rng.uint32());
    const block = i < 64 ? 1n << BigInt(i) : random;
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(block);
    expect(encrypted(block)).toBe(cipher.update(bytes).toString('hex'));
  }
});

const file = readVectors('vitess-vindexes.json', shape);
it.skipIf(file === null)('agrees with every keyspace id of the hash vindex', () => {
  for (const { id_u64: id, ksid_hex: expected } of file?.hash.vectors ?? []) {
    expect(encrypted(BigInt(id))).toBe(expected);
  }
});
