import { expect, test } from 'vitest';
import { suggest } from './suggest.ts';

const routers = ['mod', 'jump', 'ring', 'range', 'directory', 'slots'];

test.each([
  ['jmup', 'jump'],
  ['Jump', 'jump'],
  ['rnig', 'ring'],
  ['directroy', 'directory'],
  ['slot', 'slots'],
  ['rang', 'range'],
])('%s suggests %s', (name, expected) => {
  expect(suggest(name, routers)).toBe(expected);
});

test.each(['rendezvous', 'x', '', 'mad max'])('%s suggests nothing', (name) => {
  expect(suggest(name, routers)).toBeUndefined();
});

test('a swap of neighbours is one edit, so a three-letter name can be mended', () => {
  expect(suggest('mdo', routers)).toBe('mod');
});

test('what was pasted by mistake is not compared', () => {
  expect(suggest('jump'.repeat(20), ['jump'.repeat(20)])).toBeUndefined();
});
