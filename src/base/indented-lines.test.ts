import { expect, test } from 'vitest';
import { indentedLines } from './indented-lines.ts';

test('no line is longer than a terminal, and no word is lost', () => {
  const words = Array.from({ length: 60 }, (_, i) => `name-${i * i}`);
  const lines = indentedLines(words.join(', '));
  expect(lines.startsWith('\n  name-0, name-1,')).toBe(true);
  expect(Math.max(...lines.split('\n').map((line) => line.length))).toBeLessThanOrEqual(78);
  expect(lines.split(/[\s,]+/).filter((word) => word !== '')).toEqual(words);
});

test('a word that is too long stands alone', () => {
  const long = 'x'.repeat(100);
  expect(indentedLines(`a ${long} b`)).toBe(`\n  a\n  ${long}\n  b`);
});
