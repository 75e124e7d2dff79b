import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { goModule, goRouter, goRouterTest } from './go/go-router.ts';
import { type PlannedRouter, plannedRouters } from './artefact-routers-fixture.ts';
import { typescriptRouter } from './typescript/typescript-router.ts';
import type { Vector } from './vectors.ts';

// The routers of other languages place as ours do: each on so many keys.
const vectorCount = 10_000;
const routers = plannedRouters(vectorCount);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shardlab-artefacts-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('TypeScript: Node runs each, and each agrees with ours', () => {
  for (const [index, { plan, vectors }] of routers.entries()) {
    const text = typescriptRouter(plan, ['A router.'], vectors);
    writeFileSync(join(folder, `router-${index}.ts`), text);
  }
  const all = join(folder, 'all.mjs');
  writeFileSync(
    all,
    `for (let i = 0; i < ${routers.length}; i += 1) {
       const { vectors, selfTest } = await import('./router-' + i + '.ts');
       console.log(vectors.length + ' ' + JSON.stringify(selfTest().slice(0, 3)));
     }`,
  );
  const lines = execFileSync(process.execPath, [all], { encoding: 'utf8' }).trim().split('\n');
  const said = routers.map(({ name }, i) => `${name}: ${lines[i]}`);
  expect(said).toEqual(routers.map(({ name, vectors }) => `${name}: ${vectors.length} []`));
}, 300_000);

const elsewhere = (vector: Vector): Vector => ({ ...vector, shard: vector.shard + 1 });

test('TypeScript: run by itself it says how many keys agree, and fails where one does not', () => {
  const [{ plan, vectors }] = routers as [PlannedRouter];
  const few = vectors.slice(0, 20);
  const run = (rows: readonly Vector[]) => {
    const path = join(folder, 'alone.ts');
    writeFileSync(path, typescriptRouter(plan, ['A router.'], rows));
    return spawnSync(process.execPath, [path], { encoding: 'utf8' });
  };
  expect(run(few)).toMatchObject({ status: 0, stdout: '20 of 20 keys agree\n' });
  const wrong = few.with(3, elsewhere(few[3] as Vector));
  expect(run(wrong)).toMatchObject({ status: 1, stdout: '19 of 20 keys agree\n' });
});

const hasGo = spawnSync('go', ['version']).status === 0;

describe.skipIf(!hasGo)('in Go, where go is installed', () => {
  test('all of them, one package each', () => {
    const module = join(folder, 'go');
    mkdirSync(module);
    writeFileSync(join(module, 'go.mod'), goModule);
    for (const [index, { plan, vectors }] of routers.entries()) {
      const inside = join(module, `r${index}`);
      mkdirSync(inside);
      writeFileSync(join(inside, 'router.go'), goRouter(plan, ['Package shardrouter routes.']));
      writeFileSync(join(inside, 'router_test.go'), goRouterTest(plan, vectors));
    }
    const { stdout, stderr } = spawnSync('go', ['test', '-p', '1', './...'], {
      cwd: module,
      encoding: 'utf8',
    });
    const lines = stdout.trim().split('\n');
    expect(lines.filter((line) => !line.startsWith('ok')).join('\n') + stderr).toBe('');
    expect(lines).toHaveLength(routers.length);
  }, 600_000);
});
