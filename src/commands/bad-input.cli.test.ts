import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { launcher, scratch, shardlab, tinyScenario } from './shardlab-fixture.ts';

/** Runs a scenario that must be refused with `code`, and checks that nothing is left of it. */
async function refused(
  scenario: string | Uint8Array,
  code: number,
  options: { readonly csv?: string | Uint8Array; readonly args?: readonly string[] } = {},
): Promise<string> {
  const cwd = scratch();
  writeFileSync(join(cwd, 'bad.yaml'), scenario);
  if (options.csv !== undefined) writeFileSync(join(cwd, 'tenants.csv'), options.csv);
  const before = readdirSync(cwd);
  const ended = await shardlab(['run', 'bad.yaml', ...(options.args ?? [])], {
    cwd,
    environment: { TMPDIR: cwd },
  });
  expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
  expect(ended.stderr).not.toMatch(/^\s+at /m);
  expect(readdirSync(cwd)).toEqual(before);
  return ended.stderr;
}

const strategies = (text: string): string => tinyScenario({ strategies: `[{ ${text} }]` });

function insert(binds: string, columns: string): string {
  const values = columns.replaceAll(/\w+/g, ':$&');
  const sql = `insert into orders (${columns}) values (${values})`;
  return tinyScenario({
    operations: `[{ name: add, kind: write, weight: 1, binds: [${binds}], sql: "${sql}" }]`,
  });
}

describe('a bad scenario ends with 2 and the place of the mistake', () => {
  test.each([
    [
      'an unknown router',
      strategies('key: tenant_id, router: jmup'),
      'bad.yaml:9:40: strategies[0].router: found "jmup"; did you mean jump? allowed:\n' +
        '  mod, jump,',
    ],
    [
      'an unknown router, with what was meant',
      strategies('key: tenant_id, router: jmup'),
      'did you mean jump?',
    ],
    [
      'a hash named for range',
      strategies('key: tenant_id, router: range, hash: md5'),
      'strategies[0].hash: range does not hash its keys; allowed: no hash (found "md5")',
    ],
    [
      'a weight below zero',
      tinyScenario({ topology: '{ shards: 2, weights: [1, -1] }' }),
      'bad.yaml:8:37: topology.weights[1]: found -1;',
    ],
    [
      'an operation that binds an unknown column',
      insert('tenant_id, order_id, color', 'tenant_id, order_id'),
      'found "color"',
    ],
    [
      'an INSERT that does not bind a shard key',
      insert('tenant_id', 'tenant_id, order_id'),
      'order_id',
    ],
    [
      'no shards',
      tinyScenario({ topology: '{ shards: 0 }' }),
      'topology.shards: found 0; allowed: a whole number from 1',
    ],
    ['a rate of zero', tinyScenario({ rate: '0/s' }), 'rate: found "0/s"; allowed: a rate'],
    ['a rate without its unit', tinyScenario({ rate: '300' }), 'rate: found 300; allowed: a rate'],
    [
      'SQL that Postgres cannot read',
      tinyScenario({
        operations: '[{ name: find, kind: read, binds: [], sql: "select * form orders" }]',
      }),
      'operations[0].sql: the SQL of operation find is wrong: syntax error at or near "form"',
    ],
    ['an unknown key', tinyScenario({ duraton: '3s' }), 'did you mean duration?'],
    ['an empty file', '', 'bad.yaml'],
    ['no YAML', 'name: [', 'bad.yaml:1:'],
    ['a NUL byte', tinyScenario({ description: 'a\0b' }), 'found a NUL byte'],
  ])('%s', async (_, scenario, message) => {
    expect(await refused(scenario, 2)).toContain(message);
  });

  test('bytes that are no UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from(tinyScenario()), Buffer.from([0x23, 0xff, 0x0a])]);
    expect(await refused(bytes, 2)).toContain('found a byte that is not UTF-8 (0xff)');
  });

  test('everything that is wrong is said at once', async () => {
    const scenario = tinyScenario({
      rate: '0/s',
      topology: '{ shards: 0 }',
      strategies: '[{ key: tenant_id, router: jmup }]',
    });
    const places = (await refused(scenario, 2)).match(/bad\.yaml:\d+:\d+/g);
    expect(places).toEqual(['bad.yaml:3:7', 'bad.yaml:8:21', 'bad.yaml:9:40']);
  });
});

describe('a bad tenant file ends with 2 and the place of the mistake', () => {
  const scenario = tinyScenario({ tenants: '{ file: tenants.csv, id: id, weight: load }' });
  test.each([
    ['is missing', undefined, 'cannot read tenant file'],
    ['is empty', '', 'tenants.csv:1:1: the file is empty'],
    ['has a header only', 'id,load\n', 'tenants.csv:2:1: no tenants follow the header'],
    ['has a text for a weight', 'id,load\na,1\nb,many\n', 'tenants.csv:3:3: "load" is "many"'],
    ['has a weight below zero', 'id,load\na,1\nb,-2\n', 'tenants.csv:3:3: "load" is -2'],
    ['has a tenant twice', 'id,load\na,1\nb,1\na,2\n', 'tenants.csv:4:1: tenant "a" occurs twice'],
    ['lacks the column', 'id,laod\na,1\n', 'no column "load": the header has "id", "laod"; did'],
    ['has a NUL byte', 'id,load\na\0,1\n', 'tenants.csv:2:2: found a NUL byte'],
    ['is no UTF-8', Buffer.from('id,load\n\xff,1\n', 'latin1'), 'tenants.csv:2:1: byte 0xff'],
  ])('it %s', async (_, csv, message) => {
    expect(await refused(scenario, 2, csv === undefined ? {} : { csv })).toContain(message);
  });
});

describe('bad options of run end with 2', () => {
  test.each([
    [['--rate', '0'], '--rate: found "0"; allowed: a number per second'],
    [['--rate', 'fast'], '--rate: found "fast"'],
    [['--duration', '0s'], '--duration: found "0s"; allowed: a duration with its unit'],
    [['--duration', '3'], '--duration: found "3"'],
    [['--seed', '1.5'], '--seed: found "1.5"; allowed: a whole number'],
    [['--strategy', 'tenant_id/jmup'], 'allowed: single, tenant_id/jump, order_id/jump; did you'],
  ])('%j', async (args, message) => {
    expect(await refused(tinyScenario(), 2, { args })).toContain(message);
  });

  test('all of them at once', async () => {
    const args = ['--rate', '0', '--duration', '0', '--seed', 'x', '--strategy', 'y'];
    const lines = (await refused(tinyScenario(), 2, { args })).trim().split('\n');
    expect(lines.map((line) => /--\w+/.exec(line)?.[0])).toEqual([
      '--seed',
      '--duration',
      '--rate',
      '--strategy',
    ]);
  });
});

test('more shards than the memory holds end with 3 and the number that would fit', async () => {
  const scenario = tinyScenario({ topology: '{ shards: 1024 }', limits: '{ connections: 200 }' });
  const message = await refused(scenario, 3);
  expect(message).toMatch(
    /1024 shards need about [\d.]+ [GT]B of memory, [\d.]+ GB is available: at most \d+ shards fit/,
  );
});

describe('files that cannot be read', () => {
  test.each([
    ['missing.yaml', 'cannot read scenario missing.yaml: there is no such file'],
    ['folder', 'cannot read scenario folder: it is a folder'],
  ])('%s', async (path, message) => {
    const cwd = scratch();
    mkdirSync(join(cwd, 'folder'));
    const { code, stderr } = await shardlab(['run', path], { cwd });
    expect(code).toBe(2);
    expect(stderr).toBe(`error: ${message}\n`);
  });

  test.each([
    ['missing.json', 'cannot read result missing.json: there is no such file'],
    ['text.json', 'text.json is not JSON'],
    ['other.json', 'other.json'],
  ])('report %s', async (path, message) => {
    const cwd = scratch();
    writeFileSync(join(cwd, 'text.json'), 'name: tiny\n');
    writeFileSync(join(cwd, 'other.json'), '{ "schema": "other/v1" }\n');
    const before = readdirSync(cwd);
    const { code, stdout, stderr } = await shardlab(['report', path], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(readdirSync(cwd)).toEqual(before);
  });
});

describe('a folder that cannot be written to ends with 3, before anything is measured', () => {
  test.each(['file', 'file/below', 'file/far/below'])('--out %s', async (out) => {
    const cwd = scratch();
    writeFileSync(join(cwd, 'ok.yaml'), tinyScenario());
    writeFileSync(join(cwd, 'file'), 'in the way\n');
    const { code, stdout, stderr } = await shardlab(['run', 'ok.yaml', '--out', out], { cwd });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toBe(
      `error: cannot write ${out}: a part of the path is a file\n` +
        'hint: choose another place with --out\n',
    );
    expect(readdirSync(cwd).toSorted()).toEqual(['file', 'ok.yaml']);
  });

  test('init --out below a file', async () => {
    const cwd = scratch();
    writeFileSync(join(cwd, 'file'), 'in the way\n');
    const { code, stderr } = await shardlab(['init', '--out', 'file/first.yaml'], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain('cannot write file/first.yaml: a part of the path is a file');
  });
});

test('a TMPDIR that is not there ends with 3, and doctor says so', async () => {
  const cwd = scratch();
  writeFileSync(join(cwd, 'ok.yaml'), tinyScenario());
  const invocation = { cwd, environment: { TMPDIR: join(cwd, 'missing') } };
  const run = await shardlab(['run', 'ok.yaml'], invocation);
  expect(run).toMatchObject({ code: 3, stdout: '' });
  expect(run.stderr).toMatch(/error: the folder for temporary files cannot be used: .*missing/);
  expect(run.stderr).toContain('hint: set TMPDIR to a folder that exists\n');
  const doctor = await shardlab(['doctor'], invocation);
  expect(doctor).toMatchObject({ code: 3, stderr: '' });
  expect(doctor.stdout).toMatch(/^FAIL {2}disk .*missing/m);
  expect(readdirSync(cwd)).toEqual(['ok.yaml']);
});

/** The first Node on PATH, outside any node_modules, that is older than 24. */
function olderNode(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => join(folder, 'node'))
    .filter((path) => existsSync(path))
    .find((path) => {
      const version = execFileSync(path, ['--version'], { encoding: 'utf8' });
      return Number(/^v(\d+)/.exec(version)?.[1] ?? 24) < 24;
    });
}

const older = olderNode();

test.skipIf(older === undefined)('Node older than 24 ends with 3 (needs one on PATH)', async () => {
  const node = older ?? '';
  for (const args of [['--version'], ['run', 'scenarios/quickstart.yaml']]) {
    const { code, stdout, stderr } = await shardlab(args, { node });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^shardlab needs Node 24 or newer; this is Node \d+\.\d+\.\d+ \(/);
    expect(stderr).toContain('hint: ');
    expect(stderr).not.toContain(launcher);
  }
});
