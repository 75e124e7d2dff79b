import { expect, test } from 'vitest';
import { UnseenList } from './unseen-list.ts';

test('one entry for each code and key; keys that say the same stand together', () => {
  const unseen = new UnseenList();
  unseen.add('key-unreadable', { key: 'tenant', tables: ['orders'] });
  unseen.add('key-unreadable', { key: 'tenant', tables: ['lines'] });
  unseen.add('written-load-none', { key: 'tenant', tables: ['orders'] });
  unseen.add('written-load-none', { key: 'region', tables: ['orders', 'towns'] });
  unseen.add('key-timed-out', { key: 'region', tables: ['orders'] }, { limitMs: 5 });
  unseen.add('key-refused', { key: 'region', tables: ['orders'], sqlstate: '42883' });
  expect(unseen.list()).toEqual([
    {
      code: 'key-unreadable',
      names: { key: 'tenant', tables: ['orders', 'lines'] },
      numbers: { tables: 2 },
    },
    {
      code: 'written-load-none',
      names: { key: 'tenant, region', tables: ['orders', 'towns'] },
      numbers: { tables: 2 },
    },
    {
      code: 'key-timed-out',
      names: { key: 'region', tables: ['orders'] },
      numbers: { tables: 1, limitMs: 5 },
    },
    {
      code: 'key-refused',
      names: { key: 'region', tables: ['orders'], sqlstate: '42883' },
      numbers: { tables: 1 },
    },
  ]);
});
