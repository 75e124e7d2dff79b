import { describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { Cell } from '../../result/types.ts';
import {
  cellNamed,
  fatesOf,
  shareOf,
  type Simulated,
  simulatedScenario,
  standardErrors,
} from './shipped-tables-fixture.ts';
import { crossingShare, placedCrossingShare } from './tpcc-share-fixture.ts';

/** What the headers of shipped scenarios with tables promise, in virtual time. */

const crossShardFraction = ({ fanOut }: Cell): number =>
  present(fanOut?.crossShardFraction, 'share across shards');

const lostOf = ({ lostConstraints = [] }: Cell): string[] =>
  lostConstraints.map(({ kind, table, columns, references }) =>
    [
      kind,
      `${table}(${columns.join(', ')})`,
      ...(references === undefined ? [] : [references]),
    ].join(' '),
  );

const withFate = (cell: Cell, fate: string): string[] =>
  Object.entries(fatesOf(cell)).flatMap(([name, own]) => (own === fate ? [name] : []));

/** What is not runnable, each with the code of the reason. */
const refusedOf = ({ notRunnable }: Cell): string[] =>
  (notRunnable?.operations ?? []).map(({ operation, reason }) => `${operation}: ${reason.code}`);

describe('tpcc', () => {
  /** The shares follow from what is drawn, so rows beside the warehouses are of no use here. */
  const fewRows = (text: string): string =>
    text
      .replaceAll('rows: 30\n', 'rows: 1\n')
      .replaceAll('rows: 500\n', 'rows: 5\n')
      .replaceAll('rows: 5..15\n', 'rows: 1\n');
  const load = { rate: '5000', duration: '3s' };

  test('many warehouses: 5.42, 8.09, 9.41, 10.07 % of the transactions cross shards', async () => {
    const changes = { shards: '2,4,8,16', tenants: '400', strategies: ['warehouse/mod'] };
    const { loaded, cells } = await simulatedScenario('tpcc', { ...load, ...changes }, fewRows);
    const { arrivals } = loaded.plan.measure;
    expect(arrivals).toBeGreaterThan(14_000);
    expect(cells.map(({ shardCount }) => shardCount)).toEqual([2, 4, 8, 16]);
    for (const [index, percent] of [5.42, 8.09, 9.41, 10.07].entries()) {
      const cell = present(cells[index], 'cell');
      const expected = crossingShare((cell.shardCount - 1) / cell.shardCount);
      expect(100 * expected).toBeCloseTo(percent, 2);
      expect(standardErrors(crossShardFraction(cell), expected, arrivals)).toBeLessThan(3);
    }
  });

  test('few warehouses: as they are placed', async () => {
    const changes = { shards: '4', tenants: '10', strategies: ['warehouse/jump'] };
    const { loaded, cells } = await simulatedScenario('tpcc', { ...load, ...changes }, fewRows);
    const cell = cellNamed(cells, 'warehouse/jump');
    const warehouses = present(
      cell.tables?.find(({ table }) => table === 'warehouse'),
      'table',
    ).rows;
    const expected = placedCrossingShare(warehouses);
    expect(warehouses.reduce((sum, count) => sum + count, 0)).toBe(10);
    const { arrivals } = loaded.plan.measure;
    expect(standardErrors(crossShardFraction(cell), expected, arrivals)).toBeLessThan(3);
  });

  test('by warehouse two foreign keys are lost; by customer a third of the work', async () => {
    const changes = { strategies: ['warehouse/jump', 'customer/jump'], tenants: '20' };
    const { loaded, cells } = await simulatedScenario('tpcc', { ...load, ...changes }, fewRows);
    const own = cellNamed(cells, 'warehouse/jump');
    expect(new Set(Object.values(fatesOf(own)))).toEqual(new Set(['single']));
    expect(own.notRunnable).toBeUndefined();
    expect(lostOf(own)).toEqual([
      'foreign history(h_c_w_id, h_c_d_id, h_c_id) customer',
      'foreign order_line(ol_supply_w_id, ol_i_id) stock',
    ]);
    const other = cellNamed(cells, 'customer/jump');
    expect(withFate(other, 'scatter')).toEqual(['order_status_by_name', 'delivery']);
    expect(refusedOf(other)).toEqual([
      'payment_by_name: insert-without-key',
      'stock_level: join-not-co-located',
    ]);
    expect(other.notRunnable?.fraction).toBeCloseTo(
      shareOf(loaded, ['payment_by_name', 'stock_level']),
      9,
    );
    expect(lostOf(other).filter((each) => each.startsWith('foreign'))).toHaveLength(7);
    expect(lostOf(other)).toContain('primary orders(o_w_id, o_d_id, o_id)');
    expect(crossShardFraction(other)).toBeGreaterThan(0.6);
  });
});

test('smallbank: 40 % x (N - 1)/N of the transactions cross shards by any router', async () => {
  const { loaded, cells } = await simulatedScenario('smallbank', {
    rate: '2000',
    duration: '3s',
    shards: '2,8',
    tenants: '800',
    strategies: ['customer/jump', 'customer/range'],
  });
  expect(cells).toHaveLength(4);
  for (const cell of cells) {
    const expected = (0.4 * (cell.shardCount - 1)) / cell.shardCount;
    const { arrivals } = loaded.plan.measure;
    expect(standardErrors(crossShardFraction(cell), expected, arrivals)).toBeLessThan(3);
    expect(new Set(Object.values(fatesOf(cell)))).toEqual(new Set(['single']));
    expect(lostOf(cell)).toEqual([]);
  }
});

test('tatp: 82 % are single-shard by subscriber; by number what knows the subscriber', async () => {
  const { loaded, cells } = await simulatedScenario('tatp', {
    rate: '2000',
    duration: '2s',
    tenants: '800',
    strategies: ['subscriber/jump', 'sub_nbr/jump'],
  });
  const bySubscriber = cellNamed(cells, 'subscriber/jump');
  const dialled = ['update_location', 'insert_call_forwarding', 'delete_call_forwarding'];
  expect(withFate(bySubscriber, 'scatter')).toEqual(dialled);
  expect(withFate(bySubscriber, 'single')).toHaveLength(4);
  const single = present(bySubscriber.fanOut, 'fan-out').singleShardFraction;
  expect(single).toBeCloseTo(1 - shareOf(loaded, dialled), 9);
  expect(standardErrors(single, 0.82, loaded.plan.measure.arrivals)).toBeLessThan(3);
  expect(lostOf(bySubscriber)).toEqual(['unique subscriber(sub_nbr)']);

  const byNumber = cellNamed(cells, 'sub_nbr/jump');
  expect(withFate(byNumber, 'single')).toEqual(dialled);
  expect(withFate(byNumber, 'scatter')).toEqual(['get_subscriber_data', 'update_subscriber_data']);
  expect(refusedOf(byNumber)).toEqual(['get_new_destination: join-not-co-located']);
});

describe('shop', () => {
  const cellsOf = async (strategies: readonly string[]): Promise<Simulated> =>
    simulatedScenario('shop', { rate: '1000', duration: '2s', tenants: '60', strategies });
  const everywhere = ['bestsellers', 'change_price'];

  test('by tenant all constraints hold, and only reports ask all shards', async () => {
    const { cells } = await cellsOf(['tenant/jump', 'tenant/jump+pin:7%:exclusive']);
    for (const cell of cells) {
      expect(lostOf(cell)).toEqual([]);
      const reports = ['region_report', 'period_report'];
      expect(withFate(cell, 'scatter')).toEqual([...reports, ...everywhere]);
    }
    const [, alone] = cells;
    const tenants = present(
      alone?.tables?.find(({ table }) => table === 'tenants'),
      'tenants',
    );
    // Each shop above the threshold has a shard to itself.
    expect(tenants.rows.filter((rows) => rows === 1).length).toBeGreaterThan(0);
    expect(tenants.rows.reduce((sum, rows) => sum + rows, 0)).toBe(60);
  });

  test.each(['user/jump', 'tenant_user/jump'])(
    'by %s: pages of a user, not of a shop',
    async (name) => {
      const cell = cellNamed((await cellsOf([name])).cells, name);
      expect(withFate(cell, 'single')).toEqual([
        'place_order',
        'my_orders',
        'move_user',
        'profile',
      ]);
      expect(lostOf(cell)).toEqual([
        'unique users(tenant_id, email)',
        'primary orders(tenant_id, id)',
        // The foreign key of lines to orders holds: both lie where the user does.
        'primary lines(tenant_id, order_id, number)',
      ]);
      // All have a way round.
      expect(cell.notRunnable).toBeUndefined();
    },
  );

  test('by order lists of orders ask all shards, by month too, but a period asks few', async () => {
    const { cells } = await cellsOf(['order/jump', 'month/calendar']);
    for (const cell of cells) {
      const lists = ['my_orders', 'shop_page', 'move_user', 'region_report'];
      expect(withFate(cell, 'scatter')).toEqual([...lists, ...everywhere]);
      expect(withFate(cell, 'multi')).toEqual(['period_report']);
      expect(lostOf(cell)).toEqual(['foreign orders(tenant_id, user_id) users']);
    }
    const [byOrder, byMonth] = cells;
    const touched = (cell: Cell | undefined): number =>
      present(cell?.fanOut, 'fan-out').shardQueriesPerOperation;
    expect(touched(byMonth)).toBeLessThan(touched(byOrder));
  });

  test('by region its report asks one shard, and what does not name it asks all', async () => {
    const cell = cellNamed((await cellsOf(['region/list'])).cells, 'region/list');
    expect(withFate(cell, 'single')).toEqual(['place_order', 'move_user', 'region_report']);
    expect(lostOf(cell)).toHaveLength(8);
    expect(cell.notRunnable).toBeUndefined();
    // A user who moves to another region, as three in four do, is deleted on one shard and
    // inserted on another.
    const moved = present(
      cell.operations.find(({ operation }) => operation === 'move_user'),
      'op',
    );
    const share = present(moved.crossShardFraction, 'share');
    expect(standardErrors(share, 3 / 4, moved.arrivals)).toBeLessThan(4);
  });
});

test('social: a feed is read post by post, from the shards of those who are followed', async () => {
  const { loaded, cells } = await simulatedScenario('social', {
    rate: '1000',
    duration: '2s',
    tenants: '500',
    strategies: ['user/jump', 'post/jump'],
  });
  const byUser = cellNamed(cells, 'user/jump');
  expect(withFate(byUser, 'scatter')).toEqual(['followers', 'trending']);
  expect(byUser.notRunnable).toBeUndefined();
  expect(lostOf(byUser)).toEqual(['foreign follows(followee_id) users']);
  const fanOut = present(byUser.fanOut, 'fan-out');
  const alone = shareOf(loaded, ['profile', 'post', 'like', 'follow']);
  expect(fanOut.singleShardFraction).toBeGreaterThanOrEqual(alone);
  // Twelve people on average: mostly on all four shards.
  expect(fanOut.singleShardFraction).toBeLessThan(alone + 0.05);
  const byPost = cellNamed(cells, 'post/jump');
  expect(withFate(byPost, 'scatter')).toEqual(['feed', 'profile', 'followers', 'trending']);
});
