import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Ended, scratch, shardlab, tinyScenario } from './shardlab-fixture.ts';

/** Walking what these scenarios offer takes minutes to hours; the margin is for a busy machine. */
const answersWithinMs = 15_000;

async function dryRun(changes: Record<string, string>, ...flags: string[]): Promise<Ended> {
  const cwd = scratch();
  writeFileSync(join(cwd, 'tiny.yaml'), tinyScenario(changes));
  const startMs = performance.now();
  const ended = await shardlab(['run', 'tiny.yaml', '--dry-run', ...flags], { cwd });
  expect(performance.now() - startMs).toBeLessThan(answersWithinMs);
  expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
  return ended;
}

/** The paragraphs after the list of cells, each on one line. */
const paragraphs = (stdout: string): string[] =>
  stdout
    .split('\n\n')
    .slice(1)
    .map((text) => text.trim().replaceAll('\n', ' '));

describe('run --dry-run', () => {
  test('says that too little is measured for a VALID cell', async () => {
    const { stdout } = await dryRun({ rate: '55/s', duration: '15s' });
    const [, measured = ''] = /^arrivals {2}(\d+) measured/m.exec(stdout) ?? [];
    expect(paragraphs(stdout)).toEqual([
      expect.stringMatching(
        new RegExp(`^Every cell will be TOO-FEW-SAMPLES, .*: ${measured} operations are measured`),
      ),
    ]);
  });

  test('says nothing more where nothing is certain', async () => {
    const { stdout } = await dryRun({ rate: '300/s', duration: '15s' });
    expect(paragraphs(stdout)).toEqual([]);
  });

  test('1 TB: no digest, exact arrivals, hours, and that it does not fit', async () => {
    const { stdout } = await dryRun({ data: '{ total: 1TB }', duration: '15s' });
    expect(stdout).toMatch(/^digest {4}not computed: drawing 1,953,125,000 rows and /m);
    expect(stdout).toMatch(/^arrivals {2}\d+ measured, \d+ to warm up, in each cell$/m);
    expect(stdout).toMatch(/^time {6}about \d\d h$/m);
    expect(paragraphs(stdout)[0]).toMatch(
      /^The shards do not fit \(fleet embedded\): .* free, 2 shards with this data need about /,
    );
  });

  test('a billion a second: estimated, not walked', async () => {
    const { stdout } = await dryRun({ rate: '1000000000/s', duration: '15s', warmup: '3s' });
    expect(stdout).toContain(
      'arrivals  about 15,000,000,000 measured, about 3,000,000,000 to warm up, in each cell\n',
    );
    expect(paragraphs(stdout)).toEqual([expect.stringMatching(/^No cell can be VALID: /)]);
  });

  test('a closed loop: how much is measured is left open', async () => {
    const { stdout } = await dryRun({ loop: '{ clients: 8 }', rate: '1/s' });
    expect(stdout).toContain(
      'arrivals  each of 8 clients starts an operation when its last one has ended\n',
    );
    expect(paragraphs(stdout)).toEqual([]);
  });

  test('keys that are not there are found although the rows are not made', async () => {
    const cwd = scratch();
    const strategies =
      '[{ key: tenant_id, router: jump, pin: { tenants: { nobody: 1 } } }, { key: ' +
      'order_id, router: jump }]';
    writeFileSync(join(cwd, 't.yaml'), tinyScenario({ data: '{ total: 1TB }', strategies }));
    const { code, stderr } = await shardlab(['run', 't.yaml', '--dry-run'], { cwd });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('no key "nobody" was loaded'),
    });
  });

  test('with ten million tenants such keys are not looked for, and it says so', async () => {
    const { stdout } = await dryRun({
      tenants: '{ zipf: 0.99, count: 10000000 }',
      strategies: '[{ key: tenant_id, router: jump, pin: { tenants: { nobody: 1 } } }]',
      rate: '2000/s',
    });
    expect(paragraphs(stdout)).toEqual([
      expect.stringMatching(/^It was not checked whether the keys /),
    ]);
  });
});
