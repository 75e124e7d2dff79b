// komihash 5.0, Aleksey Vaneev, https://github.com/avaneev/komihash

const mask = 2n ** 64n - 1n;
type Words = [bigint, bigint, bigint, bigint];

/** komihash with seed 0 of whole blocks of 64 bytes: what hash4j's checksums are made with. */
export function komihashOfBlocks(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The low and high halves of the product, the high one added to `high`, the two crossed.
  const fold = (low: bigint, high: bigint, factor = high): [bigint, bigint] => {
    const product = low * factor;
    const sum = (high + (product >> 64n)) & mask;
    return [sum ^ (product & mask), sum];
  };
  const [first, fifth] = fold(0x243f6a8885a308d3n, 0x452821e638d01377n);
  const pi = [0x13198a2e03707344n, 0xa4093822299f31d0n, 0x082efa98ec4e6c89n] as const;
  const more = [0xbe5466cf34e90c6cn, 0xc0ac29b7c97c50ddn, 0x3f84d5b5b5470917n] as const;
  let low: Words = [first, first ^ pi[0], first ^ pi[1], first ^ pi[2]];
  let high: Words = [fifth, fifth ^ more[0], fifth ^ more[1], fifth ^ more[2]];
  for (let at = 0; at < bytes.length; at += 64) {
    const product = (lane: 0 | 1 | 2 | 3): bigint =>
      (low[lane] ^ view.getBigUint64(at + 8 * lane, true)) *
      (high[lane] ^ view.getBigUint64(at + 32 + 8 * lane, true));
    const products: Words = [product(0), product(1), product(2), product(3)];
    const sum = (lane: 0 | 1 | 2 | 3): bigint => (high[lane] + (products[lane] >> 64n)) & mask;
    high = [sum(0), sum(1), sum(2), sum(3)];
    low = [
      high[3] ^ (products[0] & mask),
      high[0] ^ (products[1] & mask),
      high[1] ^ (products[2] & mask),
      high[2] ^ (products[3] & mask),
    ];
  }
  const joined = high[0] ^ high[1] ^ high[2] ^ high[3];
  // The end of the message is a one bit after its last byte.
  const start = low[0] ^ low[1] ^ low[2] ^ low[3] ^ 1n;
  return fold(...fold(start, joined))[0];
}
