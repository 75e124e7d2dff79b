import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { arrivalsOf } from '../study/run/measured-scenario-fixture.ts';
import { measuredTables } from '../study/run/measured-tables-fixture.ts';
import { standardErrors } from '../study/simulate/shipped-tables-fixture.ts';
import { placedCrossingShare } from '../study/simulate/tpcc-share-fixture.ts';
import { cellOf } from './shardlab-fixture.ts';

/**
 * What the headers of shipped scenarios with tables promise, on real shards, by counts: times are
 * those of the machine.
 */

test('tpcc by warehouse: two foreign keys are lost, no statement fails', async () => {
  const { loaded, result } = await measuredTables('tpcc', ['warehouse/jump'], {
    tenants: '20',
    rate: '120',
    duration: '8s',
  });
  const cell = cellOf(result, 'warehouse/jump');
  const { arrivals } = loaded.plan.measure;
  // No 23503 and no 23505 among them.
  expect(cell.load).toMatchObject({ arrivals, failed: 0, errorsByCode: {} });
  expect(cell.lostConstraints).toHaveLength(2);
  const rowsOf = (name: string): readonly number[] =>
    present(cell.tables?.find(({ table }) => table === name)?.rows, name);
  const crossing = present(cell.fanOut?.crossShardFraction, 'share across shards');
  const expected = placedCrossingShare(rowsOf('warehouse'));
  expect(standardErrors(crossing, expected, arrivals)).toBeLessThan(3);
  // ITEM is whole on every shard.
  expect(rowsOf('item')).toEqual([500, 500, 500, 500]);
  const counted = arrivalsOf(loaded);
  const orders = counted('new_order') + counted('new_order_unused_item');
  expect(standardErrors(counted('new_order_unused_item') / orders, 0.01, orders)).toBeLessThan(3);
}, 240_000);

test('tatp by subscriber: expected errors belong to the work, and nothing else fails', async () => {
  const changes = { tenants: '500', rate: '300', duration: '4s' };
  const { loaded, result } = await measuredTables('tatp', ['subscriber/jump'], changes);
  const cell = cellOf(result, 'subscriber/jump');
  const { arrivals } = loaded.plan.measure;
  expect(cell.load).toMatchObject({ arrivals, failed: 0, errorsByCode: {} });
  // Most forwardings are there already, or of a facility that is not.
  expect(cell.load?.expected).toBeGreaterThan(0);
  expect(cell.load?.expected).toBeLessThanOrEqual(arrivalsOf(loaded)('insert_call_forwarding'));
}, 120_000);

test('shop: who moves to another region moves between shards where that is the key', async () => {
  const changes = { tenants: '60', rate: '150', duration: '4s' };
  const { result } = await measuredTables('shop', ['tenant/jump', 'region/list'], changes);
  const [updated, moved] = ['tenant/jump', 'region/list'].map((strategy) => {
    const cell = cellOf(result, strategy);
    expect(cell.load).toMatchObject({ failed: 0, errorsByCode: {} });
    return present(
      cell.operations.find(({ operation }) => operation === 'move_user'),
      'move_user',
    );
  });
  expect(updated).toMatchObject({ fate: 'single', crossShardFraction: 0 });
  expect(moved).toMatchObject({ instead: true });
  // Its row, orders and lines are written again; those of three users in four on another shard.
  expect(moved?.crossShardFraction).toBeGreaterThan(0);
  expect(updated?.rowsAffected).toBeGreaterThan(0);
  expect(moved?.rowsAffected).toBeGreaterThan(0);
}, 120_000);
