import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseComparison } from '../result/comparison-parse.ts';
import { formatRunResult } from '../result/parse.ts';
import type { RunResult } from '../result/types.ts';
import { commitAll, gitIn, writeIn } from '../study/gate/gate-fixture.ts';
import { datedResults } from '../testing/dated-results.ts';
import { alternatingSides } from '../testing/sample-runs.ts';
import { makeScratch, shardlab } from './shardlab-fixture.ts';

const folder = makeScratch();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [first] = datedResults(1, () => 1) as [RunResult];
const at = (name: string): string => join(folder, name);

function write(name: string, result: RunResult): void {
  mkdirSync(join(at(name), '..'), { recursive: true });
  writeFileSync(at(name), formatRunResult(result));
}

const compare = (args: readonly string[], environment = {}) =>
  shardlab(['compare', ...args], { cwd: folder, environment });

const piledUp = (result: RunResult): RunResult => ({
  ...result,
  cells: result.cells.map((cell) => ({
    ...cell,
    imbalance: cell.imbalance && {
      ...cell.imbalance,
      writeQps: { ...cell.imbalance.writeQps, maxOverMean: 1.9 },
    },
  })),
});

const saturated = (result: RunResult): RunResult => ({
  ...result,
  cells: result.cells.map((cell) => ({ ...cell, verdict: { status: 'SATURATED', reasons: [] } })),
});

beforeAll(() => {
  write('a.json', first);
  write('b.json', piledUp(first));
  writeFileSync(at('short.json'), formatRunResult(first).slice(0, 5000));
  writeFileSync(at('growth.json'), '{ "schema": "shardlab/growth/v2" }');
  const slower = { strategy: 'tenant_id/jump', operation: 'place_order', by: 1.1 };
  for (const { side, runs } of alternatingSides({ runs: 10, slower })) {
    runs.forEach(({ result }, index) => write(`runs/${side}/${index}/result.json`, result));
  }
});

describe('two results', () => {
  test('the table says what can be compared, in 80 columns', async () => {
    const { code, stdout } = await compare(['a.json', 'b.json']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^a: a\.json \(quickstart, one run, 2026-09-01\)$/m);
    expect(stdout).toMatch(/^tenant_id\/mod +write_qps\.max_over_mean +\S+ +1\.900 .*WORSE$/m);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('There is one run on a side');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('--fail-on worse ends with exit code 4, and writes what CI reads', async () => {
    const summary = at('step.md');
    const args = ['a.json', 'b.json', '--fail-on', 'worse', '--out', 'out', '--junit', 'junit.xml'];
    const { code } = await compare(args, { GITHUB_STEP_SUMMARY: summary });
    expect(code).toBe(4);
    expect(readFileSync(summary, 'utf8')).toContain('**WORSE**');
    expect(readFileSync(at('junit.xml'), 'utf8')).toMatch(/failures="[12]"/);
    const text = readFileSync(at('out/comparison.json'), 'utf8');
    expect(parseComparison(text, 'comparison.json').design).toBe('single');
    const drawn = await shardlab(['report', 'out/comparison.json', '--out', '-'], { cwd: folder });
    expect(drawn.stdout).toBe(readFileSync(at('out/report.html'), 'utf8'));
  });

  test('a result and itself: nothing is worse', async () => {
    expect((await compare(['a.json', 'a.json', '--fail-on', 'worse'])).code).toBe(0);
  });

  test('nothing that could be judged is no pass', async () => {
    write('other.json', { ...first, arrivalsDigest: 'another', seed: 43 });
    expect((await compare(['a.json', 'other.json', '--fail-on', 'worse'])).code).toBe(6);
  });

  test('numbers that are not valid go before what they say', async () => {
    write('saturated.json', saturated(piledUp(first)));
    const { code, stdout } = await compare(['a.json', 'saturated.json', '--fail-on', 'worse']);
    expect(code).toBe(5);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('saturated.json: tenant_id/mod SATURATED');
  });
});

test('folders of runs in turns: the operation that is 10 % slower is named', async () => {
  const { code, stdout } = await compare(['runs/a', 'runs/b', '--fail-on', 'worse', '--json']);
  expect(code).toBe(4);
  const { design, differences } = parseComparison(stdout, 'stdout');
  expect(design).toBe('alternating');
  const worse = differences.filter(({ verdict }) => verdict === 'worse');
  expect(worse).toMatchObject([
    { strategy: 'tenant_id/jump', tags: { operation: 'place_order' }, metric: 'service_ms.p50' },
  ]);
});

test('a result of an earlier commit is read from git, and nothing is written', async () => {
  const repository = at('repository');
  mkdirSync(repository);
  gitIn(repository, 'init', '--quiet', '--initial-branch=main');
  writeIn(repository, { 'results/nightly.json': formatRunResult(first) });
  commitAll(repository, 'a result');
  writeIn(repository, { 'results/nightly.json': formatRunResult(piledUp(first)) });
  const before = gitIn(repository, 'status', '--porcelain');
  const { code, stdout } = await shardlab(
    ['compare', 'HEAD:results', 'results/nightly.json', '--json'],
    { cwd: repository },
  );
  expect(code).toBe(0);
  const [a] = parseComparison(stdout, 'stdout').sides;
  expect(a?.commit).toBe(gitIn(repository, 'rev-parse', 'HEAD'));
  expect(a?.runs[0]?.file).toBe('HEAD:results/nightly.json');
  expect(gitIn(repository, 'status', '--porcelain')).toBe(before);
});

test('a folder of dated results is a trend, with the day from which it changed', async () => {
  datedResults(24, (day) => (day < 15 ? 1 : 1.4) * (1 + 0.01 * Math.sin(day * 13))).forEach(
    (result, day) => write(`nightly/${day}.json`, result),
  );
  const { code, stdout } = await compare(['nightly', '--html', 'trend.html']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^tenant_id\/mod +response_ms\.p50 .*\+\d+\.\d % 2026-09-16/m);
  const page = readFileSync(at('trend.html'), 'utf8');
  expect(page).toContain('Over time');
  expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
});

describe('what cannot be compared', () => {
  test.each([
    [['a.json'], /a\.json is one result/],
    [['a.json', 'none.json'], /there is no file or folder none\.json/],
    [['a.json', 'short.json'], /short\.json is not JSON/],
    [['a.json', 'growth.json'], /schema is "shardlab\/growth\/v2"; known: shardlab\/result/],
    [['short.json', 'none.json'], /short\.json is not JSON[\s\S]*no file or folder none\.json/],
    [['a.json', 'a.json', '--fleet', 'embedded'], /--fleet is for runs that compare makes/],
    [['--runs', '1000', 'a.yaml', 'b.yaml'], /--runs: found "1000"; allowed: .* 1 to 100/],
    [['--runs', '0', 'a.yaml', 'b.yaml'], /--runs: found "0"/],
    [['--runs', '5', 'a.yaml'], /--runs needs two sides, found 1/],
    [['--runs', '5', 'a.yaml', 'b.yaml'], /there is no scenario file a\.yaml/],
    [['runs/a', 'a.json', '--fail-on', 'better'], /Allowed choices are worse/],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await compare(args);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('results of different scenarios, with what each of them has', async () => {
    const cells = first.cells.map((cell) => ({ ...cell, strategy: `x_${cell.strategy}` }));
    write('x.json', { ...first, name: 'x', cells });
    const { code, stderr } = await compare(['a.json', 'x.json']);
    expect(code).toBe(2);
    expect(stderr).toContain('no strategy in common');
    expect(stderr).toContain('a.json (quickstart): tenant_id/mod and tenant_id/jump');
  });
});
