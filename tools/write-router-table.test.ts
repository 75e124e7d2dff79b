import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { routers } from '../src/router/registry.ts';
import { routerTables, withRouterTables } from './write-router-table.ts';

test('the tables of README.md are current; if not: node tools/write-router-table.ts', async () => {
  const text = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const stale = 'remake them: node tools/write-router-table.ts';
  expect(text === withRouterTables(text, routerTables(routers)), stale).toBe(true);
});

test('a row a router, with its traits, and one more for each that reproduces a system', () => {
  const tables = routerTables(routers);
  const rows = tables.split('\n').filter((line) => line.startsWith('| `'));
  const presets = routers.filter(({ reproduces }) => reproduces !== undefined);
  expect(rows).toHaveLength(routers.length + presets.length);
  const jump = rows.find((row) => row.startsWith('| `jump`'));
  expect(jump).toMatch(/ \| O\(log n\) +\| O\(1\) +\| yes +\| +\| +\| +\| text, int8, uuid/);
});

test('a pipe in a text does not end its column', () => {
  const [first] = routers;
  if (first === undefined) throw new Error('an empty registry');
  const row = routerTables([{ ...first, summary: 'a | b' }]).split('\n')[2];
  expect(row).toMatch(/ \| a \\\| b +\| /);
});

test('a text without the markers is refused', () => {
  expect(() => withRouterTables('# title', 'tables')).toThrow('README.md lacks');
});
