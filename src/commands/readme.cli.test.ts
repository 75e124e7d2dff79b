import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { commandsOf, documentationPages, needsShop, readPage } from './documentation-fixture.ts';
import { commandsOfPages, notRun, testCommands } from './documentation-runs-fixture.ts';
import { repository } from './shardlab-fixture.ts';

test('the commands that are not run here are those of the install', () => {
  const all = documentationPages().flatMap(({ text }) => commandsOf(text));
  expect(all.filter((command) => !command.includes('npx shardlab'))).toEqual(notRun);
});

test('every other command is run once', () => {
  const all = documentationPages().flatMap(({ text }) => commandsOf(text));
  const wanted = all.filter((command) => !notRun.includes(command) && !needsShop(command));
  const run = [...commandsOfPages('with the README'), ...commandsOfPages('others')];
  const commands = run.flatMap((page) => page.commands);
  expect(commands.toSorted()).toEqual([...new Set(wanted)].toSorted());
});

test('npm prints no warnings of engines in a checkout, and why there are some is said', () => {
  const options = { cwd: repository, encoding: 'utf8' } as const;
  const { stdout } = spawnSync('npm', ['config', 'get', 'loglevel'], options);
  expect(stdout.trim()).toBe('error');
  expect(readPage('README.md').text).toContain(
    'npm has a warning (`EBADENGINE`) for each package that asks for a newer',
  );
});

testCommands(commandsOfPages('with the README'));
