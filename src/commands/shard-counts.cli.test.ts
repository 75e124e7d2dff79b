import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resultIn, scratch, shardlab, tinyScenario } from './shardlab-fixture.ts';

/** name and shard count of each cell, in the order of the document. */
const cellsIn = (folder: string): string[] =>
  resultIn(folder).cells.map(({ strategy, shardCount, shards, status }) => {
    expect({ strategy, shards: shards.length, status }).toEqual({
      strategy,
      shards: shardCount,
      status: 'ok',
    });
    return `${strategy} ${shardCount}`;
  });

const all = [
  'single 1',
  'tenant_id/jump 2',
  'order_id/jump 2',
  'tenant_id/jump 3',
  'order_id/jump 3',
];

test('a list of shard counts measures each strategy at each of them', async () => {
  const cwd = scratch();
  writeFileSync(join(cwd, 'tiny.yaml'), tinyScenario({ topology: '{ shards: [2, 3] }' }));
  const { stderr } = await shardlab(['run', 'tiny.yaml', '--out', 'out'], { cwd });
  expect(stderr).toContain('starting 3 shards (embedded)');
  expect(stderr).toMatch(/tenant_id\/jump on 3 shards \(\d of 5\): measure/);
  expect(cellsIn(join(cwd, 'out'))).toEqual(all);
  const { window, cells } = resultIn(join(cwd, 'out'));
  expect(window.cellOrder.toSorted()).toEqual([
    'order_id/jump on 2 shards',
    'order_id/jump on 3 shards',
    'single',
    'tenant_id/jump on 2 shards',
    'tenant_id/jump on 3 shards',
  ]);
  // The same writes, over so many shards as the cell has.
  const writes = cells
    .filter(({ strategy }) => strategy === 'tenant_id/jump')
    .map(({ shards }) => shards.reduce((sum, { writesSent }) => sum + writesSent, 0));
  expect(writes[0]).toBe(writes[1]);
});

test('--shards of simulate goes before the scenario', async () => {
  const cwd = scratch();
  writeFileSync(join(cwd, 'tiny.yaml'), tinyScenario({ topology: '{ shards: 7 }' }));
  await shardlab(['simulate', 'tiny.yaml', '--shards', '2,3', '--out', 'out'], { cwd });
  expect(cellsIn(join(cwd, 'out'))).toEqual(all);
});

test('settings that do not fit one of the counts are refused before anything starts', async () => {
  const cwd = scratch();
  const strategies =
    '[{ key: tenant_id, router: list, settings: { lists: { 3: [tenant-00001] }, default: 0 } }]';
  writeFileSync(join(cwd, 'tiny.yaml'), tinyScenario({ topology: '{ shards: 4 }', strategies }));
  const { code, stderr } = await shardlab(['run', 'tiny.yaml', '--shards', '4,2'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: --shards: with 2, strategy tenant_id\/list: lists: /);
});
