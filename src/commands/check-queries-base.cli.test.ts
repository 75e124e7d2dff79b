import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commitAll, gitIn, writeIn } from '../study/gate/gate-fixture.ts';
import { check, remarked, shop, told } from './check-queries-fixture.ts';
import { scratch, shardlab } from './shardlab-fixture.ts';

describe('--base', () => {
  const before = `select * from orders where id = 1;
update orders set status = 'x' where id = 2;
`;
  /** Moved, written anew, and with one statement that is new and one that is there twice. */
  const after = `-- moved

SELECT *
  FROM orders WHERE id = 7;
update orders set /* paid */ status = 'y' where id = 3;
select * from lines where order_id = 1;
select * from orders where id = 8;
`;
  const expected = [
    'q/a.sql:3:1 known scatter',
    'q/a.sql:5:1 known scatter',
    'q/a.sql:6:1 failed scatter',
    'q/a.sql:7:1 failed scatter',
  ];

  test('a git ref, whose files stay as they are', async () => {
    const folder = scratch();
    writeIn(folder, { 'q/a.sql': before, 'q/old.sql': 'select * from lines where number = 1;\n' });
    gitIn(folder, 'init', '--quiet', '--initial-branch=main');
    commitAll(folder, 'before');
    writeIn(folder, { 'q/a.sql': after });
    renameSync(join(folder, 'q', 'old.sql'), join(folder, 'q', 'renamed.sql'));
    gitIn(folder, 'add', '--all');
    const status = gitIn(folder, 'status', '--porcelain');
    const whole = await check(folder, ['q', '--base', 'main']);
    expect(whole.code).toBe(4);
    expect(told(whole.document)).toEqual([...expected, 'q/renamed.sql:1:1 known scatter']);
    expect(whole.document.base).toMatchObject({ kind: 'ref', name: 'main' });
    expect(whole.document.base?.commit).toMatch(/^[0-9a-f]{40}$/);
    // By its own name alone, git knows what it was called.
    const renamed = await check(folder, ['q/renamed.sql', '--base', 'HEAD']);
    expect({ code: renamed.code, told: told(renamed.document) }).toEqual({
      code: 0,
      told: ['q/renamed.sql:1:1 known scatter'],
    });
    const within = await check(join(folder, 'q'), ['a.sql', '--base', 'main']);
    expect(told(within.document)).toEqual(expected.map((each) => each.replace('q/', '')));
    expect(gitIn(folder, 'status', '--porcelain')).toBe(status);
  });

  test('a folder, or the document of an earlier check', async () => {
    const folder = scratch();
    writeIn(folder, { 'old/q/a.sql': before, 'q/a.sql': before });
    const { stdout } = await shardlab(['check-queries', 'q', '--scenario', shop, '--json'], {
      cwd: folder,
    });
    writeIn(folder, { 'q/a.sql': after, 'queries.json': stdout });
    for (const base of ['./old', 'queries.json']) {
      const { code, document } = await check(folder, ['q', '--base', base]);
      expect({ code, told: told(document) }).toEqual({ code: 4, told: expected });
    }
    const other = ['check-queries', 'q', '--scenario', shop, '--strategy', 'user'];
    const refused = await shardlab([...other, '--base', 'queries.json'], { cwd: folder });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('is about the shard key tenant, and this about user');
  });

  test('a statement whose key a cast hides is new, though it was there without', async () => {
    const folder = scratch();
    writeIn(folder, {
      'old/a.sql': 'select * from orders where tenant_id = $1;\n',
      'a.sql': 'select * from orders where tenant_id::text = $1;\n',
    });
    const { code, document } = await check(folder, ['a.sql', '--base', './old']);
    expect(code).toBe(4);
    expect(told(document)).toEqual(['a.sql:1:1 failed scatter']);
  });

  test('files that it does not have are named', async () => {
    const folder = scratch();
    writeIn(folder, { 'old/b.sql': '', 'a.sql': 'select * from orders;\n' });
    const { code, document } = await check(folder, ['a.sql', '--base', './old']);
    expect(code).toBe(4);
    expect(remarked(document)).toContain(': files-not-in-base');
  });
});

describe('a log', () => {
  const line = (second: number, message: string): string =>
    `2026-11-30 10:00:0${second} UTC [7] LOG:  duration: 1.5 ms  statement: ${message}\n`;

  test('has each statement once, with its calls and without values', async () => {
    const folder = scratch();
    const log =
      line(1, "select * from orders where note = 'secret one' and id = 4711") +
      line(2, "select * from orders where note = 'secret two' and id = 4712") +
      line(3, "select * from orders where tenant_id = 5 and note = 'secret'") +
      line(4, 'begin; update orders set tenant_id = 6; commit');
    writeFileSync(join(folder, 'pg.log'), log);
    const { code, document } = await check(folder, ['pg.log']);
    expect(code).toBe(4);
    expect(document.files).toEqual([{ file: 'pg.log', kind: 'log', statements: 3 }]);
    expect(document.statements.map(({ line: at, calls, status }) => [at, calls, status])).toEqual([
      [1, 2, 'failed'],
      [3, 1, 'passed'],
      [4, 1, 'failed'],
    ]);
    expect(JSON.stringify(document)).not.toMatch(/secret|471/);
    writeFileSync(join(folder, 'queries.json'), JSON.stringify(document));
    writeFileSync(join(folder, 'pg.log'), log + log);
    const again = await check(folder, ['pg.log', '--base', 'queries.json']);
    expect(again.code).toBe(0);
  });
});
