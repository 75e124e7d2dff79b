/** Whether a router is named by its file: a path that begins with ./, ../ or /. */
export function isRouterFile(router: string): boolean {
  return /^\.{0,2}\//.test(router);
}

/** The path of a file that was named without its folder; undefined where no file is meant. */
export function meantFile(name: string): string | undefined {
  return /\.[cm]?[jt]s$/.test(name) ? `./${name}` : undefined;
}

/**
 * `ring:150` or `./mine.ts:3` taken apart at the colon; `asked` is undefined where there is none.
 */
export function splitRouter(written: string): {
  readonly name: string;
  readonly asked: string | undefined;
} {
  const colon = isRouterFile(written) ? afterFolders(written) : written.indexOf(':');
  if (colon < 0) return { name: written, asked: undefined };
  return { name: written.slice(0, colon), asked: written.slice(colon + 1) };
}

/** Folders may have colons in their names. */
function afterFolders(path: string): number {
  return path.indexOf(':', path.lastIndexOf('/'));
}

/**
 * Routers as names of strategies say them: of a path its last part, unless another one ends in the
 * same.
 */
export function routerLabels(routers: readonly string[]): ReadonlyMap<string, string> {
  const lastOf = (router: string): string =>
    isRouterFile(router) ? router.slice(router.lastIndexOf('/') + 1) : router;
  const distinct = [...new Set(routers)];
  return new Map(
    distinct.map((router) => {
      const last = lastOf(router);
      const shared = distinct.filter((other) => lastOf(other) === last).length > 1;
      return [router, shared ? router : last];
    }),
  );
}
