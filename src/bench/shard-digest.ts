// FNV-1a, 32 bits, over the four bytes of each shard: Fowler, Noll, Vo; RFC 9923.

/** A digest of shards in their order, 8 hexadecimal digits: other answers give another one. */
export function shardDigest(shards: Iterable<number>): string {
  let digest = 0x811c9dc5;
  for (const shard of shards) {
    for (let shift = 0; shift < 32; shift += 8) {
      digest = Math.imul(digest ^ ((shard >>> shift) & 0xff), 0x01000193);
    }
  }
  return (digest >>> 0).toString(16).padStart(8, '0');
}
