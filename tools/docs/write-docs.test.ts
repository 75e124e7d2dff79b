import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { routers } from '../../src/router/registry.ts';
import { documentPages } from './documents-pages.ts';
import { exitCodesPage } from './exit-codes-page.ts';
import { fieldTerms } from './field-terms.ts';
import { markdownTable, withPart } from './markdown.ts';
import { routersPage } from './routers-page.ts';
import { schemaRows, schemaType } from './schema-rows.ts';
import { sourceComments } from './source-comments.ts';
import { madeFiles } from './write-docs.ts';

describe('what is committed is what the code makes; if not: npm run docs', async () => {
  test.each(await madeFiles())('$path', async ({ path, content }) => {
    const committed = await readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
    expect(committed === content, `${path} is stale; remake it: npm run docs`).toBe(true);
  });
});

test('every term is used: what no document has any more is no term', async () => {
  const pages = (await documentPages()).map(({ content }) => content).join('');
  const unused = [...fieldTerms].filter(([, meaning]) => !pages.includes(`| ${meaning} |`));
  expect(unused).toEqual([]);
});

describe('routers', () => {
  const page = routersPage();
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));

  test('a row a router, with its traits, and one more for each that reproduces a system', () => {
    const presets = routers.filter(({ reproduces }) => reproduces !== undefined);
    expect(rows).toHaveLength(routers.length + presets.length);
    const jump = rows.find((row) => row.startsWith('| `jump`'));
    expect(jump).toMatch(/ \| O\(log n\) \| O\(1\) \| yes \| {2}\| {2}\| {2}\| text, int8, uuid/);
  });

  test('a pipe in a text does not end its column', () => {
    expect(markdownTable(['a'], [['b | c']])).toBe('| a |\n| --- |\n| b \\| c |');
  });
});

test('a part is replaced between its marks only, and a text without them is refused', () => {
  const text = 'a\n<!-- x: made by npm run docs -->\nold\n<!-- end of x -->\nb';
  expect(withPart(text, 'x', 'new')).toBe(
    'a\n<!-- x: made by npm run docs -->\n\nnew\n\n<!-- end of x -->\nb',
  );
  expect(() => withPart('# title', 'x', 'new')).toThrow('lacks "<!-- x: made by');
});

test('comments are found at their members, and those of the file at none', () => {
  const comments = sourceComments(`
    /** Of the file. */

    const plain = 1;
/** Of the whole. */
export const whole = z.strictObject({
  /** Of one. */
  one: z.string(),
  two: z.array(
    z.strictObject({
      /**
       * Of three,
       * in two lines.
       */
      three: z.enum(['{ four: 4 }']),
    }),
  ),
  five: count,
});
`);
  expect([...comments]).toEqual([
    ['whole', 'Of the whole.'],
    ['whole.one', 'Of one.'],
    ['whole.two.three', 'Of three, in two lines.'],
  ]);
});

test('fields of several forms are told once, and lists and maps have places for what is in them', () => {
  const rows = schemaRows(
    {
      anyOf: [
        { properties: { count: { type: 'integer', minimum: 1 }, at: { type: 'string' } } },
        { properties: { count: { type: 'integer', minimum: 1 } }, required: ['count'] },
      ],
    },
    'load',
  );
  expect(rows.map(({ path }) => path)).toEqual(['load.count', 'load.at']);
  const list = { items: { additionalProperties: { properties: { x: { const: 'y' } } } } };
  expect(schemaRows(list, 'list').map(({ path }) => path)).toEqual(['list[].<name>.x']);
});

test.each([
  [{ type: 'string', pattern: '^\\s*\\d+ ?(ms|s|m|h)\\s*$' }, 'time, such as `15s`'],
  [{ type: ['string', 'null'] }, 'text or null'],
  [{ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, 'whole number from 0'],
  [{ type: 'number', exclusiveMinimum: 0, maximum: 4 }, 'number above 0 to 4'],
  [{ enum: ['a', 'b'] }, '`a`, `b`'],
  [{ properties: { a: {}, b: {} }, required: ['a'] }, '`{ a, b? }`'],
  [{ anyOf: [{ const: true }, { items: { type: 'string' } }] }, '`true` or list of: text'],
])('%j is told as: %s', (schema, words) => {
  expect(schemaType(schema)).toBe(words);
});

test('every exit code is told with its comment', () => {
  const page = exitCodesPage();
  for (const code of [0, 2, 3, 4, 5, 6, 130, 143])
    expect(page).toMatch(new RegExp(`^\\| ${code} `, 'm'));
  expect(page).toContain(
    '| 6 | The gate could not decide, or nothing of two results could be compared. |',
  );
});
