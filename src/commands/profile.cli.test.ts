import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import type { CharacteristicsDocument } from '../result/characteristics-document.ts';
import { parseCharacteristics } from '../result/characteristics-parse.ts';
import type { TestServer } from '../sources/postgres/test-server-fixture.ts';
import { commandsOf, documentationPages, needsShop } from './documentation-fixture.ts';
import { startShop, temporaryFolder, visitShop, writtenIn } from './profile-fixture.ts';
import { type Ended, makeScratch, shardlab } from './shardlab-fixture.ts';

let server: TestServer;
let url: string;
const folder = makeScratch();
const environment = { TMPDIR: temporaryFolder(folder) };

beforeAll(async () => {
  server = await startShop();
  url = server.url({ user: 'reader', database: 'shop' });
  await visitShop(server);
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const at = (...args: string[]): Promise<Ended> => shardlab(args, { cwd: folder, environment });

async function accepted(...args: string[]): Promise<Ended> {
  const ended = await at(...args);
  expect(ended.code, ended.stderr).toBe(0);
  return ended;
}

const documentOf = (name: string): CharacteristicsDocument => {
  const path = join(folder, `${name}-profile`, 'characteristics.json');
  return parseCharacteristics(readFileSync(path, 'utf8'), path);
};

describe('a database that may only be read', () => {
  let ended: Ended;
  beforeAll(async () => {
    ended = await accepted('profile', url, '--out', 'base.yaml');
  });

  test('is a table of 80 columns, and says where the rest is', () => {
    const lines = ended.stdout.split('\n');
    expect(lines[0]).toMatch(/^key +tables +values +p1 % /);
    expect(lines[1]).toMatch(/^tenant_id +4 +200 /);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    const [scenario, report, document, ...next] = ended.stderr.split('\n').slice(-6);
    expect(scenario).toBe('scenario  base.yaml');
    expect(report).toBe(`report    ${join('base-profile', 'report.html')}`);
    expect(document).toBe(`document  ${join('base-profile', 'characteristics.json')}`);
    expect(next).toEqual(['Look at the scenario, then run', '  shardlab run base.yaml', '']);
  });

  test('becomes a scenario that can be run, simulated and grown', async () => {
    const [simulated] = await Promise.all([
      at('simulate', 'base.yaml', '--duration', '1s', '--out', 'simulated-results'),
      accepted('run', 'base.yaml', '--dry-run'),
      accepted('grow', 'base.yaml', '--to', '8', '--capacity', '500/s', '--out', 'grown-results'),
    ]);
    // A second may be too short for a verdict.
    expect([0, 5], simulated.stderr).toContain(simulated.code);
  });

  test('is a document in which every number can be found again', () => {
    const { candidates, tables, queries, templates, scenario, sources } = documentOf('base');
    expect(sources.map(({ name }) => name)).toEqual([`postgres://127.0.0.1:${server.port}/shop`]);
    expect(tables.map(({ table }) => table).toSorted()).toEqual([
      'order_items',
      'orders',
      'products',
      'tenants',
      'users',
    ]);
    const [first] = candidates;
    expect(first).toMatchObject({ key: 'tenant_id', distinct: 200 });
    // All four statements of a visit fix the tenant.
    expect(present(first?.bindShare, 'shares').single).toBeGreaterThan(0.9);
    expect(queries?.calls).toBeGreaterThanOrEqual(240);
    expect(templates.filter(({ calls }) => calls === 60)).toHaveLength(4);
    expect(scenario.file).toBe('base.yaml');
  });

  test.each([
    ['html', 'report.html'],
    ['md', 'report.md'],
    ['json', 'characteristics.json'],
  ])('is drawn again as %s', async (format, file) => {
    const document = join('base-profile', 'characteristics.json');
    const { stdout } = await accepted('report', document, '--format', format, '--out', '-');
    expect(stdout).toBe(writtenIn(folder).get(join('base-profile', file)));
  });

  test('is drawn again as csv', async () => {
    const document = join('base-profile', 'characteristics.json');
    const { stdout } = await accepted('report', document, '--format', 'csv', '--out', '-');
    expect(stdout).toMatch(/^key,.*\r?\ntenant_id,/);
  });

  test('--json prints the document that is written', async () => {
    const { stdout } = await accepted('profile', url, '--out', 'json.yaml', '--json', '--exact');
    expect(stdout).toBe(writtenIn(folder).get(join('json-profile', 'characteristics.json')));
    expect(documentOf('json').candidates.map(({ basis }) => basis)).not.toContain('estimated');
  });

  test('--key chooses the candidate', async () => {
    await accepted('profile', url, '--out', 'key.yaml', '--key', 'user_id');
    expect(writtenIn(folder).get('key.yaml')).toMatch(/strategies:\n {2}- \{ key: user_id, /);
  });
});

test('a log beside the database shows the load of each value', async () => {
  writeFileSync(join(folder, 'shop.log'), await server.log());
  const { stdout } = await accepted('profile', url, 'shop.log', '--out', 'log.yaml');
  expect(stdout).toContain('tenant_id');
  const { candidates, sources, unseen } = documentOf('log');
  expect(sources.map(({ kind }) => kind)).toEqual(['postgres', 'log']);
  const [first] = candidates;
  expect(first?.load.basis).toBe('observed');
  // Statement by statement: each visit has four.
  expect(first?.load.counted).toBe(240);
  expect(unseen.map(({ code }) => code)).toContain('queries-of-one-source');
  await accepted('run', 'log.yaml', '--dry-run');
});

test('rows on standard input', async () => {
  const rows = Array.from({ length: 500 }, (_, row) => `${row},c${(row * row) % 37},${row % 5}\n`);
  const csv = `id,customer,state\n${rows.join('')}`;
  const args = ['profile', '-', '--out', 'rows.yaml', '--key', 'customer'];
  const { code, stderr } = await shardlab(args, { cwd: folder, environment, input: csv });
  expect(code, stderr).toBe(0);
  const customer = documentOf('rows').candidates.find(({ key }) => key === 'customer');
  expect(customer).toMatchObject({ rows: 500, distinct: 19, basis: 'exact' });
  await accepted('run', 'rows.yaml', '--dry-run');
});

test('nothing is left but what was asked for', () => {
  const names = [...writtenIn(folder).keys()].filter((path) => !path.includes('-results'));
  const stems = ['base', 'json', 'key', 'log', 'rows'];
  const beside = ['characteristics.json', 'report.html', 'report.md'];
  const expected = stems.flatMap((stem) =>
    [`${stem}.yaml`, `${stem}.schema.json`].concat(
      beside.map((file) => join(`${stem}-profile`, file)),
    ),
  );
  expect(names.toSorted()).toEqual([...expected, 'shop.log'].toSorted());
});

describe('the documentation', () => {
  const commands = documentationPages().flatMap(({ text }) => commandsOf(text).filter(needsShop));
  const cwd = scratchForAll();

  test.each([...new Set(commands)])('%s', async (command) => {
    const typed = command.replace('postgres://reader@127.0.0.1/shop', url).split(' ');
    expect(typed.slice(0, 2)).toEqual(['npx', 'shardlab']);
    const { code, stdout, stderr } = await shardlab(typed.slice(2), { cwd, environment });
    expect(code, stderr).toBe(0);
    expect(stdout).not.toBe('');
  });
});

function scratchForAll(): string {
  const path = makeScratch();
  afterAll(() => rmSync(path, { recursive: true }));
  return path;
}
