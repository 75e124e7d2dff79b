import { createHash, timingSafeEqual } from 'node:crypto';

/** What a request says that decides whether it is answered. */
export interface Asked {
  readonly method: string | undefined;
  /** The header Host. */
  readonly host: string | undefined;
  /** The path with its query. */
  readonly url: string | undefined;
}

/** The path that is asked for, or the status of a refusal. */
export type Access = { readonly path: string } | { readonly refused: 403 | 404 | 405 };

/**
 * Whether somebody may have what they ask for. The page is for who has the token, through an
 * address of this machine: a name that somebody else made point here (DNS rebinding) stands in Host
 * as that name.
 */
export function access(
  { method, host, url = '/' }: Asked,
  { port, token }: { readonly port: number; readonly token: string },
  paths: readonly string[],
): Access {
  const base = `http://127.0.0.1:${port}`;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return { refused: 403 };
  if (!URL.canParse(url, base)) return { refused: 403 };
  const { pathname, searchParams } = new URL(url, base);
  if (!isSame(searchParams.get('token') ?? '', token)) return { refused: 403 };
  if (!paths.includes(pathname)) return { refused: 404 };
  return method === 'GET' ? { path: pathname } : { refused: 405 };
}

/** Takes as long whatever the texts have in common; hashes are of one length. */
function isSame(given: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
