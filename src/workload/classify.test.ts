import { describe, expect, test } from 'vitest';
import { canCrossShards, classify, keyBinding } from './classify.ts';
import { change, operation, place, recent, statement, summary } from './orders-fixture.ts';

describe('classify', () => {
  test.each([
    [place, 'tenant_id', 'single-shard'],
    [place, 'order_id', 'single-shard'],
    [change, 'user_id', 'scatter-gather'],
    [recent, 'tenant_id', 'single-shard'],
    [recent, 'order_id', 'scatter-gather'],
    [summary, 'tenant_id', 'scatter-gather'],
    [summary, null, 'single-shard'],
  ] as const)('%o by %s is %s', (own, key, expected) => {
    expect(classify(own, key)).toBe(expected);
  });

  test('a list or a range of the key is multi-shard', () => {
    const list = operation('list', 'read', statement(['order_id list 3']));
    const range = operation('range', 'read', statement(['tenant_id', 'order_id range 10']));
    expect(classify(list, 'order_id')).toBe('multi-shard');
    expect(classify(range, 'order_id')).toBe('multi-shard');
    expect(classify(range, 'tenant_id')).toBe('single-shard');
  });

  test('a transaction is as wide as its widest statement', () => {
    const own = statement(['tenant_id', 'order_id']);
    const both = operation('both', 'write', own, statement(['order_id list 2']));
    expect(classify(both, 'order_id')).toBe('multi-shard');
    expect(classify(both, 'tenant_id')).toBe('scatter-gather');
    expect(classify(operation('twice', 'write', own, own), 'tenant_id')).toBe('single-shard');
  });

  test('statements that bind different key values can cross shards', () => {
    const transfer = operation(
      'transfer',
      'write',
      statement(['tenant_id', 'order_id']),
      statement(['other.tenant_id', 'other.order_id']),
    );
    expect(classify(transfer, 'tenant_id')).toBe('multi-shard');
    expect(canCrossShards(transfer, 'tenant_id')).toBe(true);
    expect(canCrossShards(transfer, null)).toBe(false);
    const foreign = operation('foreign', 'write', statement(['other.tenant_id']));
    expect(classify(foreign, 'tenant_id')).toBe('single-shard');
  });

  test('only writes cross shards: a scatter read is whole or fails', () => {
    expect(canCrossShards(change, 'user_id')).toBe(true);
    expect(canCrossShards(change, 'tenant_id')).toBe(false);
    expect(canCrossShards(summary, 'tenant_id')).toBe(false);
  });

  test('the strongest binding of a column counts', () => {
    const several = statement(['order_id range 9', 'order_id list 2', 'order_id']);
    expect(keyBinding(several, 'order_id')?.by).toBe('value');
    expect(keyBinding(several, 'tenant_id')).toBeNull();
  });
});
