import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Node } from 'oxc-parser';
import { expect, test } from 'vitest';
import { lineOf, placeOf, production, root, sources, visitNodes } from './sources-fixture.ts';

const functionLines = 70;
const lineColumns = 100;
const fileLines = 300;
const medianLines = 80;
const commandsLines = 3000;

const linesOf = (text: string): number => text.replace(/\n$/, '').split('\n').length;

const functionTypes: ReadonlySet<Node['type']> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

test('functions stay small', () => {
  const long: string[] = [];
  for (const source of production) {
    const { text } = source;
    visitNodes(source, (node) => {
      if (!functionTypes.has(node.type)) return;
      const lines = lineOf(text, node.end) - lineOf(text, node.start) + 1;
      if (lines > functionLines) long.push(`${placeOf(source, node)} has ${lines} lines`);
    });
  }
  expect(long, `at most ${functionLines} lines: give its steps names of their own`).toEqual([]);
});

test('lines fit beside each other on a screen, texts and comments too', () => {
  const wide = sources.flatMap(({ path, text }) =>
    text
      .split('\n')
      .map((line, index) => ({ place: `${path}:${index + 1}`, columns: line.length }))
      .filter(({ columns }) => columns > lineColumns)
      .map(({ place, columns }) => `${place} has ${columns} columns`),
  );
  expect(wide, `at most ${lineColumns}: biome leaves texts and comments to you`).toEqual([]);
});

test('files stay small', () => {
  const long = sources
    .map(({ path, text }) => ({ path, lines: linesOf(text) }))
    .filter(({ lines }) => lines > fileLines);
  expect(long, 'split it along its nouns').toEqual([]);
});

test('half of the files are read in a minute', () => {
  const lengths = production.map(({ text }) => linesOf(text)).toSorted((a, b) => a - b);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(medianLines);
});

test('commands are flags, one call and printing', () => {
  const lines = production
    .filter(({ folder }) => folder === 'commands')
    .reduce((sum, { text }) => sum + linesOf(text), 0);
  expect(lines, 'what is more than that belongs in study/').toBeLessThanOrEqual(commandsLines);
});

test('main is a table of contents', () => {
  expect(linesOf(readFileSync(join(root, 'main.ts'), 'utf8'))).toBeLessThanOrEqual(40);
});

test('no grab bags, and kebab-case names', () => {
  const bags = /(^|\/)(utils?|helpers?|common|misc|managers?)(\/|\.|-)/;
  const name =
    /^([a-z\d-]+\/)*[a-z\d-]+(\.(test|bench|suite|worker|pg|cli|docker|browser|alone|long))*\.ts$/;
  const wrong = sources
    .map(({ path }) => path)
    .filter((path) => bags.test(path) || !name.test(path));
  expect(wrong, 'name a file after the noun it exports').toEqual([]);
});
