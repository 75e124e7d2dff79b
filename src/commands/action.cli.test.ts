import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isValid } from '../result/cells.ts';
import { parseGateDocument } from '../result/gate-document.ts';
import { project, ownRouter, writeIn } from '../study/gate/gate-fixture.ts';
import {
  action,
  actionText,
  fakes,
  type Inputs,
  runAction,
  type Step,
  steps,
} from './action-fixture.ts';
import { repository, resultIn, scratch, tinyScenario } from './shardlab-fixture.ts';

describe('action.yml', () => {
  test('no script has an expression in it, and all of them are bash', () => {
    expect(steps.length).toBeGreaterThan(1);
    for (const { run, shell } of steps) {
      expect(run).not.toContain('${{');
      expect(shell).toBe('bash');
    }
  });

  test('every input is used, and every output is one that the step writes', () => {
    const { inputs, outputs } = action;
    for (const name of Object.keys(inputs)) expect(actionText).toContain(`\${{ inputs.${name} }}`);
    for (const [name, { value }] of Object.entries(outputs)) {
      expect(value).toBe(`\${{ steps.shardlab.outputs.${name} }}`);
      expect(steps.at(-1)?.run).toContain(`${name}=`);
    }
  });
});

test.each(['limits-in-ci.md', 'gate-in-ci.md'])('what docs/%s shows of it is there', (file) => {
  const page = readFileSync(join(repository, 'docs', file), 'utf8');
  const blocks = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, block = '']) => block);
  const workflow = parse(blocks.find((block) => block.includes('OWNER/shardlab')) ?? '') as {
    readonly jobs: Record<
      string,
      { readonly steps: readonly (Step & { readonly with?: Inputs })[] }
    >;
  };
  const [job] = Object.values(workflow.jobs);
  const used = job?.steps.find(({ uses }) => uses?.startsWith('OWNER/shardlab'))?.with ?? {};
  expect(Object.keys(used)).toContain('command');
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(used)));
  for (const name of Object.keys(action.outputs)) expect(page).toContain(`\`${name}\``);
});

const launcher = join(repository, 'bin', 'shardlab.js');
const gateCall = [launcher, 'gate', '--out=shardlab-results', '--base=origin/main'];

describe('its steps', () => {
  test.each([
    [[0], 0, 'passed'],
    [[4], 4, 'failed'],
    [[2], 2, 'error'],
    [[6, 0], 0, 'passed'],
    [[6, 4], 4, 'failed'],
    [[6, 6], 0, 'undecided'],
  ])('a gate that ends in %j ends in %i: %s', (codes, status, verdict) => {
    const { bin, callsOf } = fakes({ node: codes });
    const environment = { GITHUB_BASE_REF: 'main' };
    const ended = runAction({ command: 'gate' }, { workspace: scratch(), bin, environment });
    expect([ended.status, ended.outputs['verdict']]).toEqual([status, verdict]);
    expect(ended.outputs['exit-code']).toBe(String(codes.at(-1)));
    expect(callsOf('node')).toEqual(codes.map(() => gateCall));
    expect(ended.log.includes('::warning ')).toBe(verdict === 'undecided');
  });

  test('lists are lines, and nothing in an input is run or becomes another option', () => {
    const { bin, callsOf } = fakes({ node: [0] });
    const workspace = scratch();
    mkdirSync(join(workspace, 'sub dir'));
    const evil = `$(touch pwned)\`touch pwned\`"; touch pwned; '`;
    const inputs = {
      command: 'run',
      scenario: '--help',
      thresholds: `\n  response_ms: p(99)<50 \r\n\n${evil}\n`,
      strategies: 'tenant_id/jump',
      'working-directory': 'sub dir',
      out: `a ${evil}`,
    };
    const ended = runAction(inputs, { workspace, bin });
    expect(ended.status, ended.log).toBe(0);
    expect(callsOf('node')).toEqual([
      [
        launcher,
        'run',
        `--out=a ${evil}`,
        '--threshold=response_ms: p(99)<50',
        `--threshold=${evil}`,
        '--strategy=tenant_id/jump',
        `--junit=a ${evil}/junit.xml`,
        `--benchmark-json=a ${evil}/benchmark.json`,
        '--',
        '--help',
      ],
    ]);
    expect(ended.outputs['folder']).toBe(`sub dir/a ${evil}`);
    expect(existsSync(join(workspace, 'sub dir', 'pwned'))).toBe(false);
  });

  test.each([
    [{ command: 'profile' }, 'The input command is run or gate.'],
    [{ command: 'run' }, 'The input scenario is missing.'],
    [{ command: 'run', scenario: 'a.yaml', base: 'main' }, 'are for the command gate.'],
    [{ command: 'gate', scenario: 'a.yaml' }, 'are for the command run.'],
    [{ command: 'gate' }, 'The input base is missing: this is no pull request.'],
    [{ command: 'gate', base: 'main', out: 'a\nverdict=passed' }, 'are one line each.'],
  ])('%j: %s', (inputs: Inputs, message) => {
    const { bin, callsOf } = fakes({ node: [0] });
    const ended = runAction(inputs, { workspace: scratch(), bin });
    expect(ended.status).toBe(2);
    expect(ended.annotations).toEqual([expect.stringContaining(message)]);
    expect(ended.outputs).toEqual({ 'exit-code': '2', verdict: 'error' });
    expect(callsOf('node')).toEqual([]);
  });

  test('packages are installed where there are none', () => {
    const { bin, callsOf } = fakes({ node: [0], npm: [0] });
    const inputs = { command: 'gate', base: 'main' };
    runAction(inputs, { workspace: scratch(), bin, actionPath: scratch() });
    expect(callsOf('npm')).toEqual([['ci', '--omit=dev', '--no-audit', '--no-fund']]);
    runAction(inputs, { workspace: scratch(), bin });
    expect(callsOf('npm')).toHaveLength(1);
  });
});

describe('with shardlab itself', () => {
  const measured = (workspace: string, threshold: string) =>
    runAction(
      { command: 'run', scenario: 'ci/tiny.yaml', thresholds: threshold, fleet: 'embedded' },
      { workspace },
    );

  function workspaceOfRun(): string {
    const workspace = scratch();
    mkdirSync(join(workspace, 'ci'));
    const tiny = { duration: '4s', rate: '400/s', baseline: 'false' };
    const strategies = '[{ key: tenant_id, router: jump }]';
    writeFileSync(join(workspace, 'ci', 'tiny.yaml'), tinyScenario({ ...tiny, strategies }));
    return workspace;
  }

  test('run: a limit that holds, and one that breaks, with its annotation', () => {
    const workspace = workspaceOfRun();
    const holds = measured(workspace, 'write_qps: max_over_mean<3');
    const { cells, thresholds } = resultIn(join(workspace, 'shardlab-results'));
    expect(
      thresholds?.map(({ ok }) => ok),
      holds.log,
    ).toEqual([true]);
    // On a busy machine the numbers may be not valid, and that goes before.
    const valid = cells.every(isValid);
    expect([holds.status, holds.outputs['verdict']]).toEqual(
      valid ? [0, 'passed'] : [5, 'invalid'],
    );
    expect(holds.annotations.some((line) => line.includes('limit broken'))).toBe(false);
    expect(holds.summary).toMatch(/^## shardlab tiny: /);
    for (const name of ['document', 'report', 'junit', 'benchmark']) {
      expect(existsSync(join(workspace, holds.outputs[name] ?? 'none')), name).toBe(true);
    }

    const breaks = measured(workspace, 'response_ms: p(50)<0.000001');
    const validNow = resultIn(join(workspace, 'shardlab-results')).cells.every(isValid);
    expect([breaks.status, breaks.outputs['verdict']]).toEqual(
      validNow ? [4, 'failed'] : [5, 'invalid'],
    );
    expect(breaks.annotations).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `^::${validNow ? 'error' : 'warning'} file=ci/tiny\\.yaml,title=limit broken%3A ` +
            'tenant_id/jump::response_ms: p\\(50\\)<0\\.000001: p\\(50\\) is ',
        ),
      ),
    );
  }, 300_000);

  test('run: a mistake in a limit', () => {
    const ended = measured(workspaceOfRun(), 'response_ms{op:x}: p(99)<1');
    expect([ended.status, ended.outputs['verdict']]).toEqual([2, 'error']);
    expect(ended.log).toContain('allowed: operation, kind, shard, strategy (response_ms)');
    expect(ended.outputs['document']).toBeUndefined();
  }, 60_000);

  test('gate: a router of a user’s own that gives other answers', () => {
    const workspace = project();
    writeIn(workspace, { 'my-router.ts': ownRouter('if (hashOf(key) % 5000 === 7) return 0;') });
    const inputs = { command: 'gate', base: 'main', routers: './my-router.ts' };
    const ended = runAction(inputs, { workspace });
    expect([ended.status, ended.outputs['verdict']], ended.log).toEqual([4, 'failed']);
    expect(ended.annotations).toEqual([
      expect.stringMatching(
        /^::error file=my-router\.ts,title=\.\/my-router\.ts%3A \d+ exact counters differ::/,
      ),
    ]);
    expect(ended.summary).toMatch(/^## shardlab gate: FAILED/);
    const document = ended.outputs['document'] ?? '';
    expect(document).toBe('shardlab-results/gate.json');
    const written = readFileSync(join(workspace, document), 'utf8');
    expect(parseGateDocument(written, document).verdict.status).toBe('changed');
    expect(existsSync(join(workspace, ended.outputs['report'] ?? 'none'))).toBe(true);
  }, 120_000);
});
