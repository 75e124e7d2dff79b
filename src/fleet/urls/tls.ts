import { readFileSync } from 'node:fs';
import type { ShardTls } from '../../base/shard-address.ts';

/** libpq's modes (PostgreSQL documentation, 34.19 SSL Support), with libpq's meanings. */
export const sslModes = [
  'disable',
  'allow',
  'prefer',
  'require',
  'verify-ca',
  'verify-full',
] as const;
export type SslMode = (typeof sslModes)[number];

export interface TlsWish {
  readonly mode: SslMode;
  /** Files in PEM format. */
  readonly rootCert: string | null;
  readonly cert: string | null;
  readonly key: string | null;
}

/**
 * What to try, the best first. pg reads `require` as `verify-full`; a URL that works with psql must
 * work here, so this follows libpq: only verify-ca, verify-full and `require` with a root
 * certificate check who answers.
 * @throws an error of the file system, for a certificate that cannot be read
 */
export function tlsAttempts(wish: TlsWish): (false | ShardTls)[] {
  const { mode, rootCert, cert, key } = wish;
  if (mode === 'disable') return [false];
  const files = {
    ...(rootCert === null || rootCert === 'system' ? {} : { ca: readFileSync(rootCert, 'utf8') }),
    ...(cert === null ? {} : { cert: readFileSync(cert, 'utf8') }),
    ...(key === null ? {} : { key: readFileSync(key, 'utf8') }),
  };
  const unchecked = { ...files, rejectUnauthorized: false };
  switch (mode) {
    case 'allow':
      return [false, unchecked];
    case 'prefer':
      return [unchecked, false];
    case 'require':
      return [rootCert === null ? unchecked : chainOnly(files)];
    case 'verify-ca':
      return [chainOnly(files)];
    case 'verify-full':
      return [{ ...files, rejectUnauthorized: true }];
  }
}

/** The certificate must come from a known authority; the host's name in it is not looked at. */
const chainOnly = (files: Omit<ShardTls, 'rejectUnauthorized'>): ShardTls => ({
  ...files,
  rejectUnauthorized: true,
  checkServerIdentity: () => undefined,
});
