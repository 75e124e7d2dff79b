import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { initCommand } from './init-command.ts';
import { schemaPlace } from '../host/schema-place.ts';
import type { Streams } from '../host/terminal.ts';

const checkout = resolve(import.meta.dirname, '..', '..');
const schema = join(checkout, 'scenarios', 'scenario.schema.json');

function folder(parent = tmpdir()): string {
  const made = mkdtempSync(join(parent, 'schema-place-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

/** The title of the schema that an editor finds, which resolves from the scenario's own folder. */
function titleAt(scenario: string, address: string): unknown {
  const path = resolve(dirname(scenario), decodeURI(address));
  return (JSON.parse(readFileSync(path, 'utf8')) as { title?: unknown }).title;
}

test.each(['a.yaml', 'scenarios/a.yaml', 'src/commands/a.yaml'])(
  'in a checkout the address is that of its own schema: %s',
  (path) => {
    const scenario = join(checkout, path);
    const place = schemaPlace(scenario, schema);
    expect(place.copyTo).toBeNull();
    expect(titleAt(scenario, place.address)).toBe('shardlab scenario');
  },
);

test('in a subfolder of a project it is that of the installed package', () => {
  const project = folder();
  const installed = join(project, 'node_modules', 'shardlab', 'scenarios', 'scenario.schema.json');
  mkdirSync(dirname(installed), { recursive: true });
  cpSync(schema, installed);
  const scenario = join(project, 'load', 'tests', 'a.yaml');
  const place = schemaPlace(scenario, installed);
  expect(place).toEqual({
    address: '../../node_modules/shardlab/scenarios/scenario.schema.json',
    copyTo: null,
  });
  expect(titleAt(scenario, place.address)).toBe('shardlab scenario');
});

test('elsewhere a copy lies beside the scenario, and what init writes resolves', async () => {
  const out = join(folder(), 'sub folder', 'my first.yaml');
  const streams = { stderr: { write: () => true } } as unknown as Streams;
  await initCommand({ out }, streams);
  const [, address = ''] =
    /^# yaml-language-server: \$schema=(.*)\n/.exec(readFileSync(out, 'utf8')) ?? [];
  expect(address).toBe('./my%20first.schema.json');
  expect(titleAt(out, address)).toBe('shardlab scenario');
});
