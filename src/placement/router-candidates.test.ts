import { expect, test } from 'vitest';
import { routers } from '../router/registry.ts';
import type { Strategy } from '../scenario/types.ts';
import { routerCandidates } from './router-candidates.ts';

const strategy = (router: string, changes: Partial<Strategy> = {}): Strategy => ({
  name: `tenant_id/${router}`,
  key: 'tenant_id',
  router,
  parameter: null,
  hash: 'xxh64',
  salt: '',
  ...changes,
});

test('every router once, with its defaults', () => {
  const candidates = routerCandidates('tenant_id', [], routers);
  expect(candidates.map(({ spec }) => spec.router)).toEqual(routers.map(({ name }) => name));
  expect(candidates.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['jump', 'ring:150', 'slots:1024']),
  );
  expect(candidates.every((each) => each.strategy === null)).toBe(true);
});

test('a strategy with the defaults is that router, under its own name', () => {
  const candidates = routerCandidates('tenant_id', [strategy('ring')], routers);
  expect(candidates).toHaveLength(routers.length);
  const rings = candidates.filter(({ spec }) => spec.router === 'ring');
  expect(rings.map(({ name, strategy: of }) => [name, of])).toEqual([['ring', 'tenant_id/ring']]);
});

test('another hash, salt, number or key is something else', () => {
  const named = [
    strategy('ring', { name: 'tenant_id/ring:7', parameter: 7 }),
    strategy('jump', { name: 'tenant_id/jump@md5', hash: 'md5' }),
    strategy('mod', { name: 'order_id/mod', key: 'order_id' }),
  ];
  const candidates = routerCandidates('tenant_id', named, routers);
  expect(candidates.slice(0, 2).map(({ name }) => name)).toEqual(['ring:7', 'jump@md5']);
  expect(candidates).toHaveLength(routers.length + 2);
});
