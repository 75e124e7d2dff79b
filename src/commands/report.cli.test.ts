import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatRunResult } from '../result/parse.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { reportFormats } from './report-other.ts';
import { scratch, shardlab } from './shardlab-fixture.ts';

const text = formatRunResult(sampleResult());

function stored(): string {
  const cwd = scratch();
  mkdirSync(join(cwd, 'run'));
  writeFileSync(join(cwd, 'run', 'result.json'), text);
  return cwd;
}

const starts: Readonly<Record<string, RegExp>> = {
  html: /^<!doctype html>/i,
  md: /^# /,
  csv: /^strategy,/,
  json: /^\{\n/,
};

describe.each(reportFormats)('report --format %s', (format) => {
  test('stands beside the result, or goes where --out says', async () => {
    const cwd = stored();
    const report = (...out: string[]) =>
      shardlab(['report', 'run/result.json', '--format', format, ...out], { cwd });
    const [beside, elsewhere, stdout] = await Promise.all([
      report(),
      report('--out', 'other/place.txt'),
      report('--out', '-'),
    ]);
    const path = join('run', `report.${format}`);
    expect(beside).toEqual({ code: 0, stdout: '', stderr: `${path}\n` });
    expect(elsewhere).toEqual({ code: 0, stdout: '', stderr: 'other/place.txt\n' });
    expect(stdout).toMatchObject({ code: 0, stderr: '' });
    const drawn = readFileSync(join(cwd, path), 'utf8');
    expect(drawn).toMatch(starts[format] ?? /never/);
    expect(drawn).toContain('order_id/jump');
    expect(readFileSync(join(cwd, 'other', 'place.txt'), 'utf8')).toBe(drawn);
    expect(stdout.stdout).toBe(drawn);
    expect(readFileSync(join(cwd, 'run', 'result.json'), 'utf8')).toBe(text);
    expect(readdirSync(join(cwd, 'run')).toSorted()).toEqual([`report.${format}`, 'result.json']);
  });
});

test('html is the default', async () => {
  const cwd = stored();
  expect((await shardlab(['report', 'run/result.json'], { cwd })).code).toBe(0);
  expect(existsSync(join(cwd, 'run', 'report.html'))).toBe(true);
});

test('html loads nothing from elsewhere', async () => {
  const { stdout } = await shardlab(['report', 'run/result.json', '--out', '-'], { cwd: stored() });
  expect(stdout).not.toMatch(/<(script|link|img|iframe)\b/);
  expect(stdout).not.toMatch(/url\(\s*['"]?(?!data:|#)/);
});

test('--out into a file as if it were a folder ends with 3', async () => {
  const cwd = stored();
  const args = ['report', 'run/result.json', '--out', 'run/result.json/report.html'];
  const { code, stderr } = await shardlab(args, { cwd });
  expect(code).toBe(3);
  expect(stderr).toContain('a part of the path is a file');
});
