import { describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { TenantClassName } from '../../result/tenant-class.ts';
import type { Cell } from '../../result/types.ts';
import { cellNamed, simulatedScenario } from './shipped-tables-fixture.ts';

// One server for each shard, so that the queue of a shard is that of M/M/1.
const meanMs = 2.5;
const simulation = `{ servers: 1, quota: false, service: { exponential: ${meanMs}ms } }`;
const strategies = [
  'single',
  'tenant_id/jump',
  'tenant_id/directory',
  'tenant_id/jump+split',
  'order_id/jump',
];

function classOf(cell: Cell, name: TenantClassName) {
  const found = cell.tenantClasses?.find((each) => each.class === name);
  return present(found, `${name} of ${cell.strategy}`);
}

const namesIn = ({ tenantClasses = [] }: Cell) => tenantClasses.map((each) => each.class);

/** What one in a hundred exceeds in M/M/1 at the queries that a shard gets, in milliseconds. */
function theoryMsP99(cell: Cell, shards: readonly number[], windowMs: number): number {
  const own = cell.shards.filter(({ shard }) => shards.includes(shard));
  const queries = own.reduce((sum, each) => sum + each.writesSent + each.readsSent, 0);
  return Math.log(100) / (1 / meanMs - queries / own.length / windowMs);
}

describe('hot-tenant', async () => {
  const windowMs = 60_000;
  const duration = `${windowMs}ms`;
  const hot = await simulatedScenario(
    'hot-tenant',
    { duration, strategies },
    (text) => text,
    simulation,
  );
  const jump = cellNamed(hot.cells, 'tenant_id/jump');

  test('it and the innocents on its shard wait alike, as theory has it, and others do not', () => {
    const largest = classOf(jump, 'largest');
    const [beside, elsewhere] = [
      classOf(jump, 'others-beside-largest'),
      classOf(jump, 'others-elsewhere'),
    ];
    expect(largest.tenants).toBe(1);
    expect(beside.tenants + elsewhere.tenants).toBe(999);
    expect(largest.arrivals / (jump.load?.arrivals ?? 0)).toBeCloseTo(0.3, 1);
    const { shards = [] } = largest;
    const others = [0, 1, 2, 3].filter((shard) => !shards.includes(shard));
    expect(shards).toHaveLength(1);
    const near = theoryMsP99(jump, shards, windowMs);
    const far = theoryMsP99(jump, others, windowMs);
    expect(near / far).toBeGreaterThan(1.8);
    const within = (measured: number | null, theory: number) =>
      expect(Math.abs((measured ?? 0) / theory - 1)).toBeLessThan(0.2);
    within(largest.singleShardMs.p99, near);
    within(beside.singleShardMs.p99, near);
    within(elsewhere.singleShardMs.p99, far);
  });

  test('elsewhere nothing is changed by it: as without it', async () => {
    // The same load for the other three quarters, and none of the hot tenant.
    const without = await simulatedScenario(
      'hot-tenant',
      { duration, strategies: ['tenant_id/jump'], rate: '350/s' },
      (text) => text.replace(/^tenants:.*$/m, 'tenants: { uniform: true, count: 999 }'),
      simulation,
    );
    const even = cellNamed(without.cells, 'tenant_id/jump');
    expect(even.tenantClasses).toBeUndefined();
    const { p50, p99 } = classOf(jump, 'others-elsewhere').singleShardMs;
    const alone = even.fanOut?.singleShardMs;
    // The operations on all shards, whose number is the hot tenant's as well, come to them too.
    const ratios = [(p50 ?? 0) / (alone?.p50 ?? 1), (p99 ?? 0) / (alone?.p99 ?? 1)];
    for (const ratio of ratios) expect(Math.abs(ratio / 1.1 - 1), `${ratio}`).toBeLessThan(0.12);
  });

  test('under which strategies nobody else is on its shard, or everybody', () => {
    const directory = cellNamed(hot.cells, 'tenant_id/directory');
    expect(namesIn(directory)).toEqual(['largest', 'others-elsewhere']);
    for (const name of ['tenant_id/jump+split', 'order_id/jump']) {
      const cell = cellNamed(hot.cells, name);
      expect(namesIn(cell)).toEqual(['largest', 'others-beside-largest']);
      expect(classOf(cell, 'largest').shards).toEqual([0, 1, 2, 3]);
    }
    expect(namesIn(cellNamed(hot.cells, 'single'))).toEqual(['largest', 'others-beside-largest']);
  });

  test('the finding names the strategy whose innocents wait, and no other', () => {
    const found = hot.findings.filter(({ code }) => code.startsWith('neighbours-of-largest'));
    expect(found).toMatchObject([
      { code: 'neighbours-of-largest-wait', names: { strategy: 'tenant_id/jump' } },
    ]);
    const place = present(found[0], 'finding').place;
    expect(place).toBe(`/cells/${hot.cells.indexOf(jump)}/tenantClasses`);
  });

  test('in every cell the classes have all arrivals between them', () => {
    for (const { load, overall, tenantClasses = [] } of hot.cells) {
      const sum = (of: 'arrivals' | 'ok') => tenantClasses.reduce((all, each) => all + each[of], 0);
      expect([sum('arrivals'), sum('ok')]).toEqual([load?.arrivals, load?.ok]);
      expect(sum('arrivals')).toBe(overall?.responseMs.count);
    }
  });
});
