import { expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { sqlReaderFixture as reader } from '../../sql/sql-reader-fixture.ts';
import { queryEvidenceOf, shippedTables } from '../shipped-evidence-fixture.ts';
import { wayRound } from './way-round.ts';
import { writtenOperations } from './written-operations.ts';
import { WritingTables } from './written-statement.ts';

const scenario = shippedTables('social');
const set = present(scenario.tables, 'tables');
const tables = new WritingTables(set, reader);
const roundOf = (sql: string) => wayRound({ sql, rowsPerCall: 12.4 }, tables);

const feed = (columns: string, rest = '', more = '') =>
  `select ${columns} from follows f join posts p on p.user_id = f.followee_id${more} ` +
  `where f.follower_id = $1${rest}`;

const children = { repeat: '{ children: follows, of: users, limit: 100 }', draw: {} };

test('a join is the rows of the one, and for each of them a query for those of the other', () => {
  const round = roundOf(feed('p.body, f.since', ' order by p.created_at desc limit $2'));
  expect(round).toEqual([
    'select followee_id, since from follows where follower_id = :users.id',
    {
      ...children,
      statements: [
        'select user_id, created_at, body from posts where user_id = :follows.followee_id ' +
          'order by created_at desc limit 12',
      ],
    },
  ]);
});

test('however it is written', () => {
  const expected = [
    'select followee_id from follows where follower_id = :users.id',
    {
      ...children,
      statements: ['select user_id, body from posts where user_id = :follows.followee_id'],
    },
  ];
  expect(roundOf(feed('p.body'))).toEqual(expected);
  const commas =
    'select body from posts, follows where $1::int8 = follower_id and followee_id = user_id';
  expect(roundOf(commas)).toEqual(expected);
});

test('sorted by the first table no query may stop early', () => {
  const [, repeated] = roundOf(feed('p.body', ' order by f.since limit $2')) ?? [];
  expect(repeated).toEqual({
    ...children,
    statements: ['select user_id, body from posts where user_id = :follows.followee_id'],
  });
});

test.each([
  ['what is computed of all rows', feed('count(*)')],
  ['groups', feed('p.user_id', ' group by p.user_id')],
  ['distinct', feed('distinct p.user_id')],
  ['rows of the first that have none', feed('p.body').replace('join', 'left join')],
  ['a further condition', feed('p.body', ' and p.likes > 5')],
  ['one of two', feed('p.body', ' or p.id = $2')],
  ['a condition of the second table', feed('p.body', ' and p.id = $2')],
  ['two links', feed('p.body', '', ' and p.id = f.id')],
  ['no link', feed('p.body').replace('p.user_id = f.followee_id', 'true')],
  ['rows of nobody', feed('p.body').replace('f.follower_id =', 'f.followee_id =')],
  ['one table', 'select body from posts where user_id = $1'],
  ['a lock', feed('p.body', ' for update')],
  ['an offset', feed('p.body', ' offset 5')],
])('there is none for %s', (_, sql) => {
  expect(roundOf(sql)).toBeNull();
});

const insteadOf = (keys: readonly string[]) => {
  const named = { ...set, keys: set.keys.filter(({ name }) => keys.includes(name)) };
  const queries = queryEvidenceOf(scenario);
  const { operations } = writtenOperations(queries, named, reader, { coverage: 1 });
  return operations.filter(({ instead }) => instead !== undefined).map(({ name }) => name);
};

test('it is written where some key needs it, and nowhere else', () => {
  expect(insteadOf(['user'])).toEqual(['read_follows_posts_by_follower_id']);
  expect(insteadOf([])).toEqual([]);
});
