import { expect, test } from 'vitest';
import { production } from './sources-fixture.ts';

test('the arithmetic finds codes and numbers; sentences are made in wording/', () => {
  const folders = new Set([
    'metrics',
    'gate',
    'placement',
    'growth',
    'advice',
    'simulate',
    'traffic',
    'directory',
  ]);
  const literal = String.raw`(?:'(?:[^'\\\n]|\\.)*'|\`(?:[^\`\\]|\\.)*\`)`;
  const hints = new RegExp(String.raw`\bhint:\s*${literal}(?:\s*\+\s*${literal})*`, 'g');
  const wrong = production
    .filter(({ folder }) => folders.has(folder))
    .flatMap(({ path, text }) => {
      const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').replaceAll(hints, '');
      return [...code.matchAll(new RegExp(literal, 'g'))]
        .map(([found]) => found)
        .filter((found) => / .*[a-z)}]\.['`]$/.test(found))
        .map((found) => `${path} says ${found}: return a fact, and say it in wording/`);
    });
  expect(wrong).toEqual([]);
});
