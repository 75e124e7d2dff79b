import { describe, expect, test } from 'vitest';
import { UserError } from '../base/user-error.ts';
import { parseTenantFile, type TenantColumns } from './tenant-file.ts';
import { decodeTenantFile } from './text-file.ts';

const columns: TenantColumns = { idColumn: 'id', weightColumn: 'weight', bytesColumn: 'kb' };
const noBytes: TenantColumns = { ...columns, bytesColumn: null };

function problemsOf(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError && error.exitCode === 2) return error.message.split('\n');
    throw error;
  }
  return [];
}

const problems = (text: string, own = columns, type: 'text' | 'int8' | 'uuid' = 'text') =>
  problemsOf(() => parseTenantFile(text, 't.csv', own, type));

describe('tenant file', () => {
  test('gives ids in order, shares of weight and of bytes', () => {
    const text = '\uFEFFkb,id , weight,name\r\n10,b,3,"Bee, Inc."\r\n\r\n30,"a ""x""",1e0,\r\n';
    const list = parseTenantFile(text, 't.csv', columns, 'text');
    expect(list.ids).toEqual(['b', 'a "x"']);
    expect([...list.weights]).toEqual([0.75, 0.25]);
    expect([...list.bytes]).toEqual([0.25, 0.75]);
  });

  test('weights that no number holds together have shares all the same', () => {
    const list = parseTenantFile('id,weight\na,1e308\nb,1e308\nc,0\n', 't.csv', noBytes, 'text');
    expect([...list.weights]).toEqual([0.5, 0.5, 0]);
    const tiny = parseTenantFile('id,weight\na,5e-324\nb,0\n', 't.csv', noBytes, 'text');
    expect([...tiny.weights]).toEqual([1, 0]);
  });

  test('bytes follow the weights where no column is named', () => {
    const list = parseTenantFile('id,weight\na,1\nb,3\n', 't.csv', noBytes, 'text');
    expect(list.bytes).toEqual(list.weights);
    expect(list.bytes).not.toBe(list.weights);
  });

  test('UUIDs are taken in any case and are one tenant in both', () => {
    const id = '0190B2A4-0000-7000-8000-00000000000A';
    const list = parseTenantFile(`id,weight\n${id},1\n`, 't.csv', noBytes, 'uuid');
    expect(list.ids).toEqual([id.toLowerCase()]);
    expect(problems(`id,weight\n${id},1\n${id.toLowerCase()},1\n`, noBytes, 'uuid')[0]).toContain(
      't.csv:3:1: tenant "0190b2a4-0000-7000-8000-00000000000a" occurs twice, first on line 2',
    );
  });

  test('every problem at once, each with its line and column', () => {
    const text = ['id,weight,kb', '"a', 'b",x,1', '"a', 'b",-1,2', ',NaN,1', 'q,,1e999', 'z,1'];
    expect(problems(text.join('\n'))).toEqual([
      't.csv:8:1: 2 fields, but the header has 3',
      't.csv:4:1: tenant "a\\nb" occurs twice, first on line 2',
      't.csv:6:1: tenant id "" is empty',
      't.csv:3:4: "weight" is "x"; a number >= 0 was expected',
      't.csv:5:4: "weight" is -1, below zero; a number >= 0 was expected',
      't.csv:6:2: "weight" is "NaN"; a number >= 0 was expected',
      't.csv:7:3: "weight" is ""; a number >= 0 was expected',
      't.csv:7:4: "kb" is "1e999"; a number >= 0 was expected',
    ]);
  });

  test('of very many problems the first 20 and a count', () => {
    const lines = Array.from({ length: 50 }, (_, i) => `t${i},none,1`);
    const found = problems(['id,weight,kb', ...lines].join('\n'));
    expect(found).toHaveLength(21);
    expect(found.at(-1)).toBe('and 30 more problems in this file');
  });

  test('a missing column, with those there are and a suggestion', () => {
    expect(problems('id,wieght,kb\na,1,1\n')).toEqual([
      't.csv:1:1: there is no column "weight": the header has "id", "wieght", "kb"; did ' +
        'you mean "wieght"?',
    ]);
    expect(problems('id,weight,kb,id\na,1,1,b\n')).toEqual([
      't.csv:1:14: column "id" occurs twice in the header',
    ]);
  });

  test('another separator is named, with what helps', () => {
    for (const [text, name] of [
      ['id;weight;kb\na;1,5;2\n', 'semicolons'],
      ['id\tweight\tkb\na\t1\t2\n', 'tabs'],
      ['id|weight|kb\na|1|2\n', 'vertical bars'],
    ] as const) {
      expect(() => parseTenantFile(text, 't.csv', columns, 'text')).toThrow(
        expect.objectContaining({
          exitCode: 2,
          hint: expect.stringContaining(`The fields of this file are separated by ${name}.`),
        }),
      );
    }
  });

  test('another header: what was meant is found by its words as well', () => {
    const [id, weight, kb] = problems('Tenant ID,Weekly Weight,kb_total\na,1,1\n');
    expect(id).toContain('no column "id": the header has "Tenant ID", "Weekly Weight", "kb_total"');
    expect(id).toMatch(/; did you mean "Tenant ID"\?$/);
    expect(weight).toMatch(/; did you mean "Weekly Weight"\?$/);
    expect(kb).toMatch(/; did you mean "kb_total"\?$/);
    expect(problems('name,load,size\na,1,1\n')[0]).not.toContain('did you mean');
  });

  test('an empty file, a header alone, weights that are all zero', () => {
    expect(problems('')[0]).toContain('t.csv:1:1: the file is empty');
    expect(problems('\n\n')[0]).toContain('t.csv:1:1: the file is empty');
    expect(problems('id,weight,kb\n')[0]).toContain('t.csv:2:1: no tenants follow the header');
    expect(problems('id,weight,kb\na,0,1\nb,0,1\n')).toEqual([
      't.csv:1:4: "weight" is 0 for every tenant; one must be above 0',
    ]);
  });

  test('ids that the key type does not hold', () => {
    const text = 'id,weight\n12,1\ntwelve,1\n9223372036854775808,1\n007,1\n';
    expect(problems(text, noBytes, 'int8').map((line) => line.split(':')[1])).toEqual([
      '3',
      '4',
      '5',
    ]);
    expect(problems(text, noBytes, 'text')).toEqual([]);
  });

  test('NUL bytes and broken quoting', () => {
    expect(problems('id,weight,kb\nab\0,1,1\n')).toEqual([
      't.csv:2:3: found a NUL byte; text was expected',
    ]);
    expect(problems('id,weight,kb\n"a,1,1\n')[0]).toContain('t.csv:2: Quote Not Closed');
  });
});

const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'number' ? Buffer.of(part) : Buffer.from(part))),
  );

describe('decoding', () => {
  test('UTF-8 of every length passes, the byte order mark is dropped', () => {
    expect(decodeTenantFile(bytes('\uFEFFid,ä€😀\n'), 't.csv')).toBe('id,ä€😀\n');
  });

  test.each([
    ['Latin-1', bytes('id\nM', 0xfc, 'nchen'), '2:2: byte 0xfc'],
    ['a continuation alone', bytes('a', 0x80), '1:2: byte 0x80'],
    ['an overlong slash', bytes(0xc0, 0xaf), '1:1: byte 0xc0'],
    ['an overlong form of three bytes', bytes(0xe0, 0x80, 0xaf), '1:1: byte 0xe0'],
    ['a surrogate', bytes('ab', 0xed, 0xa0, 0x80), '1:3: byte 0xed'],
    ['above U+10FFFF', bytes(0xf4, 0x90, 0x80, 0x80), '1:1: byte 0xf4'],
    ['cut short', bytes('€\n', 0xe2, 0x82), '2:1: byte 0xe2'],
  ])('%s is refused with its place', (_, input, place) => {
    // The platform's own decoder agrees that it is none.
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(input)).toThrow(TypeError);
    expect(problemsOf(() => decodeTenantFile(input, 't.csv'))).toEqual([
      `t.csv:${place} is not UTF-8 text`,
    ]);
  });
});
