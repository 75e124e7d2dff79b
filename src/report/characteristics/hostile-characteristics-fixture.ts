import type { CharacteristicsDocument } from '../../result/characteristics-document.ts';
import {
  candidateFixture,
  characteristicsFixture,
  findingFixture,
} from './characteristics-fixture.ts';

const long = (text: string, length: number): string => text.repeat(length).slice(0, length);
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const column = (at: number): string => long(`a_column_${at}_of_a_name_`, 63);
const sql = `select ${range(60).map(column).join(', ')} from "${long('t', 63)}" where a = $1`;
const unbroken = `select '${long('x', 3000)}' from <script>alert(1)</script>`;

/** Names as long as Postgres takes them, statements of pages, a dozen candidates. */
export function hostileCharacteristics(): CharacteristicsDocument {
  const { templates, tables } = characteristicsFixture();
  const values = range(20).map((at) => long(`value-${at}-`, 200));
  return characteristicsFixture({
    name: long('name-', 200),
    candidates: range(12).map((at) =>
      candidateFixture({
        key: range(3)
          .map((part) => column(at + part))
          .join('+'),
        tables: range(40).map((table) => ({ table: column(table), columns: [column(at)] })),
        top: values.slice(0, 5).map((value) => ({ value, share: 0.1 })),
        frequent: [sql, unbroken].map((each) => ({ sql: each, share: 0.4, fate: 'single' })),
        heatMap: {
          values,
          atSeconds: range(60).map((part) => part * 1000),
          counts: values.map((_, value) => range(60).map((part) => (part * value) % 17)),
        },
        distinctOverTime: range(60).map((part) => part * part),
        findings: [findingFixture(long('a sentence of many words ', 2000))],
      }),
    ),
    templates: range(30).flatMap((at) =>
      templates.map((each) => withSql(each, at % 2 === 0 ? sql : unbroken)),
    ),
    tables: range(50).flatMap((at) => tables.map((each) => called(each, column(at)))),
  });
}

type Of<T extends 'tables' | 'templates'> = CharacteristicsDocument[T][number];

const withSql = (template: Of<'templates'>, text: string): Of<'templates'> => {
  return { ...template, sql: text };
};

const called = (table: Of<'tables'>, name: string): Of<'tables'> => {
  return { ...table, table: name, stored: `public.${name}` };
};
