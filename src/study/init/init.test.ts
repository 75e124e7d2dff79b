import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../scenario/parse.ts';
import { init } from './init.ts';
import { initialScenario } from './initial-scenario.ts';
import { initialTablesScenario } from './initial-tables-scenario.ts';
import { sqlReaderFixture } from '../../sql/sql-reader-fixture.ts';
import { scenarioVocabulary } from '../scenario/vocabulary.ts';

function inMemory(stored: Map<string, string>) {
  return {
    exists: async (path: string) => stored.has(path),
    write: async (path: string, text: string) => {
      stored.set(path, text);
    },
  };
}

const place = { address: './s.json', copy: null };

test('writes a scenario that parses', async () => {
  const stored = new Map<string, string>();
  await init({ out: 'first.yaml', schema: place }, inMemory(stored));
  const text = stored.get('first.yaml') ?? '';
  const scenario = parseScenario(text, 'first.yaml', scenarioVocabulary(sqlReaderFixture));
  expect(scenario.strategies.map((strategy) => strategy.name)).toStrictEqual([
    'tenant_id/jump',
    'tenant_id/directory',
    'order_id/jump',
  ]);
});

test('each choice in the comments parses when it is uncommented', () => {
  const text = initialScenario('./s.json');
  const choices = [...text.matchAll(/^#(tenants|arrivals): .*$/gm)].map((match) => match[0]);
  expect(choices).toHaveLength(4);
  for (const choice of choices) {
    const key = choice.slice(1).split(':')[0] ?? '';
    const replaced = text
      .replace(new RegExp(`^${key}: .*$`, 'm'), choice.slice(1))
      .replace(key === 'arrivals' ? /^rate: .*$/m : /^$/, '');
    expect(() =>
      parseScenario(replaced, 'first.yaml', scenarioVocabulary(sqlReaderFixture)),
    ).not.toThrow();
  }
});

test('the table in the comments parses when it is uncommented, with operations of its own', () => {
  const [before = '', rest = ''] = initialScenario('./s.json').split('operations:\n');
  const schema = before.replaceAll(/^#(?=schema:| {2}(?:ddl|indexes|table|columns):)/gm, '');
  const strategies = '- { key: account_id, router: jump }\n';
  const operations = '[{ name: all, kind: read, sql: select count(*) from notes }]';
  const text = `${schema}operations: ${operations}\nstrategies:\n  ${strategies}`;
  expect(rest).toContain('strategies:');
  const scenario = parseScenario(text, 'first.yaml', scenarioVocabulary(sqlReaderFixture));
  expect(scenario.schema.table).toBe('notes');
});

describe('with many tables', () => {
  const parse = (text: string) =>
    parseScenario(text, 'first.yaml', scenarioVocabulary(sqlReaderFixture));

  test('writes a scenario that parses, without a change', async () => {
    const stored = new Map<string, string>();
    await init({ out: 'first.yaml', schema: place, tables: true }, inMemory(stored));
    const scenario = parse(stored.get('first.yaml') ?? '');
    expect(scenario.tables?.tables.map(({ name }) => name)).toStrictEqual([
      'accounts',
      'users',
      'products',
      'orders',
      'lines',
    ]);
    expect(scenario.strategies.map(({ name }) => name)).toStrictEqual([
      'account/jump',
      'account/directory',
    ]);
  });

  test('each choice in the comments parses when it is uncommented', () => {
    const text = initialTablesScenario('./s.json');
    const tenants = text.replace(/^tenants: .*\n#(?=tenants:)/m, '');
    expect(parse(tenants).tenants.distribution).toBe('file');
    const strategies = text.replaceAll(/^#(?= {2}- \{ key)/gm, '');
    expect(parse(strategies).strategies.map(({ key }) => key)).toStrictEqual([
      'account',
      'account',
      'account[home=products]',
      'user_id',
    ]);
    const row = text.replace('    #row:', '    row:');
    expect(parse(row).tables?.tables.at(-1)?.rowBytes).toBe(150);
  });
});

test('refuses to overwrite, with exit code 2, and writes nothing', async () => {
  const stored = new Map([['mine.yaml', 'name: mine\n']]);
  await expect(init({ out: 'mine.yaml', schema: place }, inMemory(stored))).rejects.toMatchObject({
    exitCode: 2,
    message: 'mine.yaml already exists, and init does not overwrite files',
  });
  expect(stored.get('mine.yaml')).toBe('name: mine\n');
});

test('a copy of the schema is no more overwritten than the scenario', async () => {
  const stored = new Map([['mine.schema.json', '{}']]);
  const copy = { path: 'mine.schema.json', text: '{ "title": "shardlab scenario" }' };
  const asked = { out: 'mine.yaml', schema: { address: './mine.schema.json', copy } };
  await expect(init(asked, inMemory(stored))).rejects.toMatchObject({
    exitCode: 2,
    message: 'mine.schema.json already exists, and init does not overwrite files',
  });
  expect([...stored]).toEqual([['mine.schema.json', '{}']]);
});
