import { createDigest } from '../../base/hash/digest.ts';

/** Numbers of 256 bits that only who has the salt can tell: SHA-256 of salt, use and text. */
export class KeyedNumbers {
  private readonly salt: string;

  constructor(salt: string) {
    this.salt = salt;
  }

  of(use: string, text: string): bigint {
    const digest = createDigest();
    const encoder = new TextEncoder();
    // With their lengths, so that no two triples are one text.
    const parts = [this.salt, use, text].map((part) => `${part.length}:${part}`);
    digest.update(encoder.encode(parts.join()));
    return BigInt(`0x${digest.hex()}`);
  }

  /** From 0 to below the limit. */
  below(limit: bigint, use: string, text: string): bigint {
    return this.of(use, text) % limit;
  }
}
