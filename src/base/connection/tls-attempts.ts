import { exitCodes } from '../exit-codes.ts';
import type { ShardTls } from '../shard-address.ts';
import { UserError } from '../user-error.ts';
import { messageOf } from './connection-fault.ts';

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
 * @param read the text of a certificate's file; what it throws is thrown on
 */
export function tlsAttempts(wish: TlsWish, read: (path: string) => string): (false | ShardTls)[] {
  const { mode, rootCert, cert, key } = wish;
  if (mode === 'disable') return [false];
  const files = {
    ...(rootCert === null || rootCert === 'system' ? {} : { ca: read(rootCert) }),
    ...(cert === null ? {} : { cert: read(cert) }),
    ...(key === null ? {} : { key: read(key) }),
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

/**
 * The same for a URL of the user's.
 *
 * @param where what names the URL in messages
 * @throws {UserError} exit 2, where a certificate cannot be read
 */
export function urlAttempts(
  wish: TlsWish,
  where: string,
  read: (path: string) => string,
): (false | ShardTls)[] {
  try {
    return tlsAttempts(wish, read);
  } catch (cause) {
    throw new UserError(`${where}: a certificate cannot be read: ${messageOf(cause)}`, {
      exitCode: exitCodes.usage,
      cause,
    });
  }
}

/** The certificate must come from a known authority; the host's name in it is not looked at. */
const chainOnly = (files: Omit<ShardTls, 'rejectUnauthorized'>): ShardTls => ({
  ...files,
  rejectUnauthorized: true,
  checkServerIdentity: () => undefined,
});

/** Whether plain text instead of TLS, or the other way round, may help. */
export function isAboutTls(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return code === '28000' || /SSL|TLS/.test(`${message} ${code}`);
}
