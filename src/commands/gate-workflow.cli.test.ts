import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { repository, scratch } from './shardlab-fixture.ts';

interface Workflow {
  readonly jobs: {
    readonly gate: { readonly steps: readonly { readonly run?: string; readonly with?: object }[] };
  };
}

const path = '.github/workflows/router-gate.yml';
const text = readFileSync(join(repository, path), 'utf8');
const page = readFileSync(join(repository, 'docs', 'gate-in-ci.md'), 'utf8');
const { steps } = (parse(text) as Workflow).jobs.gate;
const script = steps.at(-1)?.run ?? '';

test('the workflow of docs/gate-in-ci.md is the one that is here', () => {
  expect(page).toContain(`\`\`\`yaml\n${text}\`\`\``);
  expect(steps[0]?.with).toEqual({ 'fetch-depth': 0 });
});

/** Runs its last step as GitHub does, with a gate that ends in these codes one after the other. */
function runStep(codes: readonly number[]) {
  const folder = scratch();
  const npx = join(folder, 'npx');
  writeFileSync(join(folder, 'codes'), codes.join('\n'));
  writeFileSync(
    npx,
    '#!/bin/sh\necho "$@" >>"$0.calls"\nn=$(wc -l <"$0.calls")\nexit "$(sed -n "${n}p" codes)"\n',
  );
  chmodSync(npx, 0o755);
  const { PATH = '' } = process.env;
  const { status, stdout } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script],
    {
      cwd: folder,
      env: { PATH: `${folder}${delimiter}${PATH}`, GITHUB_BASE_REF: 'main' },
      encoding: 'utf8',
    },
  );
  const calls = readFileSync(`${npx}.calls`, 'utf8').trim().split('\n');
  return { status, stdout, calls };
}

describe('its step', () => {
  test.each([
    [[0], 0],
    [[4], 4],
    [[2], 2],
    [[1], 1],
    [[6, 0], 0],
    [[6, 4], 4],
    [[6, 6], 0],
  ])('when the gate ends in %j, it ends in %i', (codes, expected) => {
    const { status, stdout, calls } = runStep(codes);
    expect(status).toBe(expected);
    expect(calls).toEqual(codes.map(() => 'shardlab gate --base origin/main'));
    const warned = codes.length === 2 && codes[1] === 6;
    expect(stdout.includes('::warning::')).toBe(warned);
  });
});
