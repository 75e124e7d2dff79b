import { createHash } from 'node:crypto';

/** SHA-256 of data that arrives in pieces. */
export interface Digest {
  update(bytes: Uint8Array): void;
  /** 64 hexadecimal digits of what was given so far; more may follow. */
  hex(): string;
}

export function createDigest(): Digest {
  const hash = createHash('sha256');
  return {
    update: (bytes) => void hash.update(bytes),
    hex: () => hash.copy().digest('hex'),
  };
}
