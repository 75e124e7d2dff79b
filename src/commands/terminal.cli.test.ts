import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  bareEnvironment,
  launcher,
  leftIn,
  repository,
  resultIn,
  scratch,
  shardlab,
  start,
  tinyScenario,
} from './shardlab-fixture.ts';

const escape = '\u001B[';
const oneCell = ['run', 'tiny.yaml', '--strategy', 'tenant_id/jump', '--out', 'out'];

function withTiny(): string {
  const cwd = scratch();
  writeFileSync(join(cwd, 'tiny.yaml'), tinyScenario());
  return cwd;
}

/** util-linux' script gives a program a terminal; BSD's takes other options. */
const canFakeTerminal = ((): boolean => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch {
    return false;
  }
})();

/** What a terminal shows of it; script passes the exit code on, which is not asked for here. */
function onTerminal(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  cwd = repository,
): string {
  const command = [process.execPath, launcher, ...args].join(' ');
  const env = { ...bareEnvironment(), TERM: 'xterm', ...environment };
  return spawnSync('script', ['-qec', command, '/dev/null'], { cwd, env, encoding: 'utf8' }).stdout;
}

describe.skipIf(!canFakeTerminal)('on a terminal (needs util-linux script)', () => {
  test('doctor is coloured, unless NO_COLOR or a dumb terminal forbids it', () => {
    expect(onTerminal(['doctor'], {})).toContain(`${escape}32mok`);
    for (const refusal of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      const shown = onTerminal(['doctor'], refusal);
      expect(shown).toContain('embedded Postgres');
      expect(shown).not.toContain(escape);
    }
  });

  test('a run shows a bar with the time left', () => {
    const shown = onTerminal(oneCell, { NO_COLOR: '1' }, withTiny());
    expect(shown).toMatch(/[█░]{20} +\d+ % \d+ s left {2}tenant_id\/jump \(1 of 1\): measure/);
    expect(shown).not.toContain(`${escape}3`);
  });
});

test('a run into pipes: plain lines, the seed first, the table alone on stdout', async () => {
  const cwd = withTiny();
  const { stdout, stderr } = await shardlab(oneCell, { cwd, environment: { FORCE_COLOR: '' } });
  expect(stderr).toMatch(/^seed 7\n100 tenants; share of the load {3}asked {3}achieved\n/);
  expect(stderr).toMatch(/^\[ *\d+ %, \d+ s left\] tenant_id\/jump \(1 of 1\): measure$/m);
  // The answer is the first line; no progress stands before it.
  expect(stdout).toMatch(
    /^This result cannot say which shard key to take: [^]*^strategy +verdict/m,
  );
  for (const text of [stdout, stderr]) {
    expect(text).not.toContain('\u001B');
    expect(text).not.toContain('\r');
  }
});

describe('a reader that goes away', () => {
  /** `shardlab ... | head -1`. */
  async function firstLine(args: readonly string[], input: NodeJS.ReadableStream | null) {
    const child = spawn(process.execPath, [launcher, ...args], { cwd: repository, stdio: 'pipe' });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.on('error', () => undefined);
    if (input !== null) input.pipe(child.stdin);
    const [first] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, line: first.split('\n')[0], stderr };
  }

  test('of endless route ends it quietly', async () => {
    const yes = spawn('yes', [], { stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = await firstLine(['route', '--router', 'jump', '--shards', '8'], yes.stdout);
    yes.kill();
    // XXH64 of y in Python, jump of it: as in route.cli.test.ts.
    expect(ended).toEqual({ code: 0, line: 'y\t6', stderr: '' });
  });

  test('of the progress of a run does not stop the run', async () => {
    const cwd = withTiny();
    const { child, ended, shows } = start(oneCell, { cwd, environment: { TMPDIR: cwd } });
    await shows('seed 7');
    child.stderr?.destroy();
    const { stdout } = await ended;
    expect(stdout).toMatch(
      /^This result cannot say which shard key to take: [^]*^strategy +verdict/m,
    );
    expect(resultIn(join(cwd, 'out')).cells.map(({ status }) => status)).toEqual(['ok']);
    expect(leftIn(cwd)).toEqual([]);
  });

  test('of the answer of a run does not hide its exit code', async () => {
    const cwd = withTiny();
    const { child, ended, shows } = start(oneCell, { cwd });
    await shows('measure');
    child.stdout?.destroy();
    const { code, stderr } = await ended;
    // 300 arrivals are too few for a p99, whatever else this machine does.
    expect(code).toBe(5);
    expect(stderr).not.toContain('EPIPE');
  });
});
