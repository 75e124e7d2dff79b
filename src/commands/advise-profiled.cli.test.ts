import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AdviceDocument } from '../result/advice-document.ts';
import { parseAdviceDocument } from '../result/advice-parse.ts';
import { repository, scratch, shardlab } from './shardlab-fixture.ts';

/** Packages of a Debian release in each of its 58 sections, counted in its index. */
const sectionSizes = [
  6703, 5557, 4544, 4471, 4223, 3541, 2345, 2205, 2039, 1950, 1935, 1870, 1797, 1654, 1479, 1470,
  1293, 1108, 1032, 971, 838, 835, 754, 677, 617, 595, 532, 471, 439, 438, 366, 357, 356, 355, 338,
  292, 287, 269, 246, 230, 222, 198, 189, 175, 152, 145, 137, 135, 126, 125, 96, 78, 67, 35, 23, 22,
  21, 15,
];

/** A row for each package: its maintainer (of the shipped file), its name, its section. */
function packagesCsv(): string {
  const path = join(repository, 'scenarios', 'data', 'debian-tenants.csv');
  const lines = readFileSync(path, 'utf8').trim().split('\n').slice(1);
  const tenants = lines.flatMap((line) => {
    const [tenant = '', packages = '0'] = line.split(',');
    return Array.from({ length: Number(packages) }, () => tenant);
  });
  const sections = sectionSizes.flatMap((size, index) =>
    Array.from({ length: size }, () => `s${index}`),
  );
  expect(tenants).toHaveLength(63_440);
  expect(sections).toHaveLength(63_440);
  // Sections lie across the maintainers: 30,011 has no factor in common with 63,440.
  const rows = tenants.map((tenant, row) => {
    return `${tenant},package-${row},${sections[(row * 30_011) % 63_440]}`;
  });
  return `tenant,package,section\n${rows.join('\n')}\n`;
}

describe('a table of packages, profiled and then asked about', () => {
  async function adviceBy(key: string): Promise<AdviceDocument['candidates']> {
    const cwd = scratch();
    writeFileSync(join(cwd, 'packages.csv'), packagesCsv());
    const file = `${key}.yaml`;
    const profiled = await shardlab(['profile', 'packages.csv', '--key', key, '--out', file], {
      cwd,
    });
    expect(profiled.code, profiled.stderr).toBe(0);
    const only = ['--key', key, '--router', 'jump', '--shards', '9,10,16,17', '--samples', '20'];
    const advised = await shardlab(['advise', file, ...only, '--out', key], { cwd });
    expect(advised.code, advised.stderr).toBe(0);
    const path = join(cwd, key, 'advice.json');
    const { candidates } = parseAdviceDocument(readFileSync(path, 'utf8'), path);
    return candidates.filter(({ strategy }) => strategy === `${key}/jump`);
  }

  const outgrown = (candidates: AdviceDocument['candidates']): number[] =>
    candidates
      .filter(({ reasons }) => reasons.some(({ code }) => code === 'advice-value-outgrows-shard'))
      .map(({ shardCount }) => shardCount)
      .toSorted((a, b) => a - b);

  // 6,703 of 63,440 rows: 10 x 0.1057 > 1.05.
  test('by section: 58 values, the largest with 10.6 %, excluded from 10 shards on', async () => {
    const found = await adviceBy('section');
    expect(outgrown(found)).toEqual([10, 16, 17]);
    for (const { values, largestFraction } of found) {
      expect(values).toBe(58);
      expect(largestFraction).toBeCloseTo(6703 / 63_440, 4);
    }
  });

  // 3,969 of 63,440 rows: 16 x 0.0626 is an equal part, 17 times is 1.064.
  test('by tenant: its largest has 6.3 % and is useful to 16 shards, not to 17', async () => {
    const found = await adviceBy('tenant');
    expect(outgrown(found)).toEqual([17]);
    for (const { largestFraction, usefulShards } of found) {
      expect(largestFraction).toBeCloseTo(3969 / 63_440, 4);
      expect(usefulShards).toBeCloseTo(63_440 / 3969, 1);
    }
  });

  test('by package: even, whatever the number of shards', async () => {
    const found = await adviceBy('package');
    expect(outgrown(found)).toEqual([]);
    for (const { values, band } of found) {
      expect(values).toBe(63_440);
      expect(band?.p95).toBeLessThan(1.1);
    }
  });
});
