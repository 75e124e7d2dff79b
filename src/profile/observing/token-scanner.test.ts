import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Grammar, loadGrammar } from '../../sql/grammar.ts';
import { scanned } from './key-fixture.ts';

const grammar: Grammar = await loadGrammar();

test.each([
  ["select * from t where a = 5 and b = 'x'", 'select * from t where a = N and b = S'],
  ['select  1 -- why\n , 2 /* /* */ x */ ', 'select N, N'],
  ['a in (1, 2,3) and b in ( 7 )', 'a in (N+) and b in (N)'],
  ["a in (1, 'b', 'c', 2, 3)", 'a in (N, S+, N+)'],
  ['f(1, 2, 3)', 'f(N, N, N)'],
  ['array[1, 2], a[1], b[1:2]', 'array[N+], a[N], b[N:N]'],
  ["(a, b) in ((1, 'x'), (2, 'y'))", '(a, b) in ((N, S)+)'],
  ["insert into t values (1, 'a'), (2, 'b')", 'insert into t values (N, S)+'],
  ['values (1, now()), (2, now()), (3, default)', 'values (N, now())+, (N, default)'],
  ['values (1, array[1, 2]), (1, array[1, 2])', 'values (N, array[N+]), (N, array[N+])'],
  ['values (1), (2), (array[1, 2])', 'values (N)+, (array[N+])'],
  ['x in (select a from b where c in (1, 2))', 'x in (select a from b where c in (N+))'],
  ['a = -5 and b -5 > 1 and c = -5::int', 'a = N and b -N > N and c = -N::int'],
  ['a=-1, 2 - -1, a*-1, a@-1, a->1', 'a=N, N - N, a*N, a@-N, a->N'],
  [
    'select a, b order by 1, 2 desc, a + 3 limit 10',
    'select a, b order by 1, 2 desc, a + N limit N',
  ],
  ['select a group by 1 union select 2, 3', 'select a group by 1 union select N, N'],
  ['order by f(a, 1), 2) limit 1', 'order by f(a, N), 2) limit N'],
  ['a::varchar(20), b::numeric( 12,2 )', 'a::varchar(20), b::numeric( 12,2 )'],
  ['cast(a as x.geo(3)) from f(4)', 'cast(a as x.geo(3)) from f(N)'],
  ['with a as materialized (select 5)', 'with a as materialized (select N)'],
  ['select a as b from f(1)', 'select a as b from f(N)'],
  ["interval '1' second(3), interval(3) '1'", 'interval S second(3), interval(3) S'],
  ["e'\\'', E'a''b', b'1', X'f', n'a'", 'S, S, S, S, nchar S'],
  ["U&'d!0061' uescape '!', U&\"a\" UESCAPE '!', \"it's\"", 'S, U&"a" UESCAPE \'!\', "it\'s"'],
  ["'a'\n  -- and\n 'b', 'a' 'b'", 'S, S S'],
  ['$$a$$, $x$ $$ $x$, a$b$c, $1', 'S, S, a$b$c, $1'],
  ['1e5, 0x1F, 1_000, .5, 5., 1.5e-3, 1..2', 'N, N, N, N, N, N, N..N'],
  ["'open", '!'],
  ['a /* /* */', 'a !'],
  ['select $a$ x', 'select !'],
  ['a; b ;', 'a; b;'],
  ['', ''],
])('%j has the key %j', (sql, key) => {
  expect(scanned(sql).key).toBe(key);
});

test('marks are never a text’s own', () => {
  expect(scanned('"\ufdd0" = \ufdd1').key).toBe('"\ufffd" = \ufffd');
});

const hostile = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        ...('\'"$-/*\n ;,()[].:+=<>@!~eEuUnbBxX_01579aé𝒳'.match(/./gsu) ?? []),
      ),
    },
    fc.constantFrom("''", '--', '/*', '*/', '$$', '$a$', "E'", "U&'", 'U&"', " uescape '!'", '\\'),
    fc.constantFrom(
      '1e5',
      '0x1F',
      '1_0',
      '1.5',
      '.5',
      '$1',
      "'it''s'",
      "e'\\''",
      ' in (',
      ' values (',
    ),
    fc.constantFrom(' by ', ' as ', '::', 'select ', 'varchar', ' array[', ' from ', ' second'),
  ),
  { maxLength: 25 },
);

test('literals lie where Postgres’ own lexer sees them, in hostile texts as well', () => {
  let compared = 0;
  fc.assert(
    fc.property(hostile, (parts) => {
      const sql = parts.join('');
      const { tokens, open, broken } = grammar.tokens(sql);
      if (open !== undefined || broken === true) return;
      const mine = scanned(sql);
      expect(mine.codes).not.toContain(0xfdd3);
      compared += 1;
      const own = new Set(mine.literals.map(([start, end]) => `${start}-${end}`));
      const theirs = tokens
        .filter(({ text }) => /^(?:[ebx]?'|u&'|\.?\d|\$(?:[^\d$][^$]*)?\$)/i.test(text))
        .filter(({ start }) => !mine.literals.some(([from, to]) => from < start && start < to));
      const ends = new Map(mine.literals);
      for (const { text, start, end } of theirs) {
        // What UESCAPE says belongs to the text before it.
        const isMine = own.has(`${start}-${end}`) || (/^u&/i.test(text) && ends.has(start));
        const isKept = /^\d{1,4}$/.test(text) || /uescape\s*$/i.test(sql.slice(0, start));
        expect(isMine || isKept, JSON.stringify([sql, text])).toBe(true);
      }
      const starts = new Set(theirs.map(({ start }) => start));
      for (const [start] of mine.literals) expect(starts.has(start), sql).toBe(true);
    }),
    { numRuns: 2500 },
  );
  expect(compared).toBeGreaterThan(250);
});

const value = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => String(Math.abs(each))),
  fc
    .string({ unit: 'binary' })
    .map((text) => `'${text.replaceAll('\0', '').replaceAll("'", "''")}'`),
  fc.constantFrom('$$it$$', "E'\\n'", "U&'\\0041'", '0x1F', '1_000', "b'01'", "'a'\n'b'"),
);
const list = fc.array(value, { minLength: 1, maxLength: 5 }).map((all) => all.join(', '));
const templates: readonly ((values: readonly string[], some: string) => string)[] = [
  ([a, b], some) => `select * from t where a = ${a} and b in (${some}) limit ${b}`,
  ([a, b]) => `update t set a = ${a}, b = ${b} /* ${b?.replaceAll(/[/*]/g, '')} */ where c = $1`,
  ([a, b, c, d]) => `insert into t (a, b) values (${a}, ${b}), (${c}, ${d})`,
  ([a, b], some) =>
    `select x -- ${a?.replaceAll(/\s/g, '')}\n from t where f(${b}, array[${some}]) > ${a}`,
];

test('texts with one key have one fingerprint', () => {
  fc.assert(
    fc.property(
      fc.nat(templates.length - 1),
      fc.array(value, { minLength: 4, maxLength: 4 }),
      fc.array(value, { minLength: 4, maxLength: 4 }),
      list,
      list,
      (which, first, second, some, others) => {
        const one = templates[which]?.(first, some) ?? '';
        const other = templates[which]?.(second, others) ?? '';
        const [a, b] = [grammar.fingerprint(one), grammar.fingerprint(other)];
        expect(a, one).not.toBeNull();
        expect(scanned(one).key !== scanned(other).key || a === b, `${one}\n${other}`).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});
