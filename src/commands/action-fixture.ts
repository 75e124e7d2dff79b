import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { bareEnvironment, repository, scratch } from './shardlab-fixture.ts';

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

export const actionText = readFileSync(join(repository, 'action.yml'), 'utf8');
export const action = parse(actionText) as Action;
export const steps = action.runs.steps.filter(({ run }) => run !== undefined);

export type Inputs = Readonly<Record<string, string>>;

/** What GitHub makes of `${{ inputs.x }}`. */
const filled = (template: string, inputs: Inputs): string =>
  template.replaceAll(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => {
    return inputs[name] ?? action.inputs[name]?.default ?? '';
  });

interface Runner {
  readonly workspace: string;
  /** Programs that go before those of the machine. */
  readonly bin?: string;
  readonly actionPath?: string;
  readonly environment?: Inputs;
}

/** Runs the shell steps one after the other as GitHub's runner does, until one fails. */
export function runAction(inputs: Inputs, runner: Runner) {
  const { workspace, bin, actionPath = repository, environment = {} } = runner;
  const bare = bareEnvironment();
  const files = scratch();
  const output = join(files, 'output');
  const summary = join(files, 'summary');
  for (const file of [output, summary]) writeFileSync(file, '');
  let log = '';
  let status: number | null = 0;
  for (const { run = '', env = {}, 'working-directory': folder = '.' } of steps) {
    const own = Object.entries(env).map(([name, value]) => [name, filled(value, inputs)]);
    const ended = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
      cwd: join(workspace, filled(folder, inputs)),
      env: {
        ...bare,
        PATH: bin === undefined ? bare.PATH : `${bin}${delimiter}${bare.PATH}`,
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTION_PATH: actionPath,
        GITHUB_WORKSPACE: workspace,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        ...environment,
        ...(Object.fromEntries(own) as Inputs),
      },
      encoding: 'utf8',
    });
    log += ended.stdout + ended.stderr;
    ({ status } = ended);
    if (status !== 0) break;
  }
  const lines = readFileSync(output, 'utf8').split('\n').filter(Boolean);
  const outputs = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s, 2))) as Inputs;
  const annotations = log.split('\n').filter((line) => line.startsWith('::'));
  return { status, log, outputs, annotations, summary: readFileSync(summary, 'utf8') };
}

/** A folder with programs that write down how they are called and end in these codes in turn. */
export function fakes(programs: Readonly<Record<string, readonly number[]>>) {
  const bin = scratch();
  for (const [name, codes] of Object.entries(programs)) {
    const path = join(bin, name);
    writeFileSync(`${path}.codes`, codes.join('\n'));
    const script =
      '#!/bin/sh\nprintf "%s\\n" "$PWD" "$@" "" >>"$0.calls"\n' +
      'n=$(grep -c "^$" "$0.calls")\nexit "$(sed -n "${n}p" "$0.codes")"\n';
    writeFileSync(path, script);
    chmodSync(path, 0o755);
  }
  const callsOf = (name: string): readonly (readonly string[])[] => {
    const path = join(bin, `${name}.calls`);
    if (!existsSync(path)) return [];
    return readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n\n')
      .map((call) => call.split('\n').slice(1));
  };
  return { bin, callsOf };
}
