import { describe, expect, test } from 'vitest';
import { layoutOfYaml, lostIn } from './layout-of-fixture.ts';

interface Parts {
  readonly key?: string;
  /** Further columns of lines. */
  readonly lines?: string;
  readonly linesForeign?: string;
  readonly operations?: string;
}

/** Users with orders and lines; neither an order's id nor a line's names the shop or the user. */
function scenario(parts: Parts = {}): string {
  const { key = 'user', lines = '', operations = '' } = parts;
  const { linesForeign = '{ columns: order_id, references: orders.id }' } = parts;
  return `name: held
rate: 100/s
tenants: { uniform: true, count: 10, idType: int8 }
tables:
  tenants:
    per: tenant
    rows: 1
    columns: { id: tenant, region: { choice: [eu, us], per: tenant } }
    primary: id
  users:
    per: tenants
    rows: 2
    columns: { tenant_id: { parent: tenants.id }, id: id, region: { parent: tenants.region } }
    primary: id
    foreign: [{ columns: tenant_id, references: tenants.id }]
  orders:
    per: users
    rows: 3
    columns:
      tenant_id: { parent: tenants.id }
      user_id: { parent: users.id }
      id: id
      region: { parent: tenants.region }
      total: { number: { min: 1, max: 9, decimals: 0 } }
    primary: id
    foreign: [{ columns: user_id, references: users.id, on_delete: cascade }]
  lines:
    per: orders
    rows: 2
    columns:
      tenant_id: { parent: orders.tenant_id }
      user_id: { parent: users.id }
      order_id: { parent: orders.id }
      number: sequence
      region: { parent: users.region }
${lines}
    primary: [order_id, number]
    foreign: [${linesForeign}]
keys:
  user: { users: id, orders: user_id, lines: user_id }
  tenant: { tenants: id, users: tenant_id, orders: tenant_id, lines: tenant_id }
  region: { tenants: region, users: region, orders: region, lines: region }
operations:
  - { name: order, kind: read, weight: 1, sql: select from orders where id = :orders.id }
${operations}
strategies: [{ key: ${key}, router: jump }]
`;
}

const foreignLost = (parts: Parts): string[] =>
  lostIn(layoutOfYaml(scenario(parts))).filter((each) => each.startsWith('foreign'));

const writing = (...statements: readonly string[]): string =>
  ['  - name: write', '    kind: write', '    weight: 1', '    statements:', ...statements]
    .map((line, index) => (index < 4 ? line : `      - ${line}`))
    .join('\n');

describe('rows that hang on one another and copy the key from the same row', () => {
  test.each(['user', 'tenant', 'region'])('lie together by %s', (key) => {
    // By user, tenants are whole on every shard.
    expect(foreignLost({ key })).toEqual([]);
  });

  test('not where the key is a value of the row itself', () => {
    const lines = '      own_id: id';
    const text = scenario({ lines }).replace('lines: user_id }', 'lines: own_id }');
    expect(lostIn(layoutOfYaml(text))).toContain('foreign lines(order_id) orders');
  });

  test('not where the key is NULL in some rows', () => {
    const text = scenario().replace(
      'user_id: { parent: users.id }\n      order_id',
      'user_id: { parent: users.id, null: 0.1 }\n      order_id',
    );
    expect(lostIn(layoutOfYaml(text))).toContain('foreign lines(order_id) orders');
  });
});

describe('rows that are picked', () => {
  const linesForeign = '{ columns: other_id, references: orders.id }';
  const picked = (other: string): string => `      other_id: { pick: orders.id${other} }`;

  test('are of the same tenant, and on its shard', () => {
    expect(foreignLost({ key: 'tenant', lines: picked(''), linesForeign })).toEqual([]);
  });

  test('are of another user, and perhaps on another shard', () => {
    expect(foreignLost({ lines: picked(''), linesForeign })).toEqual([
      'foreign lines(other_id) orders',
    ]);
  });

  test('are where the row is whose key is picked with them', () => {
    const lines = `${picked('')}\n      other_user: { pick: orders.user_id }`;
    const text = scenario({ lines, linesForeign }).replace(
      'lines: user_id }',
      'lines: other_user }',
    );
    expect(lostIn(layoutOfYaml(text)).filter((each) => each.startsWith('foreign'))).toEqual([]);
  });

  test('may be of another tenant', () => {
    const lines = picked(', remote: 0.1');
    expect(foreignLost({ key: 'tenant', lines, linesForeign })).toEqual([
      'foreign lines(other_id) orders',
    ]);
  });
});

describe('what operations write', () => {
  const line = (values: string): string =>
    `insert into lines (tenant_id, user_id, order_id, number) values (${values})`;
  const order = (values: string): string =>
    `insert into orders (tenant_id, user_id, id) values (${values})`;

  test.each([
    line(':new.lines.tenant_id, :new.lines.user_id, :new.lines.order_id, :new.lines.number'),
    line(':orders.tenant_id, :orders.user_id, :orders.id, :new.lines.number'),
    line(':orders.tenant_id, :users.id, :orders.id, 77'),
    order(':users.tenant_id, :users.id, :new.orders.id'),
    'update orders set total = 3 where user_id = :orders.user_id and id = :orders.id',
  ])('leaves the rows together: %s', (sql) => {
    expect(foreignLost({ operations: writing(sql) })).toEqual([]);
  });

  test.each([
    line(':orders.tenant_id, :orders.user_id, 5, :new.lines.number'),
    line(':orders.tenant_id, 5, :orders.id, :new.lines.number'),
    `insert into lines (tenant_id, user_id, order_id, number)
     select tenant_id, :orders.user_id, id, 9 from orders where user_id = :orders.user_id`,
    order(':users.tenant_id, 5, :new.orders.id'),
    'update lines set order_id = 5 where user_id = :orders.user_id',
    'update orders set id = 5 where user_id = :orders.user_id and id = :orders.id',
  ])('may part them: %s', (sql) => {
    expect(foreignLost({ operations: writing(JSON.stringify(sql)) })).toEqual([
      'foreign lines(order_id) orders',
    ]);
  });

  test('does not count in a way round that is not gone', () => {
    const own = 'select from orders where user_id = :orders.user_id';
    const instead = line(':orders.tenant_id, :orders.user_id, 5, 1');
    const operations = `${writing(own)}\n    instead: ["${instead}"]`;
    expect(foreignLost({ operations })).toEqual([]);
  });

  test('counts in a way round that is gone', () => {
    // The key changes, which no statement can do.
    const own = 'update orders set user_id = 5 where user_id = :orders.user_id';
    const instead = line(':orders.tenant_id, :orders.user_id, 5, 1');
    const operations = `${writing(own)}\n    instead: ["${instead}"]`;
    expect(foreignLost({ operations })).toEqual(['foreign lines(order_id) orders']);
  });
});

describe('a cascade', () => {
  const deleting = writing('delete from orders where user_id = :orders.user_id');
  const linesForeign = '{ columns: order_id, references: orders.id, on_delete: cascade }';

  const otherForeign = '{ columns: other_id, references: orders.id, on_delete: cascade }';

  test('runs over a foreign key that holds', () => {
    const layout = layoutOfYaml(scenario({ operations: deleting, linesForeign }));
    expect(layout.operations[1]).toMatchObject({ fate: 'single', runs: 'own' });
  });

  test('does not over one that is lost', () => {
    const lines = '      other_id: { pick: orders.id }';
    const parts = { operations: deleting, lines, linesForeign: otherForeign };
    expect(layoutOfYaml(scenario(parts)).operations[1]).toMatchObject({
      runs: 'none',
      refused: { reason: { code: 'cascade-over-lost-key', names: ['lines', 'other_id'] } },
    });
  });

  test('that is refused may part rows by the way round', () => {
    // The first key is lost, so the way round is gone, which breaks the second.
    const lines = '      other_id: { pick: orders.id }';
    const both = `${linesForeign}, ${otherForeign}`;
    const instead = 'update lines set order_id = 5 where user_id = :orders.user_id';
    const operations = `${deleting}\n    instead: ["${instead}"]`;
    expect(foreignLost({ lines, linesForeign: both, operations })).toEqual([
      'foreign lines(order_id) orders',
      'foreign lines(other_id) orders',
    ]);
  });
});
