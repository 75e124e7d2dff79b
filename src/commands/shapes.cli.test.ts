import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { cellOf, repository, resultIn, scratch, shardlab } from './shardlab-fixture.ts';

/** Runs cells of a shipped scenario on less data and for less time than it asks for. */
async function measured(name: string, strategies: readonly string[]) {
  const cwd = scratch();
  const shipped = readFileSync(join(repository, 'scenarios', `${name}.yaml`), 'utf8');
  const less = 'data: { total: 4MB }\nduration: 2s\nwarmup: 300ms\n';
  writeFileSync(join(cwd, `${name}.yaml`), shipped + less);
  const cells = strategies.flatMap((strategy) => ['--strategy', strategy]);
  const args = ['run', `${name}.yaml`, ...cells, '--out', 'out'];
  const { code, stderr } = await shardlab(args, { cwd });
  // Whether two seconds of a busy machine are valid is not asked here.
  expect([0, 5], stderr).toContain(code);
  const out = join(cwd, 'out');
  const result = resultIn(out);
  expect(result.cells.map(({ status }) => status)).toEqual(strategies.map(() => 'ok'));
  return { out, result };
}

test('monotonic: by range every new row goes to the last shard, by a hash to all', async () => {
  const { result } = await measured('monotonic', ['order_id/range', 'order_id/jump']);
  const writes = (strategy: string): number[] =>
    cellOf(result, strategy).shards.map(({ writesSent }) => writesSent);
  const [last, ...others] = writes('order_id/range').toReversed();
  expect(others).toEqual([0, 0, 0]);
  expect(last).toBeGreaterThan(0);
  expect(cellOf(result, 'order_id/range').imbalance?.writeQps.maxOverMean).toBe(4);
  for (const count of writes('order_id/jump')) expect(count).toBeGreaterThan(0);
});

describe('hot-tenant', () => {
  test('the reports say in words that no tenant-keyed router can help, and why', async () => {
    const names = ['tenant_id/directory', 'order_id/jump'];
    const { out, result } = await measured('hot-tenant', names);
    const spread = (strategy: string) =>
      present(cellOf(result, strategy).imbalance, 'imbalance').writeQps;
    // One tenant with 30 % of the load, where a fair share is a quarter.
    const { maxOverMean, tenantFloor } = spread('tenant_id/directory');
    expect(maxOverMean).toBeGreaterThanOrEqual(present(tenantFloor, 'floor') - 1e-9);
    expect(present(tenantFloor, 'floor')).toBeGreaterThan(1.1);
    expect(spread('order_id/jump').maxOverMean).toBeLessThan(present(tenantFloor, 'floor'));

    const reports = ['report.html', 'report.md'].map((file) =>
      readFileSync(join(out, file), 'utf8'),
    );
    const said = [...result.findings.map(({ text }) => text), ...reports].map((text) =>
      text.replaceAll(/\s+/g, ' '),
    );
    const why = /The largest tenant has (3\d(?:\.\d)?) % of the writes, so no tenant-keyed router/;
    expect(said.filter((text) => why.test(text))).toHaveLength(3);
  });
});
