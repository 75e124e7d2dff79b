import { expect, test } from 'vitest';
import { faultsOf } from './faults-fixture.ts';

test('problems of every part are reported together, in the order of the file', () => {
  const text = `name: x y
rate: 0/s
topology: { shards: 0 }
strategies:
  - { key: tenant_id, router: jmup }
  - { key: nope, router: jump }
  - 7
operations:
  - { name: a, kind: read, weight: -1, sql: select 1 }
  - { name: b, kind: read, binds: [nope], sql: select 1 }
`;
  expect(faultsOf(text).map((line) => line.split(': found')[0])).toStrictEqual([
    '1:7: name',
    '2:7: rate',
    '3:21: topology.shards',
    '5:31: strategies[0].router',
    '6:12: strategies[1].key',
    '7:5: strategies[2]',
    '9:36: operations[0].weight',
    '10:36: operations[1].binds[0]',
  ]);
});

test('every INSERT must bind the key of every strategy, and the message names the keys', () => {
  const text = `name: x
rate: 1/s
strategies:
  - { key: tenant_id, router: jump }
  - { key: order_id, router: jump }
operations:
  - name: place
    kind: write
    binds: [tenant_id]
    sql: insert into orders (tenant_id) values (:tenant_id)
`;
  expect(faultsOf(text)).toStrictEqual([
    '9:12: operations[0].binds: an INSERT must bind every shard key of the strategies ' +
      '(tenant_id, order_id); missing: order_id',
  ]);
});

test('an alias that multiplies without end is refused', () => {
  const nested = ['a', 'b', 'c', 'd', 'e'].map((name, index, names) => {
    const inner = index === 0 ? 'x' : `*${names[index - 1]}`;
    return `${name}: &${name} [${Array.from({ length: 9 }, () => inner).join(',')}]\n`;
  });
  expect(faultsOf(nested.join(''))).toStrictEqual([
    '1:1: found aliases (*name) of aliases that stand for too many values; allowed: fewer of them',
  ]);
});

test('a problem below an anchor is shown where the anchor stands', () => {
  const text = `name: x
rate: 1/s
strategies:
  - &first { key: tenant_id, router: jmup }
  - *first
`;
  expect(faultsOf(text).map((line) => line.split(':').slice(0, 2).join(':'))).toStrictEqual([
    '4:38',
    '4:38',
  ]);
});
