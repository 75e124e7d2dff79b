import { expect, test } from 'vitest';
import { encodeKey } from '../base/keys.ts';
import { dedicatedRouter } from './dedicated-router.ts';

const inner = {
  shardCount: 3,
  route: (bytes: Uint8Array, start: number) => (bytes[start] ?? 0) % 3,
};
const key = (text: string) => encodeKey('text', text);

test('one key has the last shard, all others are where they were', () => {
  const router = dedicatedRouter(inner, key('acme'));
  expect(router.shardCount).toBe(4);
  const shardOf = (text: string) => router.route(key(text), 0, key(text).length);
  expect(shardOf('acme')).toBe(3);
  for (const other of ['acm', 'acmes', 'acmf', 'bcme', '']) {
    expect(shardOf(other)).toBe(inner.route(key(other), 0));
  }
});

test('it is found within a longer buffer, and ranges reach its shard too', () => {
  const ranged = {
    ...inner,
    routeRange: (_from: Uint8Array, _to: Uint8Array, visit: (shard: number) => void) => visit(1),
  };
  const router = dedicatedRouter(ranged, key('acme'));
  const buffer = key('xxacmexx');
  expect(router.route(buffer, 2, 6)).toBe(3);
  const visited: number[] = [];
  router.routeRange?.(key('a'), key('b'), (shard) => visited.push(shard));
  expect(visited).toStrictEqual([1, 3]);
  expect('routeRange' in dedicatedRouter(inner, key('acme'))).toBe(false);
});
