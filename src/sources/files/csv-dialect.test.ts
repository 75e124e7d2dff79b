import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvDialect } from './csv-dialect.ts';

const of = (text: string, tabs = false): ReturnType<typeof csvDialect> =>
  csvDialect(text, { tabs, whole: true });

test('each delimiter, with names and types', () => {
  for (const delimiter of [',', ';', '|', '\t']) {
    const lines = [
      ['id', 'at', 'name'],
      ['1', '2024-01-01', 'x'],
      ['2', '2024-01-02', ''],
    ];
    const found = of(lines.map((line) => line.join(delimiter)).join('\r\n'));
    expect(found?.delimiter).toBe(delimiter);
    expect(found?.names).toEqual(['id', 'at', 'name']);
    expect(found?.kinds.map((kind) => kind?.duckdb ?? null)).toEqual(['BIGINT', 'DATE', null]);
  }
});

test('a delimiter within quotes, or in some values only, is none', () => {
  expect(of('a;b\n"1,2,3";x\n"4,5,6";y\n')?.delimiter).toBe(';');
  const single = of('name\nSmith, John\nMiller\n');
  expect(single?.names).toEqual(['name']);
  expect(single?.delimiter).not.toBe(',');
});

test('without names the first line is a row', () => {
  const found = of('1,x,2024-01-01\n2,y,2024-01-02\n');
  expect(found).toMatchObject({ header: false, names: ['column1', 'column2', 'column3'] });
  expect(found?.kinds[0]?.duckdb).toBe('BIGINT');
});

test('names that look like numbers are names above text, and years above numbers', () => {
  expect(of('country,2019,2020\nDE,a,b\nFR,c,d\n')?.header).toBe(false);
  expect(of('id,2019,2020\n1,5,6\n2,7,8\n')?.header).toBe(true);
  expect(of('name,note\nx,y\n')?.header).toBe(true);
});

test('what the end of the beginning cut off decides nothing', () => {
  const text = `a,b\n${'1,2\n'.repeat(10)}3,4x`;
  const kinds = (whole: boolean): (string | undefined)[] | undefined =>
    csvDialect(text, { tabs: false, whole })?.kinds.map((kind) => kind?.duckdb);
  expect(kinds(false)).toEqual(['BIGINT', 'BIGINT']);
  expect(kinds(true)).toEqual(['BIGINT', undefined]);
});

test('property: quoting every field changes nothing', () => {
  const cell = fc.stringMatching(/^[a-z0-9 .-]{1,8}$/);
  const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(table, (rows) => {
      const plain = rows.map((row) => row.join(',')).join('\n');
      const quoted = rows.map((row) => row.map((each) => `"${each}"`).join(',')).join('\n');
      expect(of(quoted)).toEqual(of(plain));
    }),
  );
});
