import { expect, it } from 'vitest';
import { routerContract } from './contract.suite.ts';
import { routers } from './registry.ts';

const addThenRemove: Readonly<Record<string, string>> = {
  slots: 'slots given back go to the emptiest shards, not to those they came from',
  interleaved: 'ranges given back go to the emptiest shards, not to those they came from',
  'bounded-ring': 'keys stay where a smaller bound sent them, as long as they have room there',
  directory: 'the move plan balances what is there, it does not remember',
  citus: 'the ranges of a drained node go to the emptiest nodes, not to those they came from',
  'mongodb-hashed': 'the balancer evens out what is there, it does not remember',
  'redis-cluster': 'rebalance evens out what is there, it does not remember',
};

const balance: Readonly<Record<string, string>> = {
  'multi-probe':
    'a shard whose point is close behind another stays below the mean: the CV of the ' +
    'shares is 0.16',
};

const slowRoute: Readonly<Record<string, string>> = {
  rendezvous: 'a route compares all shards',
  'weighted-rendezvous': 'a route takes a logarithm for each shard',
  'multi-probe': 'a route searches the ring 21 times',
  'mongodb-hashed': 'a route takes an MD5, and there is no hash to choose',
};

const exceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  addThenRemove,
  balance,
  slowRoute,
};

for (const router of routers) {
  const ofRouter = Object.entries(exceptions).flatMap(([name, reasons]) => {
    const reason = reasons[router.name];
    return reason === undefined ? [] : [[name, reason]];
  });
  routerContract(router, Object.fromEntries(ofRouter));
}

it('every exception is that of a router', () => {
  const excused = Object.values(exceptions).flatMap((reasons) => Object.keys(reasons));
  const names = new Set(routers.map(({ name }) => name));
  expect(excused.filter((name) => !names.has(name))).toEqual([]);
});

it('every router has a name of its own', () => {
  const names = routers.map((router) => router.name);
  expect([...new Set(names)]).toEqual(names);
});
