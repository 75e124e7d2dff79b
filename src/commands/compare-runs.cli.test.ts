import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseComparison } from '../result/comparison-parse.ts';
import { commitAll, gitIn, writeIn } from '../study/gate/gate-fixture.ts';
import { processesIn, scratch, shardlab, start, tinyScenario } from './shardlab-fixture.ts';

/** Six starts of shards, on a machine that others use too. */
const minutes = { timeout: 600_000 };

const tiny = tinyScenario({
  baseline: 'false',
  strategies: '[{ key: tenant_id, router: jump }]',
});

function repositoryWith(scenario: string): string {
  const folder = join(scratch(), 'repository');
  mkdirSync(folder);
  gitIn(folder, 'init', '--quiet', '--initial-branch=main');
  writeIn(folder, { 'load/tiny.yaml': scenario });
  commitAll(folder, 'a scenario');
  return folder;
}

test('a scenario and what it was at a commit, in turns; all runs are kept', minutes, async () => {
  const folder = repositoryWith(tiny);
  writeIn(folder, { 'load/tiny.yaml': tiny.replace('300/s', '240/s') });
  const before = gitIn(folder, 'status', '--porcelain');
  const args = ['compare', '--runs', '2', 'HEAD:load/tiny.yaml', 'load/tiny.yaml', '--out', 'out'];
  const { code, stderr, stdout } = await shardlab([...args, '--json'], { cwd: folder });
  // A second is too short for a p99, and that is said by the exit code.
  expect([0, 5], stderr).toContain(code);
  expect(stderr).toMatch(/^2 runs of each side in turns: about \d+ s; they are kept in out$/m);
  expect(stderr).toContain('2 runs of each side give intervals and no claims');
  const { sides, scenario, design, differences } = parseComparison(stdout, 'stdout');
  expect(design).toBe('alternating');
  expect(sides.map(({ commit }) => commit)).toEqual([gitIn(folder, 'rev-parse', 'HEAD'), null]);
  expect(scenario).toMatchObject([{ place: '/scenario/arrivals/ratePerSecond', a: 300, b: 240 }]);
  expect(differences.filter(({ verdict }) => verdict !== 'not-comparable')).not.toContainEqual(
    expect.objectContaining({ verdict: 'worse' }),
  );
  for (const side of ['a', 'b']) {
    for (const run of ['1', '2']) {
      expect(existsSync(join(folder, 'out', side, run, 'result.json'))).toBe(true);
    }
  }
  // The result of the comparison is the only thing that is new beside the runs.
  expect(gitIn(folder, 'status', '--porcelain', '--', 'load')).toBe(before);

  const again = await shardlab(['compare', 'out/a', 'out/b', '--json'], { cwd: folder });
  const redone = parseComparison(again.stdout, 'stdout');
  expect(redone.differences).toEqual(differences);
});

test('Ctrl-C keeps what was measured, and compares the pairs that are whole', minutes, async () => {
  const folder = repositoryWith(tiny);
  const args = ['compare', '--runs', '3', 'load/tiny.yaml', 'load/tiny.yaml', '--out', 'out'];
  const { child, shows, ended } = start(args, { cwd: folder });
  await shows('run 2 of 3 of side b');
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toContain('interrupted: the pairs that were measured before are compared');
  // Whether the times are valid is for the machine to say; counts are the seed's.
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('counts that follow from the seed are the same');
  const text = readFileSync(join(folder, 'out', 'comparison.json'), 'utf8');
  expect(parseComparison(text, 'comparison.json').sides.map(({ runs }) => runs.length)).toEqual([
    1, 1,
  ]);
  expect(processesIn(folder)).toEqual([]);
});
