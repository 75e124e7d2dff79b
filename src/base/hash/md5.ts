// MD5, RFC 1321: the first 8 bytes of the digest, big-endian. For spreading keys, not for secrets.
import { cryptoHash } from './crypto-hash.ts';

export const md5 = cryptoHash('md5');
