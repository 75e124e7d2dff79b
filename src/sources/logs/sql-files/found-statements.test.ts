import { expect, test } from 'vitest';
import { foundStatements } from './found-statements.ts';

const script = `-- of nothing

-- above
-- too
select 1; -- behind
-- stray

  select 2, -- within
    '-- text';   select 3 -- last
;-- after
\\echo x
-- end`;

test('comments belong to what stands below, or before them on the line', () => {
  const { statements, strayComments, commandLines } = foundStatements(script);
  const told = statements.map(({ sql, line, column, endLine, comments }) => ({
    sql: sql.replace(/\n\s*/, ' '),
    at: [line, column, endLine],
    comments: comments.map(({ text }) => text),
  }));
  expect(told).toEqual([
    { sql: 'select 1', at: [5, 1, 5], comments: ['-- above', '-- too', '-- behind'] },
    { sql: "select 2, -- within '-- text'", at: [8, 3, 9], comments: [] },
    { sql: 'select 3 -- last', at: [9, 18, 10], comments: ['-- after'] },
  ]);
  expect(strayComments.map(({ line }) => line)).toEqual([1, 6, 12]);
  expect(commandLines).toBe(1);
});
