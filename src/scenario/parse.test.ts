import { describe, expect, test } from 'vitest';
import { parseSize } from '../base/units.ts';
import { UserError } from '../base/user-error.ts';
import { parseScenario } from './parse.ts';
import { vocabularyFixture } from './vocabulary-fixture.ts';

const smallest = `name: small
rate: 800/s
strategies:
  - { key: tenant_id, router: jump }
`;

function parse(text: string) {
  return parseScenario(text, 's.yaml', vocabularyFixture);
}

test('the smallest scenario has every default filled in', () => {
  const { schema, operations, growth, capacity, cost, simulation, ...rest } = parse(smallest);
  expect([growth.to, capacity.utilisation, cost.replicas]).toStrictEqual([[], 0.7, 1]);
  expect(simulation.servers).toBe(1);
  expect(rest).toStrictEqual({
    name: 'small',
    description: '',
    seed: 42,
    durationMs: 15_000,
    warmupMs: 3000,
    repeat: 1,
    arrivals: { process: 'poisson', ratePerSecond: 800 },
    loop: { kind: 'open' },
    tenants: { distribution: 'zipf', exponent: 0.99, count: 10_000, idType: 'text' },
    data: { totalBytes: 67_108_864, rowBytes: 512 },
    topology: { shards: 4, weights: [1, 1, 1, 1], urls: [], quota: null },
    alarms: { forMs: 5000, waitMs: 10 },
    wal: { indexBytes: [1e9, 10e9, 100e9], checkpointMs: 300_000 },
    limits: {
      operationTimeoutMs: 5000,
      shardTimeoutMs: 5000,
      connectionsPerShard: 8,
      queuePerShard: 1000,
      errorFraction: 0.01,
    },
    durability: { fsync: true, synchronousCommit: true },
    baseline: true,
    objectives: { p99Ms: null, capacity: null, months: null },
    strategies: [
      {
        name: 'tenant_id/jump',
        key: 'tenant_id',
        router: 'jump',
        parameter: null,
        hash: 'xxh64',
        salt: '',
      },
    ],
  });
  expect(schema.columns.map((column) => column.name)).toStrictEqual([
    'tenant_id',
    'user_id',
    'order_id',
    'region',
    'created_at',
    'total',
    'payload',
  ]);
  expect(operations.map(({ name, weight }) => [name, weight])).toStrictEqual([
    ['place_order', 45],
    ['change_status', 15],
    ['recent_orders', 25],
    ['user_orders', 8],
    ['order_by_id', 5],
    ['summary', 2],
  ]);
});

test('the default insert is recognised and has positional parameters', () => {
  const insert = parse(smallest).operations[0]?.statements[0];
  expect(insert?.insert).toBe(true);
  expect(insert?.text).toContain('values ($1, $2, $3, $4, $5, $6, $7)');
  expect(insert?.parameters[2]).toStrictEqual({ column: 'order_id', form: 'value', other: false });
});

test.each([
  ['text', 'tenant_id text collate "C" not null'],
  ['int8', 'tenant_id int8 not null'],
  ['uuid', 'tenant_id uuid not null'],
])('the default table holds tenants of type %s', (idType, column) => {
  const text = `${smallest}tenants: { uniform: true, count: 5, idType: ${idType} }\n`;
  expect(parse(text).schema.ddl[0]).toContain(column);
});

test.each([
  ['{ uniform: true, count: 5 }', { distribution: 'uniform', count: 5, idType: 'text' }],
  [
    '{ pareto: 1.2, count: 5, idType: int8 }',
    { distribution: 'pareto', shape: 1.2, count: 5, idType: 'int8' },
  ],
  [
    '{ lognormal: 1.5, count: 5 }',
    { distribution: 'lognormal', sigma: 1.5, count: 5, idType: 'text' },
  ],
  [
    '{ hotspot: 30%, hot: 1, count: 5 }',
    { distribution: 'hotspot', hotFraction: 0.3, hot: 1, count: 5, idType: 'text' },
  ],
  [
    '{ hotspot: 0.3, hot: 1, count: 5 }',
    { distribution: 'hotspot', hotFraction: 0.3, hot: 1, count: 5, idType: 'text' },
  ],
  [
    '{ file: t.csv, id: tenant, weight: packages }',
    {
      distribution: 'file',
      file: 't.csv',
      idColumn: 'tenant',
      weightColumn: 'packages',
      bytesColumn: null,
      idType: 'text',
    },
  ],
])('tenants: %s', (written, tenants) => {
  expect(parse(`${smallest}tenants: ${written}\n`).tenants).toStrictEqual(tenants);
});

test.each([
  ['rate: 3000/m\narrivals: constant', { process: 'constant', ratePerSecond: 50 }],
  [
    'arrivals: { burst: { on: 2000/s, off: 0/s, for: 2s, pause: 8s } }',
    { process: 'burst', onPerSecond: 2000, offPerSecond: 0, onMs: 2000, offMs: 8000 },
  ],
  [
    'arrivals: { ramp: { from: 100/s, to: 2000/s } }',
    { process: 'ramp', fromPerSecond: 100, toPerSecond: 2000 },
  ],
])('%s', (written, arrivals) => {
  expect(parse(smallest.replace('rate: 800/s', written)).arrivals).toStrictEqual(arrivals);
});

test('a topology of unequal shards under a quota', () => {
  const topology = '{ shards: 2, weights: [1, 2], quota: { cpu: 0.3, memory: 512MiB } }';
  expect(parse(`${smallest}topology: ${topology}\nloop: { clients: 8 }\n`)).toMatchObject({
    topology: { shards: 2, weights: [1, 2], quota: { cpu: 0.3, memoryBytes: 536_870_912 } },
    loop: { kind: 'closed', clients: 8 },
  });
});

describe('names of strategies', () => {
  test.each([
    ['as written', ['router: "ring:150"'], ['tenant_id/ring:150']],
    [
      'the hash where two would share a name',
      ['router: jump, hash: md5', 'router: jump', 'router: range'],
      ['tenant_id/jump@md5', 'tenant_id/jump@xxh64', 'tenant_id/range'],
    ],
    [
      'the salt where they would still',
      ['router: jump', 'router: jump, salt: b', 'router: jump, salt: b, hash: md5'],
      ['tenant_id/jump@xxh64', 'tenant_id/jump@xxh64+b', 'tenant_id/jump@md5'],
    ],
  ])('%s', (_, routers, names) => {
    const list = routers.map((router) => `  - { key: tenant_id, ${router} }\n`).join('');
    const text = `name: x\nrate: 1/s\nstrategies:\n${list}`;
    expect(parse(text).strategies.map((strategy) => strategy.name)).toStrictEqual(names);
  });
});

test.each([
  ['id', 'serial'],
  ['{ id: serial }', 'serial'],
  ['{ id: uuid4 }', 'uuid4'],
  ['{ id: uuid7 }', 'uuid7'],
  ['{ id: snowflake }', 'snowflake'],
])('a column %s', (written, style) => {
  const { schema } = parse(`${smallest}schema: { ddl: [;], table: t, columns: { tenant_id: tenant,
  a: ${written} } }
operations: [{ name: a, kind: read, sql: select 1 }]
`);
  expect(schema.columns[1]).toStrictEqual({ name: 'a', generator: { kind: 'id', style } });
});

test('a table and a transaction of one’s own', () => {
  const scenario = parse(`name: ledger
rate: 100/s
tenants: { uniform: true, count: 10, idType: int8 }
schema:
  ddl: ["create table entries (account int8, entry int8, amount numeric)"]
  table: entries
  columns: { account: tenant, entry: id, amount: { number: { min: 1, max: 9 } } }
operations:
  - name: transfer
    kind: write
    statements:
      - { sql: "update entries set amount = :amount where account = :account", binds: [account] }
      - sql: update entries set amount = 0 where account = :other.account
        binds: [other.account]
  - name: look
    kind: read
    binds: [{ list: entry, count: 5 }]
    sql: select * from entries where entry = any(:entry_list)
  - name: walk
    kind: read
    binds: [{ range: entry, rows: 100 }]
    sql: select * from entries where entry between :entry_from and :entry_to
strategies: [{ key: account, router: range }]
`);
  expect(scenario.schema.indexes).toStrictEqual([]);
  expect(scenario.operations[0]?.statements[1]).toStrictEqual({
    sql: 'update entries set amount = 0 where account = :other.account',
    text: 'update entries set amount = 0 where account = $1',
    parameters: [{ column: 'account', form: 'value', other: true }],
    binds: [{ column: 'account', by: 'value', count: 1, other: true }],
    insert: false,
  });
  expect(scenario.operations[1]?.statements[0]?.binds).toStrictEqual([
    { column: 'entry', by: 'list', count: 5, other: false },
  ]);
  expect(scenario.operations[2]?.statements[0]?.parameters).toStrictEqual([
    { column: 'entry', form: 'from', other: false },
    { column: 'entry', form: 'to', other: false },
  ]);
});

test('parsing changes nothing it was given and keeps no state', () => {
  expect(parse(smallest)).toStrictEqual(parse(smallest));
  const { sql, ...names } = vocabularyFixture;
  const copied = structuredClone(names);
  parseScenario(smallest, 's.yaml', { ...copied, sql });
  expect(copied).toStrictEqual(names);
});

test('a mistake of the user is a UserError with exit code 2', () => {
  const error = captured(() => parse('name: 3\n'));
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({ exitCode: 2 });
});

function captured(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

test('what an operation expects, and a ROLLBACK of its own', () => {
  const [first, second, third] = parse(`${smallest}operations:
  - { name: a, kind: write, sql: select 1, expect: [23505, "40001", empty, 23505] }
  - { name: b, kind: write, statements: [{ sql: select 1 }, { sql: " /* no */ rollback" }] }
  - { name: c, kind: read, sql: select 1 }
limits: { errors: 5% }
`).operations;
  expect(first?.expect).toStrictEqual({ errors: ['23505', '40001'], empty: true });
  // It has no way of its own: it runs where the statements before it ran.
  expect(second?.rollsBack).toBe(true);
  expect(second?.statements.map(({ sql }) => sql)).toStrictEqual(['select 1']);
  expect(third).not.toHaveProperty('expect');
  expect(third).not.toHaveProperty('rollsBack');
});

test.each([
  ['5%', 0.05],
  ['0', 0],
  ['1', 1],
  ['0.25', 0.25],
])('limits.errors: %s', (written, fraction) => {
  expect(parse(`${smallest}limits: { errors: ${written} }\n`).limits.errorFraction).toBe(fraction);
});

test('a loaded table has as many rows as can be numbered; a planned one may have more', () => {
  const text =
    'name: x\n' +
    'rate: 1/s\n' +
    'data: { row: 1kB, total: 3TB }\n' +
    'strategies: [{ key: tenant_id, router: jump }]\n';
  const rows = Math.floor((3 * (parseSize('1TB') ?? 0)) / (parseSize('1kB') ?? 0));
  expect(() => parseScenario(text, 's.yaml', { ...vocabularyFixture, rowsMax: 1e9 })).toThrow(
    `s.yaml:3:26: data.total: found 3TB, which is ${rows.toLocaleString('en')} rows of 1kB; ` +
      'allowed: up to 1,000,000,000 rows for a run, which loads them; simulate and grow allow more',
  );
  expect(parseScenario(text, 's.yaml', vocabularyFixture).data.totalBytes).toBe(parseSize('3TB'));
});
