import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeIn } from '../study/gate/gate-fixture.ts';
import { check, remarked, shop, told } from './check-queries-fixture.ts';
import { blocksOf, readPage } from './documentation-fixture.ts';
import { shownMistake, shownQueries } from './documentation-runs-fixture.ts';
import { repository, scratch, shardlab } from './shardlab-fixture.ts';

const quickstart = join(repository, 'scenarios', 'quickstart.yaml');

describe('the page', () => {
  test('shows what its example and its mistake answer', async () => {
    const folder = scratch();
    writeIn(folder, { 'queries/orders.sql': shownQueries, 'queries/lines.sql': shownMistake });
    const [sound, failing = ''] = blocksOf(readPage('docs/checking-queries.md').text, 'text');
    const run = (file: string) =>
      shardlab(['check-queries', file, '--scenario', shop], { cwd: folder });
    expect(await run('queries/orders.sql')).toEqual({ code: 0, stdout: sound, stderr: '' });
    const { code, stdout } = await run('queries/lines.sql');
    expect(code).toBe(4);
    for (const paragraph of failing.trimEnd().split('\n\n')) expect(stdout).toContain(paragraph);
  });
});

const script = `\\set limit 10
-- An order by its shop.
select * from orders where tenant_id = :'tenant' and id = ?;
  select * from orders where id = $1; select 1;
do $$ begin delete from orders; end; $$;

-- shardlab: allow scatter the monthly report
-- of the accounts
select count(*) from orders;
update orders set tenant_id = %s where id = %s;
select * from visits where id = 1;
selec 2;
/* a; b */ select o.id -- shardlab: allow not-runnable shown to admins only
from orders o join lines l on l.order_id = o.id;
begin;
update orders set status = 'x' where tenant_id = :from and id = 1;
update orders set status = 'x' where tenant_id = :to and id = 2;
commit;
create table t (a int);
set search_path = public;
delete from lines where tenant_id in (1, 2); -- shardlab: allow cross-shard two shops of one owner
`;

describe('a file of SQL', () => {
  test('has each statement at its place, with what becomes of it', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'a.sql'), script);
    const { code, document } = await check(folder, ['a.sql']);
    expect(code).toBe(4);
    expect(told(document)).toEqual([
      'a.sql:3:1 passed',
      'a.sql:4:3 failed scatter',
      'a.sql:4:39 passed',
      'a.sql:9:1 allowed scatter',
      'a.sql:10:1 failed key-update',
      'a.sql:11:1 not-judged',
      'a.sql:12:1 unread',
      'a.sql:13:12 allowed not-runnable',
      'a.sql:15:1 failed cross-shard',
      'a.sql:16:1 passed',
      'a.sql:17:1 passed',
      'a.sql:21:1 allowed cross-shard',
    ]);
    const { counts } = document;
    expect(counts).toMatchObject({
      statements: 11,
      failed: 3,
      allowed: 3,
      notJudged: 1,
      unread: 1,
    });
    expect(counts.passedOver).toEqual({
      definitions: 1,
      settings: 1,
      transactions: 2,
      routines: 1,
      loads: 0,
    });
    expect(remarked(document)).toEqual([
      ': other-keys',
      ': routines-not-read',
      'a.sql:1 psql-lines-skipped',
    ]);
    const transaction = document.statements.find(({ of }) => of === 'transaction');
    expect(transaction?.reason?.names).toEqual({ keys: [':from', ':to'] });
  });

  test('fails by comments that say too little, and warns of those that say too much', async () => {
    const folder = scratch();
    const sound = 'select * from orders where tenant_id = 1;\n';
    const lines = [
      `-- shardlab: allow scatter not needed\n${sound}`,
      `-- shardlab: allow scatter for nothing\n\n${sound}`,
      `-- shardlab: alow scatter\n${sound}`,
      '-- shardlab: allow scatter ...\nselect * from orders;\n',
    ];
    writeFileSync(join(folder, 'a.sql'), lines.join('\n'));
    const { code, document } = await check(folder, ['a.sql', '--strategy', 'tenant/jump']);
    expect(code).toBe(4);
    expect(remarked(document)).toEqual([
      'a.sql:4 allow-without-statement',
      'a.sql:8 allow-not-understood',
      'a.sql:11 allow-without-reason',
      'a.sql:1 allow-unused',
    ]);
    expect(told(document).at(-1)).toBe('a.sql:12:1 failed scatter');
  });

  test('that cannot be read fails with --strict alone; one without an end always', async () => {
    const folder = scratch();
    writeIn(folder, { 'a.sql': 'selec 1;\n', 'b.sql': "select 1;\nselect 'x;\nselect 2;\n" });
    expect((await check(folder, ['a.sql'])).code).toBe(0);
    const strict = await check(folder, ['a.sql', '--strict']);
    expect({ code: strict.code, told: told(strict.document) }).toEqual({
      code: 4,
      told: ['a.sql:1:1 failed'],
    });
    const open = await check(folder, ['b.sql']);
    expect(open.code).toBe(4);
    expect(remarked(open.document)).toContain('b.sql:2 statement-without-end');
  });

  test('of the short form of a scenario has its table from the DDL', async () => {
    const folder = scratch();
    const text =
      "update orders set status = 'paid' where order_id = 1 and tenant_id = 'acme';\n" +
      'select * from orders where order_id = 1;\n';
    writeFileSync(join(folder, 'a.sql'), text);
    const byTenant = await check(folder, ['a.sql', '--scenario', quickstart]);
    expect(told(byTenant.document)).toEqual(['a.sql:1:1 passed', 'a.sql:2:1 failed scatter']);
    const options = ['--scenario', quickstart, '--strategy', 'order_id'];
    const byOrder = await check(folder, ['a.sql', ...options]);
    expect(told(byOrder.document)).toEqual(['a.sql:1:1 passed', 'a.sql:2:1 passed']);
    expect(byOrder.document.strategy).toEqual({
      name: 'order_id/jump',
      key: 'order_id',
      router: 'jump',
    });
  });
});

describe('outputs', () => {
  test('Markdown, JUnit, SARIF, the summary of a job, and a table of 80 columns', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'a b.sql'), script);
    const files = ['--junit', 'out/j.xml', '--sarif', 'out/q.sarif', '--markdown', 'out/s.md'];
    const { code, stdout } = await shardlab(
      ['check-queries', 'a b.sql', '--scenario', shop, ...files],
      { cwd: folder, environment: { GITHUB_STEP_SUMMARY: join(folder, 'summary') } },
    );
    expect(code).toBe(4);
    expect(Math.max(...stdout.split('\n').map((each) => each.length))).toBeLessThanOrEqual(80);
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    expect(read('summary')).toBe(`${read('out/s.md')}\n`);
    expect(read('out/s.md')).toMatch(/^## shardlab check-queries: FAILED\n/);
    expect(read('out/j.xml')).toContain('tests="12" failures="3" errors="0" skipped="2"');
    const printed = await shardlab(['check-queries', 'a b.sql', '--scenario', shop, '--md'], {
      cwd: folder,
    });
    expect(printed.stdout).toBe(read('out/s.md'));
    const [run] = (JSON.parse(read('out/q.sarif')) as { runs: { results: unknown[] }[] }).runs;
    expect(run?.results).toHaveLength(9);
    expect(run?.results[0]).toMatchObject({
      ruleId: 'scatter',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20b.sql' },
            region: { startLine: 4, startColumn: 3 },
          },
        },
      ],
    });
  });
});

describe('a mistake on the command line', () => {
  test.each([
    { args: ['nix.sql'], message: 'there is no file nix.sql' },
    { args: ['empty'], message: 'there is no file of SQL in empty' },
    { args: ['bytes.sql'], message: 'bytes.sql is no file of SQL: byte 2 is NUL' },
    { args: ['a.sql', '--strategy', 'tenat'], message: 'did you mean tenant?' },
    { args: ['a.sql', '--base', './nix'], message: 'there is no folder and no document ./nix' },
    { args: ['a.sql', '--base', 'main'], message: 'is not in a git repository' },
    { args: ['a.sql', '--base', 'a.sql'], message: 'a.sql is not JSON' },
    { args: ['a.sql', '--json', '--md'], message: "cannot be used with option '--md'" },
  ])('$args', async ({ args, message }) => {
    const folder = scratch();
    writeIn(folder, { 'a.sql': 'select 1;\n', 'bytes.sql': 'a\0b', 'empty/x.txt': '' });
    const { code, stdout, stderr } = await shardlab(
      ['check-queries', ...args, '--scenario', shop],
      { cwd: folder },
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('an empty file is said, and passes', async () => {
    const folder = scratch();
    writeIn(folder, { 'a.sql': '' });
    const { code, document } = await check(folder, ['a.sql', '--strategy', 'tenant']);
    expect({ code, remarks: remarked(document) }).toEqual({
      code: 0,
      remarks: ['a.sql:1 file-without-statements'],
    });
  });
});
