import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { countRouter } from './count-router.ts';
import { compareCounters, writeCounters } from './gate-counters.ts';

const folder = mkdtempSync(join(tmpdir(), 'shardlab-count-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { signal } = new AbortController();
const own = (name: string, body: string) => {
  writeFileSync(
    join(folder, name),
    `export default { build: ({ shardCount }) => (key) => { ${body} } };\n`,
  );
  return { router: { name: `./${name}`, own: true }, folder, headFolder: folder };
};

test('a router that prints is counted like any other', async () => {
  const request = own('plain.mjs', 'console.log(key); return key.length % shardCount;');
  expect(await countRouter(request)).toMatchObject({ counters: expect.any(Object) });
});

test('one that never comes back is ended', async () => {
  const request = own('loop.mjs', 'for (;;);');
  expect(await countRouter(request, signal, 1500)).toEqual({
    problem: 'it did not return within 1.5 s while its answers were counted',
  });
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 500);
  expect(await countRouter(request, controller.signal)).toEqual({ problem: 'interrupted' });
});

test('one that ends the process ends its thread alone', async () => {
  const request = own('exit.mjs', 'process.exit(7);');
  const counted = await countRouter(request);
  expect(counted).toEqual({ problem: 'it ended the process that counts its answers, with code 7' });
});

test('counters with a parameter are kept, compared, and no router that is gone', async () => {
  const routers = (...names: readonly string[]) => names.map((name) => ({ name, own: false }));
  await writeCounters(routers('mod', 'ring:20'), false, folder);
  const trees = { headFolder: folder, baseFolder: folder, signal };
  const compared = await compareCounters(routers('mod'), true, trees);
  expect(compared).toMatchObject({ routers: ['mod', 'ring:20'], differences: [], problems: [] });
  await writeCounters(routers('mod', 'jump'), true, folder);
  const again = await compareCounters(routers('mod', 'jump'), true, trees);
  expect(again.routers).toContain('ring:20');
});
