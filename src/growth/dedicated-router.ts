import type { Router } from '../router/contract.ts';

/**
 * A shard more for one key alone: the last one. All other keys are where `inner` has them.
 *
 * @param key canonical bytes of the key
 */
export function dedicatedRouter(inner: Router, key: Uint8Array): Router {
  const own = inner.shardCount;
  return {
    shardCount: own + 1,
    route(bytes, start, end) {
      if (end - start !== key.length) return inner.route(bytes, start, end);
      for (let i = 0; i < key.length; i += 1) {
        if (bytes[start + i] !== key[i]) return inner.route(bytes, start, end);
      }
      return own;
    },
    ...(inner.routeRange && {
      routeRange(from, to, visit) {
        inner.routeRange?.(from, to, visit);
        // Whether the key lies in the range is not asked: its shard is one of many in any case.
        visit(own);
      },
    }),
  };
}
