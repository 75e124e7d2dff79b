import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestServer } from '../sources/postgres/test-server-fixture.ts';
import { addReader, temporaryFolder, writtenIn } from './profile-fixture.ts';
import { type Ended, makeScratch, shardlab } from './shardlab-fixture.ts';

let server: TestServer;
const folder = makeScratch();
const environment = { TMPDIR: temporaryFolder(folder) };
writeFileSync(join(folder, 'there.yaml'), '');
writeFileSync(join(folder, 'empty.csv'), '');
writeFileSync(join(folder, 'header.csv'), 'id,customer\n');
writeFileSync(join(folder, 'few.csv'), 'id,customer\n1,a\n2,b\n3,a\n');
mkdirSync(join(folder, 'other'));
writeFileSync(join(folder, 'other', 'few.csv'), 'id,shop\n1,a\n2,b\n4,a\n');

beforeAll(async () => {
  server = await TestServer.start();
  await server.ask('create database empty');
  await server.ask('create database bare');
  await server.ask('create table notes (body text, at timestamptz); analyze', 'bare');
  await addReader(server);
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** Words in capitals stand for URLs of the server. */
function profiled(words: string): Promise<Ended> {
  const wrong = `postgres://reader:wrong-secret@127.0.0.1:${server.port}/bare`;
  const urls: Readonly<Record<string, string>> = {
    EMPTY: server.url({ user: 'reader', database: 'empty' }),
    BARE: server.url({ user: 'reader', database: 'bare' }),
    WRONG: wrong,
    ABSENT: server.url({ user: 'reader', database: 'absent' }),
  };
  const args = words.split(' ').map((word) => urls[word] ?? word);
  return shardlab(['profile', ...args], { cwd: folder, environment });
}

test.each([
  [
    'few.csv --watch 1ms --scale 0 --coverage 200% --memory 1MB --exact-rows 9 --sample many',
    2,
    [
      '--watch: found "1ms"',
      '--scale: found "0"',
      '--coverage: found "200%"',
      '--memory: found "1MB"',
      '--sample: found "many"',
      '--exact-rows says how far --exact goes',
    ],
  ],
  ['--json', 2, ["missing required argument 'source'"]],
  ['other', 2, ['other: is a folder, not a file']],
  ['none.csv', 2, ['none.csv: there is no such file']],
  ['empty.csv', 2, ['empty.csv']],
  ['few.csv - -', 2, ['- stands for standard input, which can be read only once']],
  ['BARE EMPTY', 2, ['two databases cannot be read together']],
  ['mysql://u:wrong-secret@h/x', 2, ['not a connection URL']],
  ['few.csv --out there.yaml', 2, ['there.yaml exists already']],
  ['few.csv --key custmer', 2, ['--key custmer: no candidate', 'Did you mean customer?']],
  ['few.csv --out few.csv/x.yaml', 3, ['a part of the path is a file']],
  ['postgres://u:wrong-secret@127.0.0.1:1/x', 3, ['no server listens at this address']],
  ['WRONG', 3, ['the password is wrong, or this user does not exist']],
  ['ABSENT', 3, ['database "absent" does not exist']],
])('%s ends with %d', async (words, code, messages) => {
  const before = [...writtenIn(folder).keys()];
  const ended = await profiled(words);
  expect(ended).toMatchObject({ code, stdout: '' });
  for (const message of messages) expect(ended.stderr).toContain(message);
  expect(ended.stderr).toMatch(/^error: /);
  expect(ended.stderr).not.toMatch(/wrong-secret|\n {4}at /);
  expect([...writtenIn(folder).keys()]).toEqual(before);
});

test.each([
  ['EMPTY', /No column could be a shard key/],
  ['BARE', /No column could be a shard key/],
  ['header.csv', /It has only 0 values/],
])('%s has nothing to shard, and says so', async (source, message) => {
  const out = source.replace('.', '-');
  const { code, stdout, stderr } = await profiled(`${source} --out ${out}.yaml`);
  expect(code, stderr).toBe(0);
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(message);
});

test('two files of one name are two tables', async () => {
  const { code, stdout, stderr } = await profiled('few.csv other/few.csv --out two.yaml');
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/^few_2 +1 +3 /m);
  const scenario = writtenIn(folder).get('two.yaml') ?? '';
  expect(scenario).toMatch(/^ {2}few:$/m);
  expect(scenario).toMatch(/^ {2}few_2:$/m);
});

test('of a list of tenants the scenario takes the file, as it always could', async () => {
  writeFileSync(join(folder, 'tenants.csv'), 'tenant,requests\na,60\nb,30\nc,5\nd,5\n');
  const { code, stdout, stderr } = await profiled('tenants.csv --out of-tenants.yaml --json');
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ candidates: [{ key: 'tenant', largestShare: 0.6 }] });
  const { code: ran, stdout: told } = await shardlab(['run', 'of-tenants.yaml', '--dry-run'], {
    cwd: folder,
  });
  expect(ran, told).toBe(0);
});
