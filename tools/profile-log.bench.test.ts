import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readLog, writeLog } from './profile-log.bench.ts';

const folder = mkdtempSync(join(tmpdir(), 'shardlab-log-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a log with literals and one with parameters come to the same, at a small size', async () => {
  const path = join(folder, 'log');
  await writeLog(path, 3000, 'literal');
  const { seconds: _, ...literal } = await readLog(path);
  await writeLog(path, 3000, 'bind');
  const { seconds, ...bind } = await readLog(path);
  expect(seconds).toBeGreaterThan(0);
  expect(literal).toEqual(bind);
  expect(literal).toMatchObject({ templates: 5, statements: 3000, unparsed: 0 });
  expect(literal.operations).toBeGreaterThan(1500);
  expect(literal.tenants).toBeGreaterThan(500);
});
