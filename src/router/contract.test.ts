import { expect, it } from 'vitest';
import { routerContract } from './contract.suite.ts';
import { routers } from './registry.ts';

const addThenRemove: Readonly<Record<string, string>> = {
  slots: 'slots given back go to the emptiest shards, not to those they came from',
  directory: 'the move plan balances what is there, it does not remember',
};

for (const router of routers) {
  const reason = addThenRemove[router.name];
  routerContract(router, reason === undefined ? {} : { addThenRemove: reason });
}

it('every router has a name of its own', () => {
  const names = routers.map((router) => router.name);
  expect(names).toEqual(['mod', 'jump', 'ring', 'range', 'directory', 'slots']);
});
