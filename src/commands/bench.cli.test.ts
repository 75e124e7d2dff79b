import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BenchDocument } from '../result/bench-document.ts';
import { parseBenchDocument } from '../result/bench-parse.ts';
import { scratch, shardlab, start } from './shardlab-fixture.ts';

function documentIn(folder: string): BenchDocument {
  const path = join(folder, 'bench.json');
  return parseBenchDocument(readFileSync(path, 'utf8'), path);
}

const small = ['bench', '--max-time', '1s', '--shards', '4,2048'];

describe('shardlab bench', () => {
  test('measures each router, says why one cannot be built, and writes three files', async () => {
    const cwd = scratch();
    const asked = ['--router', 'jump', '--router', 'slots:512', '--out', 'out'];
    const { code, stdout, stderr } = await shardlab([...small, ...asked], { cwd });
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('jump, xxh64 (checksum text ');
    expect(stdout).toContain('  2048 shards: slots:512 has too few slots for 2048 shards');
    expect(stderr).toContain('seed 1\n');
    const document = documentIn(join(cwd, 'out'));
    expect(document.rows.map(({ router, shardCount }) => `${router} ${shardCount}`)).toEqual([
      'jump 4',
      'jump 2048',
      'slots:512 4',
      'slots:512 2048',
    ]);
    for (const file of ['report.html', 'report.md']) {
      expect(existsSync(join(cwd, 'out', file))).toBe(true);
    }
    const again = await shardlab(['report', 'out/bench.json', '--format', 'md', '--out', '-'], {
      cwd,
    });
    expect(again.stdout).toBe(readFileSync(join(cwd, 'out', 'report.md'), 'utf8'));
    const csv = await shardlab(['report', 'out/bench.json', '--format', 'csv'], { cwd });
    expect(csv.code, csv.stderr).toBe(0);
    expect(existsSync(join(cwd, 'out', 'report.csv'))).toBe(true);
  });

  test('has the same answers in another run, and others for another seed', async () => {
    const cwd = scratch();
    const sums = async (seed: string): Promise<unknown> => {
      const asked = ['--router', 'mod', '--seed', seed, '--hash', 'fnv1a-64', '--json'];
      const { stdout } = await shardlab([...small, ...asked], { cwd });
      return parseBenchDocument(stdout, 'stdout').rows.map(({ hotPath }) => hotPath?.checksums);
    };
    const first = await sums('3');
    expect(await sums('3')).toEqual(first);
    expect(await sums('4')).not.toEqual(first);
  });

  test("measures a router of the user's own, of the keys that are asked for", async () => {
    const cwd = scratch();
    const code = 'export default { build: ({ shardCount }) => (key) => key.length % shardCount };';
    writeFileSync(join(cwd, 'mine.mjs'), code);
    const asked = ['--router', './mine.mjs', '--key-type', 'text', '--out', 'out'];
    const ended = await shardlab([...small, ...asked], { cwd });
    expect(ended.code, ended.stderr).toBe(0);
    const [row] = documentIn(join(cwd, 'out')).rows;
    expect(row).toMatchObject({ router: './mine.mjs', hash: null, shardCount: 4 });
    // All keys have 15 characters.
    expect(row?.hotPath?.peakToMean.value).toBe(4);
    expect(row?.hotPath?.lookupNsInt64).toBeNull();
  });

  test('says everything that is wrong with its options', async () => {
    const wrong = ['--router', 'jmp', '--shards', '0', '--hash', 'md6', '--max-time', '5'];
    const { code, stderr } = await shardlab(['bench', ...wrong, '--key-type', 'uuid'], {
      cwd: scratch(),
    });
    expect(code).toBe(2);
    for (const flag of ['router', 'shards', 'hash', 'max-time', 'key-type']) {
      expect(stderr).toContain(`--${flag}: `);
    }
    expect(stderr).toContain('did you mean jump?');
  });

  test('keeps what was measured when it is interrupted', async () => {
    const cwd = scratch();
    const { child, ended, shows } = start(['bench', '--max-time', '20s', '--out', 'out'], { cwd });
    await shows('] jump');
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code, stderr).toBe(130);
    expect(stderr).toContain('interrupted: everything that was measured before is kept');
    const { rows, interrupted } = documentIn(join(cwd, 'out'));
    expect(interrupted).toBe(true);
    expect(rows.filter(({ router }) => router === 'mod')).toHaveLength(6);
  });
});
