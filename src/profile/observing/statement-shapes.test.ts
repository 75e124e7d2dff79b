import fc from 'fast-check';
import { expect, test } from 'vitest';
import { corpus } from '../../sql/corpus-fixture.ts';
import { loadGrammar } from '../../sql/grammar.ts';
import { numberParameters } from '../../sql/named-parameters.ts';
import { type Shape, StatementShapes } from './statement-shapes.ts';

const grammar = await loadGrammar();
const shapesOf = (lists: boolean): StatementShapes<null> =>
  new StatementShapes({ grammar, lists, own: () => null });
const shapes = shapesOf(false);

function shapeOf(sql: string, of = shapes): Shape<null> {
  const shape = of.of(sql);
  if (shape === null) throw new Error('too many');
  return shape;
}

/** The values of all parameters of the only statement of a text. */
function valuesOf(sql: string): (readonly (string | null)[])[] {
  const [only] = shapeOf(sql).statements;
  if (only === undefined) return [];
  const { statement } = only;
  return statement.slots.map((_, at) => shapes.values(statement, statement.first + at, null));
}

test('the template of a statement is the same statement, of all those that have a fate', () => {
  let compared = 0;
  for (const { sql } of corpus) {
    const { text } = numberParameters(sql, grammar.tokens(sql));
    const literal = text.replaceAll(/\$\d+/g, '17');
    if ('fault' in grammar.parse(literal)) continue;
    for (const each of [text, literal]) {
      const { statements, faults } = shapeOf(each);
      expect(faults, each).toEqual([]);
      expect(statements, each).toHaveLength(1);
      const template = statements[0]?.statement.sql ?? '';
      if (template === '') continue;
      expect(grammar.fingerprint(template), template).toBe(grammar.fingerprint(each));
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(300);
});

test('values are those of the literals, in the order of the parameters', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 8 });
  const number = fc.nat();
  const list = fc.array(number, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(text, number, list, list, text, (a, b, some, others, z) => {
      const quoted = (each: string): string => `'${each.replaceAll("'", "''")}'`;
      const sql =
        `select * from t where a = ${quoted(a)} and b in (${some.join(', ')}) and c = -${b} ` +
        `and d in (${others.join(',')}) and e = ${quoted(z)}`;
      fc.pre(!sql.includes('\0'));
      expect(valuesOf(sql)).toEqual([[a], some.map(String), [`-${b}`], others.map(String), [z]]);
    }),
  );
});

test('rows of one INSERT have their values side by side', () => {
  expect(
    valuesOf("insert into t values (1, 'a', now()), (2, 'b', now()), (3, 'c', default)"),
  ).toEqual([['1', '2'], ['a', 'b'], ['3'], ['c']]);
});

test('own parameters come first', () => {
  const { statements } = shapeOf("select * from t where a = 'x' and b = $2 and c = $1");
  const statement = statements[0]?.statement;
  expect(statement?.sql).toBe('select * from t where a = $3 and b = $2 and c = $1');
  expect(statement && shapes.values(statement, 2, ['p', 'q'])).toEqual(['q']);
  expect(statement && shapes.values(statement, 3, ['p', 'q'])).toEqual(['x']);
  expect(statement && shapes.values(statement, 2, null)).toEqual([]);
});

test('parts of a text with several statements have parameters of their own', () => {
  const { statements } = shapeOf('select 1; select a from t where b = 2 and c in (3, 4);');
  expect(statements.map(({ statement }) => statement.sql)).toEqual([
    'select $1',
    'select a from t where b = $1 and c in ($2)',
  ]);
  const second = statements[1]?.statement;
  expect(second && shapes.values(second, 1, null)).toEqual(['2']);
  expect(second && shapes.values(second, 2, null)).toEqual(['3', '4']);
});

test('each key is read once, and what has too many of them is not read for ever', () => {
  let read = 0;
  const counting = { ...grammar, parse: (sql: string) => ((read += 1), grammar.parse(sql)) };
  const counted = new StatementShapes({ grammar: counting, lists: true, own: () => null });
  for (let i = 0; i < 500; i += 1) counted.of(`select a from t where b = ${i} /* ${i} */`);
  expect(read).toBe(1);
  for (let i = 0; i < 500; i += 1) counted.of(`deallocate statement_${i}`);
  expect(read).toBe(1);
});

test('a statement of a megabyte is read like any other', () => {
  const numbers = Array.from({ length: 150_000 }, (_, i) => i);
  const sql = `select * from t where a in (${numbers.join(', ')})`;
  expect(valuesOf(sql)[0]).toHaveLength(150_000);
  const text = `select '${'x'.repeat(1e6)}'`;
  expect(valuesOf(text)[0]?.[0]).toHaveLength(1e6);
  const wide = `select ${Array.from({ length: 60_000 }, (_, i) => `c${i}`).join(', ')} from t`;
  expect(shapeOf(wide).faults).toEqual([]);
});
