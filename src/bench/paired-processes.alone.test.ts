import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gateTiming } from '../result/gate-timing.ts';
import { timeRouters, type TimingOptions } from './paired-processes.ts';
import { copyTree, edit, slowedTree } from './slowed-tree-fixture.ts';
import type { Side, TimedRouter } from './timed-runs.ts';

/** Real processes of real trees; only gross differences are asserted. */
let folder = '';
let base: Side;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shardlab-paired-'));
  base = await copyTree(join(folder, 'base'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const timed = (router: string): TimedRouter => ({ router, files: null, hash: null, shards: 16 });

/** Two looks, at levels that a busy machine has rounds for within seconds. */
const plan = {
  tolerance: 0.05,
  passMargin: 0.005,
  alpha: 0.2,
  looks: [
    { fraction: 0.12, level: 0.1 },
    { fraction: 1, level: 0.1 },
  ],
};

const run = (head: Side, routers: readonly TimedRouter[], more: Partial<TimingOptions> = {}) =>
  timeRouters({
    base,
    head,
    routers,
    maxTimeMs: 15_000,
    seed: 1,
    onProgress: () => undefined,
    plan,
    ...more,
  });

test('a router that does its work twice is regressed; the document holds all of it', async () => {
  const head = await slowedTree(join(folder, 'twice'), 2);
  const seen: number[] = [];
  const timing = await run(head, [timed('jump')], {
    onProgress: ({ fraction }) => seen.push(fraction),
  });
  const [jump] = timing.routers;
  expect(jump).toMatchObject({ router: 'jump', status: 'regressed', problem: null, hash: 'xxh64' });
  expect(jump?.head?.ratio).toBeGreaterThan(1.4);
  expect(jump?.answersDiffer).toBe(false);
  expect(jump?.rounds).toHaveLength(jump?.pairs ?? NaN);
  expect(timing.ended).toBe('every router decided');
  expect(seen).toHaveLength(timing.rounds);
  expect(gateTiming.parse(JSON.parse(JSON.stringify(timing)))).toEqual(timing);
}, 60_000);

test('the same code twice is not regressed, and every order takes its turn', async () => {
  const timing = await run(base, [timed('jump')]);
  const [jump] = timing.routers;
  expect(jump?.status).not.toBe('regressed');
  expect(jump?.status).not.toBe('missing');
  for (const { order } of jump?.rounds ?? []) {
    expect(order.toSorted()).toEqual(['base', 'control', 'head']);
  }
}, 60_000);

test('a router that head cannot build is missing, says why, and the others are timed', async () => {
  const head = await copyTree(join(folder, 'broken'));
  await edit(head, 'src/router/algorithms/mod.ts', "name: 'mod'", "name: 'modulo'");
  const timing = await run(head, [timed('mod'), timed('jump')], { maxTimeMs: 4_000 });
  const [mod, jump] = timing.routers;
  expect(mod).toMatchObject({ status: 'missing', pairs: 0, head: null });
  expect(mod?.problem).toMatch(/^head: ended with code 1:\n[\s\S]*unknown router "mod"/);
  expect(jump?.pairs).toBeGreaterThan(0);
}, 60_000);

test('a tree without the entry is missing on its side', async () => {
  const old = { folder, entry: pathToFileURL(join(folder, 'not-there.ts')).href };
  const timing = await run(base, [timed('jump')], { base: old });
  expect(timing.routers[0]?.problem).toMatch(/^base: ended with code 1:\n[\s\S]*not-there\.ts/);
  expect(timing.ended).toBe('a router is missing');
}, 60_000);

test('changed answers are said, whatever the time', async () => {
  const head = await copyTree(join(folder, 'changed'));
  await edit(
    head,
    'src/router/kernels/route-functions.ts',
    'export function textRoute(',
    `export function textRoute(router: Router): (key: string) => number {
  const route = honestTextRoute(router);
  return (key) => (key.endsWith('0') ? 0 : route(key));
}

function honestTextRoute(`,
  );
  const timing = await run(head, [timed('jump')], { maxTimeMs: 500 });
  expect(timing.routers[0]?.answersDiffer).toBe(true);
}, 60_000);

test("a router of the user's own is called as it is, in both trees", async () => {
  const write = async (name: string, work: number): Promise<string> => {
    const file = join(folder, `${name}.ts`);
    await writeFile(
      file,
      `export default { build: ({ shardCount }) => (key) => {
  let sum = 0;
  for (let i = 0; i < ${work}; i += 1) sum = (sum * 31 + key.charCodeAt(i % key.length)) | 0;
  return (sum >>> 0) % shardCount;
} };\n`,
    );
    return pathToFileURL(file).href;
  };
  const files = { base: await write('own-base', 20), head: await write('own-head', 60) };
  const own = { router: './own.ts', files, hash: null, shards: 16 };
  const [found] = (await run(base, [own])).routers;
  expect(found).toMatchObject({ router: './own.ts', hash: null, status: 'regressed' });
  expect(found?.answersDiffer).toBe(true);
}, 60_000);

test('an aborted one ends after its round, with what there is', async () => {
  const controller = new AbortController();
  const timing = await run(base, [timed('jump')], {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  expect(timing).toMatchObject({ ended: 'interrupted', rounds: 1 });
  expect(timing.routers[0]).toMatchObject({ status: 'missing', pairs: 1 });
}, 60_000);
