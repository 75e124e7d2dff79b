import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ScenarioNames } from './scenario-names.ts';

test.each([
  ['orders', 'orders'],
  ['AlbumId', 'album_id'],
  ['Order Details', 'order_details'],
  ['2nd', 'n_2nd'],
  ['größe', 'gro_e'],
  ['日本', 'unnamed'],
])('%s becomes %s', (name, plain) => {
  expect(new ScenarioNames().add(name)).toBe(plain);
});

test('what is taken is set apart, or gets a number', () => {
  const names = new ScenarioNames();
  const added = [names.add('a', 's'), names.add('a', 's'), names.add('a', 's'), names.add('A')];
  expect(added).toEqual(['a', 's_a', 'a_2', 'a_3']);
});

test('all names differ, and none is longer than Postgres takes', () => {
  const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('x'.repeat(63)));
  const named = fc.array(fc.tuple(name, fc.option(name, { nil: undefined })), { maxLength: 30 });
  fc.assert(
    fc.property(named, (given) => {
      const names = new ScenarioNames();
      const added = given.map(([one, apart]) => names.add(one.slice(0, 63), apart));
      expect(new Set(added).size).toBe(added.length);
      for (const each of added) expect(each).toMatch(/^[a-z_][a-z0-9_]{0,62}$/);
    }),
  );
});
