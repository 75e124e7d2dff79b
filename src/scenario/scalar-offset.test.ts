import * as fc from 'fast-check';
import { Document, isScalar, parseDocument, Scalar } from 'yaml';
import { expect, test } from 'vitest';
import { offsetInScalar } from './scalar-offset.ts';

const types = ['PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const;

function firstValue(source: string): Scalar {
  const node = parseDocument(source).getIn(['a', 'b'], true);
  if (!isScalar(node)) throw new Error(`no scalar in ${source}`);
  return node;
}

test.each([
  ['plain', 'a: { b: select ▲! }'],
  ['plain, folded', 'a:\n  b: select\n    1\n\n    from ▲!'],
  ['single quotes', "a: { b: 'it''s ▲!' }"],
  ['double quotes', String.raw`a: { b: "\x41\u00e4\n\" \U0001f600 ▲!" }`],
  ['a line that goes on', 'a:\n  b: "sel\\\n    ect ▲!"'],
  ['literal', 'a:\n  b: |- # x\n    select\n     ▲!\n'],
  ['literal with its own indentation', 'a:\n  b: |2\n      select ▲!\n'],
  ['folded', 'a:\n  b: >\n    select\n    ▲!\n'],
  ['with windows line ends', 'a:\r\n  b: |\r\n    select\r\n    ▲!\r\n'],
  ['behind an anchor and a tag', 'a: { b: &x !!str select ▲! }'],
])('%s', (_name, marked) => {
  const source = marked.replace('▲', '');
  const scalar = firstValue(source);
  const index = String(scalar.value).indexOf('!');
  expect(offsetInScalar(scalar, source, index)).toBe(marked.indexOf('▲'));
});

test.each(['a: { b: ab▲ }', 'a: { b: "ab▲" }', 'a:\n  b: |\n    ab▲\n\n'])(
  'the end of the value: %j',
  (marked) => {
    const source = marked.replace('▲', '');
    const scalar = firstValue(source);
    const end = String(scalar.value).length;
    expect(offsetInScalar(scalar, source, end)).toBe(marked.indexOf('▲'));
  },
);

/** Words of all that a style may have to escape or to fold. */
const texts = fc
  .array(
    fc.constantFrom(
      'select',
      ' ',
      '\n',
      "'",
      '"',
      '\\',
      'ä',
      '😀',
      '\t',
      ':',
      '#',
      'x\u0007',
      '  ',
    ),
    { minLength: 1, maxLength: 60 },
  )
  .map((words) => `${words.join('')}!`);

test('every character that is no blank is found, however the text is written', () => {
  const property = fc.property(texts, fc.constantFrom(...types), (text, type) => {
    const scalar = new Scalar(text);
    scalar.type = type;
    const source = new Document({ a: { b: scalar } }).toString({ lineWidth: 40 });
    // The library writes some texts so that it does not read them as one.
    fc.pre(isScalar(parseDocument(source).getIn(['a', 'b'], true)));
    const read = firstValue(source);
    // Others it reads as another text, and that is what counts.
    const value = String(read.value);
    let last = -1;
    for (const [index, character] of [...value.matchAll(/\S/gu)].map(
      (m) => [m.index, m[0]] as const,
    )) {
      const found = offsetInScalar(read, source, index);
      const isEscaped = read.type === 'QUOTE_DOUBLE' && source[found] === '\\';
      expect(isEscaped || source.startsWith(character, found)).toBe(true);
      expect(found).toBeGreaterThan(last);
      last = found;
    }
    // `select\n:\nselect!` comes out as a map, of which this is the first value.
    const end = /.$/su.exec(value)?.[0] ?? '';
    const found = offsetInScalar(read, source, value.length - end.length);
    expect(source.startsWith(end, found)).toBe(true);
  });
  fc.assert(property, { numRuns: 500 });
});
