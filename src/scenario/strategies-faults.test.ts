import { expect, test } from 'vitest';
import { faultsOf } from './faults-fixture.ts';

test.each([
  [
    'name: x\nrate: 800/s\nstrategies:\n  - { key: tenant_id, router: jmup }\n',
    [
      '4:31: strategies[0].router: found "jmup"; allowed: mod, jump, ring[:vnodes], ' +
        'range, directory; did you mean jump?',
    ],
  ],
  [
    'name: x\nrate: 800/s\nstrategies:\n  - { key: tenant_id, router: "jump:3" }\n',
    ['4:31: strategies[0].router: found jump:3; jump takes no number; allowed: jump'],
  ],
  [
    'name: x\nrate: 800/s\nstrategies:\n  - { key: tenant_id, router: "ring:0" }\n',
    ['4:31: strategies[0].router: found "ring:0"; allowed: ring:1 to ring:10000 (vnodes)'],
  ],
  [
    'name: x\nrate: 800/s\nstrategies:\n  - { key: tenant_id, router: "ring:x" }\n',
    ['4:31: strategies[0].router: found "ring:x"; allowed: ring:1 to ring:10000 (vnodes)'],
  ],
  [
    'name: x\nrate: 800/s\nstrategies:\n  - { key: tenant_id, router: ring: }\n',
    ['4:31: Block collections are not allowed within flow collections'],
  ],
  [
    'name: x\nrate: 800/s\nstrategies:\n  - { key: tenant_id, router: range, hash: ' +
      'md5, salt: a }\n',
    [
      '4:44: strategies[0].hash: range does not hash its keys; allowed: no hash (found "md5")',
      '4:55: strategies[0].salt: range does not hash its keys; allowed: no salt (found "a")',
    ],
  ],
  [
    'name: x\nrate: 800/s\nstrategies:\n  - { key: tenant_id, router: jump, hash: xxh46 }\n',
    [
      '4:43: strategies[0].hash: found "xxh46"; allowed: xxh64, fnv1a-64, md5, ' +
        'identity; did you mean xxh64?',
    ],
  ],
  [
    'name: x\nrate: 800/s\nstrategies:\n  - { key: tenant_id, router: mod, hash: identity }\n',
    [
      '4:42: strategies[0].hash: identity takes integers only, but tenant_id is ' +
        'text; allowed: xxh64, fnv1a-64, md5, identity',
    ],
  ],
  [
    'name: x\nrate: 800/s\nstrategies:\n  - { key: a, router: mod, hash: identity }\n' +
      '  - { key: b, router: mod, hash: identity }\n  - { key: c, router: mod, hash: identity }\n' +
      'schema: { ddl: [;], table: t, columns: { tenant_id: tenant, a: { id: uuid7 }, ' +
      'b: { id: snowflake }, c: { id: uuid4 } } }\n' +
      'operations: [{ name: a, kind: read, sql: select 1 }]\n',
    [
      '4:34: strategies[0].hash: identity takes integers only, but a is uuid; ' +
        'allowed: xxh64, fnv1a-64, md5, identity',
      '6:34: strategies[2].hash: identity takes integers only, but c is uuid; ' +
        'allowed: xxh64, fnv1a-64, md5, identity',
    ],
  ],
  [
    'name: x\nrate: 800/s\nstrategies:\n  - { key: tenat_id, router: jump }\n',
    [
      '4:12: strategies[0].key: found "tenat_id"; allowed: tenant_id, user_id, ' +
        'order_id, region; did you mean tenant_id?',
    ],
  ],
  [
    'name: x\nrate: 800/s\nstrategies:\n  - { key: total, router: jump }\n',
    [
      '4:12: strategies[0].key: total (number) cannot be a shard key; allowed: ' +
        'tenant_id, user_id, order_id, region',
    ],
  ],
  [
    'name: x\nrate: 800/s\nstrategies:\n  - { key: tenant_id, rotuer: jump }\n',
    [
      '4:5: strategies[0].router: found nothing; allowed: a router, such as jump or ring:150',
      '4:23: strategies[0].rotuer: found an unknown key; allowed: label, key, router, hash, ' +
        'salt, settings, lookup, pin, split, reference, home, own; did you mean router?',
    ],
  ],
  [
    'name: x\nrate: 800/s\nstrategies:\n  - { key: tenant_id, router: ring }\n  - { ' +
      'key: tenant_id, router: "ring:150" }\n',
    ['5:5: strategies[1]: is the same as strategies[0]'],
  ],
  [
    'name: x\nrate: 800/s\nstrategies:\n  - { key: tenant_id, router: jump, salt: "a b" }\n',
    ['4:43: strategies[0].salt: found "a b"; allowed: letters, digits, dots, - and _'],
  ],
  [
    'name: x\nrate: 800/s\nstrategies:\n  - { key: tenant_id, router: jump, label: " a" }\n',
    [
      '4:44: strategies[0].label: found " a"; allowed: a name of at most 60 letters, digits, ' +
        'spaces and . _ : / @ + -, without spaces around it',
    ],
  ],
  [
    'name: x\nrate: 1/s\n',
    ['1:1: strategies: found nothing; allowed: a list of one or more { key, router }'],
  ],
  [
    'name: x\nrate: 1/s\nstrategies: []\n',
    ['3:13: strategies: found an empty list; allowed: a list of one or more { key, router }'],
  ],
  [
    'name: x\nrate: 800/s\nstrategies:\n  - { key: tenant_id, router: range ' +
      '}\ntenants: { zipf: 1, count: 5, idType: uuid }\n',
    ['4:12: strategies[0].key: range takes keys of type text, int8; tenant_id is uuid'],
  ],
])('%s', (text, faults) => {
  expect(faultsOf(text)).toStrictEqual(faults);
});
