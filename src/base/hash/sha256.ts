// SHA-256, FIPS 180-4: the first 8 bytes of the digest, big-endian.
import { cryptoHash } from './crypto-hash.ts';

export const sha256 = cryptoHash('sha256');
