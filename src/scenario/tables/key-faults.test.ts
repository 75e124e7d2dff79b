import { expect, test } from 'vitest';
import { faultsOf } from '../faults-fixture.ts';
import { shopScenario } from './shop-fixture.ts';

test.each([
  [
    'what a strategy cannot say',
    '{ key: tenant, router: jump }',
    '{ key: tenant, router: jump, refernce: [products] }',
    [
      '5:34: strategies[0].refernce: found an unknown key; allowed: label, key, router, hash, ' +
        'salt, settings, lookup, pin, split, reference, home, own; did you mean ' +
        'reference?',
    ],
  ],
  [
    'a reference table with the key',
    '{ key: tenant, router: jump }',
    '{ key: tenant, router: jump, reference: [orders] }',
    [
      '5:46: strategies[0].reference[0]: orders has a column of the key tenant, by ' +
        'which it is sharded; allowed: products',
    ],
  ],
  [
    'an unknown reference table',
    '{ key: tenant, router: jump }',
    '{ key: tenant, router: jump, reference: [product] }',
    [
      '5:46: strategies[0].reference[0]: found "product"; allowed: products; did you ' +
        'mean products?',
    ],
  ],
  [
    'an own key that is none',
    '{ key: tenant, router: jump }',
    '{ key: tenant, router: jump, own: { products: price } }',
    ['5:51: strategies[0].own.products: price (number) cannot be a shard key; allowed: id'],
  ],
  [
    'an own key of no table',
    '{ key: tenant, router: jump }',
    '{ key: tenant, router: jump, own: { product: id } }',
    [
      '5:41: strategies[0].own.product: found "product"; allowed: tenants, users, ' +
        'products, orders, lines; did you mean products?',
    ],
  ],
  [
    'a table in two places',
    '{ key: tenant, router: jump }',
    '{ key: tenant, router: jump, reference: [products], home: [products] }',
    [
      '5:64: strategies[0].home[0]: products has its place already; allowed: one of ' +
        'reference, home and own',
    ],
  ],
  [
    'an unknown key',
    '{ key: tenant, router: jump }',
    '{ key: tenat, router: jump }',
    [
      '5:12: strategies[0].key: found "tenat"; allowed: tenant, id, name, tenant_id, ' +
        'region, user_id, order_id, number, product_id; did you mean tenant?',
    ],
  ],
  [
    'a column that is no key',
    '{ key: tenant, router: jump }',
    '{ key: price, router: jump }',
    ['5:12: strategies[0].key: in products price (number) cannot be a shard key; allowed: id'],
  ],
  [
    'columns of no one table',
    '{ key: tenant, router: jump }',
    '{ key: [region, order_id], router: jump }',
    [
      '5:12: strategies[0].key: no table has region and order_id together; allowed: ' +
        'columns of one table, or a key of `keys`',
    ],
  ],
  [
    'split',
    '{ key: tenant, router: jump }',
    '{ key: tenant, router: jump, split: { above: 10%, by: id, over: 2 } }',
    [
      '5:41: strategies[0].split: a scenario with `tables` has no split; allowed: pin, ' +
        'or another router',
    ],
  ],
  [
    'lookup',
    '{ key: tenant, router: jump }',
    '{ key: tenant, router: directory, lookup: { cache: 10, ttl: 5s } }',
    [
      '5:47: strategies[0].lookup: a scenario with `tables` has no lookup; allowed: ' +
        'pin, or another router',
    ],
  ],
  [
    'a pin that is no key',
    '{ key: tenant, router: jump }',
    '{ key: tenant, router: jump, pin: { tenants: { acme: 1 } } }',
    [
      '5:58: strategies[0].pin.tenants.acme: "acme" is not a whole number in plain ' +
        'decimal digits',
    ],
  ],
  [
    'a key of an unknown table',
    'tenant: { tenants: id,',
    'tenant: { tenant_s: id,',
    [
      '55:13: keys.tenant.tenant_s: found "tenant_s"; allowed: tenants, users, ' +
        'products, orders, lines; did you mean tenants?',
    ],
  ],
  [
    'a key of an unknown column',
    'tenant: { tenants: id,',
    'tenant: { tenants: ids,',
    ['55:22: keys.tenant.tenants: found "ids"; allowed: id, name; did you mean id?'],
  ],
  [
    'a key of what repeats too little',
    'tenant: { tenants: id,',
    'tenant: { products: price, tenants: id,',
    ['55:23: keys.tenant.products: price (number) cannot be a shard key; allowed: id'],
  ],
  [
    'a key of several types',
    'tenant: { tenants: id,',
    'tenant: { tenants: name,',
    [
      '55:11: keys.tenant: is text in tenants (name) and int8 in users (tenant_id); ' +
        'allowed: the same types in all tables',
    ],
  ],
  [
    'bits of a text',
    'tenant: { tenants: id,',
    `worker: { users: { bits: region, from: 2, count: 3 } }
  tenant: { tenants: id,`,
    [
      '55:20: keys.worker.users: region (choice) has no bits of an integer; allowed: ' +
        'tenant_id, id',
    ],
  ],
  [
    'bits beyond the integer',
    'tenant: { tenants: id,',
    `worker: { orders: { bits: id, from: 60, count: 10 } }
  tenant: { tenants: id,`,
    [
      '55:50: keys.worker.orders.count: found 10; allowed: bits up to bit 63 (from + ' +
        'count is at most 64)',
    ],
  ],
  [
    'a key called single',
    'tenant: { tenants: id,',
    `single: { tenants: id }
  tenant: { tenants: id,`,
    ['55:3: keys.single: single is the name of the baseline; allowed: another name'],
  ],
] satisfies [string, string, string, string[]][])('%s', (_, text, instead, faults) => {
  expect(shopScenario).toContain(text);
  expect(faultsOf(shopScenario.replace(text, instead))).toStrictEqual(faults);
});
