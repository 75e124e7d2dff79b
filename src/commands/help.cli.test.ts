import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keyHashNames } from '../base/hash/key-hash.ts';
import { keyTypes } from '../base/keys.ts';
import { routers } from '../router/registry.ts';
import { reportFormats } from './report-other.ts';
import { repository, shardlab } from './shardlab-fixture.ts';

const commands = [
  'run',
  'simulate',
  'capacity',
  'grow',
  'advise',
  'profile',
  'compare',
  'report',
  'route',
  'bench',
  'gate',
  'check-queries',
  'doctor',
  'init',
];

const help = async (...command: string[]): Promise<string> => {
  const { code, stdout, stderr } = await shardlab([...command, '--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
};

test('--version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(await shardlab(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('--help lists every command', async () => {
  const text = await help();
  for (const command of commands) expect(text).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
});

test('--help loads nothing that takes long', async () => {
  // The promise is 0.3 s; the best of many, as other programs share the machine.
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 40 && least >= 300; i++) {
    const before = performance.now();
    await help();
    least = Math.min(least, performance.now() - before);
  }
  expect(least).toBeLessThan(300);
});

/** What a command does not do without, which is looked at before unknown options. */
const required: ReadonlyMap<string, readonly string[]> = new Map([
  ['route', ['--router', 'jump', '--shards', '8']],
  ['check-queries', ['--scenario', 'a.yaml']],
]);

describe.each(commands)('%s --help', (command) => {
  test('names its options, each with what it is for', async () => {
    const text = await help(command);
    expect(text).toMatch(new RegExp(`^Usage: shardlab ${command} `));
    const options = text.split('\n').filter((line) => /^ {2}-/.test(line));
    expect(options.length).toBeGreaterThanOrEqual(1);
    for (const line of options) expect(line).toMatch(/^ {2}\S.*? {2,}\S/);
    expect(text).not.toMatch(/default: (\[|undefined|null|"")/);
  });

  test('refuses an option that it does not have, with the near one', async () => {
    const { code, stdout, stderr } = await shardlab([
      command,
      ...(required.get(command) ?? []),
      '--hepl',
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: unknown option '--hepl'\n\(Did you mean --help\?\)\n/);
  });
});

test('route --help names every router, key hash and key type', async () => {
  const text = (await help('route')).replaceAll(/\s+/g, ' ');
  for (const { name, parameter } of routers) {
    expect(text).toContain(parameter === null ? name : `${name}[:`);
  }
  for (const name of [...keyHashNames, ...keyTypes]) expect(text).toContain(name);
});

test('route --help says what a salt does to keys, and what on a ring', async () => {
  const text = (await help('route')).replaceAll(/\s+/g, ' ');
  expect(text).toContain(
    'hashed before every key, or, for routers on a ring, before the label of every point on it',
  );
});

test('report --help names every format', async () => {
  const text = await help('report');
  for (const format of reportFormats) expect(text).toContain(`"${format}"`);
});

describe('a bad invocation ends with 2, says why and prints nothing on stdout', () => {
  test.each([
    [['rnu'], "error: unknown command 'rnu'\n(Did you mean run?)"],
    [['run'], "error: missing required argument 'scenario'"],
    [['run', 'a.yaml', 'b.yaml'], "error: too many arguments for 'run'"],
    [['run', 'a.yaml', '--durtion', '3s'], "error: unknown option '--durtion'\n(Did you mean"],
    [['run', 'a.yaml', '--fleet', 'dokcer'], "argument 'dokcer' is invalid. Allowed choices are"],
    [['run', 'a.yaml', '--duration'], "error: option '--duration <time>' argument missing"],
    [['report', 'a.json', '--format', 'pdf'], "argument 'pdf' is invalid. Allowed choices are"],
    [['route', '--shards', '8'], "error: required option '--router <router>' not specified"],
    [['route', '--router', 'jump'], "error: required option '--shards <number>' not specified"],
    [[], 'Usage: shardlab [options] [command]'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await shardlab(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
